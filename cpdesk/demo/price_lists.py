"""What the reseller of the demo sells at: a schedule per currency, imported from the lists of its distributor."""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cpdesk.base import private
from cpdesk.composition import starting_catalogue
from cpdesk.demo.team import Team
from cpdesk.domain.catalog import CatalogProduct, Term

BEGIN = date(2025, 10, 20)
"""From when on everything has a price."""
RISE = date(2026, 7, 1)
"""When Microsoft raised the prices of some suites."""

_COLUMNS = (
    "ProductTitle,ProductId,SkuId,SkuTitle,Publisher,SkuDescription,UnitOfMeasure,TermDuration,BillingPlan,Market,"
    "Currency,UnitPrice,PricingTierRangeMin,PricingTierRangeMax,EffectiveStartDate,EffectiveEndDate,Tags,ERP Price,"
    "Segment"
)
_MARGIN = Decimal(25)
"""Percent on top of what the distributor takes."""
_SHARE = Decimal("0.80")
"""Of the list price, which the margin brings back."""
_MONTHLY_TERM = Decimal("1.20")
"""How many times the annual term the monthly one costs, where the catalogue knows the annual one alone."""


@dataclass(frozen=True, slots=True)
class Market:
    """Where a list of the distributor counts."""

    schedule: str
    """The name of the price schedule it goes into."""
    country: str
    currency: str
    rate: Decimal
    """Of that currency for a dollar."""


DEFAULT = Market("Default", "US", "USD", Decimal(1))
MARKETS = (
    Market("Euro", "DE", "EUR", Decimal("0.92")),
    Market("United Kingdom", "GB", "GBP", Decimal("0.79")),
    Market("Switzerland", "CH", "CHF", Decimal("0.88")),
    Market("Canada", "CA", "CAD", Decimal("1.38")),
    Market("Sweden", "SE", "SEK", Decimal("10.40")),
    Market("Poland", "PL", "PLN", Decimal("3.95")),
    Market("India", "IN", "INR", Decimal("84")),
    Market("Australia", "AU", "AUD", Decimal("1.52")),
    Market("Japan", "JP", "JPY", Decimal("150")),
    Market("Brazil", "BR", "BRL", Decimal("5.60")),
    Market("Gulf", "AE", "AED", Decimal("3.67")),
)
"""Whoever pays in another currency than these has no prices yet."""


def schedule_for(currency: str) -> str | None:
    """The name of the schedule for a currency; None for the default one, and where there is none."""
    return next((market.schedule for market in MARKETS if market.currency == currency), None)


class PriceLists:
    """The distributor's lists as they come in."""

    def __init__(self, team: Team, part_numbers: Collection[str], folder: Path) -> None:
        """`part_numbers` are the products that the reseller sells; `folder` is for the files."""
        self._team = team
        self._sold = [entry for entry in starting_catalogue() if entry.product.part_number in part_numbers]
        self._folder = folder
        self._schedules: dict[Market, int] = {}

    def open(self) -> None:
        """Make the schedules, and have prices from the first day of the demo on."""
        prices = self._team.services.prices
        self._schedules[DEFAULT] = prices.find(self._team.anyone(), DEFAULT.schedule).id
        for market in MARKETS:
            made = prices.create(self._team.anyone(), market.schedule, market.currency)
            self._schedules[market] = made.value.id
        unchanged = dict.fromkeys(self._sold, Decimal(1))
        for market in self._schedules:
            self._import(market, BEGIN, unchanged)
        self._import(DEFAULT, _first_list_prices(self._sold), unchanged)

    def rise(self) -> None:
        """Bring in the lists with the prices that Microsoft announced, before they count."""
        factors = {entry: _factor(entry) for entry in self._sold}
        risen = {entry: factor for entry, factor in factors.items() if factor != 1}
        for market in self._schedules:
            self._import(market, RISE, risen)

    def _import(self, market: Market, day: date, factors: Mapping[CatalogProduct, Decimal]) -> None:
        path = self._folder / f"price-list-{market.country}-{day:%Y-%m}.csv"
        with open(path, "w", encoding="utf-8-sig", newline="", opener=private.opener) as file:
            rows = csv.DictWriter(file, _COLUMNS.split(","), restval="")
            rows.writeheader()
            for entry, factor in factors.items():
                rows.writerows(_rows(entry, market, day, factor))
        by, reason = self._team.anyone(), self._team.reason(f"price list of {day:%B %Y}")
        import_prices = self._team.services.prices.import_prices
        import_prices(by, self._schedules[market], path, margin=_MARGIN, effective_on=day, reason=reason)
        path.unlink()


def _rows(entry: CatalogProduct, market: Market, day: date, factor: Decimal) -> Iterator[dict[str, str]]:
    """Both terms of a product, at what the distributor takes for the whole of each."""
    annual = _listed(entry, Term.ANNUAL_MONTHLY)
    if annual is None:
        return
    monthly = _listed(entry, Term.MONTHLY) or (annual * _MONTHLY_TERM).quantize(Decimal("0.01"))
    offer, sku = entry.product.offer.split(":")
    for term, months, price in (("P1M", 1, monthly), ("P1Y", 12, annual)):
        cost = (price * factor * market.rate * _SHARE).quantize(Decimal("0.01")) * months
        yield {
            "ProductTitle": entry.product.name,
            "ProductId": offer,
            "SkuId": sku,
            "SkuTitle": entry.product.name,
            "Publisher": "Microsoft Corporation",
            "TermDuration": term,
            "BillingPlan": "Monthly",
            "Market": market.country,
            "Currency": market.currency,
            "UnitPrice": str(cost),
            "PricingTierRangeMin": "1",
            "EffectiveStartDate": f"{day.isoformat()}T00:00:00Z",
            "EffectiveEndDate": "9999-11-30T00:00:00Z",
            "Segment": "Commercial",
        }


def _listed(entry: CatalogProduct, term: Term) -> Decimal | None:
    """The first list price of a term."""
    return next((price.amount for price in entry.prices if price.term is term), None)


def _factor(entry: CatalogProduct) -> Decimal:
    """By how much the product became dearer in July 2026."""
    yearly = [price.amount for price in entry.prices if price.term is Term.ANNUAL_YEARLY]
    return yearly[-1] / yearly[0] if yearly else Decimal(1)


def _first_list_prices(sold: list[CatalogProduct]) -> date:
    """The day of the list prices that a new database has: those of the distributor take their place."""
    return min(price.effective_on for entry in sold for price in entry.prices)

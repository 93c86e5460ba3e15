"""An account with all that its statements are counted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.base.regions import minor_digits
from cpdesk.domain import monthly, statements, switching
from cpdesk.domain.billing import MonthRow, Statement, StatementRow
from cpdesk.domain.catalog import Product
from cpdesk.domain.histories import History
from cpdesk.domain.issuing import IssuedStatement
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.statements import StatementLine, last_of_month


@dataclass(frozen=True, slots=True)
class BilledAccount:
    """What statements of one account are made of; the history has to reach over the months that are asked for."""

    name: str
    domain: str
    history: History
    pricing: AccountPricing
    products: Mapping[int, Product]
    """By id, in the order of lists."""

    def months(self, now: datetime) -> list[date]:
        """The first days of all months of the account that have begun at `now` (UTC), newest first."""
        began = self.history.first_day()
        found = [self.history.today(now).replace(day=1)]
        while found[-1] > began:
            found.append((found[-1] - timedelta(days=1)).replace(day=1))
        return found

    def has_month(self, month: date, until: date) -> bool:
        """Whether the month of a day is neither before the account nor after the month of `until`."""
        return self.history.first_day().replace(day=1) <= month.replace(day=1) <= until

    def require_month(self, month: date, until: date) -> None:
        """Raise UserError `month_in_future` or `month_before_account` unless `has_month`."""
        if self.has_month(month, until):
            return
        first, began = month.replace(day=1), self.history.first_day()
        if first > began:
            raise UserError("month_in_future", account=self.name, month=first)
        raise UserError("month_before_account", account=self.name, month=first, began=began)

    def is_over(self, month: date, now: datetime) -> bool:
        """Whether the month of a day has ended at `now` (UTC), in the zone whose calendar counts in it."""
        return now >= self.history.day_end(last_of_month(month))

    def statement(self, month: date, now: datetime) -> Statement:
        """The statement of the month of a day at `now` (UTC): of one that is not over, through today."""
        return self._statement(month, self._through(month, now), provisional=not self.is_over(month, now))

    def month_row(self, month: date, now: datetime, issued: IssuedStatement | None = None) -> MonthRow:
        """What `statement` comes to, and what was issued."""
        lines = monthly.month_statement(self.history, self.pricing, month, self._through(month, now))
        total = statements.total(lines)
        amount = total.amount + nothing(self.pricing.currency)
        return MonthRow(
            month=month.replace(day=1),
            total=amount,
            unpriced=total.unpriced,
            provisional=not self.is_over(month, now),
            number=issued.number if issued else "",
            issued_amount=issued.balance if issued else None,
        )

    def forecast(self, month: date) -> Statement:
        """The whole month of a day, with what the history says of it so far."""
        return self._statement(month, last_of_month(month), provisional=True)

    def _through(self, month: date, now: datetime) -> date:
        """The last day of a month that is counted at `now` (UTC)."""
        today = switching.local_date(now, zones.zone(self.history.zone_name(month)))
        # A new zone to the west begins with a date that it has not reached yet.
        return max(month.replace(day=1), min(today, last_of_month(month)))

    def _statement(self, month: date, through: date, *, provisional: bool) -> Statement:
        lines = monthly.month_statement(self.history, self.pricing, month, through)
        total = statements.total(lines)
        return Statement(
            account_id=self.history.account_id,
            account=self.name,
            domain=self.domain,
            month=month.replace(day=1),
            through=through,
            currency=self.pricing.currency,
            time_zone=self.history.zone_name(month),
            provisional=provisional,
            proration=self.pricing.proration(month),
            lines=tuple(sorted(map(self._row, lines), key=_by_product)),
            total=total.amount + nothing(self.pricing.currency),
            unpriced=total.unpriced,
            corrected_on=self._corrected_on(month, through),
        )

    def _corrected_on(self, month: date, through: date) -> date | None:
        days = (self.history.today(instant) for instant in self.history.corrected)
        return next((day for day in days if month.replace(day=1) <= day <= through), None)

    def _row(self, line: StatementLine) -> StatementRow:
        product = self.products[line.product_id]
        return StatementRow(
            product_id=line.product_id,
            part_number=product.part_number,
            guid=product.guid,
            product=product.name,
            mode=line.mode,
            first=line.first,
            last=line.last,
            seats=line.seats,
            days=line.days,
            days_in_month=line.days_in_month,
            unit_price=line.unit_price,
            amount=line.amount,
            priced_at=monthly.priced_at(self.history, self.pricing, line),
        )


def nothing(currency: str) -> Decimal:
    """Zero with the decimals of a currency, to which amounts are added."""
    return Decimal().scaleb(-minor_digits(currency))


def _by_product(row: StatementRow) -> tuple[str, str, int, date]:
    return row.product, row.part_number, row.product_id, row.first

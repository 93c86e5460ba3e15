"""The partner price list: which rows count, and what a month costs by them."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.base.messages import message
from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.price_file import PriceFile, offer_key, parse_price_list
from cpdesk.domain.price_list import Terms, checked_margin, lines_and_skipped, market_of
from cpdesk.domain.price_reports import PriceChange, PriceLine, SkippedRow, SkipReason
from cpdesk.domain.prices import Price, PriceBook
from cpdesk.domain.schedules import amount_text
from tests.support.price_files import BASIC_OFFER, COLUMNS, PREMIUM_OFFER, YEARLY, prices_text
from tests.support.refusals import refused

DAY = date(2026, 11, 10)
ENTERED = datetime(2026, 1, 1, tzinfo=UTC)
PREMIUM, BASIC = 3, 1
PRODUCTS = {
    PREMIUM: Product("SPB", "guid-3", "Microsoft 365 Business Premium", "user", Scope.USER, ":".join(PREMIUM_OFFER)),
    BASIC: Product("BASIC", "guid-1", "Microsoft 365 Business Basic", "user", Scope.USER, ":".join(BASIC_OFFER)),
    9: Product("OTHER", "guid-9", "Sold without an offer", "user", Scope.USER, ""),
}


def book(*prices: Price, currency: str = "USD") -> PriceBook:
    return PriceBook(1, "Default", currency, {price.product_id: [price] for price in prices}, ())


def read(*rows: dict[str, str], delimiter: str = ",") -> PriceFile:
    return parse_price_list(prices_text(*rows, delimiter=delimiter), "prices.csv", "utf-8")


def priced(
    *rows: dict[str, str], margin: str = "0", had: PriceBook | None = None, digits: int = 2, delimiter: str = ","
) -> tuple[tuple[PriceLine, ...], tuple[SkippedRow, ...]]:
    terms = Terms(Decimal(margin), "US", DAY, digits)
    return lines_and_skipped(read(*rows, delimiter=delimiter), had or book(), PRODUCTS, terms)


def premium(*rows: dict[str, str], margin: str = "0", delimiter: str = ",") -> tuple[str | None, str | None]:
    """Its Usage price and its Purchase price."""
    (line,), _skipped = priced(*rows, margin=margin, delimiter=delimiter)
    return amount_text(line.usage), amount_text(line.purchase)


def yearly(**facts: str) -> dict[str, str]:
    return YEARLY | facts


# What a month costs


@pytest.mark.parametrize(
    ("month", "year", "margin", "wanted"),
    [
        ("20.00", "210.00", "0", ("20.00", "17.50")),
        ("20.00", "210.00", "15", ("23.00", "20.13")),
        ("20.00", "210.00", "12.5", ("22.50", "19.69")),
        ("20", "210", "-10", ("18.00", "15.75")),
        ("0.00", "0", "20", ("0.00", "0.00")),
        ("8.3333", "100.06", "0", ("8.33", "8.34")),
        # With the twelfth rounded before the margin it would be 9.62.
        ("8.33", "100.00", "15.5", ("9.62", "9.63")),
        ("1.005", "10.05", "0", ("1.01", "0.84")),
        ("0.004", "0.06", "0", ("0.00", "0.01")),
    ],
)
def test_a_month_is_the_monthly_term_or_a_twelfth_of_the_year_with_the_margin(
    month: str, year: str, margin: str, wanted: tuple[str, str]
) -> None:
    assert premium({"UnitPrice": month}, yearly(UnitPrice=year), margin=margin) == wanted


@given(
    cents=st.integers(0, 10**7),
    margin=st.integers(-10_000, 100_000),
    digits=st.sampled_from([0, 2, 3]),
    year=st.booleans(),
)
def test_prices_are_rounded_once_and_half_up(cents: int, margin: int, digits: int, year: bool) -> None:
    unit, percent = Decimal(cents) / 100, Decimal(margin) / 100
    row = {"UnitPrice": str(unit)} | ({"TermDuration": "P1Y"} if year else {})
    (line,), _ = priced(row, margin=str(percent), digits=digits)
    price = line.purchase if year else line.usage
    assert price is not None
    # In units so small that all of it is whole: hundredths of cents of a percent, and twelfths.
    exact = cents * (10_000 + margin)
    unit_of_price = 10**6 * (12 if year else 1)
    assert abs(price * unit_of_price - exact) * 2 <= Decimal(unit_of_price) / 10**digits
    if not year:
        wanted = (unit * (1 + percent / 100)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        assert price == wanted


def test_the_cost_of_a_month_is_kept_beside_the_price() -> None:
    (line,), _ = priced({}, YEARLY, margin="20")
    assert (line.usage, line.purchase) == (Decimal("24.00"), Decimal("21.00"))
    assert (line.usage_cost, line.purchase_cost) == (Decimal("20.00"), Decimal("17.50"))
    assert (line.usage_row, line.purchase_row) == (2, 3)


def test_a_currency_without_decimals_gets_none() -> None:
    (line,), _ = priced({"UnitPrice": "2249.5", "Currency": "JPY"}, had=book(currency="JPY"), digits=0)
    assert str(line.usage) == "2250"


def test_the_estimated_retail_price_plays_no_part() -> None:
    assert premium({"ERP Price": "99.00"}) == ("20.00", None)


@pytest.mark.parametrize("margin", ["", "x", "1e2", "NaN", "10%", "1,5"])
def test_a_margin_is_a_number(margin: str) -> None:
    with refused("margin_not_a_number"):
        checked_margin(margin)


@pytest.mark.parametrize(("margin", "fits"), [("-100", True), ("-100.01", False), ("1000", True), ("1001", False)])
def test_a_margin_makes_sense(margin: str, fits: bool) -> None:
    if fits:
        assert checked_margin(margin) == Decimal(margin)
    else:
        with refused("margin_out_of_range"):
            checked_margin(Decimal(margin))


# Which rows count


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Market": "CA"}, SkipReason.MARKET),
        ({"Segment": "Education"}, SkipReason.SEGMENT),
        ({"Segment": "Charity"}, SkipReason.SEGMENT),
        ({"Segment": "Government"}, SkipReason.SEGMENT),
        ({"Tags": "Trial"}, SkipReason.TRIAL),
        ({"Tags": "Promotion;trial"}, SkipReason.TRIAL),
        ({"TermDuration": "P3Y"}, SkipReason.TERM),
        ({"TermDuration": "P1Y", "BillingPlan": "Annual"}, SkipReason.TERM),
        ({"TermDuration": "P3Y", "BillingPlan": "Triennial"}, SkipReason.TERM),
        ({"TermDuration": "P1Y", "BillingPlan": "None"}, SkipReason.TERM),
        ({"TermDuration": ""}, SkipReason.TERM),
        ({"Currency": "CAD"}, SkipReason.CURRENCY),
        ({"SkuId": "0009"}, SkipReason.PRODUCT),
        ({"ProductId": ""}, SkipReason.PRODUCT),
        ({"EffectiveStartDate": "2026-11-11"}, SkipReason.DATE),
        ({"EffectiveEndDate": "2026-11-09"}, SkipReason.DATE),
        ({"PricingTierRangeMin": "300", "UnitPrice": "18.00"}, SkipReason.TIER),
        ({"EffectiveStartDate": "2025-12-31", "UnitPrice": "19.00"}, SkipReason.SUPERSEDED),
        ({}, SkipReason.SUPERSEDED),
    ],
)
def test_a_row_that_does_not_count_is_named_with_its_reason(row: dict[str, str], reason: SkipReason) -> None:
    (line,), skipped = priced({}, row)
    assert (line.usage, line.usage_row) == (Decimal("20.00"), 2)
    assert skipped == (SkippedRow(3, "Microsoft 365 Business Premium", reason),)


@pytest.mark.parametrize("order", [1, -1])
def test_of_overlapping_ranges_the_latest_start_that_covers_the_day_counts(order: int) -> None:
    rows = [
        {"EffectiveStartDate": "2025-11-01", "UnitPrice": "19.00"},
        {"EffectiveStartDate": "2026-07-01", "EffectiveEndDate": "2026-11-10", "UnitPrice": "21.00"},
        {"EffectiveStartDate": "2026-12-01", "UnitPrice": "25.00"},
        {"EffectiveStartDate": "2026-08-01", "EffectiveEndDate": "2026-10-31", "UnitPrice": "24.00"},
    ]
    assert premium(*rows[::order]) == ("21.00", None)


def test_of_tiers_the_lowest_counts_even_if_another_began_later() -> None:
    rows = ({"PricingTierRangeMin": "2"}, {"PricingTierRangeMin": "10", "EffectiveStartDate": "2026-11-01"})
    assert premium(*rows) == ("20.00", None)


@pytest.mark.parametrize("sku", ["2", "02", "0002", "002"])
def test_zeros_that_a_spreadsheet_took_off_are_no_matter(sku: str) -> None:
    assert premium({"SkuId": sku, "ProductId": PREMIUM_OFFER[0].lower()}) == ("20.00", None)
    assert offer_key("CFQ7TTC0LCHC", sku) == ":".join(PREMIUM_OFFER)


def test_two_prices_for_the_same_time_are_refused() -> None:
    with refused("price_twice") as refusal:
        priced({}, {"Segment": "Education"}, {"UnitPrice": "21.00"})
    assert (refusal.params["row"], refusal.params["other_row"], refusal.params["column"]) == (4, 2, "UnitPrice")


def test_products_that_share_an_offer_share_the_price() -> None:
    twin = Product("SPB2", "guid-4", "A twin", "user", Scope.USER, ":".join(PREMIUM_OFFER))
    lines, _ = lines_and_skipped(read({}), book(), PRODUCTS | {4: twin}, Terms(Decimal(), "US", DAY, 2))
    assert [(line.product, line.usage) for line in lines] == [
        ("A twin", Decimal("20.00")),
        ("Microsoft 365 Business Premium", Decimal("20.00")),
    ]


# What becomes of what the schedule has


HAD = Price(PREMIUM, date(2026, 1, 1), Decimal("20.00"), Decimal("17.50"), ENTERED, Decimal("20.00"), Decimal("17.50"))


@pytest.mark.parametrize(
    ("had", "rows", "change"),
    [
        (None, ({}, YEARLY), PriceChange.NEW),
        (Price(PREMIUM, date(2026, 1, 1), None, None, ENTERED), ({}, YEARLY), PriceChange.NEW),
        (Price(PREMIUM, date(2027, 1, 1), Decimal(1), None, ENTERED), ({}, YEARLY), PriceChange.NEW),
        (HAD, ({}, YEARLY), PriceChange.UNCHANGED),
        (HAD, ({},), PriceChange.UNCHANGED),
        (HAD, ({}, yearly(UnitPrice="213.00")), PriceChange.CHANGED),
        (Price(PREMIUM, date(2026, 1, 1), Decimal(20), Decimal("17.5"), ENTERED), ({}, YEARLY), PriceChange.CHANGED),
    ],
)
def test_what_is_new_changed_and_unchanged(
    had: Price | None, rows: tuple[dict[str, str], ...], change: PriceChange
) -> None:
    (line,), _ = priced(*rows, had=book(had) if had else None)
    assert line.change is change


def test_what_the_list_has_not_stays_and_is_told() -> None:
    (line,), _ = priced({"UnitPrice": "30.00"}, had=book(HAD))
    assert (line.usage, line.usage_before, line.usage_kept) == (Decimal("30.00"), Decimal("20.00"), False)
    assert (line.purchase, line.purchase_cost, line.purchase_kept) == (Decimal("17.50"), Decimal("17.50"), True)
    (line,), _ = priced(YEARLY)
    assert (line.usage, line.usage_kept) == (None, False)


# What is refused


@pytest.mark.parametrize("price", ["", "x", "1.2.3", "1e3", "NaN", "inf", "$20", "1,234.00", "2O.00", "20.00 USD"])
def test_a_price_that_is_no_number_is_refused_with_its_place(price: str) -> None:
    with refused("price_not_a_number") as refusal:
        priced(YEARLY, {"UnitPrice": price})
    assert refusal.params == {"file": "prices.csv", "row": 3, "column": "UnitPrice", "price": price}


@pytest.mark.parametrize("price", ["-0.01", "-20"])
def test_a_negative_price_is_refused_with_its_place(price: str) -> None:
    with refused("price_negative") as refusal:
        priced({"UnitPrice": price})
    assert refusal.params == {"file": "prices.csv", "row": 2, "column": "UnitPrice", "price": price}


def test_a_price_beyond_all_sense_is_refused() -> None:
    with refused("price_too_large"):
        priced({"UnitPrice": "1000000000.01"})


def test_prices_in_rows_that_do_not_count_are_not_read() -> None:
    assert premium({}, {"Segment": "Education", "UnitPrice": "on request"}) == ("20.00", None)


@pytest.mark.parametrize(("text", "price"), [("20,5", "20.50"), ("20,50", "20.50"), ("20.50", "20.50")])
def test_a_decimal_comma_is_understood_where_it_is_no_delimiter(text: str, price: str) -> None:
    assert premium({"UnitPrice": text}, delimiter=";") == (price, None)


@pytest.mark.parametrize("text", ["1,234", "1.234,00", "1,234.00"])
def test_a_comma_that_may_separate_thousands_is_refused(text: str) -> None:
    with refused("price_not_a_number"):
        premium({"UnitPrice": text}, delimiter=";")


@pytest.mark.parametrize("text", ["1.234", "12.345", "999.000"])
def test_a_point_that_may_separate_thousands_is_refused_where_a_comma_may_be_the_decimal_one(text: str) -> None:
    with refused("price_ambiguous") as refusal:
        premium({"UnitPrice": text}, delimiter=";")
    assert refusal.params == {"file": "prices.csv", "row": 2, "column": "UnitPrice", "price": text}
    assert premium({"UnitPrice": "1.234"}) == ("1.23", None)


@pytest.mark.parametrize(("text", "price"), [("0.125", "0.13"), ("1.2340", "1.23"), ("1234.500", "1234.50")])
def test_a_point_that_can_only_be_the_decimal_one_is_understood(text: str, price: str) -> None:
    assert premium({"UnitPrice": text}, delimiter=";") == (price, None)


def test_a_tier_that_is_no_number_is_refused() -> None:
    with refused("tier_not_a_number") as refusal:
        priced({"PricingTierRangeMin": "all"})
    assert (refusal.params["row"], refusal.params["column"]) == (2, "PricingTierRangeMin")


def test_a_list_in_another_currency_is_refused() -> None:
    with refused("price_list_currency_differs") as refusal:
        priced({"Segment": "Education"}, {"Currency": "EUR"})
    place = {"file": "prices.csv", "row": 3, "column": "Currency"}
    assert refusal.params == place | {"currency": "EUR", "wanted": "USD"}


def test_a_list_for_later_says_from_when() -> None:
    with refused("price_list_not_begun") as refusal:
        priced({"EffectiveStartDate": "2027-01-01"}, {"EffectiveStartDate": "2026-12-01"})
    place = {"file": "prices.csv", "row": 3, "column": "EffectiveStartDate"}
    assert refusal.params == place | {"date": DAY, "start": date(2026, 12, 1)}
    with refused("no_prices_in_file"):
        priced({"EffectiveEndDate": "2026-11-01"})


def test_a_list_with_nothing_for_the_schedule_is_refused() -> None:
    with refused("no_prices_in_file"):
        priced({"Segment": "Education"})


def test_several_markets_are_refused_without_a_choice() -> None:
    file = read({"Market": "US"}, {"Market": "us "}, {"Market": "DE"}, {"Market": "CA"})
    with refused("several_markets") as refusal:
        market_of(file, None)
    assert refusal.params == {
        "file": "prices.csv",
        "row": 4,
        "column": "Market",
        "markets": ["CA", "DE", "US"],
    }
    assert market_of(file, " de ") == "DE"
    with refused("market_not_in_file") as refusal:
        market_of(file, "FR")
    assert refusal.params["markets"] == ["CA", "DE", "US"]
    assert market_of(read({}), None) == "US"


def test_the_columns_of_both_generations_are_known() -> None:
    older = parse_price_list(prices_text({}, columns=COLUMNS[1:-1]), "prices.csv", "utf-8")
    assert older.rows == read({}).rows


# Against the rules told otherwise, and against rubbish

DAYS = ("2026-01-01", "2026-06-01", "2026-11-10", "2026-11-11", "9999-11-30")
RANDOM_ROW = st.fixed_dictionaries(
    {
        "TermDuration": st.sampled_from(["P1M", "P1M", "P1Y", "P3Y"]),
        "BillingPlan": st.sampled_from(["Monthly", "Monthly", "Annual"]),
        "Market": st.sampled_from(["US", "US", "US", "CA"]),
        "Currency": st.sampled_from(["USD", "USD", "USD", "CAD"]),
        "Segment": st.sampled_from(["Commercial", "Commercial", "Education"]),
        "Tags": st.sampled_from(["", "", "Trial"]),
        "PricingTierRangeMin": st.sampled_from(["", "1", "10"]),
        "EffectiveStartDate": st.sampled_from(DAYS[:4]),
        "EffectiveEndDate": st.sampled_from(DAYS[2:]),
        "UnitPrice": st.integers(0, 99_999).map(lambda cents: str(Decimal(cents) / 100)),
    }
)


def expected(rows: list[dict[str, str]], term: str) -> Decimal | None:
    """The price per term by the rules as they are written down; rows have different prices or are the same."""
    counting = [
        (float(row["PricingTierRangeMin"] or 0), row["EffectiveStartDate"], row["UnitPrice"])
        for row in rows
        if (row["Market"], row["Currency"], row["Segment"], row["Tags"]) == ("US", "USD", "Commercial", "")
        and row["TermDuration"] == term
        and (term == "P1M" or row["BillingPlan"] == "Monthly")
        and row["EffectiveStartDate"] <= DAY.isoformat() <= row["EffectiveEndDate"]
    ]
    if not counting:
        return None
    lowest = min(tier for tier, _start, _price in counting)
    latest = max(start for tier, start, _price in counting if tier == lowest)
    prices = {Decimal(price) for tier, start, price in counting if (tier, start) == (lowest, latest)}
    return prices.pop() if len(prices) == 1 else Decimal(-1)


@given(rows=st.lists(RANDOM_ROW, min_size=1, max_size=12))
def test_what_counts_is_what_the_rules_say(rows: list[dict[str, str]]) -> None:
    month, year = expected(rows, "P1M"), expected(rows, "P1Y")
    if Decimal(-1) in (month, year):
        with refused("price_twice"):
            priced(*rows)
    elif (month, year) == (None, None):
        with pytest.raises(UserError):
            priced(*rows)
    else:
        (line,), skipped = priced(*rows)
        assert line.usage == (month and month.quantize(Decimal("0.01")))
        assert line.purchase_cost == (year and (year / 12).quantize(Decimal("0.01"), ROUND_HALF_UP))
        assert len(skipped) == len(rows) - ((month is not None) + (year is not None))
        assert [one.row for one in skipped] == sorted({one.row for one in skipped})


@given(
    cut=st.integers(0, 600),
    put=st.text(st.sampled_from('",;\t\r\n\x00 -x9.\u00e4\ufeff'), max_size=5),
    more=st.text(max_size=20),
)
def test_rubbish_is_read_or_refused(cut: int, put: str, more: str) -> None:
    text, told = prices_text({}, YEARLY), ""
    try:
        file = parse_price_list(text[:cut] + put + text[cut:] + more, "prices.csv", "utf-8")
        lines_and_skipped(file, book(), PRODUCTS, Terms(Decimal(), market_of(file, None), DAY, 2))
    except UserError as refusal:
        told = message(refusal)
    assert "no words" not in told
    assert "\u2026" not in told, "a fact is missing"

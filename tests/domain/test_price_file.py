"""A partner price list as it is read: columns, dates, broken rows."""

from datetime import date

import pytest

from cpdesk.domain.price_file import PriceListRow, parse_price_list
from tests.support.price_files import COLUMNS, USUAL, prices_text
from tests.support.refusals import refused

OPEN = "9999-11-30T00:00:00Z"


def read(text: str) -> tuple[PriceListRow, ...]:
    return parse_price_list(text, "prices.csv", "utf-8").rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_has_what_counts(delimiter: str) -> None:
    (row,) = read(prices_text({"SkuId": "2", "Market": " us "}, delimiter=delimiter))
    assert row == PriceListRow(
        row=2,
        offer="CFQ7TTC0LCHC:0002",
        title="Microsoft 365 Business Premium",
        term="P1M",
        plan="monthly",
        market="US",
        currency="USD",
        unit_price="20.00",
        tier="1",
        start=date(2026, 1, 1),
        end=date(9999, 11, 30),
        tags="",
        segment="commercial",
    )


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    mixed = [" unitprice ", *reversed([column for column in COLUMNS if column != "UnitPrice"]), "Remarks"]
    text = prices_text({" unitprice ": "20.00"}, columns=mixed)
    assert read(text) == read(prices_text({}))


@pytest.mark.parametrize("column", ["UnitPrice", "Market", "Tags", "EffectiveStartDate"])
def test_a_column_that_is_missing_is_named(column: str) -> None:
    with refused("columns_missing") as refusal:
        read(prices_text({}, columns=[one for one in COLUMNS if one != column]))
    assert refusal.params == {"file": "prices.csv", "columns": [column]}


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2026-03-01", OPEN, date(2026, 3, 1)),
        ("2026-03-01T00:00:00.0000000Z", OPEN, date(2026, 3, 1)),
        ("2026-03-01 00:00:00", OPEN, date(2026, 3, 1)),
        ("3/1/2026", "11/30/9999", date(2026, 3, 1)),
        ("3/1/2026 12:00:00 AM", "11/30/9999 12:00:00 AM", date(2026, 3, 1)),
        ("01/03/2026 00:00", "30/11/9999 00:00", date(2026, 3, 1)),
        ("01.03.2026", "30.11.9999", date(2026, 3, 1)),
        ("01.03.2026 00:00", "05.06.2026", date(2026, 3, 1)),
        ("", OPEN, date.min),
    ],
)
def test_dates_are_read_as_microsoft_and_spreadsheets_write_them(start: str, end: str, wanted: date) -> None:
    (row,) = read(prices_text({"EffectiveStartDate": start, "EffectiveEndDate": end}))
    assert row.start == wanted


def test_a_range_without_an_end_is_open() -> None:
    (row,) = read(prices_text({"EffectiveEndDate": ""}))
    assert row.end == date.max


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "2026-02-30", "13/13/2026", "46000"])
def test_a_date_that_is_none_is_refused_with_its_place(text: str) -> None:
    with refused("date_not_readable") as refusal:
        read(prices_text({}, {"EffectiveStartDate": text}))
    assert refusal.params == {"file": "prices.csv", "row": 3, "column": "EffectiveStartDate", "text": text}


def test_a_list_without_rows_is_refused() -> None:
    with refused("file_without_prices"):
        read(prices_text())
    with refused("file_empty"):
        read("\r\n")


def test_a_row_that_is_cut_off_is_refused_with_its_place() -> None:
    text = prices_text({}, {})
    with refused("row_too_short") as refusal:
        read(text[: text.rindex("Monthly")])
    assert (refusal.params["row"], refusal.params["column"]) == (3, "Market")
    with refused("unbalanced_quotes"):
        read(text + '"')


def test_the_apostrophe_of_our_own_exports_is_taken_off() -> None:
    (row,) = read(prices_text({"SkuTitle": "'-40 % off"}))
    assert row.title == "-40 % off"
    assert USUAL["Segment"] == "Commercial"

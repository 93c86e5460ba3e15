"""How many seats of a family of products a tenant may have."""

import csv

import pytest

from cpdesk.base import assets
from cpdesk.base.limit_words import beyond_text
from cpdesk.composition import published_names, seat_limits, starting_catalogue
from cpdesk.domain.seat_limits import BeyondLimit, SeatLimit, beyond_limits, read_limits

_HEADER = "part_number,guid,family,most_seats,source\n"
_SMALL = SeatLimit("Small", 10, frozenset({"a", "b"}))


def test_every_product_is_one_that_microsoft_names_and_says_where_its_limit_is_from() -> None:
    known = {(product.part_number, product.guid) for product in published_names()}
    known |= {(entry.product.part_number, entry.product.guid) for entry in starting_catalogue()}
    with (assets.root() / "catalog" / "seat_limits.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert (row["part_number"], row["guid"]) in known
        assert row["source"].startswith("Microsoft, ")
    assert rows


def test_the_business_family_is_limited_and_enterprise_is_not() -> None:
    guids = {entry.product.part_number: entry.product.guid for entry in starting_catalogue()}
    (business,) = seat_limits()
    assert (business.family, business.most) == ("Microsoft 365 Business", 300)
    members = {part_number for part_number, guid in guids.items() if guid in business.guids}
    assert {"O365_BUSINESS_ESSENTIALS", "O365_BUSINESS_PREMIUM", "SPB", "O365_BUSINESS"} <= members
    assert not {"SPE_E3", "ENTERPRISEPACK", "DYN365_BUSCENTRAL_PREMIUM"} & members


@pytest.mark.parametrize(
    ("seats", "change", "found"),
    [
        ({"a": 10}, {}, None),
        ({"a": 6}, {"b": 4}, None),
        ({"a": 6, "z": 90}, {"b": 5, "z": 9}, (6, 11)),
        ({}, {"a": 11}, (0, 11)),
        ({"a": 12}, {"b": 1}, (12, 13)),
        ({"a": 12}, {"a": -1}, None),
        ({"a": 12}, {"a": -3, "b": 3}, None),
    ],
    ids=["full", "filled", "both together", "nothing before", "further", "smaller", "as large"],
)
def test_a_family_is_counted_as_a_whole(
    seats: dict[str, int], change: dict[str, int], found: tuple[int, int] | None
) -> None:
    expected = (BeyondLimit("Small", 10, *found),) if found else ()
    assert beyond_limits([_SMALL], seats, change) == expected


@pytest.mark.parametrize("rows", ["A,a,One,10,x\nA,a,Two,10,x\n", "A,a,One,10,x\nB,b,One,20,x\n", "A,a,One,ten,x\n"])
def test_a_damaged_file_is_refused(rows: str) -> None:
    with pytest.raises(ValueError, match=r"not clear|ten"):
        read_limits(_HEADER + rows)


def test_it_is_said_what_the_limit_is_and_what_this_makes() -> None:
    told = beyond_text(BeyondLimit("Microsoft 365 Business", 300, 290, 1_312))
    assert told == (
        "Microsoft 365 Business is limited to 300 seats in a tenant, all its products together: this makes 1,312. "
        "Microsoft can refuse what is beyond."
    )

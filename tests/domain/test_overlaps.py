"""Which products contain others."""

import csv

import pytest

from cpdesk.base import assets
from cpdesk.composition import contained_products, starting_catalogue
from cpdesk.domain.overlaps import read_contained

_HEADER = "part_number,guid,within_part_number,within_guid,source\n"


def _rows() -> list[dict[str, str]]:
    with (assets.root() / "catalog" / "contained.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_pair_is_of_the_catalogue_and_says_where_it_is_from() -> None:
    known = {(entry.product.part_number, entry.product.guid) for entry in starting_catalogue()}
    for row in _rows():
        assert (row["part_number"], row["guid"]) in known
        assert (row["within_part_number"], row["within_guid"]) in known
        assert row["source"].startswith("Microsoft, ")
    pairs = [(row["guid"], row["within_guid"]) for row in _rows()]
    assert len(pairs) == len(set(pairs)) > 100


@pytest.mark.parametrize(
    ("product", "larger"),
    [
        ("EXCHANGESTANDARD", "SPB"),
        ("O365_BUSINESS_ESSENTIALS", "SPB"),
        ("ENTERPRISEPACK", "SPE_E3"),
        ("SPE_E3", "SPE_E5"),
        ("POWER_BI_PRO", "SPE_E5"),
        ("EMS", "SPE_E3"),
    ],
)
def test_suites_contain_what_they_are_known_for(product: str, larger: str) -> None:
    guids = {entry.product.part_number: entry.product.guid for entry in starting_catalogue()}
    contained = contained_products()
    assert guids[larger] in contained[guids[product]]
    assert guids[product] not in contained.get(guids[larger], ())


def test_what_a_larger_one_contains_a_still_larger_one_contains_too() -> None:
    contained = contained_products()
    missing = [
        (guid, largest)
        for guid, larger in contained.items()
        for one in larger
        for largest in contained.get(one, ())
        if largest not in larger
    ]
    assert missing == []


@pytest.mark.parametrize("rows", ["a,1,a,1,x\n", "a,1,b,2,x\nb,2,a,1,x\n"])
def test_products_that_contain_themselves_or_each_other_are_refused(rows: str) -> None:
    with pytest.raises(ValueError, match="is said to contain"):
        read_contained(_HEADER + rows)

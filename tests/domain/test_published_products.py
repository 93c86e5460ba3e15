"""The form in which Microsoft's products and service plans ship."""

import pytest

from cpdesk.domain.product_file import ProductFile, PublishedProduct, ServicePlan
from cpdesk.domain.published_products import read_published
from tests.support.product_files import BOOSTER, ENGINE, FUEL, ROCKET

PRODUCTS = "guid,part_number,name,listed_in,plans\n"
PLANS = f"number,guid,name,title\n1,{ENGINE},ENGINE,\n2,{FUEL},FUEL,Rocket Fuel\n"
ONE = f"{ROCKET},ROCKET,Rocket|Missile,2026-03,1 2\n"


def read(*rows: str, plans: str = PLANS) -> ProductFile:
    return read_published(PRODUCTS + "".join(rows), plans, "published.csv")


def test_it_says_what_a_list_of_microsoft_says() -> None:
    assert read(ONE, f"{BOOSTER},BOOST,Booster,2026-03,\n") == ProductFile(
        name="published.csv",
        encoding="utf-8",
        rows=2,
        products=(
            PublishedProduct(2, ROCKET, ("ROCKET",), ("Rocket", "Missile"), frozenset({ENGINE, FUEL})),
            PublishedProduct(3, BOOSTER, ("BOOST",), ("Booster",), frozenset()),
        ),
        plans={ENGINE: ServicePlan(ENGINE, "ENGINE", "ENGINE"), FUEL: ServicePlan(FUEL, "FUEL", "Rocket Fuel")},
    )


@pytest.mark.parametrize(
    ("rows", "plans", "why"),
    [
        ((), PLANS, "told apart"),
        ((ONE, ONE), PLANS, "told apart"),
        ((ONE,), PLANS + f"3,{FUEL},FUEL,\n", "told apart"),
        ((f"{ROCKET},ROCKET,Rocket,2026-03,2 7\n",), PLANS, "row 2: there is no service plan 7"),
    ],
)
def test_damage_is_told(rows: tuple[str, ...], plans: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(*rows, plans=plans)

"""What is said of products without a price."""

from datetime import date

from cpdesk.domain.catalog import Product
from cpdesk.ui.gallery.billing_samples import complete, line
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.service_samples import E3, PLANNER, PREMIUM, VISIO, product
from cpdesk.ui.parts.unpriced import unpriced_text

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def told(*products: Product) -> str:
    return unpriced_text([line(item, 1, FIRST, LAST, None) for item in products], RESELLER).partition(".")[0]


def test_nothing_is_said_where_everything_has_a_price() -> None:
    assert unpriced_text(complete().lines, RESELLER) == ""


def test_products_are_named_once() -> None:
    assert told(VISIO, VISIO, E3) == (
        "3 lines have no price and are missing in the amount: Visio Plan 2 and Office 365 E3"
    )


def test_of_many_the_first_are_named() -> None:
    more = product("Microsoft Plan 9", "PLAN_9", 900)
    assert told(VISIO, E3, PLANNER, PREMIUM, more).endswith("Visio Plan 2, Office 365 E3, Planner Plan 1, and 2 more")

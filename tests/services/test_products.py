"""The catalogue that all accounts share."""

from dataclasses import replace

import pytest

from cpdesk.composition import published_names
from cpdesk.domain.catalog import Product, Scope
from cpdesk.gateways.product_files import read_product_file
from cpdesk.services.products import Products
from tests.support.refusals import refused
from tests.support.world import DUE, PREMIUM, START, World

GUID = "0c0ffee0-1111-4222-8333-444455556666"


def add(world: World, name: str = "Rocket Fuel", part_number: str = "ROCKET", guid: str = GUID) -> Product:
    return world.services.products.add(world.by, name, part_number, guid, Scope.USER).value


def test_a_product_that_was_added_can_be_assigned(world: World) -> None:
    account = world.account("Contoso", "ada@contoso.example")
    assert add(world, " Rocket Fuel ", "ROCKET", f"{{{GUID.upper()}}}").guid == GUID
    world.assign(account, "ada@contoso.example", "Rocket Fuel")
    assert world.licenses(account) == {"ada@contoso.example": ("ROCKET",)}
    assert world.problems() == []


def test_a_tenant_product_is_never_assigned(world: World) -> None:
    made = world.services.products.add(world.by, "Rocket Fuel", "ROCKET", GUID, Scope.TENANT).value
    assert made.assignable_to == "tenant"


def test_adding_is_audited(world: World) -> None:
    add(world)
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.subject) == ("product.added", "product ROCKET")
    assert entry.after == {"name": "Rocket Fuel", "part_number": "ROCKET", "guid": GUID, "scope": "user"}


def test_a_guid_stands_for_one_product(world: World) -> None:
    add(world)
    with refused("product_exists") as refusal:
        add(world, "Another name", "OTHER", GUID.upper())
    assert refusal.params["product"] == "Rocket Fuel"


def test_seats_of_two_products_with_one_part_number_are_told_together(world: World) -> None:
    account = world.pool(seats=3)
    add(world, "Twin of Premium", PREMIUM)
    world.buy(account, 4, GUID)
    world.request_usage(account)
    world.clock.set(DUE)
    (settled,) = world.services.modes.apply_due().applied
    assert settled.released == ((PREMIUM, 7),)


def test_closing_tells_the_seats_of_two_products_with_one_part_number_together(world: World) -> None:
    account = world.pool(seats=3)
    add(world, "Twin of Premium", PREMIUM)
    world.buy(account, 4, GUID)
    world.shut(account)
    after = world.services.audit.rows(world.by, account)[0].after
    assert after
    assert after["released"] == {PREMIUM: 7}


@pytest.mark.parametrize(
    ("name", "part_number", "guid", "code"),
    [
        (" ", "ROCKET", GUID, "text_empty"),
        ("Rocket", "", GUID, "text_empty"),
        ("Rocket\x07", "ROCKET", GUID, "text_not_printable"),
        ("Rocket", "R" * 300, GUID, "text_too_long"),
        ("Rocket", "ROCKET", "SPB", "bad_guid"),
        ("Rocket", "ROCKET", GUID + "0", "bad_guid"),
    ],
)
def test_what_makes_no_product_is_refused(world: World, name: str, part_number: str, guid: str, code: str) -> None:
    with refused(code):
        add(world, name, part_number, guid)


def test_the_catalog_says_since_when_the_service_is_active(world: World) -> None:
    active, fresh = world.account("Contoso"), world.account("Fabrikam", active=False)
    assert world.services.products.offer(world.by, active).since == START
    offer = world.services.products.offer(world.by, fresh)
    assert (offer.since, offer.account.name) == (None, "Fabrikam")


def test_what_microsoft_publishes_about_a_name_is_found_unless_it_is_sold_already(world: World) -> None:
    known = world.services.products.rows(world.by)
    premium = next(product for product in known if product.part_number == "SPB")
    twins = (replace(premium, guid=GUID), premium)
    products = Products(world.store, world.services.settler, lambda: twins, read_product_file, lambda _among=None: {})
    assert products.described(world.by, ["microsoft 365  BUSINESS premium", "Rocket"]) == {
        "microsoft 365 business premium": (twins[0],)
    }


def test_the_published_names_come_with_the_program() -> None:
    published = published_names()
    assert len({product.guid for product in published}) == len(published) > 600
    assert sum(product.name == "Visio Plan 1" for product in published) == 2

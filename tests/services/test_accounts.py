"""Accounts: creating and finding them."""

import pytest

from cpdesk.domain.operators import Role
from tests.support.refusals import refused
from tests.support.world import NEW_YORK, World, dump


def test_an_account_takes_the_defaults_of_the_set_up(world: World) -> None:
    row = world.services.accounts.create(world.by, " Contoso ", " contoso.example ").value
    assert (row.name, row.domain, row.country, row.currency, row.time_zone) == (
        *("Contoso", "contoso.example", "US", "USD"),
        NEW_YORK,
    )


def test_codes_and_zones_get_their_official_spelling(world: World) -> None:
    row = world.services.accounts.create(
        world.by, "Contoso", "contoso.example", country=" de", currency="eur ", time_zone="europe/berlin"
    ).value
    assert (row.country, row.currency, row.time_zone) == ("DE", "EUR", "Europe/Berlin")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": ""}, "text_empty"),
        ({"name": "x" * 300}, "text_too_long"),
        ({"name": "Con\x00toso"}, "text_not_printable"),
        ({"domain": "contoso"}, "bad_domain"),
        ({"domain": "a\udcff.example"}, "bad_domain"),
        ({"domain": "Fabrikam.EXAMPLE "}, "domain_taken"),
        ({"country": "XX"}, "unknown_country"),
        ({"country": "Germany"}, "unknown_country"),
        ({"currency": "XXX"}, "unknown_currency"),
        ({"currency": "DEM"}, "unknown_currency"),
        ({"time_zone": "Mars/Olympus"}, "unknown_time_zone"),
        ({"time_zone": "../etc/passwd"}, "unknown_time_zone"),
        ({"time_zone": "EST5"}, "unknown_time_zone"),
    ],
)
def test_what_is_no_account_is_refused(world: World, facts: dict[str, str], code: str) -> None:
    world.account("Fabrikam")
    before = dump(world.store.path)
    with refused(code):
        world.services.accounts.create(world.by, **{"name": "Contoso", "domain": "contoso.example"} | facts)  # type: ignore[arg-type]
    assert dump(world.store.path) == before


def test_the_same_name_may_be_used_twice(world: World) -> None:
    one = world.account("Contoso", domain="contoso.example")
    other = world.account("Contoso", domain="contoso.test")
    with refused("ambiguous_account") as refusal:
        world.services.accounts.find(world.by, "CONTOSO")
    candidates = refusal.params["candidates"]
    assert isinstance(candidates, list)
    assert sorted(candidates) == sorted([f"{one} Contoso (contoso.example)", f"{other} Contoso (contoso.test)"])


def test_an_account_is_found_by_id_then_domain_then_name(world: World) -> None:
    first = world.account("Contoso")
    by_name = world.account(str(first), domain="number.example")
    by_domain = world.account("contoso.example", domain="other.example")
    found = {text: world.services.accounts.find(world.by, text).id for text in _spellings(first)}
    assert set(found.values()) == {first}
    assert world.services.accounts.find(world.by, "OTHER.example").id == by_domain
    assert world.services.accounts.find(world.by, "number.example").id == by_name


def _spellings(account: int) -> list[str]:
    return [str(account), f" {account} ", "contoso.example", "Contoso.EXAMPLE", " contoso"]


@pytest.mark.parametrize("text", ["", " ", "0", "99999999999999999999", "-1", "cont", "contoso.exampl", "%", "_______"])
def test_an_unknown_account_is_refused(world: World, text: str) -> None:
    world.account("Contoso")
    with refused("unknown_account"):
        world.services.accounts.find(world.by, text)


def test_ids_say_nothing_about_how_many_accounts_there_are(world: World) -> None:
    ids = [world.account(f"Contoso{number}") for number in range(8)]
    assert len(set(ids)) == 8
    assert all(10_000_000 <= number < 100_000_000 for number in ids)
    assert ids != sorted(ids) or ids[-1] - ids[0] > 8


def test_a_domain_is_the_same_in_every_spelling(world: World) -> None:
    accounts = world.services.accounts
    row = accounts.create(world.by, "Books", "xn--bcher-kva.example").value
    assert row.domain == "bücher.example"
    with refused("domain_taken"):
        accounts.create(world.by, "Other Books", "Bücher.example")
    assert accounts.find(world.by, "XN--bcher-kva.example").id == row.id
    assert world.problems() == []


def test_a_new_tenant_may_come_with_its_domain(world: World) -> None:
    account = world.account("Contoso", active=False)
    row = world.services.accounts.activate(world.by, account, domain="contoso.test").value
    assert (row.domain, row.service_active) == ("contoso.test", True)


def test_the_domain_of_a_new_tenant_is_for_resellers_and_refused_with_the_activation(world: World) -> None:
    world.account("Fabrikam")
    account = world.account("Contoso", active=False)
    customer = world.operator(Role.CUSTOMER, account)
    before = dump(world.store.path)
    with refused("domain_taken"):
        world.services.accounts.activate(world.by, account, domain="fabrikam.example")
    with refused("not_allowed"):
        world.services.accounts.activate(customer, account, domain="contoso.test")
    assert dump(world.store.path) == before
    assert world.services.accounts.activate(customer, account, domain="contoso.example").value.service_active


def test_the_list_is_sorted_by_name_and_has_the_figures(world: World) -> None:
    world.account("beta")
    alpha = world.pool("Alpha", "ada@alpha.example", "bob@alpha.example", seats=3)
    world.assign(alpha, "ada@alpha.example")
    world.request_usage(alpha)
    rows = world.services.accounts.rows(world.by)
    assert [(row.name, row.users, row.seats, row.assigned, row.pending is None) for row in rows] == [
        ("Alpha", 2, 3, 1, False),
        ("beta", 0, 0, 0, True),
    ]

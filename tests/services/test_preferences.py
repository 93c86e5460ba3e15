"""What new accounts start with, and what is told about the database."""

import pytest

from cpdesk.domain.operators import Role
from cpdesk.services.defaults import Defaults
from tests.support.refusals import refused
from tests.support.world import NEW_YORK, World, dump


def test_the_defaults_are_those_of_set_up_until_others_are_chosen(world: World) -> None:
    assert world.services.preferences.defaults(world.by) == Defaults("USD", NEW_YORK, "")
    done = world.services.preferences.set_defaults(world.by, "eur", "europe/berlin", "de")
    assert done.value == Defaults("EUR", "Europe/Berlin", "DE")
    assert world.services.preferences.defaults(world.by) == world.services.setup.defaults() == done.value


def test_new_accounts_start_with_them_and_others_keep_theirs(world: World) -> None:
    before = world.account("Contoso")
    world.services.preferences.set_defaults(world.by, "EUR", "Europe/Berlin", "DE")
    made = world.services.accounts.create(world.by, "Fabrikam", "fabrikam.example").value
    assert (made.currency, made.time_zone) == ("EUR", "Europe/Berlin")
    assert world.show(before).currency == "USD"


def test_choosing_others_is_audited_with_what_was_before(world: World) -> None:
    world.services.preferences.set_defaults(world.by, "EUR", "Europe/Berlin", "DE")
    entry = world.services.audit.rows(world.by, limit=1)[0]
    assert (entry.action, entry.account) == ("defaults.changed", None)
    assert entry.before == {"currency": "USD", "time_zone": NEW_YORK, "country": ""}
    assert entry.after == {"currency": "EUR", "time_zone": "Europe/Berlin", "country": "DE"}


def test_choosing_the_same_changes_nothing(world: World) -> None:
    world.services.preferences.set_defaults(world.by, "EUR", "Europe/Berlin", "DE")
    before = dump(world.store.path)
    world.services.preferences.set_defaults(world.by, "EUR", "Europe/Berlin", "DE")
    assert dump(world.store.path) == before


@pytest.mark.parametrize(
    ("currency", "zone", "country", "code"),
    [
        ("XXX", "UTC", "US", "unknown_currency"),
        ("USD", "Mars", "US", "unknown_time_zone"),
        ("USD", "UTC", "ZZ", "unknown_country"),
    ],
)
def test_what_does_not_exist_is_refused(world: World, currency: str, zone: str, country: str, code: str) -> None:
    before = dump(world.store.path)
    with refused(code):
        world.services.preferences.set_defaults(world.by, currency, zone, country)
    assert dump(world.store.path) == before


def test_the_database_is_told_with_its_size(world: World) -> None:
    world.account("Contoso", "ada@contoso.example", "bob@contoso.example")
    world.services.users.remove(world.by, world.services.accounts.rows(world.by)[0].id, "bob@contoso.example")
    facts = world.services.preferences.database(world.by)
    assert facts.file == world.store.path
    assert facts.counts is not None
    assert (facts.counts.accounts, facts.counts.users) == (1, 1)
    assert facts.counts.entries == len(world.services.audit.rows(world.by))
    assert facts.counts.size >= world.store.path.stat().st_size > 0


def test_a_customer_is_told_nothing_about_how_much_there_is(world: World) -> None:
    customer = world.operator(Role.CUSTOMER, world.account("Contoso"), "own@contoso.example")
    facts = world.services.preferences.database(customer)
    assert (facts.file, facts.counts) == (world.store.path, None)

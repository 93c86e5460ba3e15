"""Finding entries of the audit log, and proving that it is as it was written."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from sqlite3 import connect

import pytest

from cpdesk.domain.audit_query import AuditQuery, ChangeGroup
from cpdesk.domain.operators import Role, Session
from tests.support import exports
from tests.support.history import live
from tests.support.world import ADMIN, PREMIUM, START, World

ADA = "ada@contoso.example"


class Cancelled(Exception):  # noqa: N818 - the wish of a person, not an error
    pass


@pytest.fixture
def pool(world: World) -> int:
    """Some entries of Contoso, between some of Fabrikam."""
    world.account("Fabrikam", "bob@fabrikam.example")
    pool = world.pool("Contoso", ADA, seats=3)
    world.services.users.remove(world.by, world.account("Tailspin", "cy@tailspin.example"), "cy@tailspin.example")
    world.assign(pool, ADA)
    return pool


def actions(world: World, query: AuditQuery, by: Session | None = None) -> list[str]:
    by = by or world.by
    numbers = world.services.audit.search(by, query)
    return [row.action for row in world.services.audit.some(by, numbers, query.account_id)]


def test_everything_is_found_newest_first_as_it_is_listed(world: World, pool: int) -> None:
    numbers = world.services.audit.search(world.by, AuditQuery())
    assert list(numbers) == sorted(numbers, reverse=True)
    assert world.services.audit.some(world.by, numbers) == world.services.audit.rows(world.by)
    assert pool


def test_one_account_has_its_own_entries_only(world: World, pool: int) -> None:
    numbers = world.services.audit.search(world.by, AuditQuery(account_id=pool))
    rows = world.services.audit.some(world.by, numbers, pool)
    assert rows == world.services.audit.rows(world.by, pool)
    assert {row.account_id for row in rows} == {pool}


def test_entries_of_others_are_left_out_whatever_numbers_are_asked_for(world: World, pool: int) -> None:
    everything = world.services.audit.search(world.by, AuditQuery())
    rows = world.services.audit.some(world.by, everything, pool)
    assert {row.account for row in rows} == {"Contoso"}


def test_rows_come_in_the_order_asked_for(world: World, pool: int) -> None:
    assert [row.number for row in world.services.audit.some(world.by, (2, 5, 3, 4711))] == [2, 5, 3]
    assert pool


def test_kinds_of_changes_part_the_log(world: World, pool: int) -> None:
    world.operator(Role.CUSTOMER, pool)
    world.services.prices.create(world.by, "Gold", "USD")
    found = {group: set(actions(world, AuditQuery(groups=frozenset({group})))) for group in ChangeGroup}
    assert found == {
        ChangeGroup.MODES: {"mode.completed"},
        ChangeGroup.LICENSES: {"license.assigned", "seats.added"},
        ChangeGroup.USERS: {"user.added", "user.removed"},
        ChangeGroup.ACCOUNTS: {"account.created", "service.activated"},
        ChangeGroup.BILLING: {"prices.schedule_added"},
        ChangeGroup.OPERATORS: {"operator.added"},
        ChangeGroup.PROGRAM: {"database.set_up"},
    }
    assert set().union(*found.values()) == {row.action for row in world.services.audit.rows(world.by)}


def test_several_kinds_are_found_together(world: World, pool: int) -> None:
    found = actions(world, AuditQuery(account_id=pool, groups=frozenset({ChangeGroup.MODES, ChangeGroup.USERS})))
    assert found == ["mode.completed", "user.added"]


def test_words_find_people_products_and_accounts(world: World, pool: int) -> None:
    assert actions(world, AuditQuery(text="ADA@contoso")) == ["license.assigned", "user.added"]
    assert actions(world, AuditQuery(text="business premium", account_id=pool)) == [
        "license.assigned",
        "seats.added",
    ]
    assert set(actions(world, AuditQuery(text="tailspin"))) == {
        "user.removed",
        "user.added",
        "service.activated",
        "account.created",
    }


def test_the_reason_is_searched(world: World, pool: int) -> None:
    world.services.licenses.remove(world.by, pool, ADA, PREMIUM, reason="Ticket 20418")
    assert actions(world, AuditQuery(text="ticket 20418")) == ["license.removed"]


def test_an_operator_is_found_among_those_in_the_log(world: World, pool: int) -> None:
    customer = world.operator(Role.CUSTOMER, pool, "own@contoso.example")
    world.services.licenses.add_seats(customer, pool, PREMIUM, 1)
    assert actions(world, AuditQuery(operator="own@contoso.example")) == ["seats.added"]
    assert world.services.audit.operators(world.by) == [ADMIN, "own@contoso.example"]
    assert world.services.audit.operators(world.by, pool) == [ADMIN, "own@contoso.example"]


def test_a_period_has_its_first_instant_and_not_its_last(world: World, pool: int) -> None:
    world.clock.set(START + timedelta(days=1))
    world.buy(pool, 1)
    day = START + timedelta(days=1)
    assert actions(world, AuditQuery(since=day, until=day + timedelta(microseconds=1))) == ["seats.added"]
    assert "seats.added" not in actions(world, AuditQuery(since=day + timedelta(microseconds=1)))
    assert actions(world, AuditQuery(account_id=pool, until=day)) == [
        "license.assigned",
        "seats.added",
        "mode.completed",
        "user.added",
        "service.activated",
        "account.created",
    ]


def test_a_customer_finds_the_own_entries_by_own_numbers(world: World, pool: int) -> None:
    customer = world.operator(Role.CUSTOMER, pool, "own@contoso.example")
    for query in (AuditQuery(), AuditQuery(account_id=pool)):
        numbers = world.services.audit.search(customer, query)
        assert numbers == tuple(range(len(numbers), 0, -1))
        rows = world.services.audit.some(customer, numbers, query.account_id)
        assert rows == world.services.audit.rows(customer)
    assert world.services.audit.operators(customer) == [ADMIN]


def test_a_customer_finds_no_entry_by_a_number_of_the_whole_log(world: World, pool: int) -> None:
    customer = world.operator(Role.CUSTOMER, pool, "own@contoso.example")
    everything = world.services.audit.search(world.by, AuditQuery())
    own = world.services.audit.search(customer, AuditQuery())
    seen = world.services.audit.some(customer, everything)
    assert {row.number for row in seen} == set(own) & set(everything)
    assert {row.account for row in seen} == {"Contoso"}


def test_words_tell_a_customer_nothing_of_other_accounts(world: World, pool: int) -> None:
    customer = world.operator(Role.CUSTOMER, pool, "own@contoso.example")
    assert world.services.audit.search(customer, AuditQuery(text="fabrikam")) == ()


def test_the_chain_is_verified_with_progress(world: World) -> None:
    live(world)
    told: list[tuple[int, int]] = []
    report = world.services.audit.verify(world.by, lambda done, total: told.append((done, total)))
    assert report.findings == ()
    assert told[-1] == (report.entries, report.entries)
    assert report.entries == len(world.services.audit.rows(world.by))


def test_verifying_can_be_stopped(world: World) -> None:
    live(world)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        world.services.audit.verify(world.by, stop)
    assert world.services.audit.verify(world.by).findings == ()


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE audit_entry SET operator = 'nobody' WHERE id = 3", "audit_hash"),
        ("UPDATE audit_entry SET before = x'ff' WHERE id = 3", "misfit"),
        ("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)", "audit_gap"),
    ],
)
def test_what_was_altered_is_found(alterable: World, sql: str, code: str) -> None:
    live(alterable)
    with closing(connect(alterable.store.path)) as file, file:
        file.execute(sql)
    assert alterable.services.audit.verify(alterable.by).findings[0].code == code


@pytest.mark.parametrize(
    ("work", "seconds"),
    [
        (lambda world: world.services.audit.search(world.by, AuditQuery()), 1.0),
        (lambda world: world.services.audit.search(world.by, AuditQuery(text="nobody")), 3.0),
        (lambda world: world.services.audit.some(world.by, range(60_000, 60_100)), 0.5),
    ],
)
def test_a_hundred_thousand_entries_take_no_time(
    alterable: World, work: Callable[[World], object], seconds: float
) -> None:
    fill(alterable, 100_000)
    began = time.process_time()
    work(alterable)
    assert time.process_time() - began < seconds


def fill(world: World, number: int) -> None:
    """Copies of one entry; whether their chain holds is of no interest here."""
    world.pool("Contoso", ADA, seats=3)
    with closing(connect(world.store.path)) as file, file:
        columns = "recorded_at, effective_at, operator, role, account_id, action, subject, before, after, reason,"
        columns += " ledger_digest, hash"
        file.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})"
            f" INSERT INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry, n"
            " WHERE audit_entry.id = (SELECT max(id) FROM audit_entry)"
        )


def test_a_time_that_is_asked_for_has_a_zone(world: World) -> None:
    with pytest.raises(ValueError, match=r"naive|zone"):
        world.services.audit.search(world.by, AuditQuery(since=datetime(2026, 1, 1)))  # noqa: DTZ001 - on purpose
    assert world.services.audit.search(world.by, AuditQuery(since=datetime(2026, 1, 1, tzinfo=UTC)))


def test_what_an_import_assigned_is_found_by_the_name_of_the_product(world: World, pool: int) -> None:
    row = exports.person("dee@contoso.example", exports.PREMIUM_NAME)
    file = exports.write(world.folder / "users.csv", row)
    world.services.imports.run(world.by, pool, file, add_seats=True)
    assert "user.added" in actions(world, AuditQuery(text="dee business premium"))

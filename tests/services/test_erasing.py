"""Erasing a person: nothing says any more who it was, while counts, money and the proof of the audit log stay."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain import sealing
from cpdesk.domain.erasing import Erased, Texts
from cpdesk.domain.operators import Role
from cpdesk.domain.people import UserFields
from cpdesk.domain.planned import Leaver
from cpdesk.services.audit import ChainReport
from cpdesk.store import journal
from tests.support.forging import forged
from tests.support.refusals import refused
from tests.support.stored import STEPS, stored
from tests.support.world import E3, PREMIUM, World, rows_of

ANNA, BOB = "anna.kowalska@contoso.example", "bob@contoso.example"
NAMES = (b"anna", b"Anna", b"kowalska", b"Kowalska", b"Treasury", b"Controller")
FIELDS = UserFields("Anna Kowalska", ANNA, "Anna", "Kowalska", "PL", "Controller", "Treasury")


@pytest.fixture
def account(world: World) -> int:
    return lived(world)


def lived(world: World) -> int:
    """Anna had licenses, is named in reasons and in what was shown before a change of mode, and is deleted."""
    account = world.account("Contoso", BOB)
    users = world.services.users
    users.add(world.by, account, ANNA, "Anna Kowalska", fields=FIELDS, reason="HR-1: hired")
    for upn, product in ((ANNA, PREMIUM), (ANNA, E3), (BOB, PREMIUM)):
        world.assign(account, upn, product)
    world.services.licenses.remove(world.by, account, BOB, PREMIUM, reason="was wrong; see Anna Kowalska")
    world.to_purchase(account)
    blocked = users.find(world.by, account, ANNA)
    users.edit(world.by, account, blocked.id, UserFields(**{**fields_of(FIELDS), "blocked": True}))
    world.request_usage(account)
    users.remove(world.by, account, ANNA, reason="left us")
    return account


def fields_of(fields: UserFields) -> dict[str, Any]:
    return {name: getattr(fields, name) for name in UserFields.__dataclass_fields__}


def user_id(world: World, account: int) -> int:
    return world.services.erasing.preview(world.by, account, ANNA).user_id


def erase(world: World, account: int) -> Erased:
    return world.services.erasing.erase(world.by, account, user_id(world, account), ANNA).value


def entries(world: World) -> list[Any]:
    return world.stored("SELECT id, before, after, reason, seal, hash FROM audit_entry ORDER BY id")


def files(world: World) -> bytes:
    return b"".join(path.read_bytes() for path in world.folder.iterdir() if path.name.startswith("cpdesk.db"))


def test_no_byte_of_the_person_is_left_in_the_file(world: World, account: int) -> None:
    assert all(name in files(world) for name in NAMES)
    erased = erase(world, account)
    assert erased.pseudonym == "erased.2"
    assert erased.purged
    assert [name for name in NAMES if name in files(world)] == []


def test_the_ledger_and_the_counts_are_the_same(world: World, account: int) -> None:
    tables = ("seat_entry", "subscription", "assignment", "mode_switch")
    before = [world.stored(f"SELECT * FROM {table}") for table in tables]
    hashes = world.stored("SELECT id, hash FROM audit_entry ORDER BY id")
    licenses = world.licenses(account)
    erase(world, account)
    assert [world.stored(f"SELECT * FROM {table}") for table in tables] == before
    assert world.stored("SELECT id, hash FROM audit_entry ORDER BY id")[:-1] == hashes
    assert world.licenses(account) == licenses
    assert world.problems() == []
    assert world.services.audit.verify(world.by) == ChainReport(len(hashes) + 1, ())


def test_what_names_somebody_else_stays(world: World, account: int) -> None:
    erase(world, account)
    texts = " ".join(f"{before} {after}" for _id, before, after, *_rest in entries(world))
    assert BOB in texts
    reasons = [row[3] for row in entries(world) if row[3]]
    assert reasons == ["(erased)"] * 3


def test_the_erasure_is_audited_without_the_person(world: World, account: int) -> None:
    world.services.erasing.erase(world.by, account, user_id(world, account), ANNA, reason="DSR-7")
    entry = world.services.audit.rows(world.by, account)[0]
    assert (entry.action, entry.reason, entry.operator) == ("user.erased", "DSR-7", world.by.email)
    customer = world.operator(Role.CUSTOMER, account)
    (own, *_rest) = [row for row in world.services.audit.rows(customer, account) if row.action == "user.erased"]
    assert own.after == {"upn": "erased.2", "plans": 0}
    assert own.subject == "user 2"


def test_nobody_can_bring_the_person_back(world: World, account: int) -> None:
    number = user_id(world, account)
    erase(world, account)
    assert world.services.users.deleted(world.by, account) == []
    assert world.services.erasing.rows(world.by, account) == []
    for upn in (ANNA, "erased.2"):
        with refused("no_deleted_user"):
            world.services.users.restore(world.by, account, upn)
    with refused("no_deleted_user"):
        world.services.users.restore(world.by, account, user_id=number)


def test_the_undo_of_the_deletion_ends(world: World) -> None:
    account = world.account("Contoso", ANNA)
    undo = world.services.users.remove(world.by, account, ANNA).undo
    assert undo
    erase(world, account)
    with refused("undone_already"):
        world.services.licenses.undo(world.by, undo)


def test_the_same_address_can_be_somebody_elses_and_stays_theirs(world: World, account: int) -> None:
    number = user_id(world, account)
    world.keep(account)
    world.services.users.add(world.by, account, ANNA, "Anna Two")
    world.buy(account, 5)
    world.assign(account, ANNA)
    world.services.erasing.erase(world.by, account, number, ANNA)
    assert world.services.users.find(world.by, account, ANNA).fields.display_name == "Anna Two"
    assert world.problems() == []


def test_two_people_in_one_entry_are_erased_one_by_one(world: World) -> None:
    account = world.account("Contoso", "cy@contoso.example")
    users = world.services.users
    for upn in (ANNA, BOB):
        users.add(world.by, account, upn, upn, fields=UserFields(upn, upn, blocked=True))
        world.assign(account, upn)
    world.to_purchase(account)
    world.request_usage(account)
    for upn in (ANNA, BOB):
        users.remove(world.by, account, upn)
        assert "@" in shown(world)
        preview = world.services.erasing.preview(world.by, account, upn)
        world.services.erasing.erase(world.by, account, preview.user_id, upn)
        assert world.problems() == []
    assert "@" not in shown(world)
    assert "erased.2" in shown(world)
    assert "erased.3" in shown(world)


def shown(world: World) -> str:
    """Who was blocked and held a license, as it was shown before the change was requested."""
    ((after,),) = world.stored("SELECT after FROM audit_entry WHERE action = 'mode.requested'")
    return str(json.loads(after)["shown"]["blocked"])


def test_who_may_do_it(world: World, account: int) -> None:
    number, erasing = user_id(world, account), world.services.erasing
    other = world.account("Fabrikam", domain="fabrikam.example")
    auditor, stranger = world.operator(Role.AUDITOR), world.operator(Role.CUSTOMER, other)
    with refused("not_allowed"):
        erasing.erase(auditor, account, number, ANNA)
    with refused("unknown_account"):
        erasing.erase(stranger, account, number, ANNA)
    own = world.operator(Role.CUSTOMER, account, "own@contoso.example")
    assert erasing.erase(own, account, number, ANNA.upper()).value.purged


def test_it_is_allowed_in_an_account_that_is_closed(world: World, account: int) -> None:
    world.keep(account)
    world.shut(account)
    assert erase(world, account).entries > 3
    assert world.problems() == []


def test_what_is_refused(world: World, account: int) -> None:
    number, erasing = user_id(world, account), world.services.erasing
    before = entries(world)
    with refused("erase_not_confirmed"):
        erasing.erase(world.by, account, number, BOB)
    with refused("erase_reason_names"):
        erasing.erase(world.by, account, number, ANNA, reason="asked by anna kowalska herself")
    with refused("erase_active"):
        erasing.preview(world.by, account, BOB)
    with refused("no_deleted_user"):
        erasing.preview(world.by, account, "nobody@contoso.example")
    assert entries(world) == before


def test_planned_changes_are_erased_too_once_they_are_over(world: World) -> None:
    account = world.account("Contoso", ANNA)
    number = world.services.users.find(world.by, account, ANNA).id
    planning = world.services.planning
    planning.leave(world.by, account, date(2026, 12, 24), [number], reason="Anna leaves")
    world.services.users.remove(world.by, account, ANNA)
    with refused("erase_planned"):
        world.services.erasing.preview(world.by, account, ANNA)
    (plan,) = planning.rows(world.by, account)
    planning.withdraw(world.by, account, plan.number)
    assert erase(world, account).plans == 1
    (plan,) = planning.rows(world.by, account)
    assert isinstance(plan.content, Leaver)
    assert plan.content.upn == "erased.1"
    assert b"anna" not in files(world)
    assert world.problems() == []


def test_a_long_erasure_can_be_stopped_and_leaves_everything(world: World, account: int) -> None:
    number, before = user_id(world, account), entries(world)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.services.erasing.erase(world.by, account, number, ANNA, progress=stop)
    assert entries(world) == before


def test_bytes_that_somebody_still_reads_leave_at_the_next_start(world: World, account: int) -> None:
    with closing(sqlite3.connect(world.store.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM user").fetchone()
        with world.store.impatience(1):
            assert not erase(world, account).purged
        reader.execute("ROLLBACK")
    assert b"Kowalska" in files(world)
    world.reopen()
    world.services.backups.make_daily()
    assert [name for name in NAMES if name in files(world)] == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET after = replace(after, '\"seats\":1', '\"seats\":9') WHERE action = 'license.assigned'",
        "UPDATE audit_entry SET after = replace(after, 'erased.2', 'mallory@contoso.example')",
        "UPDATE audit_entry SET after = replace(after, 'erased.2', 'erased.9') WHERE action <> 'user.erased'",
        "UPDATE audit_entry SET reason = '' WHERE reason = '(erased)'",
        "UPDATE audit_entry SET seal = '' WHERE seal LIKE '%g%'",
        "UPDATE seat_entry SET seats = seats + 1",
        "DELETE FROM audit_entry WHERE action = 'user.erased'",
        "UPDATE user SET display_name = 'Somebody' WHERE display_name LIKE 'Erased%'",
    ],
)
def test_what_is_altered_after_an_erasure_is_found(alterable: World, sql: str) -> None:
    erase(alterable, lived(alterable))
    alterable.close()
    assert forged(alterable.store.path, sql, ())
    alterable.open()
    assert alterable.problems() != []


def test_an_erasure_can_be_no_pretext_for_another_count(alterable: World) -> None:
    """Even whoever writes an erasure into the chain cannot change what an entry says of seats."""
    account = lived(alterable)
    erase(alterable, account)
    columns = "id, subject, action, before, after, reason, seal, operator"
    (row,) = alterable.stored(
        f"SELECT {columns} FROM audit_entry WHERE action = 'license.assigned' AND subject = 'user 2' LIMIT 1"
    )
    number, *texts = row
    assert sealing.is_erased(texts[-2])
    forged_text = texts[3].replace('"assigned":1', '"assigned":2')
    assert forged_text != texts[3]
    with alterable.store.write() as moment:
        digests = journal.rewrite({number: replace(Texts(*texts), after=forged_text)})
        facts = {"upn": "erased.2", "entries": {str(key): value for key, value in digests.items()}, "plans": 0}
        journal.append(moment.now, journal.Entry("user.erased", "user 2", account, after=facts))
    assert [(found.code, found.where) for found in alterable.problems()] == [("audit_hash", f"audit entry {number}")]


def test_an_altered_entry_is_not_covered_up(alterable: World) -> None:
    account = lived(alterable)
    number = user_id(alterable, account)
    alterable.close()
    assert forged(
        alterable.store.path, "UPDATE audit_entry SET after = replace(after, '\"seats\":1', '\"seats\":2')", ()
    )
    alterable.open()
    with pytest.raises(KnownError, match="database_damaged"):
        alterable.services.erasing.erase(alterable.by, account, number, ANNA)


@pytest.mark.parametrize("step", STEPS[2:-1:3])
def test_entries_of_an_earlier_version_are_erased_too(step: str, tmp_path: Path) -> None:
    world = stored(step, tmp_path / "books")
    world.open()
    erasing = world.services.erasing
    erased = []
    for row in world.services.accounts.rows(world.by):
        for gone in erasing.rows(world.by, row.id):
            erased.append(gone.upn)
            assert erasing.erase(world.by, row.id, gone.user_id, gone.upn).value.entries > 0
    assert erased
    assert world.problems() == []
    texts = str(world.stored("SELECT before, after, reason FROM audit_entry"))
    world.close()
    kept = {upn for (upn,) in rows_of(world.store.path, "SELECT upn FROM user")}
    assert [upn for upn in erased if upn in texts and upn not in kept] == []
    sql = "UPDATE audit_entry SET before = replace(before, 'erased.', 'erased.1') WHERE seal LIKE '0:%'"
    assert forged(world.store.path, sql, ())
    world.open()
    assert "audit_erased" in {finding.code for finding in world.problems()}
    world.close()


def test_a_backup_of_before_is_still_one_of_this_database(world: World, account: int) -> None:
    made = world.services.backups.make(world.by).value
    erased = erase(world, account)
    assert erased.backups == 1
    assert world.services.backups.preview(world.by, made.path).same_history

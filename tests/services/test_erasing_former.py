"""Erasing contacts of a customer, and operators who left, with the ledger and the proof of the audit log intact."""

import json
from datetime import date
from pathlib import Path

import pytest

from cpdesk.domain import sealing
from cpdesk.domain.accounts import Contact
from cpdesk.domain.operators import Role, Session
from cpdesk.store import connection
from tests.support.forging import forged
from tests.support.refusals import refused
from tests.support.stored import stored
from tests.support.world import PASSWORD, World, dump

CY = Contact("Cy Adams", "cy.adams@contoso.example", "+1 555-CY-0199", "Purchasing")
DEE = Contact("Dee Brown", "", "+1 555 0200", "Accounts")
STAYS = Contact("Eve Clark", "eve@contoso.example", "+1 555 0300", "Head")
ANNA = "anna@contoso.example"
ZOE = "zoe.novak@reseller.example"
NAMES = (b"Cy Adams", b"cy.adams", b"555-CY-0199")


@pytest.fixture
def account(world: World) -> int:
    """Cy and Dee were contacts, Eve is one."""
    account = world.account("Contoso", ANNA)
    edit(world, account, CY, DEE, STAYS)
    world.services.accounts.edit(world.by, account, contacts=[STAYS], reason="Cy Adams has left")
    return account


def edit(world: World, account: int, *contacts: Contact) -> None:
    world.services.accounts.edit(world.by, account, contacts=contacts)


def files(world: World) -> bytes:
    return b"".join(path.read_bytes() for path in world.folder.iterdir() if path.name.startswith("cpdesk.db"))


def log(world: World) -> str:
    return str(world.stored("SELECT operator, before, after, reason FROM audit_entry"))


# Contacts


def test_former_contacts_are_listed_and_present_ones_are_not(world: World, account: int) -> None:
    assert [one.known_as for one in world.services.erasing_former.contacts(world.by, account)] == [CY.email, DEE.name]


@pytest.mark.parametrize("who", [CY.email.upper(), CY.name])
def test_a_contact_leaves_the_log_and_the_bytes_of_the_file(world: World, account: int, who: str) -> None:
    assert all(name in files(world) for name in NAMES)
    shown = world.services.erasing_former.preview_contact(world.by, account, who)
    assert (shown.former.email, shown.pseudonym, shown.entries) == (CY.email, "Erased contact 1", 2)
    erased = world.services.erasing_former.erase_contact(world.by, account, who, reason="DSR-8").value
    assert (erased.entries, erased.purged) == (2, True)
    assert [name for name in NAMES if name in files(world)] == []
    assert world.problems() == []
    assert world.services.audit.verify(world.by).findings == ()
    assert STAYS.email in log(world)
    assert DEE.name in log(world)
    assert [one.name for one in world.services.erasing_former.contacts(world.by, account)] == [DEE.name]


def test_a_contact_without_an_address_goes_by_the_name(world: World, account: int) -> None:
    for number, who in ((1, DEE.name), (2, CY.email)):
        world.services.erasing_former.erase_contact(world.by, account, who)
        assert f"Erased contact {number}" in log(world)
    assert "Brown" not in log(world)
    assert world.services.erasing_former.contacts(world.by, account) == []
    assert world.problems() == []


def test_plans_that_name_a_contact_are_told_before_as_they_are_after(world: World, account: int) -> None:
    planning = world.services.planning
    user = world.services.users.find(world.by, account, ANNA).id
    planning.leave(world.by, account, date(2027, 2, 3), [user], reason=f"ask {CY.email}")
    planning.withdraw(world.by, account, planning.rows(world.by, account)[0].number)
    former = world.services.erasing_former
    shown = former.preview_contact(world.by, account, CY.email)
    erased = former.erase_contact(world.by, account, CY.email).value
    assert (shown.entries, shown.plans) == (erased.entries, erased.plans)
    assert shown.plans > 0


@pytest.mark.parametrize("name", ['Hans "Hansi" Meier', "Fay \\ Grey"])
def test_a_name_with_marks_that_are_written_otherwise_in_the_log_is_erased(world: World, name: str) -> None:
    account = world.account("Contoso", ANNA)
    edit(world, account, Contact(name))
    edit(world, account)
    erased = world.services.erasing_former.erase_contact(world.by, account, name).value
    assert erased.entries == 2
    assert world.services.erasing_former.contacts(world.by, account) == []
    assert name.rpartition(" ")[2].encode() not in files(world)
    assert world.problems() == []


def test_who_may_erase_a_contact_and_which(world: World, account: int) -> None:
    other = world.account("Fabrikam", domain="fabrikam.example")
    auditor, stranger = world.operator(Role.AUDITOR), world.operator(Role.CUSTOMER, other)
    erase = world.services.erasing_former.erase_contact
    with refused("not_allowed"):
        erase(auditor, account, CY.email)
    with refused("unknown_account"):
        erase(stranger, account, CY.email)
    for who, code in (
        (STAYS.email, "erase_contact_present"),
        ("", "no_former_contact"),
        ("nobody", "no_former_contact"),
    ):
        with refused(code):
            erase(world.by, account, who)
    with refused("erase_reason_names"):
        erase(world.by, account, CY.email, reason="Cy Adams asked for it")
    own = world.operator(Role.CUSTOMER, account, "own@contoso.example")
    erase(own, account, CY.email)
    (entry,) = [row for row in world.services.audit.rows(own, account) if row.action == "account.contact_erased"]
    assert entry.after == {"pseudonym": "Erased contact 1", "plans": 0}


def test_a_user_who_is_a_contact_or_an_operator_is_not_half_erased(world: World, account: int) -> None:
    edit(world, account, STAYS, Contact("Anna", ANNA))
    world.services.users.remove(world.by, account, ANNA)
    erasing = world.services.erasing
    with refused("erase_is_contact"):
        erasing.preview(world.by, account, ANNA)
    edit(world, account, STAYS)
    world.operator(Role.CUSTOMER, account, ANNA)
    with refused("erase_is_operator"):
        erasing.preview(world.by, account, ANNA)
    world.services.operators.remove(world.by, ANNA)
    world.services.erasing_former.erase_operator(world.by, ANNA)
    erasing.erase(world.by, account, erasing.preview(world.by, account, ANNA).user_id, ANNA)
    assert b"anna@" not in files(world)
    assert world.problems() == []


# Operators


def worked(world: World, email: str = ZOE) -> tuple[int, Session]:
    """Zoe asked for a mode change, planned something, answered for a name, and was removed."""
    zoe = world.operator(Role.RESELLER, email=email)
    account = world.account("Tailspin", "tia@tailspin.example", domain="tailspin.example")
    services = world.services
    shown = services.modes.forecast(zoe, account, services.accounts.show(zoe, account).mode.PURCHASE)
    services.modes.change(zoe, account, shown.to, shown)
    shown = services.modes.forecast(zoe, account, shown.mode)
    services.modes.change(zoe, account, shown.to, shown, reason=f"as {email} wishes")
    user = services.users.find(zoe, account, "tia@tailspin.example").id
    services.planning.leave(zoe, account, date(2027, 2, 3), [user], reason=f"ask {email}")
    with world.store.write() as moment:
        connection.execute_many(
            "INSERT INTO name_answer (account_id, name_key, product_id, answered_by, answered_at)"
            " VALUES (NULL, 'x', NULL, ?, ?)",
            [(email, moment.now.isoformat())],
        )
    services.operators.remove(world.by, email)
    return account, zoe


def test_an_operator_who_left_leaves_the_log_and_the_bytes_of_the_file(world: World) -> None:
    account, _zoe = worked(world)
    assert [one.email for one in world.services.erasing_former.operators(world.by)] == [ZOE]
    shown = world.services.erasing_former.preview_operator(world.by, ZOE.upper())
    assert shown.entries == 5
    assert shown.kept == 0
    counted = [world.stored(f"SELECT * FROM {table}") for table in ("seat_entry", "subscription", "assignment")]
    hashes = world.stored("SELECT id, hash FROM audit_entry ORDER BY id")
    erased = world.services.erasing_former.erase_operator(world.by, ZOE, reason="DSR-9").value
    assert b"zoe.novak" not in files(world)
    assert world.problems() == []
    assert [world.stored(f"SELECT * FROM {table}") for table in ("seat_entry", "subscription", "assignment")] == counted
    assert world.stored("SELECT id, hash FROM audit_entry ORDER BY id")[:-1] == hashes
    pending = world.show(account).pending
    assert pending
    assert pending.requested_by == erased.pseudonym
    assert world.services.planning.rows(world.by, account)[0].planned_by == erased.pseudonym
    assert erased.pseudonym in world.services.audit.operators(world.by)
    assert world.services.erasing_former.operators(world.by) == []


def test_what_an_erased_operator_asked_for_goes_on(world: World) -> None:
    account, _zoe = worked(world)
    world.services.erasing_former.erase_operator(world.by, ZOE)
    world.clock.set(world.show(account).pending.due_at)  # type: ignore[union-attr]
    assert world.show(account).pending is None
    assert world.problems() == []


def test_who_can_sign_in_is_not_erased_and_only_resellers_erase(world: World) -> None:
    worked(world)
    erase = world.services.erasing_former.erase_operator
    auditor = world.operator(Role.AUDITOR)
    with refused("not_allowed"):
        erase(auditor, ZOE)
    with refused("no_former_operator"):
        erase(world.by, "nobody@reseller.example")
    with refused("erase_operator_present"):
        erase(world.by, auditor.email)
    with refused("erase_reason_names"):
        erase(world.by, ZOE, reason=f"{ZOE} asked for it")
    world.services.operators.add(world.by, ZOE, Role.AUDITOR, None, PASSWORD)
    with refused("erase_operator_present"):
        erase(world.by, ZOE)
    world.services.operators.remove(world.by, ZOE)
    assert len(world.services.erasing_former.operators(world.by)) == 1
    erase(world.by, ZOE)
    assert ZOE not in log(world)


def test_others_who_signed_the_same_things_stay(world: World) -> None:
    account, _zoe = worked(world)
    yan = world.operator(Role.RESELLER, email="yan@reseller.example")
    world.services.modes.keep(yan, account)
    world.services.operators.remove(world.by, yan.email)
    world.services.erasing_former.erase_operator(world.by, ZOE)
    ((requested, ended),) = world.stored("SELECT requested_by, ended_by FROM mode_switch WHERE state = 'withdrawn'")
    assert (requested.startswith("erased.operator."), ended) == (True, yan.email)
    assert world.problems() == []
    world.services.erasing_former.erase_operator(world.by, yan.email)
    assert yan.email not in log(world)
    assert world.problems() == []


def test_what_an_earlier_version_wrote_keeps_the_address_and_that_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = sealing.fresh
    monkeypatch.setattr(sealing, "fresh", lambda: fresh().replace("2:", "1:"))
    account, _zoe = worked(world)
    monkeypatch.undo()
    assert world.problems() == []
    shown = world.services.erasing_former.preview_operator(world.by, ZOE)
    assert shown.kept == 3
    world.services.erasing_former.erase_operator(world.by, ZOE)
    assert world.problems() == []
    ((after,),) = world.stored("SELECT after FROM audit_entry WHERE action = 'operator.erased'")
    assert json.loads(after)["kept"] == shown.kept
    assert ZOE not in str(dump(world.store.path)["operator"])
    assert ZOE not in str(world.stored("SELECT after, reason FROM audit_entry WHERE action LIKE 'operator.%'"))
    pending = world.show(account).pending
    assert pending
    assert pending.requested_by == ZOE, "its entry proves it"


@pytest.mark.parametrize("step", ["0009_words", "0011_sign_in", "0012_signers"])
def test_operators_of_stored_databases_are_erased_as_far_as_their_version_allows(step: str, tmp_path: Path) -> None:
    world = stored(step, tmp_path / "books")
    world.open()
    (auditor, *_more) = [row for row in world.services.operators.rows(world.by) if row.id != world.by.operator_id]
    world.services.operators.remove(world.by, auditor.email)
    for former in world.services.erasing_former.operators(world.by):
        kept = world.services.erasing_former.preview_operator(world.by, former.email).kept
        world.services.erasing_former.erase_operator(world.by, former.email)
        texts = str(world.stored("SELECT operator, before, after, reason FROM audit_entry"))
        assert (former.email in texts) == bool(kept)
        assert world.problems() == []
    world.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET operator = 'mallory@reseller.example' WHERE operator LIKE 'erased.operator.%'",
        "UPDATE audit_entry SET operator = 'erased.operator.1' WHERE operator LIKE 'erased.operator.%'",
        "UPDATE audit_entry SET operator = 'erased.operator.1' WHERE operator = 'admin@reseller.example'",
        "UPDATE audit_entry SET after = replace(after, 'erased.operator.', 'erased.operator.1') WHERE action LIKE 'm%'",
        "UPDATE audit_entry SET role = 'auditor' WHERE operator LIKE 'erased.operator.%'",
        "UPDATE mode_switch SET requested_by = 'mallory@reseller.example'",
        "DELETE FROM audit_entry WHERE action = 'operator.erased'",
    ],
)
def test_what_is_altered_after_it_is_found(alterable: World, sql: str) -> None:
    worked(alterable)
    alterable.services.erasing_former.erase_operator(alterable.by, ZOE)
    assert alterable.problems() == []
    alterable.close()
    assert forged(alterable.store.path, sql, ())
    alterable.open()
    assert alterable.problems() != []

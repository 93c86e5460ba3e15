"""Rule 17: what each role may do, for every method of every service that asks who acts."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.store import connection
from tests.support import exports
from tests.support.introspection import public_methods
from tests.support.refusals import refused
from tests.support.world import ADMIN, PASSWORD, PREMIUM, World, dump

ADA, BOB = "ada@contoso.example", "bob@contoso.example"
OWN_ADMIN = "own@contoso.example"


class Right(Enum):
    """Who may call a method."""

    READ = auto()
    """Whoever sees the account."""
    CHANGE = auto()
    """Whoever sees the account, except auditors."""
    LIST = auto()
    """Everybody; a customer administrator finds only the own account."""
    OVERVIEW = auto()
    """Whoever sees all accounts."""
    RESELLER = auto()
    """Reseller administrators."""


@dataclass(frozen=True)
class Case:
    """A method with a call that a reseller administrator can make."""

    right: Right
    call: Callable[[World, Session, int], object]
    arrange: Callable[[World, int], object] = lambda _world, _account: None


def _read(call: Callable[[World, Session, int], object]) -> Case:
    return Case(Right.READ, call)


def _change(
    call: Callable[[World, Session, int], object],
    arrange: Callable[[World, int], object] = lambda _world, _account: None,
) -> Case:
    return Case(Right.CHANGE, call, arrange)


def _forecast(world: World, account: int) -> object:
    """The reseller's forecast; one that will be refused anyway where there is no such account."""
    known = account if account != NOWHERE else world.services.accounts.rows(world.by)[0].id
    return world.services.modes.forecast(world.by, known, Mode.USAGE)


def _deactivate(world: World, account: int) -> None:
    with world.store.write():
        connection.execute_many("UPDATE account SET service_since = NULL WHERE id = ?", [(account,)])


NOWHERE = 4711
"""The id of no account."""

CASES: dict[str, Case] = {
    "operators.rows": Case(Right.OVERVIEW, lambda world, by, _a: world.services.operators.rows(by)),
    "operators.add": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.operators.add(by, "new@reseller.example", Role.AUDITOR, None, PASSWORD),
    ),
    "operators.remove": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.operators.remove(by, "other@reseller.example"),
        lambda world, _a: world.operator(Role.RESELLER, email="other@reseller.example"),
    ),
    "operators.set_password": Case(
        Right.RESELLER, lambda world, by, _a: world.services.operators.set_password(by, ADMIN, "new one")
    ),
    "accounts.rows": Case(Right.LIST, lambda world, by, _a: world.services.accounts.rows(by)),
    "accounts.show": _read(lambda world, by, account: world.services.accounts.show(by, account)),
    "accounts.find": _read(lambda world, by, account: world.services.accounts.find(by, str(account))),
    "accounts.create": Case(
        Right.RESELLER, lambda world, by, _a: world.services.accounts.create(by, "New", "new.example")
    ),
    "accounts.activate": _change(
        lambda world, by, account: world.services.accounts.activate(by, account),
        _deactivate,
    ),
    "users.rows": _read(lambda world, by, account: world.services.users.rows(by, account)),
    "users.add": _change(lambda world, by, account: world.services.users.add(by, account, "cy@contoso.example", "Cy")),
    "users.remove": _change(lambda world, by, account: world.services.users.remove(by, account, ADA)),
    "users.restore": _change(
        lambda world, by, account: world.services.users.restore(by, account, ADA),
        lambda world, account: world.services.users.remove(world.by, account, ADA),
    ),
    "licenses.rows": _read(lambda world, by, account: world.services.licenses.rows(by, account)),
    "licenses.assign": _change(lambda world, by, account: world.services.licenses.assign(by, account, BOB, PREMIUM)),
    "licenses.remove": _change(lambda world, by, account: world.services.licenses.remove(by, account, ADA, PREMIUM)),
    "licenses.add_seats": _change(
        lambda world, by, account: world.services.licenses.add_seats(by, account, PREMIUM, 1)
    ),
    "licenses.remove_seats": _change(
        lambda world, by, account: world.services.licenses.remove_seats(by, account, PREMIUM, 1)
    ),
    "modes.show": _read(lambda world, by, account: world.services.modes.show(by, account)),
    "modes.forecast": _read(lambda world, by, account: world.services.modes.forecast(by, account, Mode.USAGE)),
    "modes.outlook": _read(lambda world, by, account: world.services.modes.outlook(by, account)),
    "modes.change": _change(
        lambda world, by, account: world.services.modes.change(
            by,
            account,
            Mode.USAGE,
            _forecast(world, account),  # type: ignore[arg-type]
        )
    ),
    "modes.keep": _change(
        lambda world, by, account: world.services.modes.keep(by, account),
        lambda world, account: world.request_usage(account),
    ),
    "imports.preview": _read(lambda world, by, account: world.services.imports.preview(by, account, _file(world))),
    "imports.run": _change(lambda world, by, account: world.services.imports.run(by, account, _file(world))),
    "audit.rows": _read(lambda world, by, account: world.services.audit.rows(by, account)),
}
WITHOUT_AN_OPERATOR = {
    "setup.needed",
    "setup.set_up",
    "setup.defaults",
    "operators.sign_in",
    "operators.recover",
    "licenses.products",
    "modes.apply_due",
    "checks.run",
    "settler.listen",
    "settler.announce",
    "settler.settle_within",
    "settler.settle",
    "settler.try_to_settle",
    "settler.next_due_at",
    "settler.apply_due",
}
"""What works before anybody signs in, or by itself (rules 7 and 17)."""


def _file(world: World) -> Path:
    return exports.write(world.folder / "users.csv", exports.person("cy@contoso.example"))


@dataclass(frozen=True)
class Office:
    """Two accounts alike, and somebody of each role."""

    world: World
    own: int
    foreign: int
    sessions: dict[str, Session]


@pytest.fixture
def office(world: World) -> Office:
    own, foreign = world.pool("Contoso", ADA, BOB, seats=3), world.pool("Fabrikam", ADA, BOB, seats=3)
    world.assign(own, ADA)
    world.assign(foreign, ADA)
    sessions = {
        "reseller": world.by,
        "auditor": world.operator(Role.AUDITOR),
        "customer": world.operator(Role.CUSTOMER, own, OWN_ADMIN),
    }
    return Office(world, own, foreign, sessions)


def expected(right: Right, role: str, place: str) -> str | None:
    """The code of the refusal, None where the call is allowed."""
    if right in {Right.READ, Right.CHANGE} and (place == "nowhere" or (role, place) == ("customer", "foreign")):
        return "unknown_account"
    forbidden = {
        Right.CHANGE: {"auditor"},
        Right.OVERVIEW: {"customer"},
        Right.RESELLER: {"auditor", "customer"},
    }
    return "not_allowed" if role in forbidden.get(right, set()) else None


def told(code: str, right: Right, by: Session, account: int) -> dict[str, object]:
    """The facts that come with a refusal: nothing that the operator does not know already."""
    if code == "unknown_account":
        return {"text": str(account)}
    return {"role": by.role} | ({"to": "read"} if right is Right.OVERVIEW else {})


@pytest.mark.parametrize("place", ["own", "foreign", "nowhere"])
@pytest.mark.parametrize("role", ["reseller", "auditor", "customer"])
@pytest.mark.parametrize("name", CASES)
def test_what_a_role_may_do(office: Office, name: str, role: str, place: str) -> None:
    case, world, by = CASES[name], office.world, office.sessions[role]
    account = {"own": office.own, "foreign": office.foreign, "nowhere": NOWHERE}[place]
    if place != "nowhere" or case.right is Right.RESELLER:
        case.arrange(world, account)
    before = dump(world.store.path)
    code = expected(case.right, role, place)
    if code is None:
        case.call(world, by, account)
    else:
        with refused(code) as refusal:
            case.call(world, by, account)
        assert refusal.params == told(code, case.right, by, account)
    changes = case.right in {Right.CHANGE, Right.RESELLER} and code is None
    assert (dump(world.store.path) != before) == changes


def test_every_method_that_asks_who_acts_is_in_the_table() -> None:
    asking = {name for name, method in public_methods() if list(inspect.signature(method).parameters)[1:2] == ["by"]}
    assert asking == set(CASES)


def test_no_other_method_does_without_an_operator() -> None:
    assert {name for name, _method in public_methods()} - set(CASES) == WITHOUT_AN_OPERATOR


@pytest.mark.parametrize("name", CASES)
def test_a_role_that_somebody_claims_is_not_believed(office: Office, name: str) -> None:
    case, world = CASES[name], office.world
    case.arrange(world, office.foreign)
    code = expected(case.right, "customer", "foreign")
    claimed = replace(office.sessions["customer"], role=Role.RESELLER, account_id=office.foreign)
    if code is None:
        case.call(world, claimed, office.foreign)
        return
    with refused(code):
        case.call(world, claimed, office.foreign)


@pytest.mark.parametrize("name", CASES)
def test_who_was_removed_can_do_nothing(office: Office, name: str) -> None:
    case, world = CASES[name], office.world
    gone = world.operator(Role.RESELLER, email="gone@reseller.example")
    case.arrange(world, office.own)
    world.services.operators.remove(world.by, gone.email)
    before = dump(world.store.path)
    with refused("signed_out"):
        case.call(world, gone, office.own)
    assert dump(world.store.path) == before


def test_nothing_shows_a_customer_that_other_accounts_exist(office: Office) -> None:
    world, customer = office.world, office.sessions["customer"]
    services = world.services
    assert [row.id for row in services.accounts.rows(customer)] == [office.own]
    for text in ("Fabrikam", "fabrikam.example", str(office.foreign)):
        with refused("unknown_account") as refusal:
            services.accounts.find(customer, text)
        assert refusal.params == {"text": text}
    lists = [services.audit.rows(customer), services.accounts.rows(customer), services.users.rows(customer, office.own)]
    seen = repr(lists)
    assert "Fabrikam" not in seen
    assert str(office.foreign) not in seen


def test_no_number_in_a_customers_log_tells_how_much_others_do(office: Office) -> None:
    world, customer = office.world, office.sessions["customer"]
    for account in (office.foreign, office.own):
        world.request_usage(account)
        world.keep(account)
    rows = world.services.audit.rows(customer)
    assert [row.number for row in rows] == list(range(len(rows), 0, -1))
    subjects = {row.subject for row in rows if not row.subject.startswith(("account", "product"))}
    assert subjects == {"user 1", "user 2", "switch 1", "switch 2", "operator 1"}
    switches = [(row.number, row.after["switch"]) for row in rows if row.after and "switch" in row.after]
    assert [(number, switch["audit_id"]) for number, switch in switches] == [  # type: ignore[index]
        (number, number) for number, _ in switches
    ]
    assert [switch["id"] for _, switch in switches] == [2, 2, 1]  # type: ignore[index]


def test_a_foreign_account_is_refused_with_the_words_for_one_that_does_not_exist(office: Office) -> None:
    world, customer = office.world, office.sessions["customer"]

    def told(account: int) -> str:
        with pytest.raises(UserError) as refusal:
            world.services.licenses.add_seats(customer, account, PREMIUM, 1)
        return str(refusal.value).replace(str(account), "N")

    assert told(office.foreign) == told(NOWHERE)


def test_everybody_may_change_the_own_password(office: Office) -> None:
    for by in office.sessions.values():
        office.world.services.operators.set_password(by, by.email.upper(), "new one")
        assert office.world.services.operators.sign_in(by.email, "new one") == by


def test_a_customer_administrator_may_request_and_withdraw_the_own_switch(office: Office) -> None:
    world, customer = office.world, office.sessions["customer"]
    shown = world.services.modes.forecast(customer, office.own, Mode.USAGE)
    pending = world.services.modes.change(customer, office.own, Mode.USAGE, shown).value.pending
    assert pending
    assert pending.requested_by == OWN_ADMIN
    assert world.services.modes.keep(customer, office.own).value.pending is None

"""Rule 17: what each role may do, for every method of every service that asks who acts."""

import inspect
import shutil
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from tests.support.introspection import public_methods
from tests.support.refusals import refused
from tests.support.role_cases import ADA, BOB, CASES, NOWHERE, OWN_ADMIN, Right
from tests.support.world import PREMIUM, World, dump

WITHOUT_AN_OPERATOR = {
    "setup.needed",
    "setup.set_up",
    "setup.defaults",
    "operators.sign_in",
    "operators.recover",
    "bulk.read",
    "licenses.limits",
    "licenses.products",
    "modes.apply_due",
    "checks.run",
    "scheduling.ran",
    "surroundings.folder",
    "encryption.is_known",
    "encryption.try_keyring",
    "encryption.unlock",
    "erasing.purge_if_due",
    "side_door.require",
    "salvaging.backups",
    "salvaging.preview",
    "salvaging.put_in_place",
    "backups.folder",
    "backups.make_unattended",
    "backups.make_daily",
    "backups.preview_rescue",
    "backups.rescue",
    "moving.moved_away",
    "moving.unlock",
    "moving.preview_fresh",
    "moving.bring_in_fresh",
    "settler.listen",
    "settler.announce",
    "settler.settle_within",
    "settler.settle",
    "settler.try_to_settle",
    "settler.next_due_at",
    "settler.apply_due",
}
"""What works before anybody signs in, or by itself (rules 7 and 17)."""
ROLES = ("reseller", "auditor", "customer")
PLACES = ("own", "foreign", "nowhere")


@dataclass(frozen=True)
class Plan:
    """What an office is made of."""

    folder: Path
    own: int
    foreign: int
    sessions: dict[str, Session]


@dataclass(frozen=True)
class Office:
    """Two accounts alike, and somebody of each role."""

    world: World
    own: int
    foreign: int
    sessions: dict[str, Session]

    def place(self, name: str) -> int:
        """The account of a place."""
        return {"own": self.own, "foreign": self.foreign, "nowhere": NOWHERE}[name]


@pytest.fixture(scope="module")
def plan(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Made once: copying a file is quicker."""
    folder = Path(shutil.copytree(template, tmp_path_factory.mktemp("office") / "books"))
    world = World(folder)
    world.open()
    own, foreign = world.pool("Contoso", ADA, BOB, seats=3), world.pool("Fabrikam", ADA, BOB, seats=3)
    world.assign(own, ADA)
    world.assign(foreign, ADA)
    sessions = {
        "reseller": world.by,
        "auditor": world.operator(Role.AUDITOR),
        "customer": world.operator(Role.CUSTOMER, own, OWN_ADMIN),
    }
    world.close()
    return Plan(folder, own, foreign, sessions)


@pytest.fixture
def folder(plan: Plan, tmp_path: Path) -> Path:
    """The data folder of an office that is not open."""
    return Path(shutil.copytree(plan.folder, tmp_path / "books"))


@pytest.fixture
def office(world: World, plan: Plan) -> Office:
    return Office(world, plan.own, plan.foreign, plan.sessions)


def expected(right: Right, role: str, place: str) -> str | None:
    """The code of the refusal, None where the call is allowed."""
    unseen = place == "nowhere" or (role, place) == ("customer", "foreign")
    if unseen and right in {Right.READ, Right.CHANGE, Right.MANAGE}:
        return "unknown_account"
    forbidden = {
        Right.CHANGE: {"auditor"},
        Right.OVERVIEW: {"customer"},
        Right.RESELLER: {"auditor", "customer"},
        Right.EXPORT: {"auditor", "customer"},
        Right.MANAGE: {"auditor", "customer"},
    }
    return "not_allowed" if role in forbidden.get(right, set()) else None


def told(code: str, right: Right, by: Session, account: int) -> dict[str, object]:
    """The facts that come with a refusal: nothing that the operator does not know already."""
    if code == "unknown_account":
        return {"text": str(account)}
    return {"role": by.role} | ({"to": "read"} if right is Right.OVERVIEW else {})


def changes(name: str, role: str, place: str) -> bool:
    """Whether a call is allowed that leaves something in the database."""
    right = CASES[name].right
    return right in {Right.CHANGE, Right.RESELLER, Right.SELF, Right.MANAGE} and expected(right, role, place) is None


def arrange(office: Office, name: str, place: str) -> None:
    if place != "nowhere" or CASES[name].right in {Right.RESELLER, Right.OVERVIEW, Right.EXPORT}:
        CASES[name].arrange(office.world, office.place(place))


def call(office: Office, name: str, role: str, place: str) -> None:
    """Make the call, and see that it is allowed or refused as it should be."""
    case, world, by, account = CASES[name], office.world, office.sessions[role], office.place(place)
    code = expected(case.right, role, place)
    if code is None:
        case.call(world, by, account)
        return
    with refused(code) as refusal:
        case.call(world, by, account)
    assert refusal.params == told(code, case.right, by, account)


@pytest.mark.usefixtures("qapp")  # draws statements
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", CASES)
def test_who_may_not_change_anything_changes_nothing(office: Office, name: str, place: str) -> None:
    arrange(office, name, place)
    before = dump(office.world.store.path)
    for role in ROLES:
        if not changes(name, role, place):
            call(office, name, role, place)
    assert dump(office.world.store.path) == before


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("name", "role", "place"), [case for case in product(CASES, ROLES, PLACES) if changes(*case)])
def test_who_may_change_something_changes_it(office: Office, name: str, role: str, place: str) -> None:
    arrange(office, name, place)
    before = dump(office.world.store.path)
    call(office, name, role, place)
    assert dump(office.world.store.path) != before


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


# Nobody can be removed in a database that went to another computer.
@pytest.mark.parametrize("name", [name for name in CASES if name != "moving.take_back"])
def test_who_was_removed_can_do_nothing(office: Office, name: str) -> None:
    case, world = CASES[name], office.world
    gone = world.operator(Role.RESELLER, email="gone@reseller.example")
    case.arrange(world, office.own)
    world.services.operators.remove(world.by, gone.email)
    before = dump(world.store.path)
    for account in (office.own, office.foreign, NOWHERE):
        with refused("signed_out") as refusal:
            case.call(world, gone, account)
        assert refusal.params == {"email": gone.email}
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

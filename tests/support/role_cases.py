"""A call of every use case that asks who acts, and who may make it (rule 17)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, auto
from pathlib import Path
from tempfile import mkdtemp

import pytest

from cpdesk.domain import second_factor
from cpdesk.domain.accounts import Contact, OpeningLine
from cpdesk.domain.anchors import Anchor
from cpdesk.domain.audit_query import AuditQuery
from cpdesk.domain.bulk.file import BulkChange, BulkFile
from cpdesk.domain.catalog import Scope
from cpdesk.domain.clock_correction import Ahead
from cpdesk.domain.companies import ClosingForecast
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.jump import Target
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.people import UserFields, UserQuery
from cpdesk.domain.statements import Proration
from cpdesk.domain.subscriptions import LedgerQuery
from cpdesk.domain.undo import Reversal, Undo
from cpdesk.store import connection
from tests.support import exports
from tests.support.price_files import prices_file
from tests.support.product_files import products_file
from tests.support.world import ADMIN, PASSWORD, PREMIUM, World

FORMER = "former@contoso.example"
ADA, BOB, CY = "ada@contoso.example", "bob@contoso.example", "cy@contoso.example"
LATER = date(2026, 11, 20)
OWN_ADMIN = "own@contoso.example"
MOVED = "everything.cpdesk-move"
"""The file in which the world moved out, in its folder."""


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
    EXPORT = auto()
    """Reseller administrators; the database stays as it is."""
    MANAGE = auto()
    """Reseller administrators, in an account."""
    SELF = auto()
    """Everybody, for themselves."""


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


ROCKET = "0c0ffee0-1111-4222-8333-444455556666"


def _ada(world: World, account: int) -> int:
    """The id of a user; nobody's where there is no such account."""
    rows = world.stored("SELECT id FROM user WHERE account_id = ? AND upn = ?", account, ADA)
    return int(rows[0][0]) if rows else 0


def _undo(world: World, account: int) -> Undo:
    """What takes back that somebody removed a seat from the pool."""
    ((switch_id, entry),) = world.stored(
        "SELECT (SELECT max(id) FROM mode_switch WHERE account_id = ?), (SELECT max(id) FROM audit_entry)", account
    )
    ((premium,),) = world.stored("SELECT id FROM product WHERE guid = ?", PREMIUM_GUID)
    return Undo(account, switch_id, (Reversal(entry, None, restores=False, seats=((premium, 1),)),))


PREMIUM_GUID = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"
ANCHOR = Anchor("0" * 32, 1, datetime(2026, 11, 10, tzinfo=UTC), "0" * 64)
NOVEMBER = date(2026, 11, 1)
DEFAULT = 1
"""The id of the schedule that there is from set-up."""
NEXT_YEAR = date(2027, 1, 1)
NOWHERE = 4711
"""The id of no account."""


def _manage(
    call: Callable[[World, Session, int], object],
    arrange: Callable[[World, int], object] = lambda _world, _account: None,
) -> Case:
    return Case(Right.MANAGE, call, arrange)


def _closing(world: World, account: int) -> ClosingForecast:
    """The reseller's forecast; one that will be refused anyway where there is no such account."""
    known = account if account != NOWHERE else world.services.accounts.rows(world.by)[0].id
    return world.services.accounts.closing(world.by, known)


PASSPHRASE = "all the king's horses"


def _encrypt(world: World) -> None:
    pytest.importorskip("sqlcipher3", reason="encryption is an extra")
    world.services.encryption.turn_on(world.by, PASSPHRASE, remember=True)


def _move_out(world: World) -> None:
    world.services.moving.out(world.by, world.folder / MOVED)


def _move_out_and_back(world: World) -> None:
    _move_out(world)
    world.services.moving.take_back(world.by)


def _turn_on(world: World, by: Session) -> object:
    factors = world.services.factors
    enrolment = factors.begin(by)
    code = second_factor.code_at(enrolment.secret, second_factor.step_at(world.clock.now()))
    return factors.turn_on(by, PASSWORD, enrolment, code)


def _factor_on(world: World, by: Session) -> Session:
    """Turn on a second factor, and say whose."""
    _turn_on(world, by)
    return by


def _gone(world: World, account: int) -> None:
    world.services.users.remove(world.by, account, ADA)


def _contact_gone(world: World, account: int) -> None:
    world.services.accounts.edit(world.by, account, contacts=[Contact("Gone", FORMER)])
    world.services.accounts.edit(world.by, account, contacts=[])


def _operator_gone(world: World) -> None:
    world.operator(Role.AUDITOR, email=FORMER)
    world.services.operators.remove(world.by, FORMER)


def _leap(world: World) -> None:
    """A clock that was years ahead for a while, and is right again."""
    now = world.clock.now()
    world.clock.set(now + timedelta(days=1500))
    world.account("Ahead")
    world.clock.set(now + timedelta(minutes=1))


def _ahead(world: World) -> Ahead:
    return world.services.clock.preview(world.by)


def _unused(world: World, by: Session, account: int) -> int:
    """For a reseller an account that can have an opening balance: the office's ones have seats."""
    if account == NOWHERE or by.role is not Role.RESELLER:
        return account
    return world.services.accounts.find(world.by, "unused.example").id


def _accounts_file(world: World) -> Path:
    path = world.folder / "accounts.csv"
    path.write_text("name,domain,mode\nNorthwind,northwind.example,purchase\n", encoding="utf-8")
    return path


def _month_over(world: World) -> None:
    world.clock.advance(timedelta(days=30))
    world.services.issuing.save_own_company(world.by, OwnCompany("Northwind"))


def _issued(world: World, account: int) -> None:
    _month_over(world)
    world.services.issuing.issue(world.by, account, NOVEMBER)


def _skipped(world: World, account: int) -> None:
    """Something was planned that could not be done."""
    world.services.planning.join(world.by, account, LATER, UserFields("Cy", CY))
    world.user(account, CY)
    world.clock.set(datetime.combine(LATER, time(12), UTC))
    world.services.modes.apply_due()


CASES: dict[str, Case] = {
    "operators.rows": Case(Right.OVERVIEW, lambda world, by, _a: world.services.operators.rows(by)),
    "operators.present": Case(Right.LIST, lambda world, by, _a: world.services.operators.present(by)),
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
    "operators.change_role": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.operators.change_role(by, "other@reseller.example", Role.AUDITOR, None),
        lambda world, _a: world.operator(Role.RESELLER, email="other@reseller.example"),
    ),
    "operators.change_own_password": Case(
        Right.SELF, lambda world, by, _a: world.services.operators.change_own_password(by, PASSWORD, "new one")
    ),
    "operators.reset_password": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.operators.reset_password(by, "other@reseller.example", "new one"),
        lambda world, _a: world.operator(Role.AUDITOR, email="other@reseller.example"),
    ),
    "factors.state": Case(Right.LIST, lambda world, by, _a: world.services.factors.state(by)),
    "factors.begin": Case(Right.LIST, lambda world, by, _a: world.services.factors.begin(by)),
    "factors.turn_on": Case(Right.SELF, lambda world, by, _a: _turn_on(world, by)),
    "factors.turn_off": Case(
        Right.SELF, lambda world, by, _a: world.services.factors.turn_off(_factor_on(world, by), PASSWORD)
    ),
    "factors.renew_codes": Case(
        Right.SELF, lambda world, by, _a: world.services.factors.renew_codes(_factor_on(world, by), PASSWORD)
    ),
    "factors.reset": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.factors.reset(by, "other@reseller.example"),
        lambda world, _a: _factor_on(world, world.operator(Role.AUDITOR, email="other@reseller.example")),
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
    "accounts.company": _read(lambda world, by, account: world.services.accounts.company(by, account)),
    "accounts.edit": _change(lambda world, by, account: world.services.accounts.edit(by, account, name="New name")),
    "accounts.opening_balance": _manage(
        lambda world, by, account: world.services.accounts.opening_balance(
            by, _unused(world, by, account), [OpeningLine(PREMIUM, 3, date(2025, 1, 1))]
        ),
        lambda world, _account: world.account("Unused"),
    ),
    "accounts.suspend": _manage(lambda world, by, account: world.services.accounts.suspend(by, account)),
    "accounts.resume": _manage(
        lambda world, by, account: world.services.accounts.resume(by, account),
        lambda world, account: world.services.accounts.suspend(world.by, account),
    ),
    "accounts.closing": _read(lambda world, by, account: world.services.accounts.closing(by, account)),
    "accounts.close": _manage(
        lambda world, by, account: world.services.accounts.close(by, account, _closing(world, account))
    ),
    "accounts.reopen": _manage(
        lambda world, by, account: world.services.accounts.reopen(by, account),
        lambda world, account: world.services.accounts.close(world.by, account, _closing(world, account)),
    ),
    "account_imports.preview": Case(
        Right.OVERVIEW, lambda world, by, _a: world.services.account_imports.preview(by, _accounts_file(world))
    ),
    "account_imports.run": Case(
        Right.RESELLER, lambda world, by, _a: world.services.account_imports.run(by, _accounts_file(world))
    ),
    "planning.rows": _read(lambda world, by, account: world.services.planning.rows(by, account)),
    "planning.time_line": _read(lambda world, by, account: world.services.planning.time_line(by, account)),
    "planning.counts": _read(lambda world, by, account: world.services.planning.counts(by, account)),
    "planning.join": _change(
        lambda world, by, account: world.services.planning.join(by, account, LATER, UserFields("Cy", CY))
    ),
    "planning.leave": _change(
        lambda world, by, account: world.services.planning.leave(by, account, LATER, [_ada(world, account)])
    ),
    "planning.reduce": _change(
        lambda world, by, account: world.services.planning.reduce(by, account, LATER, PREMIUM, 1)
    ),
    "planning.withdraw": _change(
        lambda world, by, account: world.services.planning.withdraw(by, account, 1),
        lambda world, account: world.services.planning.reduce(world.by, account, LATER, PREMIUM, 1),
    ),
    "planning.dismiss": _change(
        lambda world, by, account: world.services.planning.dismiss(by, account, 1),
        _skipped,
    ),
    "users.rows": _read(lambda world, by, account: world.services.users.rows(by, account)),
    "users.find_ids": _read(lambda world, by, account: world.services.users.find_ids(by, account, UserQuery())),
    "users.some": _read(lambda world, by, account: world.services.users.some(by, account, [_ada(world, account)])),
    "users.counts": _read(lambda world, by, account: world.services.users.counts(by, account)),
    "users.show": _read(lambda world, by, account: world.services.users.show(by, account, _ada(world, account))),
    "users.find": _read(lambda world, by, account: world.services.users.find(by, account, ADA)),
    "users.deleted": _read(lambda world, by, account: world.services.users.deleted(by, account)),
    "users.removal": _read(
        lambda world, by, account: world.services.users.removal(by, account, [_ada(world, account)])
    ),
    "users.edit": _change(
        lambda world, by, account: world.services.users.edit(
            by, account, _ada(world, account), UserFields("Ada L.", ADA)
        )
    ),
    "users.remove_many": _change(
        lambda world, by, account: world.services.users.remove_many(by, account, [_ada(world, account)])
    ),
    "users.leave": _change(lambda world, by, account: world.services.users.leave(by, account, [_ada(world, account)])),
    "users.add": _change(lambda world, by, account: world.services.users.add(by, account, "cy@contoso.example", "Cy")),
    "users.remove": _change(lambda world, by, account: world.services.users.remove(by, account, ADA)),
    "users.restore": _change(
        lambda world, by, account: world.services.users.restore(by, account, ADA),
        lambda world, account: world.services.users.remove(world.by, account, ADA),
    ),
    "licenses.rows": _read(lambda world, by, account: world.services.licenses.rows(by, account)),
    "licenses.sheet": _read(
        lambda world, by, account: world.services.licenses.sheet(by, account, [_ada(world, account)])
    ),
    "licenses.plan": _read(
        lambda world, by, account: world.services.licenses.plan(by, account, [_ada(world, account)], LicenseWish())
    ),
    "licenses.change": _change(
        lambda world, by, account: world.services.licenses.change(
            by, account, [_ada(world, account)], remove=[PREMIUM_GUID]
        )
    ),
    "licenses.undo": _change(lambda world, by, account: world.services.licenses.undo(by, _undo(world, account))),
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
    "products.rows": Case(Right.LIST, lambda world, by, _a: world.services.products.rows(by)),
    "products.by_id": Case(Right.LIST, lambda world, by, _a: world.services.products.by_id(by)),
    "products.described": Case(
        Right.LIST, lambda world, by, _a: world.services.products.described(by, ["Visio Plan 1"])
    ),
    "products.catalogue": Case(Right.OVERVIEW, lambda world, by, _a: world.services.products.catalogue(by)),
    "products.details": Case(Right.OVERVIEW, lambda world, by, _a: world.services.products.details(by, _visio(world))),
    "products.preview": Case(
        Right.OVERVIEW, lambda world, by, _a: world.services.products.preview(by, products_file(world.folder))
    ),
    "products.import_products": Case(
        Right.RESELLER, lambda world, by, _a: world.services.products.import_products(by, products_file(world.folder))
    ),
    "products.set_scope": Case(
        Right.RESELLER, lambda world, by, _a: world.services.products.set_scope(by, _visio(world), Scope.DEVICE)
    ),
    "products.offer": _read(lambda world, by, account: world.services.products.offer(by, account)),
    "products.add": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.products.add(by, "Rocket Fuel", "ROCKET", ROCKET, Scope.USER),
    ),
    "imports.inspect": _read(lambda world, by, account: world.services.imports.inspect(by, account, _file(world))),
    "imports.preview": _read(lambda world, by, account: world.services.imports.preview(by, account, _file(world))),
    "imports.run": _change(lambda world, by, account: world.services.imports.run(by, account, _file(world))),
    "bulk.preview": _read(lambda world, by, account: world.services.bulk.preview(by, account, _list(world))),
    "bulk.run": _change(lambda world, by, account: world.services.bulk.run(by, account, _list(world))),
    "prices.schedules": Case(Right.OVERVIEW, lambda world, by, _a: world.services.prices.schedules(by)),
    "prices.find": Case(Right.OVERVIEW, lambda world, by, _a: world.services.prices.find(by)),
    "prices.rows": Case(Right.OVERVIEW, lambda world, by, _a: world.services.prices.rows(by, DEFAULT)),
    "prices.of_account": _read(lambda world, by, account: world.services.prices.of_account(by, account)),
    "prices.schedule_of": _read(lambda world, by, account: world.services.prices.schedule_of(by, account)),
    "prices.create": Case(Right.RESELLER, lambda world, by, _a: world.services.prices.create(by, "Gold", "EUR")),
    "prices.rename": Case(Right.RESELLER, lambda world, by, _a: world.services.prices.rename(by, DEFAULT, "Gold")),
    "prices.set_price": Case(
        Right.RESELLER, lambda world, by, _a: world.services.prices.set_price(by, DEFAULT, 1, NEXT_YEAR, "9", "8")
    ),
    "prices.withdraw_price": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.prices.withdraw_price(by, DEFAULT, 2, NEXT_YEAR),
        lambda world, _a: world.services.prices.set_price(world.by, DEFAULT, 2, NEXT_YEAR, "9", "8"),
    ),
    "prices.set_proration": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.prices.set_proration(by, DEFAULT, NEXT_YEAR, Proration.NONE),
    ),
    "prices.set_default": Case(
        Right.RESELLER, lambda world, by, _a: world.services.prices.set_default(by, DEFAULT, NEXT_YEAR)
    ),
    "prices.assign": _manage(lambda world, by, account: world.services.prices.assign(by, account, DEFAULT, NEXT_YEAR)),
    "prices.preview": Case(
        Right.OVERVIEW, lambda world, by, _a: world.services.prices.preview(by, DEFAULT, prices_file(world.folder))
    ),
    "prices.import_prices": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.prices.import_prices(by, DEFAULT, prices_file(world.folder)),
    ),
    "subscriptions.find": _read(
        lambda world, by, account: world.services.subscriptions.find(by, account, 1, LedgerQuery())
    ),
    "subscriptions.some": _read(lambda world, by, account: world.services.subscriptions.some(by, account, 1, [1])),
    "subscriptions.trace": _read(lambda world, by, account: world.services.subscriptions.trace(by, account, 1)),
    "jump.find": Case(Right.LIST, lambda world, by, _account: world.services.jump.find(by, "o")),
    "jump.some": Case(Right.LIST, lambda world, by, account: world.services.jump.some(by, [Target(account)])),
    "thresholds.low": Case(Right.LIST, lambda world, by, _account: world.services.thresholds.low(by)),
    "thresholds.set": _change(lambda world, by, account: world.services.thresholds.set(by, account, PREMIUM, 2)),
    "timelines.seats": _read(lambda world, by, account: world.services.timelines.seats(by, account)),
    "statements.show": _read(lambda world, by, account: world.services.statements.show(by, account, NOVEMBER)),
    "statements.forecast": _read(lambda world, by, account: world.services.statements.forecast(by, account)),
    "statements.next_month": _read(lambda world, by, account: world.services.statements.next_month(by, account)),
    "statements.explain": _read(lambda world, by, account: world.services.statements.explain(by, account, NOVEMBER, 0)),
    "statements.months": _read(lambda world, by, account: world.services.statements.months(by, account)),
    "statements.costs": Case(Right.LIST, lambda world, by, _a: world.services.statements.costs(by)),
    "statements.cost_of": _read(lambda world, by, account: world.services.statements.cost_of(by, account)),
    "statements.falls_later": _read(lambda world, by, account: world.services.statements.falls_later(by, account)),
    "statements.prices_of": _read(lambda world, by, account: world.services.statements.prices_of(by, account)),
    "issuing.own_company": Case(Right.LIST, lambda world, by, _a: world.services.issuing.own_company(by)),
    "issuing.save_own_company": Case(
        Right.RESELLER, lambda world, by, _a: world.services.issuing.save_own_company(by, OwnCompany("Adatum"))
    ),
    "issuing.document": _read(lambda world, by, account: world.services.issuing.document(by, account, NOVEMBER)),
    "issuing.sheet": _read(lambda world, by, account: world.services.issuing.sheet(by, account, NOVEMBER)),
    "issuing.issued": _read(lambda world, by, account: world.services.issuing.issued(by, account, NOVEMBER)),
    "issuing.listed": _read(lambda world, by, account: world.services.issuing.listed(by, account)),
    "issuing.issue": _manage(
        lambda world, by, account: world.services.issuing.issue(by, account, NOVEMBER),
        lambda world, _account: _month_over(world),
    ),
    "issuing.correct": _manage(
        lambda world, by, account: world.services.issuing.correct(
            by, account, NOVEMBER, CorrectionKind.CREDIT, "Goodwill", Decimal(1), "Ticket 1"
        ),
        _issued,
    ),
    "month_end.prepare": Case(Right.OVERVIEW, lambda world, by, _a: world.services.month_end.prepare(by, NOVEMBER)),
    "month_end.write": Case(
        Right.OVERVIEW, lambda world, by, _a: world.services.month_end.write(by, NOVEMBER, _new_folder(world))
    ),
    "advisor.advise": _read(lambda world, by, account: world.services.advisor.advise(by, account)),
    "advisor.advise_all": Case(Right.LIST, lambda world, by, _a: world.services.advisor.advise_all(by)),
    "reports.idle_seats": _read(lambda world, by, account: world.services.reports.idle_seats(by, account)),
    "reports.blocked_holders": _read(lambda world, by, account: world.services.reports.blocked_holders(by, account)),
    "reports.overlapping": _read(lambda world, by, account: world.services.reports.overlapping(by, account)),
    "reports.costs": _read(lambda world, by, account: world.services.reports.costs(by, account)),
    "reports.trend": _read(lambda world, by, account: world.services.reports.trend(by, account)),
    "audit.rows": _read(lambda world, by, account: world.services.audit.rows(by, account)),
    "audit.search": _read(
        lambda world, by, account: world.services.audit.search(by, AuditQuery(account_id=account, text="premium"))
    ),
    "audit.some": _read(lambda world, by, account: world.services.audit.some(by, (1, 2, 3), account)),
    "audit.operators": _read(lambda world, by, account: world.services.audit.operators(by, account)),
    "audit.verify": Case(Right.OVERVIEW, lambda world, by, _a: world.services.audit.verify(by)),
    "account_exports.write": _read(
        lambda world, by, account: world.services.account_exports.write(by, account, world.folder / "account.zip")
    ),
    "erasing.rows": _read(lambda world, by, account: world.services.erasing.rows(by, account)),
    "erasing.preview": Case(
        Right.READ,
        lambda world, by, account: world.services.erasing.preview(by, account, ADA),
        _gone,
    ),
    "erasing.erase": _change(
        lambda world, by, account: world.services.erasing.erase(by, account, _ada(world, account), ADA),
        _gone,
    ),
    "erasing_former.contacts": _read(lambda world, by, account: world.services.erasing_former.contacts(by, account)),
    "erasing_former.preview_contact": Case(
        Right.READ,
        lambda world, by, account: world.services.erasing_former.preview_contact(by, account, FORMER),
        _contact_gone,
    ),
    "erasing_former.erase_contact": _change(
        lambda world, by, account: world.services.erasing_former.erase_contact(by, account, FORMER), _contact_gone
    ),
    "erasing_former.operators": Case(Right.OVERVIEW, lambda world, by, _a: world.services.erasing_former.operators(by)),
    "erasing_former.preview_operator": Case(
        Right.OVERVIEW,
        lambda world, by, _a: world.services.erasing_former.preview_operator(by, FORMER),
        lambda world, _a: _operator_gone(world),
    ),
    "erasing_former.erase_operator": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.erasing_former.erase_operator(by, FORMER),
        lambda world, _a: _operator_gone(world),
    ),
    "encryption.state": Case(Right.OVERVIEW, lambda world, by, _a: world.services.encryption.state(by)),
    "encryption.turn_on": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.encryption.turn_on(by, PASSPHRASE),
        lambda _world, _a: pytest.importorskip("sqlcipher3", reason="encryption is an extra"),
    ),
    "encryption.change_passphrase": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.encryption.change_passphrase(by, PASSPHRASE, PASSPHRASE + "!"),
        lambda world, _a: _encrypt(world),
    ),
    "encryption.turn_off": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.encryption.turn_off(by, PASSPHRASE),
        lambda world, _a: _encrypt(world),
    ),
    "encryption.remember": Case(
        Right.EXPORT,
        lambda world, by, _a: world.services.encryption.remember(by),
        lambda world, _a: _encrypt(world),
    ),
    "encryption.forget": Case(
        Right.EXPORT, lambda world, by, _a: world.services.encryption.forget(by), lambda world, _a: _encrypt(world)
    ),
    "encryption.delete_plain_backups": Case(
        Right.EXPORT,
        lambda world, by, _a: world.services.encryption.delete_plain_backups(by, ()),
        lambda world, _a: _encrypt(world),
    ),
    "clock.preview": Case(
        Right.OVERVIEW, lambda world, by, _a: world.services.clock.preview(by), lambda world, _a: _leap(world)
    ),
    "clock.correct": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.clock.correct(by, _ahead(world)),
        lambda world, _a: _leap(world),
    ),
    "audit.anchor": Case(Right.OVERVIEW, lambda world, by, _a: world.services.audit.anchor(by)),
    "audit.compare": Case(Right.OVERVIEW, lambda world, by, _a: world.services.audit.compare(by, ANCHOR)),
    "backups.rows": Case(Right.OVERVIEW, lambda world, by, _a: world.services.backups.rows(by)),
    "backups.make": Case(Right.EXPORT, lambda world, by, _a: world.services.backups.make(by)),
    "backups.preview": Case(Right.OVERVIEW, lambda world, by, _a: world.services.backups.preview(by, _backup(world))),
    "backups.restore": Case(Right.RESELLER, lambda world, by, _a: world.services.backups.restore(by, _backup(world))),
    "moving.out": Case(Right.RESELLER, lambda world, by, _a: world.services.moving.out(by, world.folder / MOVED)),
    "moving.take_back": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.moving.take_back(by),
        lambda world, _a: _move_out(world),
    ),
    "moving.preview": Case(
        Right.OVERVIEW,
        lambda world, by, _a: world.services.moving.preview(by, world.folder / MOVED),
        lambda world, _a: _move_out_and_back(world),
    ),
    "moving.bring_in": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.moving.bring_in(by, world.folder / MOVED),
        lambda world, _a: _move_out_and_back(world),
    ),
    "preferences.defaults": Case(Right.OVERVIEW, lambda world, by, _a: world.services.preferences.defaults(by)),
    "preferences.set_defaults": Case(
        Right.RESELLER,
        lambda world, by, _a: world.services.preferences.set_defaults(by, "EUR", "Europe/Berlin", "DE"),
    ),
    "scheduling.look": Case(Right.OVERVIEW, lambda world, by, _a: world.services.scheduling.look(by)),
    "scheduling.switch_on": Case(Right.RESELLER, lambda world, by, _a: world.services.scheduling.switch_on(by)),
    "scheduling.switch_off": Case(Right.RESELLER, lambda world, by, _a: world.services.scheduling.switch_off(by)),
    "preferences.database": Case(Right.LIST, lambda world, by, _a: world.services.preferences.database(by)),
}


def _new_folder(world: World) -> Path:
    return Path(mkdtemp(dir=world.folder))


def _backup(world: World) -> Path:
    return world.services.backups.make_unattended().path


def _list(world: World) -> BulkFile:
    path = world.folder / "list.csv"
    path.write_text("UPN,Display name\ndee@contoso.example,Dee\n", encoding="utf-8")
    return world.services.bulk.read(path, BulkChange.ADD)


def _file(world: World) -> Path:
    return exports.write(world.folder / "users.csv", exports.person("cy@contoso.example"))


def _visio(world: World) -> int:
    """A product that no account has."""
    return int(world.stored("SELECT id FROM product WHERE part_number = 'VISIOCLIENT'")[0][0])

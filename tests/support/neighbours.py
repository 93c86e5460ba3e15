"""A customer's account with some weeks of history: alone in its database, or among others that are busy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.people import UserFields
from cpdesk.store import connection
from tests.support.role_cases import ADA, BOB, NOVEMBER, OWN_ADMIN
from tests.support.world import DUE, PREMIUM, World

OTHER = "eve@fabrikam.example"
SPRING = date(2027, 3, 1)
COPY = "other@contoso.example"
"""A user principal name of which the other account has a user, too."""


@dataclass(frozen=True)
class Customer:
    """A database in which the customer's account has had its history."""

    world: World
    own: int
    by: Session
    foreign: int | None
    """An account of others, in which a switch is due; None where there are none."""


class _Others:
    """The other accounts: they were there before, and do something whenever the own one does."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.account = world.pool("Fabrikam", OTHER, COPY, seats=4)
        world.assign(self.account, OTHER)
        world.account("Wingtip", domain="wingtip.example", zone="Pacific/Kiritimati")
        world.operator(Role.AUDITOR)
        world.operator(Role.CUSTOMER, self.account, OTHER)
        self._count = 0

    def act(self) -> None:
        """Something of everything."""
        world, services, account = self.world, self.world.services, self.account
        self._count += 1
        upn = f"user{self._count}@fabrikam.example"
        world.user(account, upn)
        world.buy(account, 1)
        world.assign(account, upn)
        world.request_usage(account)
        world.keep(account)
        services.planning.leave(world.by, account, SPRING, [user_id(world, account, upn)])
        services.accounts.edit(world.by, account, name=f"Fabrikam {self._count}")
        services.thresholds.set(world.by, account, PREMIUM, 90 + self._count)


def user_id(world: World, account: int, upn: str) -> int:
    """The number of a user, which runs on over all accounts."""
    return int(world.stored("SELECT id FROM user WHERE account_id = ? AND upn = ?", account, upn)[0][0])


def live(world: World, *, among_others: bool) -> Customer:
    """Let the account have its history; at the end others have a switch and planned changes that are due."""
    others = _Others(world) if among_others else None
    own = world.pool("Contoso", ADA, BOB, seats=3)
    by = world.operator(Role.CUSTOMER, own, OWN_ADMIN)
    for step in _steps(world, own, by):
        step()
        if others:
            others.act()
        world.clock.advance(timedelta(hours=5))
    world.clock.set(DUE)
    for account in (others.account, own) if others else (own,):
        world.services.issuing.issue(world.by, account, NOVEMBER)
    world.clock.advance(timedelta(hours=5))
    if others:
        world.request_usage(others.account)
    # Past the first of the month: what others wait for is due.
    world.clock.advance(timedelta(days=40 - 9))
    return Customer(world, own, by, others.account if others else None)


def _steps(world: World, own: int, by: Session) -> Iterator[Callable[[], object]]:
    services = world.services
    yield lambda: services.issuing.save_own_company(world.by, OwnCompany("Northwind"))
    yield lambda: world.assign(own, ADA)
    yield lambda: services.modes.change(by, own, Mode.USAGE, services.modes.forecast(by, own, Mode.USAGE))
    yield lambda: world.keep(own)
    yield lambda: services.accounts.edit(by, own, name="Contoso Ltd")
    yield lambda: services.planning.join(by, own, SPRING, UserFields("Cy", "cy@contoso.example"))
    yield lambda: services.planning.leave(by, own, SPRING, [user_id(world, own, ADA)])
    yield lambda: services.thresholds.set(by, own, PREMIUM, 2)
    yield lambda: services.users.remove(by, own, BOB)
    yield lambda: services.users.restore(by, own, BOB)
    yield lambda: services.prices.assign(world.by, own, 1, date(2027, 6, 1))


@contextmanager
def statements() -> Iterator[list[str]]:
    """What SQLite is asked meanwhile, in order."""
    found: list[str] = []
    plain = connection.plain()
    plain.set_trace_callback(found.append)
    try:
        yield found
    finally:
        plain.set_trace_callback(None)

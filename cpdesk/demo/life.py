"""What happens in one account of the demo: each method is something an operator does there one day."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from itertools import islice
from operator import attrgetter
from pathlib import Path
from random import Random

from cpdesk.base.errors import UserError
from cpdesk.demo.customers import Customer, Turn
from cpdesk.demo.exports import Employee, write_export
from cpdesk.demo.people import people
from cpdesk.demo.price_lists import schedule_for
from cpdesk.demo.team import Team
from cpdesk.domain.forecasts import Forecast
from cpdesk.domain.modes import Mode

_BY_HAND = 10
"""Customers with fewer users are typed in; the others come with an export file."""

EXTRAS = ("POWER_BI_PRO", "VISIOCLIENT", "PROJECTPROFESSIONAL", "Microsoft_365_Copilot")
"""What some have besides."""
_EXTRA_SHARE, _BLOCKED_SHARE, _GUEST_SHARE, _IDLE_SHARE = 0.12, 0.02, 0.04, 0.04
STORAGE = "SHAREPOINTSTORAGE"
_WATCHED = frozenset({"contoso-freight.example", "lamna.example", "relecloud.example"})
"""Customers of whom somebody wants to hear when one of these products has few seats left."""
_FEW = 2
_SPARE = 0.08
"""Share of idle seats that a customer buys in addition, of the two products it has most of."""


class Life:
    """An account and the people in it."""

    def __init__(self, customer: Customer, team: Team, names: Mapping[str, str], files: Path) -> None:
        """`names` are the products' display names by part number; `files` is a folder for export files."""
        self.customer = customer
        self.random = Random(customer.domain)
        self._team = team
        self._services = team.services
        self._names = names
        self._files = files
        self._crowd = people(self.random, customer.cultures)
        self._staff: list[Employee] = []
        self._season: list[Employee] = []
        self._id = 0
        self._pool = False
        """Whether it is in Purchase Mode."""
        self._ends: datetime | None = None
        """When a change to Usage Mode takes effect."""

    def begin(self, now: datetime) -> None:
        """The account is created, and its users come in."""
        customer = self.customer
        made = self._services.accounts.create(
            self._team.anyone(),
            customer.name,
            customer.domain,
            country=customer.country,
            currency=customer.currency,
            time_zone=customer.time_zone,
            schedule=schedule_for(customer.currency),
            activate=True,
        )
        self._id = made.value.id
        self._team.let_in(made.value)
        if customer.users < _BY_HAND:
            for _number in range(customer.users):
                self._hire("move from another provider")
        else:
            self._staff = [self._with_licenses(self._employee()) for _number in range(customer.users)]
            self._import(now, "move from another provider")

    def join(self, _now: datetime) -> None:
        """Somebody starts."""
        self._hire("new starter")

    def leave(self, now: datetime) -> None:
        """Somebody goes; the pool keeps the seats, and not every customer gives them back."""
        if len(self._staff) < 3:
            return
        gone = self._staff.pop(self.random.randrange(len(self._staff)))
        reason = self._team.reason("leaver")
        self._services.users.remove(self._team.anyone(), self._id, gone.upn, reason=reason)
        if gone.products and self._has_pool(now) and self.random.random() < 0.5:
            self._services.licenses.remove_seats(self._team.anyone(), self._id, gone.products[0], 1, reason=reason)

    def move(self, _now: datetime) -> None:
        """Somebody gets another license for another job."""
        licensed = [employee for employee in self._staff if employee.products]
        if not licensed:
            return None
        mover = self.random.choice(licensed)
        other = self.random.choice(self.customer.products)
        if other in mover.products:
            return self._assign(mover, self.random.choice(EXTRAS), "project")
        reason = self._team.reason("new role")
        former = mover.products.pop(0)
        self._services.licenses.remove(self._team.anyone(), self._id, mover.upn, former, reason=reason)
        return self._assign(mover, other, "new role")

    def reorganise(self, now: datetime) -> None:
        """Several people come, go and change at once: a fresh export is imported."""
        for employee in self.random.sample(self._staff, len(self._staff) // 25):
            employee.products = []
            employee.blocked = True
        self._staff += [self._with_licenses(self._employee()) for _number in range(self.random.randint(2, 5))]
        self._import(now, "quarterly clean-up")

    def turn(self, what: Turn, now: datetime) -> None:
        """A decision of the story."""
        turns: dict[Turn, Callable[[], None]] = {
            Turn.SEASON: partial(self._begin_season, now),
            Turn.OVER: partial(self._end_season, now),
            Turn.PURCHASE: self._to_purchase,
            Turn.USAGE: self._ask_for_usage,
            Turn.KEEP: self._keep,
            Turn.STORAGE: self._buy_storage,
            Turn.SUSPEND: self._suspend,
        }
        turns[what]()

    def _to_purchase(self) -> None:
        self._change(Mode.PURCHASE, "annual budget approved")
        self._pool, self._ends = True, None
        reason = self._team.reason("spare seats for new starters")
        rows = self._services.licenses.rows(self._team.anyone(), self._id)
        for row in sorted(rows, key=attrgetter("seats"), reverse=True)[:2]:
            if count := round(row.seats * _SPARE):
                self._services.licenses.add_seats(self._team.anyone(), self._id, row.part_number, count, reason=reason)
            if self.customer.domain in _WATCHED:
                # By the first of the team: whom chance picks next decides what else happens.
                watch, why = self._services.thresholds.set, "new starters are not to wait"
                watch(self._team.sessions[0], self._id, row.part_number, _FEW, reason=why)

    def _ask_for_usage(self) -> None:
        self._ends = self._change(Mode.USAGE, "headcount will vary").due_at

    def _change(self, to: Mode, why: str) -> Forecast:
        by = self._team.anyone()
        shown = self._services.modes.forecast(by, self._id, to)
        self._services.modes.change(by, self._id, to, shown, reason=self._team.reason(why))
        return shown

    def _keep(self) -> None:
        self._ends = None
        self._services.modes.keep(self._team.anyone(), self._id, reason=self._team.reason("budget extended"))

    def _buy_storage(self) -> None:
        count = self.random.randint(10, 40)
        reason = self._team.reason("file storage is nearly full")
        self._services.licenses.add_seats(self._team.anyone(), self._id, STORAGE, count, reason=reason)

    def _begin_season(self, now: datetime) -> None:
        self._season = [self._with_licenses(self._employee()) for _number in range(self.customer.season)]
        self._staff += self._season
        self._import(now, "seasonal staff")

    def _end_season(self, now: datetime) -> None:
        """They lose their licenses; the pool keeps the seats, and nobody thinks of them."""
        for employee in self._season:
            employee.products = []
            employee.blocked = True
        self._import(now, "end of the season")
        self._staff = [employee for employee in self._staff if employee not in self._season]

    def _suspend(self) -> None:
        self._services.accounts.suspend(self._team.anyone(), self._id, reason=self._team.reason("invoices unpaid"))

    def _hire(self, why: str) -> None:
        employee = self._employee()
        self._staff.append(employee)
        self._services.users.add(
            self._team.anyone(), self._id, employee.upn, employee.person.display, reason=self._team.reason(why)
        )
        self._assign(employee, self.random.choice(self.customer.products), why)

    def _assign(self, employee: Employee, product: str, why: str) -> None:
        if product in employee.products:
            return
        by, reason = self._team.anyone(), self._team.reason(why)
        assign = partial(self._services.licenses.assign, by, self._id, employee.upn, product, reason=reason)
        try:
            assign()
        except UserError as refusal:
            if refusal.code != "no_seats_available":
                raise
            self._services.licenses.add_seats(by, self._id, product, self.random.randint(1, 5), reason=reason)
            assign()
        employee.products.append(product)

    def _import(self, now: datetime, why: str) -> None:
        path = write_export(self._files, now, self.customer.country, self._staff, self._names)
        reason = self._team.reason(why)
        self._services.imports.run(self._team.anyone(), self._id, path, add_seats=True, reason=reason)
        path.unlink()

    def _employee(self) -> Employee:
        person = next(islice(self._crowd, 1))
        object_id = str(uuid.UUID(int=self.random.getrandbits(128), version=4))
        if self.random.random() < _GUEST_SHARE and self.customer.users >= _BY_HAND:
            tenant = self.customer.domain.replace(".example", ".onmicrosoft.example")
            return Employee(person, f"{person.address}_partner.example#EXT#@{tenant}", object_id)
        return Employee(person, f"{person.address}@{self.customer.domain}", object_id)

    def _with_licenses(self, employee: Employee) -> Employee:
        if "#EXT#" in employee.upn or self.random.random() < _IDLE_SHARE:
            return employee
        employee.products = [self.random.choice(self.customer.products)]
        if self.random.random() < _EXTRA_SHARE:
            employee.products.append(self.random.choice(EXTRAS))
        employee.blocked = self.random.random() < _BLOCKED_SHARE
        return employee

    def _has_pool(self, now: datetime) -> bool:
        return self._pool and (self._ends is None or now < self._ends)

"""Planning a joiner, a leaver or a seat reduction for a date, and what became of it. `domain.planned` has the rules."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain import people, planned, topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.catalog import Product, find_product
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.people import UserFields
from cpdesk.domain.planned import Content, Farewell, Joiner, Leaver, PlanKind, PlannedChange, PlanState, Reduction
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.seats import MOST_SEATS
from cpdesk.domain.settlements import Agenda
from cpdesk.services import plan_writing, queues
from cpdesk.services.assigning import require_assignable, require_holdable
from cpdesk.services.base import UseCases, Work, account_row, require_service
from cpdesk.services.known_users import known_users
from cpdesk.store import holdings, products, switches, users
from cpdesk.store import planned as stored
from cpdesk.store.fields import utc_text


class Planning(UseCases):
    """Reseller administrators and the account's own plan and withdraw; whoever sees the account reads.

    A planned change has no Undo (rule 16): it is withdrawn while it waits, and afterwards answered by an ordinary
    change, as a deleted user can be restored.
    """

    def rows(self, by: Session, account_id: int | None = None) -> list[PlannedChange]:
        """Planned changes of one account, or of all that the operator sees, whatever became of them, by due instant.

        Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            return stored.listed(work.only if account_id is None else account_id)

    def time_line(self, by: Session, account_id: int | None = None) -> Agenda:
        """The pending switches and the planned changes of one account, or of all that the operator sees.

        Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            only = work.only if account_id is None else account_id
            names = {product.part_number: product.name for product in products.by_id().values()}
            return Agenda(tuple(queues.queued(work, only)), tuple(stored.listed(only)), names)

    def counts(self, by: Session, account_id: int | None = None) -> tuple[int, int]:
        """How much waits, pending switches too, and how many planned changes left something undone, not yet dismissed.

        In one account, or in all that the operator sees. Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            only = work.only if account_id is None else account_id
            waiting, alarms = stored.counts(only)
            return waiting + len(switches.pending_by_account(only)), alarms

    def join(
        self,
        by: Session,
        account_id: int,
        on: date,
        fields: UserFields,
        *,
        licenses: Sequence[str] = (),
        add_seats: bool = False,
        reason: str = "",
    ) -> Done[PlannedChange]:
        """Plan to create a user on an account-local date and to give licenses (part numbers, GUIDs or names).

        In Purchase Mode they come from the pool of that day; `add_seats` buys what it lacks then, otherwise those
        licenses are left out and named. Raises UserError `plan_not_later`, `plan_too_far`, `upn_taken`,
        `plan_joins_already` (somebody with that UPN is planned), `unknown_product`, `ambiguous_product`,
        `not_assignable`, `tenant_needs_purchase_mode`, `service_not_active`, and what `Users.add` raises.
        """
        with self._changing(by, account_id, reason) as work:
            task = _Task(work, account_id, on)
            wanted = people.checked(fields)
            if users.find(account_id, wanted.upn) is not None:
                raise UserError("upn_taken", upn=wanted.upn)
            task.require_new_joiner(wanted.upn)
            given = task.products(licenses)
            content = Joiner(
                wanted,
                tuple(product.part_number for product in given),
                tuple(product.guid for product in given),
                add_seats,
            )
            return Done(task.plan(PlanKind.JOINER, content), topics.PLANS)

    def leave(
        self,
        by: Session,
        account_id: int,
        on: date,
        user_ids: Collection[int],
        *,
        farewell: Farewell = Farewell.DELETE,
        reason: str = "",
    ) -> Done[tuple[PlannedChange, ...]]:
        """Plan that users lose all licenses on an account-local date, and are deleted or blocked; all or none of them.

        Each is a planned change of its own. Raises UserError `plan_not_later`, `plan_too_far`, `unknown_user` or
        `plan_leaves_already`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            task = _Task(work, account_id, on)
            persons = known_users(account_id, user_ids)
            task.require_staying(persons)
            made = tuple(
                task.plan(PlanKind.LEAVER, Leaver(user_id, person["upn"], person["display_name"], farewell))
                for user_id, person in persons.items()
            )
            return Done(made, topics.PLANS)

    def reduce(
        self, by: Session, account_id: int, on: date, product: str, count: int, *, reason: str = ""
    ) -> Done[PlannedChange]:
        """Plan to give back up to `count` seats of a product on an account-local date: only what is still free then.

        Raises UserError `plan_not_later`, `plan_too_far`, `seats_follow_assignments` or `tenant_needs_purchase_mode`
        in Usage Mode, `bad_count`, `plan_more_than_seats`, `unknown_product`, `ambiguous_product` or
        `service_not_active`.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            task = _Task(work, account_id, on)
            require_service(task.account)
            known = products.by_id()
            found = find_product(known.values(), product)
            require_holdable(task.account.mode, found)
            if task.account.mode is Mode.USAGE:
                raise UserError("seats_follow_assignments", product=found.name)
            _require_count(count, found, _seats(account_id, found))
            return Done(task.plan(PlanKind.REDUCTION, Reduction(found.part_number, found.guid, count)), topics.PLANS)

    def withdraw(self, by: Session, account_id: int, number: int, *, reason: str = "") -> Done[PlannedChange]:
        """Take back a planned change that waits.

        Raises UserError `unknown_plan` or `plan_not_waiting`, also when it has just become due: it is carried out then.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            facts = _known(account_id, number)
            if facts["state"] != PlanState.PLANNED:
                raise UserError("plan_not_waiting", number=number)
            plan_writing.end(work, facts, PlanState.WITHDRAWN)
            return Done(_row(account_id, number), topics.PLANS)

    def dismiss(self, by: Session, account_id: int, number: int) -> Done[PlannedChange]:
        """Note that somebody has seen what was left undone, so that it leaves the time line; a closed account's too.

        Raises UserError `unknown_plan` or `plan_not_alarming`.
        """
        with self._changing(by, account_id, even=Status.CLOSED) as work:
            facts = _known(account_id, number)
            if not _row(account_id, number).alarms:
                raise UserError("plan_not_alarming", number=number)
            plan_writing.dismiss(work, facts)
            return Done(_row(account_id, number), topics.PLANS)


class _Task:
    """Something that is being planned in an account."""

    def __init__(self, work: Work, account_id: int, on: date) -> None:
        self._work = work
        self.account: AccountRow = account_row(account_id, work.now)
        self._on = on
        self._due_at = planned.due_instant(on, work.now, zones.zone(self.account.time_zone))
        self._waiting = [stored.change(facts, "", "") for facts in stored.waiting(account_id)]

    def plan(self, kind: PlanKind, content: Content) -> PlannedChange:
        """Write it, in the zone that the account has now."""
        number = stored.next_number(self.account.id)
        facts: dict[str, Any] = {
            "account_id": self.account.id,
            "number": number,
            "kind": str(kind),
            "state": str(PlanState.PLANNED),
            "due_on": self._on.isoformat(),
            "time_zone": self.account.time_zone,
            "due_at": utc_text(self._due_at),
            "planned_at": utc_text(self._work.now),
            "planned_by": self._work.by.email,
            "reason": self._work.reason,
            "content": content.as_plain(),
            "outcome": {},
            "ended_at": None,
            "ended_by": None,
            "seen": False,
        }
        plan_writing.make(self._work, facts)
        return stored.change(facts, self.account.name, self.account.domain)

    def products(self, texts: Sequence[str]) -> list[Product]:
        """The products meant, each once, that can be assigned to users in the present mode."""
        if not texts:
            return []
        require_service(self.account)
        known = products.by_id().values()
        found = {product.guid: product for product in (find_product(known, text) for text in texts)}
        for product in found.values():
            require_assignable(self.account.mode, product)
        return list(found.values())

    def require_new_joiner(self, upn: str) -> None:
        """Raise UserError `plan_joins_already` where somebody with that UPN is planned already."""
        for one in self._waiting:
            if isinstance(one.content, Joiner) and one.content.fields.upn.casefold() == upn.casefold():
                raise UserError("plan_joins_already", upn=upn, on=one.due_on)

    def require_staying(self, persons: Collection[int]) -> None:
        """Raise UserError `plan_leaves_already` for one of the users (by id) whose leaving is planned already."""
        for one in self._waiting:
            if isinstance(one.content, Leaver) and one.content.user_id in persons:
                raise UserError("plan_leaves_already", upn=one.content.upn, on=one.due_on)


def _known(account_id: int, number: int) -> stored.Facts:
    facts = stored.find(account_id, number)
    if facts is None:
        raise UserError("unknown_plan", number=number)
    return facts


def _row(account_id: int, number: int) -> PlannedChange:
    return stored.listed(account_id, number)[0]


def _seats(account_id: int, product: Product) -> int:
    return sum(row.seats for row in holdings.listed(account_id) if row.guid == product.guid)


def _require_count(count: int, product: Product, seats: int) -> None:
    if count <= 0:
        raise UserError("bad_count", count=count)
    if count > min(seats, MOST_SEATS):
        raise UserError("plan_more_than_seats", product=product.name, seats=seats)

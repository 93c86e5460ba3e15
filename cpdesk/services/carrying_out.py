"""Carrying out the planned changes that are due, by the rules of now; see `domain.planned`."""

from collections.abc import Callable
from datetime import datetime

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Status, require_status
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.planned import (
    Content,
    Farewell,
    Joiner,
    Leaver,
    Left,
    Outcome,
    PlannedChange,
    Reduction,
    left_by,
)
from cpdesk.services import assigning, plan_writing, removing, seat_tasks, user_writing
from cpdesk.services.base import Work
from cpdesk.services.known_users import known_users
from cpdesk.store import accounts, journal, planned, products, users
from cpdesk.store.planned import Facts
from cpdesk.store.store import Store

_PROGRAM = Session(0, journal.PROGRAM, Role.RESELLER, None)
"""Nobody: what is carried out is signed by the program (`Work.planned`), whoever planned it and is there no more."""


def carry_out(store: Store, now: datetime, account_id: int | None, limit: int) -> list[PlannedChange]:
    """Carry out up to `limit` planned changes that are due, in one account or in all, inside a write transaction.

    Each ends here, whatever comes of it, with its ledger and audit entries.
    """
    due = planned.due(now, account_id, limit)
    named = accounts.names_and_domains([facts["account_id"] for facts in due])
    ended = [_end(store, now, facts) for facts in due]
    return [planned.change(facts, *named[facts["account_id"]]) for facts in ended]


def _end(store: Store, now: datetime, facts: Facts) -> Facts:
    change = planned.change(facts, "", "")
    work = Work(_PROGRAM, now, change.reason, planned=True)
    task = _Task(store, work, change.account_id)
    content = _of_today(change.content)
    try:
        # What a refusal left half done is undone alone.
        with store.part():
            outcome = task.run(content)
    except UserError as refusal:
        outcome = Outcome(left=(left_by(refusal),))
    return plan_writing.end(work, facts, outcome.state, outcome, content=content.as_plain())


def _of_today(content: Content) -> Content:
    """The same by the names that a leaver has now, which is how it stays on record."""
    named = users.names_of([content.user_id]) if isinstance(content, Leaver) else {}
    if not isinstance(content, Leaver) or content.user_id not in named:
        return content
    return Leaver(content.user_id, *named[content.user_id], content.farewell)


class _Task:
    """One planned change under way."""

    def __init__(self, store: Store, work: Work, account_id: int) -> None:
        self._store = store
        self._work = work
        self._account_id = account_id

    def run(self, content: Content) -> Outcome:
        """Do what can be done. Raises UserError where nothing can."""
        if isinstance(content, Joiner):
            return self._join(content)
        if isinstance(content, Leaver):
            return self._leave(content)
        return self._reduce(content)

    def _join(self, joiner: Joiner) -> Outcome:
        self._require(Status.ACTIVE)
        user = user_writing.add(self._work, self._account_id, joiner.fields)
        added: dict[str, int] = {}
        assigned, left = [], []
        for guid, part_number in zip(joiner.guids, joiner.products, strict=True):
            refused = self._try(lambda guid=guid: self._give(user.id, guid, joiner, added))  # type: ignore[misc]
            if refused:
                left.append(refused)
            else:
                assigned.append(part_number)
        return Outcome(user.upn, assigned=tuple(assigned), added=added, left=tuple(left))

    def _give(self, user_id: int, guid: str, joiner: Joiner, added: dict[str, int]) -> None:
        task = seat_tasks.begin(self._work, self._account_id, guid)
        assigning.require_assignable(task.account.mode, task.product)
        lacks = task.account.mode is Mode.PURCHASE and task.book.holding(task.product_id).available == 0
        if lacks and joiner.add_seats:
            task.book.add_seats(task.product_id, 1, product=task.product.name)
            task.record("seats.added", f"product {task.product.part_number}")
        self._change(user_id, LicenseWish(assign=(guid,)))
        if lacks:
            added[task.product.part_number] = 1

    def _leave(self, leaver: Leaver) -> Outcome:
        self._require(Status.SUSPENDED)
        if leaver.user_id not in users.details(self._account_id, [leaver.user_id]):
            raise UserError("plan_user_gone", upn=leaver.upn)
        if leaver.farewell is Farewell.DELETE:
            (removed,) = removing.remove(self._work, self._account_id, [leaver.user_id]).value.users
            return Outcome(removed.upn, freed=removed.freed)
        return self._relieve(leaver)

    def _relieve(self, leaver: Leaver) -> Outcome:
        """Take the licenses of a user who stays, and block sign-in where that was planned: it takes away, too."""
        person = known_users(self._account_id, [leaver.user_id])[leaver.user_id]
        blocks = leaver.farewell is Farewell.BLOCK and not person["blocked"]
        known = products.by_id()
        held = [known[number] for number in users.held_by([leaver.user_id])[leaver.user_id]]
        if not (held or blocks):
            raise UserError("plan_nothing_to_take", upn=person["upn"])
        if held:
            self._change(leaver.user_id, LicenseWish(remove=tuple(product.guid for product in held)))
        if blocks:
            user_writing.update(self._work, self._account_id, {leaver.user_id: (person, person | {"blocked": True})})
        return Outcome(person["upn"], freed=tuple(sorted(product.part_number for product in held)))

    def _reduce(self, reduction: Reduction) -> Outcome:
        self._require(Status.SUSPENDED)
        task = seat_tasks.begin(self._work, self._account_id, reduction.guid)
        assigning.require_holdable(task.account.mode, task.product)
        # Where nothing is free the rule is asked for all of them: it knows the words for why not.
        count = min(reduction.count, task.book.holding(task.product_id).available) or reduction.count
        task.book.remove_seats(task.product_id, count, product=task.product.name)
        task.record("seats.removed", f"product {task.product.part_number}")
        kept = reduction.count - count
        in_use = UserError("plan_seats_in_use", product=task.product.name, count=kept)
        left = (left_by(in_use),) if kept else ()
        return Outcome(removed={task.product.part_number: count}, left=left)

    def _change(self, user_id: int, wish: LicenseWish) -> None:
        assigning.change(self._work, self._account_id, [user_id], wish, shown=None, progress=None)

    def _require(self, even: Status) -> None:
        name, status = accounts.standing(self._account_id)
        require_status(status, even, account=name)

    def _try(self, do: Callable[[], None]) -> Left | None:
        """Do a part that may be refused while the rest stays done."""
        try:
            with self._store.part():
                do()
        except UserError as refusal:
            return left_by(refusal)
        return None

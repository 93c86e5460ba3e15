"""Taking back what was done to users, licenses and seats (rule 16): a new change under the rules of now."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.undo import Reversal, Undo, Undone
from cpdesk.services import restoring
from cpdesk.services.base import Work, account_row, require_growth
from cpdesk.services.known_users import known_rows, license_facts
from cpdesk.store import deleted_users, holdings, journal, products, switches, undone, users

Facts = dict[str, Any]
"""What an audit entry says."""


def undo_of(account_id: int, reversals: Sequence[Reversal]) -> Undo:
    """How to take back what has just been done in an account, in this order; it holds until the account's mode changes.

    What frees seats of a product comes before what needs them.
    """
    return Undo(account_id, _switch_id(account_id), tuple(reversals))


def take_back(work: Work, undo: Undo) -> Done[Undone]:
    """Do the opposite of every entry, or nothing. Raises the UserErrors of `Licenses.undo`."""
    if _switch_id(undo.account_id) != undo.switch_id:
        raise UserError("undo_ended")
    numbers = {step.entry for step in undo.reversals}
    if numbers & undone.entries(undo.account_id, min(numbers)):
        raise UserError("undone_already")
    gone = _deleted(undo)
    account = account_row(undo.account_id, work.now)
    if any(step.adds for step in undo.reversals):
        require_growth(account)
    restored = _restore(work, undo.account_id, gone)
    task = _task(work, account, undo)
    entries = [task.entry(step) for step in undo.reversals]
    journal.append(work.now, *entries)
    return Done(task.told(entries, restored), topics.LICENSES)


def _switch_id(account_id: int) -> int | None:
    latest = switches.latest_completed(account_id)
    return latest.id if latest else None


def _deleted(undo: Undo) -> dict[int, deleted_users.Deleted]:
    """Whom the undo makes active again, by user id. Raises UserError `undone_already` where one of them came back."""
    entries = {step.user_id: step.entry for step in undo.reversals if step.restores and step.user_id is not None}
    gone = deleted_users.some(undo.account_id, entries)
    for user_id, entry in entries.items():
        deleted = gone.get(user_id)
        # Who came back and was deleted again since is another deletion's matter.
        if deleted is None or deleted.removed_in != entry:
            raise UserError("undone_already")
    return gone


def _restore(work: Work, account_id: int, gone: Mapping[int, deleted_users.Deleted]) -> list[str]:
    """Make exactly these users active again; returns their user principal names."""
    restoring.require_restorable(account_id, gone.values(), work.now)
    deleted_users.undelete(gone)
    return [deleted.upn for deleted in gone.values()]


@dataclass(frozen=True, slots=True)
class _Task:
    """An undo under way."""

    work: Work
    account: AccountRow
    book: Book
    known: Mapping[int, Product]
    upns: Mapping[int, str]
    """By user id."""
    held: Mapping[int, list[int]]
    """Ids of the products that each user holds, by user id."""

    def entry(self, step: Reversal) -> journal.Entry:
        """Do the opposite of one entry in the book, and say so for the audit log."""
        action, before, after = self._seats(step) if step.user_id is None else self._licenses(step, step.user_id)
        return journal.Entry(
            action=action,
            subject=f"user {step.user_id}" if step.restores else f"entry {step.entry}",
            account_id=self.account.id,
            before=before,
            after=after,
            lines=self.book.take_lines(),
            by=self.work.by,
            reason=self.work.reason,
        )

    def _licenses(self, step: Reversal, user_id: int) -> tuple[str, Facts | None, Facts]:
        upn, held = self.upns[user_id], self.held[user_id]
        for product_id in step.unassign:
            self.book.unassign(product_id, user_id)
        for product_id in step.assign:
            self.book.assign(product_id, user_id, product=self.known[product_id].name)
        after = license_facts(upn, {*held, *step.assign} - set(step.unassign), self.known)
        if step.restores:
            return "user.undone", None, after
        return "license.undone", license_facts(upn, held, self.known), after

    def _seats(self, step: Reversal) -> tuple[str, Facts | None, Facts]:
        ((product_id, count),) = step.seats
        product = self.known[product_id]
        before = self._counts(product_id)
        if count > 0:
            self.book.add_seats(product_id, count, product=product.name)
        else:
            self.book.remove_seats(product_id, -count, product=product.name)
        return "seats.undone", before, self._counts(product_id)

    def _counts(self, product_id: int) -> Facts:
        held = self.book.holding(product_id)
        return {"product": self.known[product_id].part_number, "seats": held.seats, "assigned": held.assigned}

    def told(self, entries: Iterable[journal.Entry], restored: Iterable[str]) -> Undone:
        """What the entries did."""
        lines = [line for entry in entries for line in entry.lines]
        gained = Counter(line.product_id for line in lines if line.assigned > 0)
        lost = Counter(line.product_id for line in lines if line.assigned < 0)
        pool = {line.product_id: line.seats for line in lines if line.user_id is None}
        return Undone(
            self.account.mode, tuple(sorted(restored)), *(self._named(counts) for counts in (gained, lost, pool))
        )

    def _named(self, counts: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted((self.known[product_id].part_number, count) for product_id, count in counts.items()))


def _task(work: Work, account: AccountRow, undo: Undo) -> _Task:
    """Look up who and what it is about, and see that licenses can go back.

    Raises UserError `unknown_user`, `not_assigned`, `not_assignable`, `already_assigned`, `changed_since` or
    `no_seats_available`.
    """
    user_ids = [step.user_id for step in undo.reversals if step.user_id is not None]
    upns = {row.id: row.upn for row in known_rows(account.id, user_ids)}
    book = Book(account.id, account.mode, holdings.of_account(account.id))
    known, held = products.by_id(), users.held_by(user_ids)
    moves = undone.last_moves(account.id, min(step.entry for step in undo.reversals))
    for step in undo.reversals:
        if step.user_id is not None:
            _require_reversible(step, upns[step.user_id], held[step.user_id], known)
            _require_unmoved(step, step.user_id, upns[step.user_id], known, moves)
    for product_id, count in _needed(undo.reversals).items():
        # All of them at once, so that the refusal names how many are missing.
        book.require_free(product_id, count, product=known[product_id].name)
    return _Task(work, account, book, known, upns, held)


def _needed(steps: Sequence[Reversal]) -> Counter[int]:
    """Seats that the pool has to have for what is assigned, by product id.

    What the steps themselves take away or add comes before (`undo_of`), as where freed seats were handed on.
    """
    needed = Counter(product_id for step in steps for product_id in step.assign)
    for step in steps:
        needed.subtract(step.unassign)
        needed.subtract({product_id: count for product_id, count in step.seats if count > 0})
    return +needed


def _require_reversible(step: Reversal, upn: str, held: Sequence[int], known: Mapping[int, Product]) -> None:
    for product_id in step.unassign:
        if product_id not in held:
            raise UserError("not_assigned", upn=upn, product=known[product_id].name)
    for product_id in step.assign:
        if known[product_id].assignable_to == "tenant":
            raise UserError("not_assignable", product=known[product_id].name)
        if product_id in held:
            raise UserError("already_assigned", upn=upn, product=known[product_id].name)


def _require_unmoved(
    step: Reversal, user_id: int, upn: str, known: Mapping[int, Product], moves: Mapping[tuple[int, int], int]
) -> None:
    """What came or went again since is somebody's later decision, though it looks the same."""
    for product_id in (*step.unassign, *step.assign):
        if moves.get((user_id, product_id), step.entry) != step.entry:
            raise UserError("changed_since", upn=upn, product=known[product_id].name)

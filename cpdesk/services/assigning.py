"""The licenses of several users at once: what can be ticked for them, what a change comes to, and making it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, chunks
from cpdesk.domain import license_plan, people, topics
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product
from cpdesk.domain.license_plan import LicensePlan, LicensesChanged, ProductPlan, UserPlan
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet
from cpdesk.domain.rows import Done
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.domain.undo import reversal
from cpdesk.services import unit_prices
from cpdesk.services.base import Work, account_row, require_service
from cpdesk.services.known_users import known_rows, license_facts
from cpdesk.services.undoing import undo_of
from cpdesk.store import holdings, journal, products, users


def require_holdable(mode: Mode, product: Product) -> None:
    """Rule 2: in Usage Mode the answer to any wish for a tenant product is that it needs Purchase Mode.

    Raises UserError `tenant_needs_purchase_mode`.
    """
    if product.assignable_to == "tenant" and mode is Mode.USAGE:
        raise UserError("tenant_needs_purchase_mode", product=product.name)


def require_assignable(mode: Mode, product: Product) -> None:
    """Raise UserError `not_assignable` for a tenant product, `tenant_needs_purchase_mode` in Usage Mode."""
    require_holdable(mode, product)
    if product.assignable_to == "tenant":
        raise UserError("not_assignable", product=product.name)


@dataclass(frozen=True, slots=True)
class _Task:
    """A change of licenses under way."""

    work: Work
    account_id: int
    known: Mapping[int, Product]
    """The catalogue by product id, in the order of names."""
    ids: Mapping[str, int]
    """Product ids by GUID."""

    def sheet(self, user_ids: Sequence[int], also: Collection[str] = ()) -> AssignmentSheet:
        account = account_row(self.account_id, self.work.now)
        require_service(account)
        rows = known_rows(self.account_id, user_ids)
        held_ids = users.held_by([row.id for row in rows])
        held = tuple(frozenset(self.known[number].guid for number in held_ids[row.id]) for row in rows)
        counts = Counter(number for numbers in held_ids.values() for number in numbers)
        price, asked = unit_prices.of(account, self.work.now), {self.ids[guid] for guid in also}
        lines = people.sheet_lines(
            account.mode, holdings.listed(self.account_id), self.known, counts, price, asked | counts.keys()
        )
        falls_later = unit_prices.falls_later(account, self.work.now)
        return AssignmentSheet(account.mode, tuple(rows), lines, account.currency, held, falls_later)

    def plan(self, user_ids: Sequence[int], wish: LicenseWish, limits: Collection[SeatLimit]) -> LicensePlan:
        """Raises what `Licenses.plan` raises."""
        for guid in (*wish.coming, *wish.leaving):
            if guid not in self.ids:
                raise UserError("unknown_product", text=guid)
        sheet = self.sheet(user_ids, (*wish.coming, *wish.leaving))
        for guid in wish.coming:
            require_assignable(sheet.mode, self.known[self.ids[guid]])
        return license_plan.plan_licenses(sheet, wish, limits)

    def entry(self, book: Book, plan: UserPlan) -> journal.Entry:
        """Do in the book what one user is to lose and to get, and say so for the audit log."""
        user, moves = plan.user, plan.moves
        for guid in moves.lose:
            book.unassign(self.ids[guid], user.id)
        for guid in moves.get:
            book.assign(self.ids[guid], user.id, product=self.known[self.ids[guid]].name)
        after = (plan.held - set(moves.lose)) | set(moves.get)
        return journal.Entry(
            action="license.changed",
            subject=f"user {user.id}",
            account_id=self.account_id,
            before=license_facts(user.upn, self._ids(plan.held), self.known),
            after=license_facts(user.upn, self._ids(after), self.known),
            lines=book.take_lines(),
            by=self.work.signs,
            reason=self.work.reason,
        )

    def lacking(self, plan: UserPlan) -> journal.Entry:
        """Who went without is told by the audit log, too: long after the notice about it has gone."""
        lacking = sorted(self.known[number].part_number for number in self._ids(plan.moves.without))
        return journal.Entry(
            action="license.lacking",
            subject=f"user {plan.user.id}",
            account_id=self.account_id,
            after={"upn": plan.user.upn, "lacking": lacking},
            by=self.work.signs,
            reason=self.work.reason,
        )

    def _ids(self, guids: Collection[str]) -> list[int]:
        return [self.ids[guid] for guid in guids]


def sheet(work: Work, account_id: int, user_ids: Sequence[int]) -> AssignmentSheet:
    """Every product that may be ticked for these users, and who holds what."""
    return _task(work, account_id).sheet(user_ids)


def plan(
    work: Work, account_id: int, user_ids: Sequence[int], wish: LicenseWish, limits: Collection[SeatLimit]
) -> LicensePlan:
    """What a wish comes to; nothing is changed."""
    return _task(work, account_id).plan(user_ids, _spelled(wish), limits)


def change(
    work: Work,
    account_id: int,
    user_ids: Sequence[int],
    wish: LicenseWish,
    *,
    shown: LicensePlan | None,
    progress: Tell | None,
) -> Done[LicensesChanged]:
    """Change the licenses of users, with an audit entry for each whose licenses change; `progress` is told of those.

    An entry for each, not one for all: so the log of a user is whole, and can be read without the others'.
    """
    task = _task(work, account_id)
    now = task.plan(user_ids, _spelled(wish), ())
    _require_as_shown(shown, now)
    changed = now.changed
    book = Book(account_id, now.mode, holdings.of_account(account_id))
    _require_seats(book, now, task.ids)
    first, entries = journal.next_id(), list[journal.Entry]()
    for chunk in chunks(changed, progress):
        made = [task.entry(book, one) for one in chunk]
        journal.append(work.now, *made)
        entries += made
    journal.append(work.now, *map(task.lacking, now.lacking if changed else ()))
    done = LicensesChanged(
        now.mode, len(changed), _counted(now, "gained"), _counted(now, "lost"), now.lacking if changed else ()
    )
    if not changed:
        return Done(done, frozenset())
    reversals = [
        reversal(number, entry.lines, user_id=one.user.id)
        for number, (one, entry) in enumerate(zip(changed, entries, strict=True), start=first)
    ]
    return Done(done, topics.LICENSES, undo_of(account_id, reversals))


def _task(work: Work, account_id: int) -> _Task:
    known = products.by_id()
    return _Task(work, account_id, known, {product.guid: number for number, product in known.items()})


def _spelled(wish: LicenseWish) -> LicenseWish:
    """GUIDs as the catalogue spells them."""
    return LicenseWish(
        tuple(map(str.casefold, wish.assign)),
        tuple(map(str.casefold, wish.remove)),
        {old.casefold(): new.casefold() for old, new in wish.replace.items()},
        wish.as_far_as_seats_go,
    )


def _require_as_shown(shown: LicensePlan | None, now: LicensePlan) -> None:
    """Rule 8: what differs from what was accepted is shown and asked again."""
    found = license_plan.differences(shown, now) if shown else ()
    if found:
        raise UserError("licenses_changed", differences=found, plan=now)


def _require_seats(book: Book, now: LicensePlan, ids: Mapping[str, int]) -> None:
    """Raise UserError `no_seats_available`: all of them at once, so that it names how many are missing.

    Where seats are to go as far as they do there has to be one for somebody.
    """
    nobody = now.lacking and not now.changed
    for line in now.products:
        wanted = line.gained + (line.without if nobody else 0)
        if wanted:
            book.require_free(ids[line.line.guid], wanted, product=line.line.name)


def _counted(now: LicensePlan, what: str) -> tuple[tuple[str, int], ...]:
    counts = ((_part_number(line), getattr(line, what)) for line in now.products)
    return tuple(sorted((part_number, count) for part_number, count in counts if count))


def _part_number(line: ProductPlan) -> str:
    return line.line.part_number

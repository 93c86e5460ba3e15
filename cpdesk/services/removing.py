"""Deleting users: what it would do, and doing it, with what is wished for the seats that become free."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, chunks
from cpdesk.domain import leaving, topics
from cpdesk.domain.book import Book, counts_around
from cpdesk.domain.catalog import Product
from cpdesk.domain.leaving import Departure, RemovalForecast, SeatWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RemovedUser
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.undo import Reversal, reversal
from cpdesk.services import unit_prices
from cpdesk.services.base import Work, account_row, require_growth
from cpdesk.services.known_users import known_users, license_facts
from cpdesk.services.undoing import undo_of
from cpdesk.store import deleted_users, holdings, journal, products, user_lists, users


def forecast(work: Work, account_id: int, user_ids: Sequence[int]) -> RemovalForecast:
    """What deleting these users would do to the seats. Raises UserError `unknown_user`."""
    known_users(account_id, user_ids)
    freed = Counter(number for held in users.held_by(user_ids).values() for number in held)
    account = account_row(account_id, work.now)
    price = unit_prices.of(account, work.now)
    return RemovalForecast(
        users=tuple(user_lists.some(account_id, user_ids)),
        mode=account.mode,
        effects=leaving.seat_effects(account.mode, holdings.listed(account_id), freed, price),
        currency=account.currency,
        falls_on=unit_prices.billing_ends(account, work.now),
        pending_on=account.pending.effective_on if account.pending else None,
    )


def remove(
    work: Work,
    account_id: int,
    user_ids: Collection[int],
    progress: Tell | None = None,
    *,
    wishes: Sequence[SeatWish] = (),
    release: bool = False,
) -> Done[Departure]:
    """Delete users with an audit entry each, which holds the ledger lines, then do what is wished for their seats.

    `release`: of every product, what nobody takes leaves the pool. Raises UserError `unknown_user`,
    `unknown_product`, `already_assigned`, `taker_leaves`, `takers_exceed_freed`, or `account_suspended` where somebody
    is to get a license.
    """
    persons = known_users(account_id, user_ids)
    account = account_row(account_id, work.now)
    if not persons:
        return Done(Departure(account.mode, (), (), ()), frozenset())
    held = users.held_by(persons)
    freed = Counter(product_id for product_ids in held.values() for product_id in product_ids)
    book = Book(account_id, account.mode, holdings.of_account(account_id))
    task = _Task(work, book, products.by_id())
    given = _given(account, task.known, wishes, persons, freed)
    taken = Counter(product_id for taker in given for product_id in taker.get)
    released = {} if account.mode is Mode.USAGE else _released(task.known, freed - taken, wishes, every=release)
    removals = task.remove_users(persons, held, progress)
    # Undone in this order: what others got is back before those who left have it again.
    undo = undo_of(account_id, [*task.hand_on(given), *task.release(released), *removals])
    gone = released.keys() - taken.keys()
    falls_later = unit_prices.falls_later(account, work.now) if freed else None
    removed = tuple(
        RemovedUser(
            upn=person["upn"],
            mode=account.mode,
            freed=task.named(held[user_id]),
            released=bool(held[user_id]) and gone.issuperset(held[user_id]),
            falls_later=falls_later,
        )
        for user_id, person in persons.items()
    )
    departure = Departure(account.mode, removed, task.counted(released), task.counted(taken), falls_later)
    return Done(departure, topics.LICENSES, undo)


@dataclass(frozen=True, slots=True)
class _Taker:
    """What a user is to get of those who leave, and has now, by product id."""

    user_id: int
    upn: str
    held: tuple[int, ...]
    get: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """A deletion under way. Each method writes its entries and says how to take them back."""

    work: Work
    book: Book
    known: Mapping[int, Product]

    def remove_users(
        self, persons: Mapping[int, dict[str, Any]], held: Mapping[int, Sequence[int]], progress: Tell | None
    ) -> list[Reversal]:
        first = journal.next_id()
        entries: list[journal.Entry] = []
        for chunk in chunks(list(persons), progress):
            made = [self._removal(user_id, persons[user_id], held[user_id]) for user_id in chunk]
            journal.append(self.work.now, *made)
            entries += made
        numbered = list(enumerate(zip(persons, entries, strict=True), start=first))
        deleted_users.delete([(user_id, number) for number, (user_id, _made) in numbered], self.work.now)
        return [reversal(number, entry.lines, user_id=user_id, restores=True) for number, (user_id, entry) in numbered]

    def hand_on(self, given: Sequence[_Taker]) -> list[Reversal]:
        first = journal.next_id()
        entries = [self._gift(taker) for taker in given]
        self._write(entries)
        return [
            reversal(number, entry.lines, user_id=taker.user_id)
            for number, (taker, entry) in enumerate(zip(given, entries, strict=True), start=first)
        ]

    def release(self, counts: Mapping[int, int]) -> list[Reversal]:
        first = journal.next_id()
        entries = [self._release(product_id, count) for product_id, count in counts.items()]
        self._write(entries)
        return [reversal(number, entry.lines) for number, entry in enumerate(entries, start=first)]

    def _write(self, entries: Sequence[journal.Entry]) -> None:
        if entries:
            journal.append(self.work.now, *entries)

    def named(self, product_ids: Iterable[int]) -> tuple[str, ...]:
        """Part numbers, sorted."""
        return tuple(sorted(self.known[product_id].part_number for product_id in product_ids))

    def counted(self, counts: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
        """Part numbers with their counts, sorted."""
        return tuple(sorted((self.known[product_id].part_number, count) for product_id, count in counts.items()))

    def _removal(self, user_id: int, person: dict[str, Any], held: Sequence[int]) -> journal.Entry:
        for product_id in held:
            self.book.unassign(product_id, user_id)
        return self._entry("user.removed", f"user {user_id}", person | {"licenses": list(self.named(held))}, None)

    def _gift(self, taker: _Taker) -> journal.Entry:
        for product_id in taker.get:
            self.book.assign(product_id, taker.user_id, product=self.known[product_id].name)
        before = license_facts(taker.upn, taker.held, self.known)
        after = license_facts(taker.upn, (*taker.held, *taker.get), self.known)
        return self._entry("license.changed", f"user {taker.user_id}", before, after)

    def _release(self, product_id: int, count: int) -> journal.Entry:
        product = self.known[product_id]
        self.book.remove_seats(product_id, count, product=product.name)
        before, after = counts_around(self.book.lines)
        named = {"product": product.part_number}
        return self._entry("seats.removed", f"product {product.part_number}", named | before, named | after)

    def _entry(
        self, action: str, subject: str, before: Mapping[str, Any], after: Mapping[str, Any] | None
    ) -> journal.Entry:
        return journal.Entry(
            action=action,
            subject=subject,
            account_id=self.book.account_id,
            before=before,
            after=after,
            lines=self.book.take_lines(),
            by=self.work.signs,
            reason=self.work.reason,
        )


def _given(
    account: AccountRow,
    known: Mapping[int, Product],
    wishes: Iterable[SeatWish],
    leavers: Collection[int],
    freed: Mapping[int, int],
) -> list[_Taker]:
    """What each taker is to get. Raises the UserErrors of `remove` about takers."""
    takers: defaultdict[int, list[int]] = defaultdict(list)
    for wish in wishes:
        if wish.takers:
            takers[_product_id(known, wish.guid)] += wish.takers
    get: defaultdict[int, list[int]] = defaultdict(list)
    for product_id, user_ids in takers.items():
        leaving.require_freed(len(user_ids), freed.get(product_id, 0), product=known[product_id].name)
        for user_id in user_ids:
            get[user_id].append(product_id)
    if not get:
        return []
    require_growth(account)
    persons = known_users(account.id, get)
    held = users.held_by(persons)
    for user_id, product_ids in get.items():
        _require_taker(user_id in leavers, persons[user_id]["upn"], held[user_id], product_ids, known)
    return [
        _Taker(user_id, person["upn"], tuple(held[user_id]), tuple(get[user_id])) for user_id, person in persons.items()
    ]


def _product_id(known: Mapping[int, Product], guid: str) -> int:
    for product_id, product in known.items():
        if product.guid == guid.casefold():
            return product_id
    raise UserError("unknown_product", text=guid)


def _require_taker(
    leaves: bool,
    upn: str,
    held: Collection[int],
    wanted: Sequence[int],
    known: Mapping[int, Product],
) -> None:
    if leaves:
        raise UserError("taker_leaves", upn=upn)
    for product_id in wanted:
        if product_id in held or wanted.count(product_id) > 1:
            raise UserError("already_assigned", upn=upn, product=known[product_id].name)


def _released(
    known: Mapping[int, Product], free: Mapping[int, int], wishes: Iterable[SeatWish], *, every: bool
) -> dict[int, int]:
    """Seats that leave the pool, by product id; `free` are those that nobody takes."""
    wanted = {wish.guid.casefold() for wish in wishes if wish.release}
    return {number: count for number, count in free.items() if every or known[number].guid in wanted}

"""The licenses of several users at once: what can be ticked for them, and changing it in one go."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, chunks
from cpdesk.domain import people, topics
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet, LicensesChanged
from cpdesk.domain.rows import Done
from cpdesk.domain.undo import reversal
from cpdesk.services import unit_prices
from cpdesk.services.base import Work, account_row, require_service
from cpdesk.services.known_users import known_users, license_facts
from cpdesk.services.undoing import undo_of
from cpdesk.store import holdings, journal, products, user_lists, users


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one user is to lose and to get, by product id, and what the user has now."""

    user_id: int
    upn: str
    held: tuple[int, ...]
    lose: tuple[int, ...]
    get: tuple[int, ...]

    @property
    def after(self) -> set[int]:
        """What the user will have."""
        return (set(self.held) - set(self.lose)) | set(self.get)


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


def sheet(work: Work, account_id: int, user_ids: Sequence[int]) -> AssignmentSheet:
    """Every product that may be ticked for these users, and how many of them hold it."""
    account = account_row(account_id, work.now)
    require_service(account)
    listed = list(known_users(account_id, user_ids))
    held = Counter(number for held in users.held_by(listed).values() for number in held)
    price = unit_prices.of(account, work.now)
    lines = people.sheet_lines(account.mode, holdings.listed(account_id), products.by_id(), held, price)
    return AssignmentSheet(account.mode, tuple(user_lists.some(account_id, listed)), lines, account.currency)


def change(
    work: Work,
    account_id: int,
    user_ids: Sequence[int],
    assign: Collection[str],
    remove: Collection[str],
    progress: Tell | None,
) -> Done[LicensesChanged]:
    """Change the licenses of users, with an audit entry for each whose licenses change; `progress` is told of those.

    An entry for each, not one for all: so the log of a user is whole, and can be read without the others'.
    """
    account = account_row(account_id, work.now)
    require_service(account)
    known = products.by_id()
    get, lose = _ids(known, assign), _ids(known, remove)
    for product_id in get:
        require_assignable(account.mode, known[product_id])
        if product_id in lose:
            raise UserError("assign_and_remove", product=known[product_id].name)
    wishes = _wishes(account_id, user_ids, get, lose)
    book = Book(account_id, account.mode, holdings.of_account(account_id))
    gained = Counter(number for wish in wishes for number in wish.get)
    for product_id in get:
        # All of them at once, so that the refusal names how many are missing.
        book.require_free(product_id, gained[product_id], product=known[product_id].name)
    first = journal.next_id()
    entries: list[journal.Entry] = []
    for chunk in chunks(wishes, progress):
        made = [_entry(work, book, wish, known) for wish in chunk]
        journal.append(work.now, *made)
        entries += made
    reversals = [
        reversal(number, entry.lines, user_id=wish.user_id)
        for number, (wish, entry) in enumerate(zip(wishes, entries, strict=True), start=first)
    ]
    lost = Counter(number for wish in wishes for number in wish.lose)
    changed = LicensesChanged(account.mode, len(wishes), _counted(gained, known), _counted(lost, known))
    if not wishes:
        return Done(changed, frozenset())
    return Done(changed, topics.LICENSES, undo_of(account_id, reversals))


def _ids(known: Mapping[int, Product], guids: Collection[str]) -> list[int]:
    """Product ids in the order of names. Raises UserError `unknown_product`."""
    by_guid = {product.guid: product_id for product_id, product in known.items()}
    for guid in guids:
        if guid.casefold() not in by_guid:
            raise UserError("unknown_product", text=guid)
    wanted = {by_guid[guid.casefold()] for guid in guids}
    return [product_id for product_id in known if product_id in wanted]


def _wishes(account_id: int, user_ids: Sequence[int], get: Sequence[int], lose: Sequence[int]) -> list[_Wish]:
    """For the users whose licenses change; the others are left out."""
    persons = known_users(account_id, user_ids)
    held = users.held_by(persons)
    wishes = [
        _Wish(
            user_id,
            person["upn"],
            held=tuple(held[user_id]),
            lose=tuple(product_id for product_id in lose if product_id in held[user_id]),
            get=tuple(product_id for product_id in get if product_id not in held[user_id]),
        )
        for user_id, person in persons.items()
    ]
    return [wish for wish in wishes if wish.lose or wish.get]


def _entry(work: Work, book: Book, wish: _Wish, known: Mapping[int, Product]) -> journal.Entry:
    """Do in the book what one user is to lose and to get, and say so for the audit log."""
    for product_id in wish.lose:
        book.unassign(product_id, wish.user_id)
    for product_id in wish.get:
        book.assign(product_id, wish.user_id, product=known[product_id].name)
    return journal.Entry(
        action="license.changed",
        subject=f"user {wish.user_id}",
        account_id=book.account_id,
        before=license_facts(wish.upn, wish.held, known),
        after=license_facts(wish.upn, wish.after, known),
        lines=book.take_lines(),
        by=work.by,
        reason=work.reason,
    )


def _counted(counts: Mapping[int, int], known: Mapping[int, Product]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((known[product_id].part_number, count) for product_id, count in counts.items()))

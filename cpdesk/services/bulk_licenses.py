"""Giving and taking licenses as a file of user principal names and products says."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, chunks
from cpdesk.domain.book import Book
from cpdesk.domain.bulk.file import PRODUCT, BulkChange, BulkFile, BulkRow
from cpdesk.domain.bulk.report import BulkReport, ProductMoves, RowResult
from cpdesk.domain.catalog import Product, find_product
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UnitPriceOf
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.undo import Undo, reversal
from cpdesk.services import unit_prices
from cpdesk.services.assigning import require_assignable
from cpdesk.services.base import Work, require_service
from cpdesk.services.bulk_rows import Known, report_of, with_problems
from cpdesk.services.known_users import license_facts
from cpdesk.services.undoing import undo_of
from cpdesk.store import holdings, journal, products, users

Wanted = Mapping[int, list[int]]
"""Ids of the products that each user is to get, or to lose, by user id in the order of the file."""


@dataclass(frozen=True, slots=True)
class Licenses:
    """Licenses that are given or taken; `bulk_changes.Prepared`."""

    account: AccountRow
    report: BulkReport
    known: Mapping[int, Product]
    wanted: Wanted
    people: Known
    held: Mapping[int, Sequence[int]]

    def write(self, work: Work, progress: Tell | None) -> Undo | None:
        book = Book(self.account.id, self.account.mode, holdings.of_account(self.account.id))
        first = journal.next_id()
        entries: list[journal.Entry] = []
        for chunk in chunks(list(self.wanted), progress):
            made = [self._entry(work, book, user_id) for user_id in chunk]
            journal.append(work.now, *made)
            entries += made
        reversals = [
            reversal(number, entry.lines, user_id=user_id)
            for number, (user_id, entry) in enumerate(zip(self.wanted, entries, strict=True), start=first)
        ]
        return undo_of(self.account.id, reversals)

    def _entry(self, work: Work, book: Book, user_id: int) -> journal.Entry:
        """Give or take in the book, and say so for the audit log."""
        held, wanted = self.held[user_id], self.wanted[user_id]
        for product_id in wanted:
            if self.report.change is BulkChange.ASSIGN:
                book.assign(product_id, user_id, product=self.known[product_id].name)
            else:
                book.unassign(product_id, user_id)
        upn = self.people.persons[user_id]["upn"]
        return journal.Entry(
            action="license.changed",
            subject=f"user {user_id}",
            account_id=book.account_id,
            before=license_facts(upn, held, self.known),
            after=license_facts(upn, set(held) ^ set(wanted), self.known),
            lines=book.take_lines(),
            by=work.signs,
            reason=work.reason,
        )


def prepare(work: Work, account: AccountRow, file: BulkFile) -> Licenses:
    """Find users and products, and what is so already. Raises UserError `service_not_active`."""
    require_service(account)
    people, known = Known.of(account.id, file), products.by_id()
    held = users.held_by(people.persons)
    reading = _Reading(people, held, _finder(account.mode, file.change, known))
    rows = [reading.result(row) for row in file.rows]
    moves = _moves(account, file.change, known, reading.rows, unit_prices.of(account, work.now))
    falls_later = unit_prices.falls_later(account, work.now)
    report = replace(report_of(account, file, rows), products=tuple(moves), falls_later=falls_later)
    return Licenses(account, report, known, reading.wanted, people, held)


Find = Callable[[str], tuple[int, Product]]
"""The product that a text means. Raises UserError."""


class _Reading:
    """Reads the rows one after the other: what an earlier one gives or takes a later one finds so already."""

    def __init__(self, people: Known, held: Mapping[int, Sequence[int]], find: Find) -> None:
        self._people = people
        self._held = held
        self._find = find
        self._gives = people.file.change is BulkChange.ASSIGN
        self.wanted: dict[int, list[int]] = {}
        self.rows: defaultdict[int, list[int]] = defaultdict(list)
        """Rows that move a seat, by product id."""

    def result(self, row: BulkRow) -> RowResult:
        told = replace(self._people.result(row), product=row.product)
        if row.problems:
            return told
        user_id = self._people.id_of(row.upn)
        if user_id is None:
            told = with_problems(told, self._people.nobody(row, UserError("unknown_user", upn=row.upn)))
        try:
            product_id, product = self._find(row.product)
        except UserError as refusal:
            return with_problems(told, self._people.problem(row, refusal, PRODUCT))
        told = replace(told, part_number=product.part_number, product=product.name)
        if user_id is None or not self._moves(user_id, product_id):
            return told
        self.wanted.setdefault(user_id, []).append(product_id)
        self.rows[product_id].append(row.row)
        return replace(told, changed=True)

    def _moves(self, user_id: int, product_id: int) -> bool:
        if product_id in self.wanted.get(user_id, ()):
            return False
        return (product_id in self._held[user_id]) is not self._gives


def _finder(mode: Mode, change: BulkChange, known: Mapping[int, Product]) -> Find:
    """Looks each text up once: a file names few products many times."""
    ids = {product.guid: product_id for product_id, product in known.items()}
    answers: dict[str, tuple[int, Product] | UserError] = {}

    def look_up(text: str) -> tuple[int, Product] | UserError:
        try:
            product = find_product(known.values(), text)
            # What belongs to the tenant is nobody's to lose either.
            require_assignable(mode if change is BulkChange.ASSIGN else Mode.PURCHASE, product)
        except UserError as refusal:
            return refusal
        return ids[product.guid], product

    def find(text: str) -> tuple[int, Product]:
        answer = answers.get(text) or answers.setdefault(text, look_up(text))
        if isinstance(answer, UserError):
            raise answer
        return answer

    return find


def _moves(
    account: AccountRow,
    change: BulkChange,
    known: Mapping[int, Product],
    rows: Mapping[int, Sequence[int]],
    price: UnitPriceOf,
) -> Iterable[ProductMoves]:
    held = {item.product_id: item for item in holdings.of_account(account.id)}
    for product_id, product in known.items():
        moved = rows.get(product_id, ())
        if not moved:
            continue
        lacking: Sequence[int] = ()
        if account.mode is Mode.PURCHASE and change is BulkChange.ASSIGN:
            lacking = moved[held[product_id].available if product_id in held else 0 :]
        yield ProductMoves(
            product.part_number, product.name, len(moved), price(product_id), len(lacking), tuple(lacking)
        )

"""Importing a tenant as it is today: users and licenses from the admin center's export (rule 15)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from cpdesk.base.errors import UserError
from cpdesk.domain import seats, topics
from cpdesk.domain.book import Book
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.user_import.names import Preferences, ProductNames, match_rows
from cpdesk.domain.user_import.pairing import KnownUser, UserValues
from cpdesk.domain.user_import.plan import ImportPlan, Outcome, RowChange, own_guids, plan_import
from cpdesk.domain.user_import.rows import ExportFile
from cpdesk.services.base import UseCases, Work, account_row, require_service
from cpdesk.services.settling import Settler
from cpdesk.store import holdings, journal, products, users
from cpdesk.store.store import Store


class ReadExport(Protocol):
    """Reads and decodes an export file."""

    def __call__(self, path: Path, encoding: str | None) -> ExportFile:
        """Raises a UserError that names file, row and column."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import does, or did."""

    plan: ImportPlan
    missing_seats: tuple[tuple[str, int], ...]
    """Part number and seats that the pool lacks (Purchase Mode); added where that was chosen."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An import that is worked out and not yet written."""

    plan: ImportPlan
    account: AccountRow
    product_ids: Mapping[str, int]
    """By GUID."""
    products: Mapping[int, Product]
    missing: Mapping[int, int]
    """Seats that the pool lacks, by product id."""

    def report(self) -> ImportReport:
        lacking = sorted((self.products[number].part_number, count) for number, count in self.missing.items())
        return ImportReport(self.plan, tuple(lacking))


class Imports(UseCases):
    """A file is read before the database is touched, planned, and written in one transaction."""

    def __init__(self, store: Store, settler: Settler, read_export: ReadExport) -> None:
        super().__init__(store, settler)
        self._read_export = read_export

    def preview(self, by: Session, account_id: int, path: Path, *, encoding: str | None = None) -> ImportReport:
        """What the import would do; nothing is changed. Raises what `run` raises, but never for missing seats."""
        file = self._read_export(path, encoding)
        with self._reading(by, account_id):
            return _prepare(account_id, file).report()

    def run(
        self,
        by: Session,
        account_id: int,
        path: Path,
        *,
        add_seats: bool = False,
        encoding: str | None = None,
        reason: str = "",
    ) -> Done[ImportReport]:
        """Import a file; in Purchase Mode the seats it lacks are bought if `add_seats` is chosen.

        Raises UserError `service_not_active`, `import_lacks_seats` (with the missing seats by product name), and
        everything that reading the file raises.
        """
        file = self._read_export(path, encoding)
        with self._changing(by, account_id, reason) as work:
            prepared = _prepare(account_id, file)
            if prepared.missing and not add_seats:
                named = {prepared.products[number].name: count for number, count in prepared.missing.items()}
                raise UserError("import_lacks_seats", file=file.name, missing=named)
            _write(work, prepared, file.name)
            return Done(prepared.report(), topics.LICENSES)


def _prepare(account_id: int, file: ExportFile) -> _Prepared:
    account = account_row(account_id)
    require_service(account)
    known = products.by_id()
    product_ids = {product.guid: number for number, product in known.items()}
    held = {item.product_id: item for item in holdings.of_account(account_id)}
    people = _known_users(account_id, known)
    held_guids = frozenset(known[number].guid for number, item in held.items() if item.seats)
    preferences = Preferences(held_guids=held_guids)
    names = ProductNames(known.values())
    plan = plan_import(file.rows, people, match_rows(file.rows, names, preferences, own_guids(file.rows, people)))
    net = {product_ids[guid]: change for guid, change in plan.net_seats.items()}
    return _Prepared(plan, account, product_ids, known, seats.missing_seats(account.mode, held, net))


def _known_users(account_id: int, known: Mapping[int, Product]) -> list[KnownUser]:
    held = users.products_by_user(account_id)
    return [
        KnownUser(user_id, UserValues(**details), frozenset(known[number].guid for number in held.get(user_id, ())))
        for user_id, details in users.all_details(account_id).items()
    ]


def _write(work: Work, prepared: _Prepared, file: str) -> None:
    changes = [change for change in prepared.plan.changes if change.outcome is not Outcome.UNCHANGED]
    if not changes:
        return
    account_id = prepared.account.id
    ids = _ids(changes)
    users.update((ids[change.row], asdict(change.values)) for change in changes if change.before is not None)
    users.insert(
        account_id,
        work.now,
        [(ids[change.row], asdict(change.values)) for change in changes if change.before is None],
    )
    book = _book(prepared, changes, ids)
    summary = journal.Entry(
        action="users.imported",
        subject=f"account {account_id}",
        account_id=account_id,
        after={"file": file} | prepared.plan.report() | {"seats_added": dict(prepared.report().missing_seats)},
        lines=tuple(book.lines),
        by=work.by,
        reason=work.reason,
    )
    journal.append(work.now, summary, *(_entry(work, account_id, change, ids[change.row]) for change in changes))


def _ids(changes: Iterable[RowChange]) -> dict[int, int]:
    """The user id of each row, new users numbered on."""
    following = users.next_id()
    ids: dict[int, int] = {}
    for change in changes:
        if change.user_id is None:
            ids[change.row] = following
            following += 1
        else:
            ids[change.row] = change.user_id
    return ids


def _book(prepared: _Prepared, changes: Iterable[RowChange], ids: Mapping[int, int]) -> Book:
    """Unassign, buy what lacks, then assign: so what one user gives back another can get."""
    book = Book(prepared.account.id, prepared.account.mode, holdings.of_account(prepared.account.id))
    listed = list(changes)
    for change in listed:
        for guid in change.unassign:
            book.unassign(prepared.product_ids[guid], ids[change.row])
    for product_id, count in sorted(prepared.missing.items()):
        book.add_seats(product_id, count, product=prepared.products[product_id].name)
    for change in listed:
        for guid in change.assign:
            product_id = prepared.product_ids[guid]
            book.assign(product_id, ids[change.row], product=prepared.products[product_id].name)
    return book


def _entry(work: Work, account_id: int, change: RowChange, user_id: int) -> journal.Entry:
    before: dict[str, Any] | None = asdict(change.before) if change.before else None
    licenses = {"assigned": list(change.assign), "unassigned": list(change.unassign)}
    return journal.Entry(
        action=f"user.{change.outcome}",
        subject=f"user {user_id}",
        account_id=account_id,
        before=before,
        after=asdict(change.values) | licenses,
        by=work.by,
        reason=work.reason,
    )

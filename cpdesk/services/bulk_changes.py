"""One change for many users or licenses, as a file or standard input names them: all of it or nothing.

What is so already is no fault of a file, unlike of a single command (rule 3): it is told as unchanged, so carrying
out the same file twice changes nothing the second time.
"""

from pathlib import Path
from typing import Protocol

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.bulk.file import BulkChange, BulkFile
from cpdesk.domain.bulk.report import BulkOptions, BulkReport, require_clean
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.undo import Undo
from cpdesk.services import bulk_licenses, bulk_users
from cpdesk.services.base import UseCases, Work, account_row
from cpdesk.services.settling import Settler
from cpdesk.store.store import Store

_AS_USUAL = BulkOptions()


class ReadBulk(Protocol):
    """Reads and decodes a file, or standard input without one."""

    def __call__(
        self, path: Path | None, change: BulkChange, encoding: str | None = None, progress: Tell | None = None
    ) -> BulkFile:
        """Raises a UserError that names file, row and column."""


class Prepared(Protocol):
    """What a file comes to, worked out in one account."""

    @property
    def report(self) -> BulkReport:
        """For people and programs."""

    def write(self, work: Work, progress: Tell | None) -> Undo | None:
        """Carry it out, with an audit entry for each user whom it changes; says how to take it back, if it can be."""


class BulkChanges(UseCases):
    """A file is read before the database is touched, and what was read is what is carried out."""

    def __init__(self, store: Store, settler: Settler, read_bulk: ReadBulk) -> None:
        super().__init__(store, settler)
        self._read_bulk = read_bulk

    def read(
        self, path: Path | None, change: BulkChange, *, encoding: str | None = None, progress: Tell | None = None
    ) -> BulkFile:
        """The rows of a file, of standard input without one. Raises what reading them raises."""
        return self._read_bulk(path, change, encoding, progress)

    def preview(self, by: Session, account_id: int, file: BulkFile, *, options: BulkOptions = _AS_USUAL) -> BulkReport:
        """What carrying out the file would do, with every problem of every row; nothing is changed.

        Raises UserError `service_not_active` where it is about licenses.
        """
        with self._reading(by, account_id) as work:
            return _prepare(work, account_row(account_id, work.now), file, options).report

    def run(
        self,
        by: Session,
        account_id: int,
        file: BulkFile,
        *,
        options: BulkOptions = _AS_USUAL,
        shown: BulkReport | None = None,
        reason: str = "",
        progress: Tell | None = None,
    ) -> Done[BulkReport]:
        """Carry out a file. `progress` is told of the users; what it raises ends the change, and nothing is changed.

        shown: the preview that the operator accepted. Raises UserError `bulk_changed` (with the new `report`) if it
        no longer holds, `file_has_problems` (with the `problems`), `file_lacks_seats` (`lacking`: products, missing
        seats, and the rows that go without), or `service_not_active` where it is about licenses.
        """
        even = Status.SUSPENDED if file.change.reduces else Status.ACTIVE
        with self._changing(by, account_id, reason, even=even) as work:
            prepared = _prepare(work, account_row(account_id, work.now), file, options)
            report = prepared.report
            if shown is not None and shown != report:
                raise UserError("bulk_changed", report=report)
            require_clean(report)
            if not report.changed:
                return Done(report, frozenset())
            undo = prepared.write(work, progress)
            return Done(report, topics.LICENSES, undo)


def _prepare(work: Work, account: AccountRow, file: BulkFile, options: BulkOptions) -> Prepared:
    match file.change:
        case BulkChange.ASSIGN | BulkChange.UNASSIGN:
            return bulk_licenses.prepare(work, account, file)
        case BulkChange.ADD:
            return bulk_users.prepare_new(account, file)
        case BulkChange.EDIT:
            return bulk_users.prepare_edits(account, file, options)
        case BulkChange.REMOVE:
            return bulk_users.prepare_removals(work, account, file, options)
        case BulkChange.RESTORE:
            return bulk_users.prepare_returns(work, account, file, options)

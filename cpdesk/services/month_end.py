"""The month-end pack: the statements of all accounts, or of some, in one action."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import documents, month_end
from cpdesk.domain import operators as roles
from cpdesk.domain.billing import Statement
from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.month_end import MonthEndFigures, MonthEndSummary
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.services import billed
from cpdesk.services.base import UseCases, Work
from cpdesk.services.documents import copies
from cpdesk.store import accounts, issued

if TYPE_CHECKING:
    from cpdesk.services.settling import Settler
    from cpdesk.store.store import Store

_BATCH: Final = 100
"""Accounts read at once: few queries, and little memory."""
_FURTHEST_AHEAD: Final = timedelta(hours=14)
"""No calendar is further ahead of that of UTC."""


class Pack(Protocol):
    """The files of a month while they are written."""

    @property
    def path(self) -> Path:
        """The folder that will hold them."""

    def add(self, document: StatementDocument) -> None:
        """Write the statement of one account."""

    def finish(self, figures: MonthEndFigures) -> tuple[Path, ...]:
        """Write the totals and put everything in its place; the files."""


OpenPack = Callable[[Path, date, datetime], AbstractContextManager[Pack]]
"""Begins a pack in a folder, for a month, at an instant (UTC); unless it is finished nothing is left of it."""


class MonthEnd(UseCases):
    """For whoever sees all accounts."""

    def __init__(self, store: "Store", settler: "Settler", open_pack: OpenPack) -> None:
        super().__init__(store, settler)
        self._open_pack = open_pack

    def prepare(
        self,
        by: Session,
        month: date,
        account_ids: Collection[int] | None = None,
        progress: Tell | None = None,
    ) -> MonthEndFigures:
        """What the pack of a month will hold; nothing is written. `account_ids`: None for all.

        Raises UserError `month_not_begun`, `unknown_account` or `not_allowed`. What `progress` raises ends it.
        """
        with self._reading(by) as work:
            wanted = _wanted(work, month, account_ids)
            company = issued.company()
            found = (
                month_end.of_document(one)
                if isinstance(one, StatementDocument)
                else month_end.of_statement(one, company)
                for one in _statements(work, month, wanted, progress)
                if one.lines
            )
            return month_end.figures(month.replace(day=1), found, len(wanted))

    def write(
        self,
        by: Session,
        month: date,
        folder: Path,
        account_ids: Collection[int] | None = None,
        progress: Tell | None = None,
    ) -> MonthEndSummary:
        """Write a PDF for each account, one workbook and one CSV into a new folder `cpdesk-2026-10` in `folder`.

        All of it or nothing: whatever ends it, `progress` included, leaves nothing behind. Raises UserError
        `month_not_begun`, `nothing_charged`, `unknown_account`, `not_allowed`, or `pack_exists` where the new folder
        is there already, KnownError `file_not_writable`, `file_folder_missing`, `folder_is_file`, `disk_full` or
        `disk_trouble`.
        """
        with self._reading(by) as work:
            wanted = _wanted(work, month, account_ids)
            with self._open_pack(folder, month, work.now) as pack:
                found = [_added(pack, one) for one in _documents(work, month, wanted, progress)]
                if not found:
                    raise UserError("nothing_charged", month=month.replace(day=1))
                figures = month_end.figures(month.replace(day=1), found, len(wanted))
                return MonthEndSummary(pack.path, figures, pack.finish(figures))


def _added(pack: Pack, document: StatementDocument) -> month_end.AccountFigures:
    pack.add(document)
    return month_end.of_document(document)


def _wanted(work: Work, month: date, account_ids: Collection[int] | None) -> list[AccountRow]:
    """The accounts that are asked for, by name."""
    roles.require_overview(work.by)
    if month.replace(day=1) > (work.now + _FURTHEST_AHEAD).date():
        raise UserError("month_not_begun", month=month.replace(day=1))
    known = {row.id: row for row in accounts.listed(work.now)}
    chosen = known.keys() if account_ids is None else account_ids
    for account_id in chosen:
        if account_id not in known:
            raise UserError("unknown_account", text=str(account_id))
    return sorted((known[account_id] for account_id in set(chosen)), key=_by_name)


def _documents(work: Work, month: date, wanted: Sequence[AccountRow], tell: Tell | None) -> Iterator[StatementDocument]:
    """What is printed for the accounts with charges."""
    company = issued.company()
    countries = {row.id: row.country for row in wanted}
    for one in _statements(work, month, wanted, tell):
        if isinstance(one, StatementDocument):
            yield one
        elif one.lines:
            yield documents.statement_document(one, company, countries[one.account_id], work.now)


def _statements(
    work: Work, month: date, wanted: Sequence[AccountRow], tell: Tell | None
) -> Iterator[Statement | StatementDocument]:
    """The statements of the accounts that have the month, as issued where they were; telling of all accounts."""
    for begin in range(0, len(wanted), _BATCH):
        ids = [row.id for row in wanted[begin : begin + _BATCH]]
        known = copies(ids, month)
        fresh = {one.account_id: one for one in billed.statements([i for i in ids if i not in known], month, work.now)}
        for place, account_id in enumerate(ids, start=begin):
            if tell is not None:
                tell(place, len(wanted))
            if account_id in known:
                yield known[account_id].document
            elif account_id in fresh:
                yield fresh[account_id]
    if tell is not None:
        tell(len(wanted), len(wanted))


def _by_name(row: AccountRow) -> tuple[str, int]:
    return row.name.casefold(), row.id

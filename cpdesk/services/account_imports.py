"""Creating many accounts at once, from a CSV file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import account_drafts, topics
from cpdesk.domain import operators as roles
from cpdesk.domain.account_drafts import Usual
from cpdesk.domain.account_file import AccountDraft, AccountFile, AccountImportReport
from cpdesk.domain.accounts import NewAccount
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services import account_writing
from cpdesk.services.base import UseCases, Work
from cpdesk.services.defaults import stored_defaults
from cpdesk.services.settling import Settler
from cpdesk.store import accounts, journal
from cpdesk.store.store import Store


class ReadAccounts(Protocol):
    """Reads and decodes a file of accounts."""

    def __call__(self, path: Path, encoding: str | None) -> AccountFile:
        """Raises a UserError that names the file."""


class AccountImports(UseCases):
    """A file is read before the database is touched; all of its accounts are created, or none."""

    def __init__(self, store: Store, settler: Settler, read_accounts: ReadAccounts) -> None:
        super().__init__(store, settler)
        self._read_accounts = read_accounts

    def preview(self, by: Session, path: Path, *, encoding: str | None = None) -> AccountImportReport:
        """What the import would create, with every problem of every row; nothing is changed.

        Raises UserError `not_allowed`, and everything that reading the file raises.
        """
        file = self._read_accounts(path, encoding)
        with self._reading(by) as work:
            roles.require_overview(work.by)
            return _report(work, file)

    def run(
        self,
        by: Session,
        path: Path,
        *,
        encoding: str | None = None,
        progress: Tell | None = None,
        reason: str = "",
    ) -> Done[AccountImportReport]:
        """Create the accounts of a file, with Microsoft 365 enabled; Purchase Mode opens with an empty pool.

        `progress` is told the accounts done; what it raises undoes everything. Raises UserError
        `accounts_file_has_problems`, `not_allowed`, and everything that reading the file raises.
        """
        file = self._read_accounts(path, encoding)
        with self._managing(by, reason) as work:
            report = _report(work, file)
            if report.problems:
                raise UserError("accounts_file_has_problems", file=file.name, count=report.problems)
            account_writing.claim(work, [draft.domain for draft in report.drafts])
            account_writing.create(work, list(_new(report)), progress)
            journal.append(work.now, _summary(work, report))
            return Done(report, topics.MODES)


def _report(work: Work, file: AccountFile) -> AccountImportReport:
    defaults = stored_defaults()
    usual = Usual(defaults.country or account_writing.USUAL_COUNTRY, defaults.currency, defaults.time_zone)
    drafts = account_drafts.drafts(file, usual)
    refusals = account_writing.refusals(work, [draft.domain for draft in drafts])
    return AccountImportReport(file.name, account_drafts.refused(file, drafts, refusals))


def _new(report: AccountImportReport) -> Iterator[NewAccount]:
    taken = accounts.all_ids()
    for draft in report.drafts:
        account_id = account_writing.new_id(taken)
        taken.add(account_id)
        yield _account(account_id, draft)


def _account(account_id: int, draft: AccountDraft) -> NewAccount:
    return NewAccount(
        id=account_id,
        name=draft.name,
        domain=draft.domain,
        country=draft.country,
        currency=draft.currency,
        time_zone=draft.time_zone,
        active=True,
        mode=draft.mode,
    )


def _summary(work: Work, report: AccountImportReport) -> journal.Entry:
    return journal.Entry(
        action="accounts.imported",
        subject="accounts",
        after={"file": report.file, "accounts": len(report.drafts)},
        by=work.by,
        reason=work.reason,
    )

"""Everything of one account in one file, to be handed to the customer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cpdesk.base.progress import Tell, told
from cpdesk.domain import document_copies
from cpdesk.domain import operators as roles
from cpdesk.domain.account_export import CONTENTS, AccountExport, ExportPart, plain
from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.services.base import UseCases
from cpdesk.services.issuing import Issuing
from cpdesk.services.licenses import Licenses
from cpdesk.services.planning import Planning
from cpdesk.services.settling import Settler
from cpdesk.services.statements import Statements
from cpdesk.store import account_exports, audits, erasing, users
from cpdesk.store.store import Store

WriteExport = Callable[[Path, Mapping[str, object], Iterator[ExportPart]], dict[str, int]]
"""Writes a file whole or not at all: where, what the manifest says of it, and its parts as they come.

Returns how many rows each part has, by its name; 1 for one that is no list.
"""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the parts are asked from."""

    accounts: Accounts
    licenses: Licenses
    statements: Statements
    issuing: Issuing
    planning: Planning


class AccountExports(UseCases):
    """For whoever may see the account, auditors included: it holds nothing else, and changes nothing."""

    def __init__(self, store: Store, settler: Settler, sources: Sources, write: WriteExport) -> None:
        super().__init__(store, settler)
        self._sources = sources
        self._write_file = write

    def write(self, by: Session, account_id: int, path: Path, progress: Tell | None = None) -> AccountExport:
        """Write the file at `path`, over one that is there; all of it is of one moment.

        `progress` is told the parts that are written; what it raises ends it, and `path` is as it was. Raises
        UserError `unknown_account`, KnownError `file_not_writable`, `file_folder_missing`, `folder_is_file`,
        `disk_full` or `disk_trouble`.
        """
        with self._reading(by, account_id) as work:
            roles.require_read(work.by, account_id)
            account = self._sources.accounts.show(by, account_id)
            facts = {"made_at": plain(work.now), "account": account.name, "domain": account.domain}
            parts = told(self._parts(by, account_id), len(CONTENTS), progress, every=1)
            return AccountExport(path, account.name, self._write_file(path, facts, parts))

    def _parts(self, by: Session, account_id: int) -> Iterator[ExportPart]:
        ask = self._sources
        yield ExportPart("account", plain(ask.accounts.company(by, account_id)))
        yield ExportPart("users", partial(_users, account_id))
        yield ExportPart("deleted_users", partial(_deleted, account_id))
        held = ask.licenses.rows(by, account_id)
        yield ExportPart("subscriptions", partial(map, plain, held))
        yield ExportPart("ledger", partial(account_exports.ledger, account_id))
        prices = ask.statements.prices_of(by, account_id)
        priced = [row for row in held if row.product_id in prices]
        costs = [{"product": row.part_number, **plain(prices[row.product_id])} for row in priced]
        yield ExportPart("prices", lambda: costs)
        # Few, but each takes its time to make.
        months, sent = list(self._statements(by, account_id)), list(self._issued(by, account_id))
        yield ExportPart("statements", lambda: months)
        yield ExportPart("issued_statements", lambda: sent)
        yield ExportPart("planned_changes", partial(_plans, ask.planning, by, account_id))
        entries = audits.listed(account_id, own_numbers=True)
        yield ExportPart("audit", partial(map, plain, entries))

    def _statements(self, by: Session, account_id: int) -> Iterator[dict[str, Any]]:
        for month in self._sources.statements.months(by, account_id):
            shown = plain(self._sources.statements.show(by, account_id, month.month))
            yield shown | {"number": month.number}

    def _issued(self, by: Session, account_id: int) -> Iterator[dict[str, Any]]:
        for row in self._sources.issuing.listed(by, account_id):
            sent = self._sources.issuing.issued(by, account_id, row.month)
            if sent is not None:
                yield {
                    "number": sent.number,
                    "issued_at": plain(sent.issued_at),
                    "document": document_copies.as_plain(sent.document),
                    "corrections": plain(sent.corrections),
                }


def _users(account_id: int) -> Iterator[dict[str, Any]]:
    rows = users.listed(account_id)
    known = users.details(account_id, [row.id for row in rows])
    return (plain(known[row.id] | {"licenses": row.licenses}) for row in rows)


def _deleted(account_id: int) -> Iterator[dict[str, Any]]:
    named = ("upn", "display_name", "object_id", "deleted_at")
    return ({name: plain(getattr(one, name)) for name in named} for one in erasing.deleted(account_id))


def _plans(planning: Planning, by: Session, account_id: int) -> Iterator[dict[str, Any]]:
    for change in planning.rows(by, account_id):
        facts = plain(change)
        facts["content"].pop("user_id", None)
        yield facts

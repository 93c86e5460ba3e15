"""The findings of `check` as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _, ngettext
from cpdesk.cli.tables import number, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cpdesk.domain.rows import Finding

_MEANINGS: Mapping[str, Callable[[], str]] = {
    "database": lambda: _("the file is damaged"),
    "foreign_code": lambda: _("what would change the database by itself, which the program did not put there"),
    "misfit": lambda: _("values of the wrong type"),
    "audit_gap": lambda: _("an audit entry is missing"),
    "audit_erased": lambda: _("an audit entry says it was erased, and no erasure vouches for what it says now"),
    "audit_hash": lambda: _("an audit entry was altered"),
    "audit_unreadable": lambda: _("an audit entry cannot be read"),
    "time_backwards": lambda: _("an entry is older than the one before it"),
    "clock_correction_altered": lambda: _("the note of a corrected clock was altered"),
    "ledger_gap": lambda: _("a ledger entry is missing"),
    "ledger_time": lambda: _("a ledger entry has another time than its audit entry"),
    "ledger_total": lambda: _("the ledger's running totals do not add up"),
    "ledger_negative": lambda: _("the ledger breaks the rule 0 <= assigned <= seats"),
    "ledger_holder": lambda: _("the ledger gives a seat twice, or takes one that was not given"),
    "ledger_seal": lambda: _("ledger entries were altered"),
    "seat_count": lambda: _("seat counts differ from the ledger"),
    "assignment": lambda: _("an assignment differs from the ledger"),
    "switch_altered": lambda: _("a mode switch was altered"),
    "switch_missing": lambda: _("a mode switch is missing"),
    "account_mode": lambda: _("the account's mode differs from its switches"),
    "account_altered": lambda: _("an account was altered"),
    "operator_altered": lambda: _("an operator was added or altered past the program"),
    "operator_missing": lambda: _("an operator is missing"),
    "account_missing": lambda: _("an account is missing"),
    "user_altered": lambda: _("a user was altered"),
    "user_missing": lambda: _("a user is missing"),
    "closed_pending": lambda: _("a closed account has a pending mode switch"),
    "closed_seats": lambda: _("a closed account holds seats"),
    "usage_idle_seats": lambda: _("seats without a user in Usage Mode"),
    "threshold_altered": lambda: _("a low-seat warning was altered"),
    "tenant_assigned": lambda: _("a tenant product is assigned to users"),
    "deleted_holder": lambda: _("a deleted user still holds a seat"),
    "index_damaged": lambda: _("the search cannot read its index"),
    "misled": lambda: _("the search finds somebody by other words than the own name"),
    "price_altered": lambda: _("a price was altered"),
    "schedule_altered": lambda: _("a price schedule was altered, or who has it"),
    "schedule_missing": lambda: _("a price schedule is missing"),
    "statement_altered": lambda: _("an issued statement was altered"),
    "statement_missing": lambda: _("an issued statement is missing"),
    "statement_gap": lambda: _("the numbers of issued statements have a gap"),
    "correction_altered": lambda: _("a correction of a statement was altered"),
    "correction_missing": lambda: _("a correction of a statement is missing"),
    "own_company_altered": lambda: _("the own company was altered"),
    "logo_altered": lambda: _("a logo on statements was altered"),
    "logo_missing": lambda: _("a logo on statements is missing"),
    "plan_altered": lambda: _("a planned change was altered"),
    "plan_missing": lambda: _("a planned change is missing"),
    "plan_in_closed_account": lambda: _("something is planned in a closed account"),
    "plan_overdue": lambda: _("due, not yet carried out"),
    "switch_overdue": lambda: _("due, not yet completed"),
}


def findings(found: Sequence[Finding]) -> Iterator[str]:
    """What is off, or that nothing is."""
    errors = sum(finding.severity == "error" for finding in found)
    if errors:
        yield ngettext("{count} error found.", "{count} errors found.", errors).format(count=number(errors))
    else:
        yield _("No errors found: the file, the ledger, the counts, the audit chain and the mode rules agree.")
    if found:
        titles = (_("Severity"), _("Where"), _("Finding"), _("Detail"))
        cells = [(_severity(one.severity), one.where, _meaning(one.code), one.detail) for one in found]
        yield from table(titles, cells)


def _severity(severity: str) -> str:
    return _("error") if severity == "error" else _("information")


def _meaning(code: str) -> str:
    return _MEANINGS[code]() if code in _MEANINGS else code

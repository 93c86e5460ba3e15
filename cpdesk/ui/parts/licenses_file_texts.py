"""Changing licenses from a file, in words. Plain Python."""

from cpdesk.base.apart import beside
from cpdesk.base.bulk_sentences import lacking_text
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import sentence
from cpdesk.base.repeating import printable
from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.bulk.report import BulkReport, RowResult
from cpdesk.ui.parts.assignment_texts import moves_text
from cpdesk.ui.parts.counted import licenses_text
from cpdesk.ui.parts.encodings import encoding_name
from cpdesk.ui.parts.money_texts import Priced
from cpdesk.ui.texts import users_text


def facts_text(report: BulkReport) -> str:
    """What a file holds and how it was read."""
    rows = ngettext("{number} row", "{number} rows", len(report.rows)).format(number=format_number(len(report.rows)))
    return beside(report.file, rows, _("read as {encoding}").format(encoding=encoding_name(report.encoding)))


def verdict_text(report: BulkReport) -> str:
    """Whether the file can be carried out, and what it changes."""
    if report.problems:
        return ngettext(
            "{number} problem. Nothing is changed while a row has one: mend the file, then read it again.",
            "{number} problems. Nothing is changed while a row has one: mend the file, then read it again.",
            len(report.problems),
        ).format(number=format_number(len(report.problems)))
    if report.lacking:
        return _(
            "The pool has too few seats. {lacking}. Add seats on the Subscriptions tab, or take these rows out."
        ).format(lacking=lacking_text(report.lacking))
    if not report.changed:
        return _("Everything is as the file has it: there is nothing to change.")
    return " ".join(filter(None, (_changes_text(report), _unchanged_text(report))))


def effect_text(report: BulkReport) -> str:
    """What becomes of seats and bill."""
    if not report.changed or report.problems or report.lacking:
        return ""
    moved = [Priced(one.count, one.unit_price) for one in report.products]
    gives = report.change is BulkChange.ASSIGN
    return moves_text(report, moved if gives else [], [] if gives else moved)


def row_text(report: BulkReport, row: RowResult) -> str:
    """What becomes of one row, or what is wrong with it."""
    gives = report.change is BulkChange.ASSIGN
    if row.problems:
        return "\n".join(
            _("{column}: {problem}").format(
                column=printable(one.column), problem=sentence(one.code, **{"file": report.file} | dict(one.params))
            )
            for one in row.problems
        )
    if row.changed:
        return _("Is assigned") if gives else _("Is removed")
    return _("Has it already") if gives else _("Does not have it")


def apply_text(report: BulkReport | None, change: BulkChange) -> str:
    """What the button says: "Assign 3 licenses"."""
    gives = change is BulkChange.ASSIGN
    if report is None or not report.changed or report.problems or report.lacking:
        return _("Assign licenses") if gives else _("Remove licenses")
    text = _("Assign {licenses}") if gives else _("Remove {licenses}")
    return text.format(licenses=licenses_text(report.changed))


def done_text(report: BulkReport) -> str:
    """What was done: "list.csv: 3 licenses assigned to 2 users."."""
    gives = report.change is BulkChange.ASSIGN
    text = _("{file}: {licenses} assigned to {users}.") if gives else _("{file}: {licenses} removed from {users}.")
    return text.format(file=report.file, licenses=licenses_text(report.changed), users=users_text(report.users))


def _changes_text(report: BulkReport) -> str:
    gives = report.change is BulkChange.ASSIGN
    text = _("{licenses} for {users} to assign.") if gives else _("{licenses} of {users} to remove.")
    return text.format(licenses=licenses_text(report.changed), users=users_text(report.users))


def _unchanged_text(report: BulkReport) -> str:
    if not report.unchanged:
        return ""
    text = ngettext("{number} row is so already.", "{number} rows are so already.", report.unchanged)
    return text.format(number=format_number(report.unchanged))

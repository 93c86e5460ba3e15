"""Commands for many users: by a file or standard input, in place of one user principal name."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from cpdesk.base.apart import beside
from cpdesk.base.billing_words import since_text
from cpdesk.base.bulk_sentences import problem_sentence
from cpdesk.base.i18n import _, ngettext
from cpdesk.cli.output import Answer
from cpdesk.cli.tables import indented, number, table
from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.bulk.report import BulkOptions, BulkReport, RowResult, require_clean
from cpdesk.domain.modes import Mode

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from cpdesk.base.errors import CodedError
    from cpdesk.cli.context import Context
    from cpdesk.domain.rows import AccountRow

STANDARD_INPUT: Final = "-"
_CHOICES: Final = ("empty_clears", "without_missing", "release")
"""Of `BulkOptions`, each an option of some of the commands."""
_LISTED: Final = 50
"""Rows that are told to a person; a program gets all."""


def run(context: Context, options: Namespace, what: str) -> Answer:
    """Carry out a file, or with `--dry-run` tell what it would do; what would be refused is refused in both cases."""
    account = context.account(options.account)
    bulk, by = context.services.bulk, context.by
    path = None if options.file == STANDARD_INPUT else Path(options.file)
    file = bulk.read(path, BulkChange(what), encoding=options.encoding)
    meant = BulkOptions(
        **{name: getattr(options, name, False) for name in ("empty_clears", "without_missing", "release")}
    )
    if options.dry_run:
        report = bulk.preview(by, account.id, file, options=meant)
        require_clean(report)
    else:
        report = bulk.run(by, account.id, file, options=meant, reason=options.reason).value
    return Answer(
        _document(account, report, dry_run=options.dry_run), partial(_lines, account, report, dry_run=options.dry_run)
    )


def details(error: CodedError) -> dict[str, object]:
    """What a program is told of a file that was refused, besides the sentence."""
    if error.code == "file_lacks_seats":
        lacking = [
            {"product": one.part_number, "name": one.name, "missing": one.missing, "rows": list(one.lacking_rows)}
            for one in _listed(error, "lacking")
        ]
        return {"lacking": lacking}
    problems = [
        {"row": one.row, "column": one.column, "code": one.code, "message": problem_sentence(one)}
        for one in _listed(error, "problems")
    ]
    return {"count": error.params["count"], "problems": problems}


def _listed(error: CodedError, name: str) -> Sequence[Any]:
    return cast("Sequence[Any]", error.params[name])


def _document(account: AccountRow, report: BulkReport, *, dry_run: bool) -> dict[str, object]:
    return {
        "account": account.name,
        "domain": account.domain,
        "file": report.file,
        "encoding": report.encoding,
        "change": str(report.change),
        "mode": str(report.mode),
        "dry_run": dry_run,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "users": report.users,
        "released": report.released,
        "products": [{"product": one.part_number, "name": one.name, "count": one.count} for one in report.products],
        "rows": [_row(report.change, row) for row in report.rows],
    }


def _row(change: BulkChange, row: RowResult) -> dict[str, object]:
    told: dict[str, object] = {"row": row.row, "upn": row.upn, "result": "changed" if row.changed else "unchanged"}
    if change.of_licenses:
        told["product"] = row.part_number
    elif change in {BulkChange.REMOVE, BulkChange.RESTORE}:
        told["licenses"] = list(row.licenses)
    if change is BulkChange.RESTORE:
        told["missing"] = list(row.missing)
    return told


def _lines(account: AccountRow, report: BulkReport, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        text = _("{file} would do this to {account} ({domain}); nothing was changed.")
    else:
        text = _("{file} is carried out in {account} ({domain}).")
    yield text.format(file=report.file, account=account.name, domain=account.domain)
    yield from indented([_changed(report), _unchanged(report)])
    if report.products:
        yield _seats(report)
        rows = [(one.name, one.part_number, one.count) for one in report.products]
        yield from indented(table((_("Product"), _("Part number"), _("Seats")), rows))
    without = [(row.row, row.upn, beside(*row.missing, between=", ")) for row in report.rows if row.missing]
    if without:
        yield _("Left out, because the pool has no seat:")
        yield from indented(table((_("Row"), _("User principal name"), _("Products")), without[:_LISTED]))


def _changed(report: BulkReport) -> str:
    count = report.changed
    text = {
        BulkChange.ADD: ngettext("{number} user added", "{number} users added", count),
        BulkChange.EDIT: ngettext("{number} user changed", "{number} users changed", count),
        BulkChange.RESTORE: ngettext("{number} user restored", "{number} users restored", count),
        BulkChange.REMOVE: ngettext("{number} user deleted", "{number} users deleted", count),
        BulkChange.ASSIGN: ngettext("{number} license assigned", "{number} licenses assigned", count),
        BulkChange.UNASSIGN: ngettext("{number} license removed", "{number} licenses removed", count),
    }[report.change]
    return text.format(number=number(count))


def _unchanged(report: BulkReport) -> str:
    text = ngettext("{number} row was so already", "{number} rows were so already", report.unchanged)
    return text.format(number=number(report.unchanged))


def _seats(report: BulkReport) -> str:
    usage = report.mode is Mode.USAGE
    if report.change in {BulkChange.ASSIGN, BulkChange.RESTORE}:
        return _("Seats that the tenant gains, billed from the day on:") if usage else _("Seats taken from the pool:")
    if usage:
        return _("Seats that leave the tenant and are no longer billed {since}:").format(
            since=since_text(report.falls_later)
        )
    if report.released:
        return _("Seats that leave the pool and are no longer billed {since}:").format(
            since=since_text(report.falls_later)
        )
    return _("Seats that go back to the pool and stay billable:")

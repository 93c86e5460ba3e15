"""What could be saved of a damaged database, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _, ngettext
from cpdesk.cli.check_texts import findings
from cpdesk.cli.tables import indented, number, table
from cpdesk.domain.salvage_words import condition_name, fate_name, item_text, summary, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cpdesk.domain.salvage import BackupChoice, Salvage, Salvaged

_ZONE = "UTC"
_MOST = 40
"""Lines of the list; all of it is for a file."""


def preview(shown: Salvage, choices: Sequence[BackupChoice], written: Path | None) -> Iterator[str]:
    """What could be saved, and what to do next."""
    yield from found(shown, choices)
    if written is not None:
        yield _("The list of what is missing is in {file}.").format(file=written)
    yield _("Nothing was changed. To put it in the place of the database: cpdesk rescue --yes")


def found(shown: Salvage, choices: Sequence[BackupChoice]) -> Iterator[str]:
    """What could be saved, what is missing, and which backups there are."""
    yield from summary(shown)
    titles = (_("Kind"), _("Read"), _("Rebuilt"), _("Missing"))
    rows = [
        (table_name(one.table), number(one.kept), number(one.rebuilt), _missing(one.missing, one.is_exact))
        for one in shown.tables
        if not one.is_whole
    ]
    if rows:
        yield from indented(table(titles, rows))
    yield from _items(shown)
    if shown.findings:
        yield from findings(shown.findings)
    yield from _backups(choices)


def done(result: Salvaged) -> Iterator[str]:
    """What was put in its place."""
    yield from summary(result.salvage)
    yield _("What could be saved is in the place of the database. The damaged file is kept: {path}").format(
        path=result.kept
    )
    yield _("The list of what is missing is in {file}.").format(file=result.report)


def _missing(count: int, is_exact: bool) -> str:
    return number(count) if is_exact else _("at least {number}").format(number=number(count))


def _items(shown: Salvage) -> Iterator[str]:
    if not shown.items:
        return
    titles = (_("Account"), _("Kind"), _("Number"), _("What became of it"), _("What is known of it"))
    rows = [
        (
            one.account,
            table_name(one.table),
            "" if one.number is None else str(one.number),
            fate_name(one.fate),
            item_text(one),
        )
        for one in shown.items[:_MOST]
    ]
    yield from indented(table(titles, rows))
    rest = len(shown.items) - _MOST
    if rest > 0:
        text = ngettext(
            "and {number} more: write all of them to a file with --output FILE.csv",
            "and {number} more: write all of them to a file with --output FILE.csv",
            rest,
        )
        yield text.format(number=number(rest))


def _backups(choices: Sequence[BackupChoice]) -> Iterator[str]:
    if not choices:
        yield _("There is no backup in the folder of the backups.")
        return
    yield _("Backups that could be restored instead, with cpdesk restore FILE:")
    titles = (_("Made"), _("Size in bytes"), _("Condition"), _("Entries written since"), _("File"))
    rows = [
        (
            formats.format_instant(one.row.made_at, _ZONE),
            number(one.row.size),
            condition_name(one.condition),
            "" if one.lacking is None else number(one.lacking),
            str(one.row.path),
        )
        for one in choices
    ]
    yield from indented(table(titles, rows))

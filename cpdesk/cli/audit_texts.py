"""Entries of the audit log as text for people; whoever needs the codes and all facts takes the JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.anchor_words import anchor_facts, chain_text, compared_text
from cpdesk.base.audit_words import action_name, subject_name
from cpdesk.base.i18n import _
from cpdesk.cli import check_texts
from cpdesk.cli.tables import table
from cpdesk.domain.anchors import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cpdesk.cli.tables import Cell
    from cpdesk.domain.anchors import Anchor, Comparison
    from cpdesk.domain.rows import AuditRow

    Names = Mapping[str, str]
    """Display names by part number."""


def entries(rows: Sequence[AuditRow], zone: str, names: Names) -> Iterator[str]:
    """Audit entries; times in `zone`. Effective times are shown where one is another than the recorded one."""
    if not rows:
        yield _("There are no entries.")
        return
    titles = [_("No."), _("Recorded"), _("Operator"), _("Account"), _("Action"), _("Subject")]
    cells = [_cells(row, zone, names) for row in rows]
    if any(map(_is_deferred, rows)):
        titles.append(_("Effective"))
        for line, row in zip(cells, rows, strict=True):
            line.append(formats.format_instant(row.effective_at, zone) if _is_deferred(row) else "")
    yield from table(titles, cells)


def anchor(made: Anchor, zone: str, path: Path | None) -> Iterator[str]:
    """An anchor to be printed and kept; where it was saved, if it was."""
    for name, value in anchor_facts(made, zone, grouped(made.hash)):
        yield f"{name}: {value}"
    if path is not None:
        yield _("Saved to {file}").format(file=path)


def comparison(result: Comparison, zone: str) -> Iterator[str]:
    """What came of comparing the log with an anchor, and what is wrong with the chain."""
    yield compared_text(result)
    if result.contains:
        yield chain_text(holds=result.holds)
    if result.findings:
        yield from check_texts.findings(result.findings)
    recorded = formats.format_instant(result.anchor.recorded_at, zone)
    yield _("Anchor: entry No. {number}, recorded {instant}.").format(
        number=formats.format_number(result.anchor.entry), instant=recorded
    )


def _is_deferred(row: AuditRow) -> bool:
    return row.effective_at != row.recorded_at


def _cells(row: AuditRow, zone: str, names: Names) -> list[Cell]:
    recorded = formats.format_instant(row.recorded_at, zone)
    subject = subject_name(row.before, row.after, row.subject, names)
    return [row.number, recorded, row.operator, row.account or "", action_name(row.action), subject]

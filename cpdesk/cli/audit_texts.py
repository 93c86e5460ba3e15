"""Entries of the audit log as text for people; whoever needs the codes and all facts takes the JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.audit_words import action_name, subject_name
from cpdesk.base.i18n import _
from cpdesk.cli.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cpdesk.cli.tables import Cell
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


def _is_deferred(row: AuditRow) -> bool:
    return row.effective_at != row.recorded_at


def _cells(row: AuditRow, zone: str, names: Names) -> list[Cell]:
    recorded = formats.format_instant(row.recorded_at, zone)
    subject = subject_name(row.before, row.after, row.subject, names)
    return [row.number, recorded, row.operator, row.account or "", action_name(row.action), subject]

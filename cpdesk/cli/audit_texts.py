"""Entries of the audit log as text for people; whoever needs the codes and all facts takes the JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _
from cpdesk.base.messages import mode_name
from cpdesk.cli.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cpdesk.cli.tables import Cell
    from cpdesk.domain.rows import AuditRow

    Names = Mapping[str, str]
    """Display names by part number."""
    Facts = Mapping[str, object]

_ACTIONS: Mapping[str, Callable[[], str]] = {
    "account.created": lambda: _("account created"),
    "clock.leapt": lambda: _("clock leapt ahead"),
    "database.set_up": lambda: _("database set up"),
    "license.assigned": lambda: _("license assigned"),
    "license.removed": lambda: _("license removed"),
    "mode.completed": lambda: _("mode change completed"),
    "mode.requested": lambda: _("mode change requested"),
    "mode.withdrawn": lambda: _("mode change withdrawn"),
    "operator.added": lambda: _("operator added"),
    "operator.password_set": lambda: _("operator's password set"),
    "operator.recovered": lambda: _("operator let in by recovery code"),
    "operator.removed": lambda: _("operator removed"),
    "seats.added": lambda: _("seats added"),
    "seats.removed": lambda: _("seats removed"),
    "service.activated": lambda: _("service activated"),
    "user.added": lambda: _("user added"),
    "user.removed": lambda: _("user deleted"),
    "user.restored": lambda: _("user restored"),
    "user.updated": lambda: _("user updated"),
    "users.imported": lambda: _("users imported"),
}

_NAMING = ("upn", "email", "file", "name")
"""Facts that name what an entry is about, the most telling one first."""


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
    return [row.number, recorded, row.operator, row.account or "", _action(row.action), _subject(row, names)]


def _action(code: str) -> str:
    return _ACTIONS[code]() if code in _ACTIONS else code


def _subject(row: AuditRow, names: Names) -> str:
    """What an entry is about by name, as far as its facts tell; else by number."""
    facts = _facts(row.before) | _facts(row.after)
    direction = _direction(_facts(facts.get("switch")))
    if direction:
        return direction
    if facts.get("service") == "microsoft_365":
        return _("Microsoft 365")
    person = next((str(facts[fact]) for fact in _NAMING if facts.get(fact)), "")
    part_number = str(facts.get("product") or "")
    named = [text for text in (person, names.get(part_number, part_number)) if text]
    return ": ".join(named) or row.subject


def _direction(switch: Facts) -> str:
    try:
        day = date.fromisoformat(str(switch["effective_on"]))
        mode = mode_name(str(switch["to_mode"]))
    except (KeyError, ValueError):
        # No switch, or one that was altered behind the program's back: `check` tells about that.
        return ""
    return _("to {mode} on {date}").format(mode=mode, date=formats.format_date(day))


def _facts(value: object) -> dict[str, object]:
    """A log that was altered may hold anything: it is shown as far as it can be."""
    return value if isinstance(value, dict) else {}

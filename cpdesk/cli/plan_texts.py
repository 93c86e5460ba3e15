"""Planned changes as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats, planning_words
from cpdesk.base.i18n import _
from cpdesk.cli.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cpdesk.domain.planned import PlannedChange

    Names = Mapping[str, str]
    """Display names by part number."""


def changes(rows: Sequence[PlannedChange], names: Names) -> Iterator[str]:
    """Planned changes with what came of them."""
    if not rows:
        yield _("Nothing is planned.")
        return
    titles = (_("Account"), _("Number"), _("Date"), _("What"), _("State"), _("Planned by"))
    yield from table(titles, [_cells(row, names) for row in rows])
    for row in rows:
        for text in planning_words.left_texts(one.as_plain() for one in row.outcome.left):
            yield _("{account}, {number}: {text}").format(account=row.account, number=row.number, text=text)


def _cells(row: PlannedChange, names: Names) -> list[str | int]:
    day = formats.format_date(row.due_on)
    state = planning_words.state_name(row.state)
    return [row.account, str(row.number), day, _what(row, names), state, row.planned_by]


def change(row: PlannedChange, names: Names) -> Iterator[str]:
    """One planned change, with all that is known of it."""
    yield _("{account} ({domain}), planned change {number}: {what} on {date}; {state}.").format(
        account=row.account,
        domain=row.domain,
        number=row.number,
        what=_what(row, names),
        date=formats.format_date(row.due_on),
        state=planning_words.state_name(row.state),
    )
    if row.waits:
        yield planning_words.details(row.kind, row.content.as_plain(), names)
        yield _("Due {instant}; it is checked again then. Until then: cpdesk plan withdraw {account} {number}").format(
            instant=formats.format_instant(row.due_at, row.time_zone), account=row.account_id, number=row.number
        )
    yield from came_of_it(row, names)


def ended(row: PlannedChange, names: Names) -> str:
    """One sentence or more for a planned change that has just been carried out or skipped."""
    first = _("{account} ({domain}): {what} on {date}: {state}.").format(
        account=row.account,
        domain=row.domain,
        what=_what(row, names),
        date=formats.format_date(row.due_on),
        state=planning_words.state_name(row.state),
    )
    return " ".join((first, *came_of_it(row, names)))


def came_of_it(row: PlannedChange, names: Names) -> Iterator[str]:
    """What was done, what was left undone and why, how late."""
    outcome = row.outcome.as_plain()
    yield from planning_words.done_texts(row.kind, outcome, names)
    yield from planning_words.left_texts(outcome.get("left", ()))
    if late := planning_words.late_text(row.late):
        yield late


def _what(row: PlannedChange, names: Names) -> str:
    return planning_words.what(row.kind, row.content.as_plain(), names)

"""The columns of the License Assignment."""

from PySide6.QtCore import Qt

from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.ui.parts.assignment import AssignmentRow, Ticked
from cpdesk.ui.parts.assignment_texts import (
    available_column_text,
    available_look,
    held_column_text,
    replaced_text,
    seats_column_text,
)
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column

_STATES = {
    Ticked.NONE: Qt.CheckState.Unchecked,
    Ticked.SOME: Qt.CheckState.PartiallyChecked,
    Ticked.ALL: Qt.CheckState.Checked,
}


def assignment_columns(mode: Mode, users: int) -> tuple[Column[AssignmentRow], ...]:
    """Product with its box, how many of several users have it, and the seats that go with the mode."""
    product = Column[AssignmentRow](
        "product",
        lambda: _("Product"),
        lambda row: row.line.name,
        check=lambda row: _STATES[row.ticked],
        badge=_replaced,
        stretch=1,
        min_width=200,
    )
    held = Column[AssignmentRow](
        "held", lambda: _("Assigned to"), lambda row: row.line.held, held_column_text, Align.END, min_width=96
    )
    return (product, *((held,) if users > 1 else ()), _seats() if mode is Mode.USAGE else _available())


def _seats() -> Column[AssignmentRow]:
    return Column("seats", lambda: _("Seats"), lambda row: row.line.seats, seats_column_text, Align.END, min_width=112)


def _available() -> Column[AssignmentRow]:
    return Column(
        "available",
        lambda: _("Available"),
        lambda row: row.line.available,
        available_column_text,
        Align.END,
        chip=lambda row: ChipLook(available_look(row), Tone.PENDING) if available_look(row) else None,
        min_width=112,
    )


def _replaced(row: AssignmentRow) -> ChipLook | None:
    text = replaced_text(row)
    return ChipLook(text, Tone.ACCENT) if text else None

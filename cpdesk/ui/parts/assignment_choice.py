"""The first step of a License Assignment: a box for each product, and what the pool has for what is ticked."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.base.limit_words import beyond_text
from cpdesk.domain.modes import Mode
from cpdesk.domain.seat_limits import BeyondLimit, SeatLimit
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow
from cpdesk.ui.parts.assignment_columns import assignment_columns
from cpdesk.ui.parts.assignment_texts import add_seats_text, as_far_text, lacking_text, without_text
from cpdesk.ui.parts.product_picker import search_hint
from cpdesk.ui.parts.replace_line import ReplaceLine
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.check_table import CheckTable
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.layout import clear
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField


class AssignmentChoice(QWidget):
    """Shows an assignment; each tick makes another one, which `changed` carries."""

    changed = Signal(object)
    """The `Assignment` with what was ticked."""
    seats_asked = Signal(object)
    """The `AssignmentRow` for which the pool is to get seats."""
    resized = Signal()
    """It takes more room now, or less."""

    def __init__(self, mode: Mode, users: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.assignment: Assignment | None = None
        self._users = users
        self._limits: Sequence[SeatLimit] = ()
        self.search = SearchField(search_hint())
        self.products: CheckTable[AssignmentRow] = CheckTable(
            assignment_columns(mode, users), _guid_of, empty=EmptyState(*_when_empty(mode))
        )
        self.replace = ReplaceLine()
        self.scarce = QVBoxLayout()
        self.as_far = CheckBox(as_far_text())
        self._build()
        self._wire()

    def show_assignment(self, assignment: Assignment, limits: Sequence[SeatLimit]) -> None:
        """Show what is ticked, on a sheet that may be another one."""
        anew = self.assignment is None or self.assignment.sheet is not assignment.sheet
        self.assignment, self._limits = assignment, limits
        self.products.set_rows(assignment.rows)
        if anew:
            self.replace.show_assignment(assignment)
        self._show_scarce(assignment)

    def _build(self) -> None:
        self.products.setAccessibleName(_("Products"))
        self.search.setMaximumWidth(self.products.maximumWidth())
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.scarce.setSpacing(spacing.S)
        self.as_far.hide()
        self.replace.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self.search, self.products, self.replace):
            column.addWidget(part)
        column.addLayout(self.scarce)
        column.addWidget(self.as_far)

    def _wire(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.went_down.connect(self._on_went_down)
        self.products.toggled.connect(self._on_toggled)
        self.replace.chosen.connect(self._on_replaced)
        self.replace.unfolded.connect(self.resized)
        self.as_far.clicked.connect(self._on_as_far)

    def _show_scarce(self, assignment: Assignment) -> None:
        clear(self.scarce)
        for row in assignment.lacking:
            offer = Action(add_seats_text(row, assignment.sheet.currency), partial(self.seats_asked.emit, row))
            self._say(lacking_text(row), offer)
        if assignment.without:
            self._say(without_text(assignment.without))
        for beyond in assignment.beyond(self._limits):
            self._say(beyond_text(beyond))
        self.as_far.setVisible(self._users > 1 and (bool(assignment.lacking) or assignment.as_far_as_seats_go))
        self.as_far.setChecked(assignment.as_far_as_seats_go)

    def _say(self, text: str, *offers: Action) -> None:
        notice = Notice(Kind.PENDING, text, actions=offers)
        self.scarce.addWidget(notice)
        notice.show()  # otherwise it takes no room before the next round of events

    def _on_searched(self, needle: str) -> None:
        self.products.set_predicate(partial(_matches, needle))

    def _on_went_down(self) -> None:
        if self.products.rows.rowCount():
            self.products.selectRow(max(self.products.currentIndex().row(), 0))
            self.products.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_toggled(self, row: AssignmentRow) -> None:
        if self.assignment is not None:
            self.changed.emit(self.assignment.toggled(row.line.guid))

    def _on_replaced(self, old: str, new: str) -> None:
        if self.assignment is not None:
            self.changed.emit(self.assignment.replacing(old, new))

    def _on_as_far(self, ticked: bool) -> None:
        if self.assignment is not None:
            self.changed.emit(self.assignment.going(as_far_as_seats_go=ticked))


def show_beyond(limits: Sequence[BeyondLimit]) -> tuple[Notice, ...]:
    """A warning for each limit that is gone beyond."""
    return tuple(Notice(Kind.PENDING, beyond_text(limit)) for limit in limits)


def _when_empty(mode: Mode) -> tuple[str, str]:
    if mode is Mode.USAGE:
        return _("No products yet"), _("The catalogue has no product that can be assigned to users.")
    return _("No seats in the pool yet"), _("Add seats on the Subscriptions tab of the Microsoft 365 services.")


def _guid_of(row: AssignmentRow) -> str:
    return row.line.guid


def _matches(needle: str, row: AssignmentRow) -> bool:
    return row.matches(needle)

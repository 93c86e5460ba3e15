"""The line over the Customer List: a search, and chips that filter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.customers.filter_chip import FilterChip
from cpdesk.ui.pages.customers.narrowing import Narrowing, words_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.chips import ChipLook, mode_look, pending_look, status_look
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.search import SearchField

_MOST_OF_IT = 100
"""The share of the search field in the spare width of its line, up to its own limit."""


class NarrowingBar(QWidget):
    """Holds what the list is narrowed to."""

    narrowed = Signal()
    """`narrowing` may be another one now."""
    entered = Signal()
    """Enter was pressed in the search."""
    went_down = Signal()
    """The arrow key leads from the search into the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(at_once=True)
        self._modes = {mode: FilterChip(mode_look(mode)) for mode in Mode}
        self._pending = FilterChip(pending_look(""))
        self._statuses = {status: FilterChip(look) for status in Status if (look := status_look(status))}
        self._chips = hbox(*self._all_chips, None, space=spacing.S)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(spacing.M)
        self._line.addWidget(self.search, _MOST_OF_IT)
        self._line.addLayout(self._chips)
        self._wire()

    @property
    def narrowing(self) -> Narrowing:
        """What is typed and chosen now."""
        modes = frozenset(mode for mode, chip in self._modes.items() if chip.isChecked())
        statuses = frozenset(status for status, chip in self._statuses.items() if chip.isChecked())
        return Narrowing(words_of(self.search.text()), modes, self._pending.isChecked(), statuses)

    def set_accounts(self, accounts: Sequence[AccountRow]) -> None:
        """Count at each chip, in the language in use."""
        self.search.set_placeholder(_("Search name or domain"))
        modes = Counter(row.mode for row in accounts if row.status is not Status.CLOSED)
        for mode, chip in self._modes.items():
            chip.set_look(_counted(mode_look(mode), modes[mode]))
        pending = sum(row.pending is not None for row in accounts)
        self._pending.set_look(_counted(pending_look(_("Pending")), pending))
        self._count_statuses(Counter(row.status for row in accounts))
        self._arrange()

    def clear(self) -> None:
        """Show everything again."""
        self.show_only(None)
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.narrowed.emit()

    def show_only(self, status: Status | None) -> None:
        """Choose the filter of a status and no other; None: no filter at all."""
        for chip in self._all_chips:
            chip.setChecked(False)
        if status is not None:
            self._statuses[status].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.search or not _is_press_of(event, Qt.Key.Key_Down):
            return super().eventFilter(watched, event)
        self.went_down.emit()
        return True

    @property
    def _all_chips(self) -> tuple[FilterChip, ...]:
        return (*self._modes.values(), self._pending, *self._statuses.values())

    def _wire(self) -> None:
        self.search.installEventFilter(self)
        self.search.searched.connect(self._on_narrowed)
        self.search.returnPressed.connect(self.entered)
        for chip in self._all_chips:
            chip.toggled.connect(self._on_narrowed)

    def _count_statuses(self, numbers: Counter[Status]) -> None:
        """Most lists have neither suspended nor closed accounts: then there is nothing to filter by."""
        for status, chip in self._statuses.items():
            look = status_look(status)
            assert look is not None
            chip.set_look(_counted(look, numbers[status]))
            chip.setVisible(numbers[status] > 0 or chip.isChecked())

    def _arrange(self) -> None:
        """The chips stand beside the search, under it where they would be cut."""
        needed = self.search.minimumWidth() + self._line.spacing() + self._chips.sizeHint().width()
        beside = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(direction)

    def _on_narrowed(self) -> None:
        self._arrange()
        self.narrowed.emit()


def _counted(look: ChipLook, number: int) -> ChipLook:
    return replace(look, text=f"{look.text} {format_number(number)}")


def _is_press_of(event: QEvent, key: Qt.Key) -> bool:
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == key

"""The line over the Customer List: a search, and chips that filter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.customers.filter_chip import FilterChip
from cpdesk.ui.pages.customers.narrowing import Narrowing, words_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.chips import ChipLook, Mark, Tone, mode_look, mode_name, pending_look
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
        self.search = SearchField()
        self._modes = {mode: FilterChip(mode_look(mode)) for mode in Mode}
        self._pending = FilterChip(pending_look(""))
        self._chips = hbox(*self._modes.values(), self._pending, None, space=spacing.S)
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
        return Narrowing(words_of(self.search.text()), modes, self._pending.isChecked())

    def set_accounts(self, accounts: Sequence[AccountRow]) -> None:
        """Count at each chip, in the language in use."""
        self.search.set_placeholder(_("Search name or domain"))
        for mode, chip in self._modes.items():
            look = mode_look(mode)
            chip.set_look(_counted(mode_name(mode), sum(row.mode is mode for row in accounts), look.tone, look.mark))
        pending = sum(row.pending is not None for row in accounts)
        self._pending.set_look(_counted(_("Pending"), pending, Tone.PENDING, Mark.CLOCK))

    def clear(self) -> None:
        """Show everything again."""
        for chip in (*self._modes.values(), self._pending):
            chip.setChecked(False)
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.narrowed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.search or not _is_press_of(event, Qt.Key.Key_Down):
            return super().eventFilter(watched, event)
        self.went_down.emit()
        return True

    def _wire(self) -> None:
        self.search.installEventFilter(self)
        self.search.searched.connect(self._on_narrowed)
        self.search.returnPressed.connect(self.entered)
        for chip in (*self._modes.values(), self._pending):
            chip.toggled.connect(self._on_narrowed)

    def _arrange(self) -> None:
        """The chips stand beside the search, under it where they would be cut."""
        needed = self.search.minimumWidth() + self._line.spacing() + self._chips.sizeHint().width()
        beside = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(direction)

    def _on_narrowed(self) -> None:
        self._arrange()
        self.narrowed.emit()


def _counted(what: str, number: int, tone: Tone, mark: Mark) -> ChipLook:
    return ChipLook(f"{what} {format_number(number)}", tone, mark)


def _is_press_of(event: QEvent, key: Qt.Key) -> bool:
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == key

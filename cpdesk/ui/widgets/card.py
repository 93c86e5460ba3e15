"""Cards, for what belongs together."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox

_NARROWEST = 200


class Card(QFrame):
    """A surface with an optional title; fill `body`, put actions beside the title with `add_action`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.title = Label(title, TextRole.SECTION)
        self.header: QHBoxLayout = hbox(self.title, None)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(spacing.L, spacing.L - 4, spacing.L, spacing.L - 4)
        self.body.setSpacing(spacing.S + spacing.XS)
        self.body.addLayout(self.header)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Show another title, or none."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.setAccessibleName(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a widget at the end of the title's line."""
        self.header.addWidget(widget)


def card_around(widget: QWidget) -> Card:
    """A card that is all one thing, with as much air on each side."""
    card = Card()
    card.body.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
    card.body.addWidget(widget)
    return card


class KeyFigure(Card):
    """One number that matters, what it is, and a note."""

    def __init__(self, label: str = "", figure: str = "", note: str = "") -> None:
        super().__init__()
        self._label = Label(role=TextRole.CAPTION, wrap=True)
        self._figure = Label(role=TextRole.FIGURE, selectable=True)
        self._note = Label(role=TextRole.CAPTION, wrap=True)
        self.body.setSpacing(2)
        for part in (self._label, self._figure, self._note):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.set(label, figure, note)

    def set(self, label: str, figure: str, note: str = "") -> None:
        """Show a number; the whole is read aloud as one."""
        self._label.setText(label)
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(": ".join(part for part in (label, figure) if part))
        self.setAccessibleDescription(note)


class CardRow(QWidget):
    """Cards of equal width side by side; they wrap when there is no room."""

    def __init__(self, *cards: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing.M)
        self._arrange(len(cards))

    def minimumSizeHint(self) -> QSize:
        widest = max((card.minimumSizeHint().width() for card in self._cards), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() // theme.current().fonts.scaled(_NARROWEST)
        self._arrange(max(1, min(room, len(self._cards))))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

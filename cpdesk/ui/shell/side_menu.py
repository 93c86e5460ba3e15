"""The menu at the side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.shell.menu_button import MenuButton
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import ElidedLabel, Label
from cpdesk.ui.widgets.layout import clear
from cpdesk.ui.widgets.surfaces import surface

_WIDE = 224
_WIDEST = 288
_BRAND = "cpdesk"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry, in the language in use."""

    key: str
    text: str
    icon: str
    section: str = ""
    """Caption over the group it begins; the same as that of the entry before it: none."""


class SideMenu(QFrame):
    """Entries in groups. Folds to icons; arrow keys move in it."""

    chosen = Signal(str)
    """The key of the entry that was pressed."""
    left_account = Signal()
    """"Return to Customer List" was pressed."""
    fold_asked = Signal()
    """The person wants it folded, or unfolded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "menu")
        self.folded = False
        self._buttons: dict[str, MenuButton] = {}
        self._badges: dict[str, str] = {}
        self._captions: list[QWidget] = []
        self._shown: tuple[MenuEntry, ...] = ()
        self._current = ""
        self._brand = Label(_BRAND, TextRole.BRAND)
        self._back = MenuButton("", "back")
        self._toggle = MenuButton("", "fold")
        self._entries = QVBoxLayout()
        self._build()
        self._back.clicked.connect(self.left_account)
        self._toggle.clicked.connect(self.fold_asked)

    def set_entries(self, entries: Sequence[MenuEntry], *, in_account: bool) -> None:
        """Show these entries; inside an account with the way out on top."""
        self._back.setVisible(in_account)
        if tuple(entries) == self._shown:
            return
        self._shown = tuple(entries)
        clear(self._entries)
        self._buttons, self._captions = {}, []
        section = ""
        for entry in entries:
            if entry.section != section:
                section = entry.section
                self._add_caption(section)
            self._add_entry(entry)
        self._entries.addStretch(1)
        self._set_tab_order()
        self._apply_fold()
        self.set_current(self._current)

    def set_current(self, key: str) -> None:
        """Light the entry of the page that is shown."""
        self._current = key
        for name, button in self._buttons.items():
            button.set_lit(lit=name == key)

    def set_badge(self, key: str, badge: str) -> None:
        """Show a count at an entry; "" for none. Kept while the entry is not there."""
        self._badges[key] = badge
        if key in self._buttons:
            self._buttons[key].set_badge(badge)

    def set_folded(self, *, folded: bool) -> None:
        """Show icons only, or everything."""
        self.folded = folded
        self._apply_fold()

    def button(self, key: str) -> MenuButton | None:
        """The button of an entry."""
        return self._buttons.get(key)

    def retranslate(self) -> None:
        """The menu's own texts."""
        self.setAccessibleName(_("Main menu"))
        self._back.set_text(_("Return to Customer List"))
        self._toggle.set_text(_("Unfold the menu") if self.folded else _("Fold the menu"))

    def sizeHint(self) -> QSize:
        scaled = theme.current().fonts.scaled
        widest = max(button.sizeHint().width() for button in self._all_buttons())
        margins = self.contentsMargins().left() + self.contentsMargins().right() + 2 * spacing.S + 1
        wide = min(max(widest + margins, scaled(_WIDE)), scaled(_WIDEST))
        return QSize(widest + margins if self.folded else wide, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_entries"):
            self._set_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._move_focus(step):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        from PySide6.QtGui import QColor, QPainter

        edge = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 1
        painter = QPainter(self)
        painter.setPen(QColor(theme.current().tokens.line))
        painter.drawLine(edge, 0, edge, self.height())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(spacing.S, spacing.M, spacing.S + 1, spacing.S)
        column.setSpacing(0)
        self._brand.setContentsMargins(spacing.M - 4, 0, 0, spacing.S)
        column.addWidget(self._brand)
        column.addSpacing(spacing.XS)
        column.addWidget(self._back)
        column.addWidget(self._scrolling(), 1)
        column.addWidget(self._toggle)
        self.retranslate()
        self._apply_fold()

    def _scrolling(self) -> QScrollArea:
        inner = surface("clear")
        inner.setLayout(self._entries)
        self._entries.setContentsMargins(0, 0, 0, 0)
        self._entries.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def _add_caption(self, text: str) -> None:
        caption = ElidedLabel(text, TextRole.EYEBROW)
        # In the font, not in the text: a screen reader would spell capitals.
        capitals = caption.font()
        capitals.setCapitalization(QFont.Capitalization.AllUppercase)
        caption.setFont(capitals)
        caption.setContentsMargins(0, 0, 0, 0)
        row = QWidget()
        box = QVBoxLayout(row)
        box.setContentsMargins(spacing.M - 4, spacing.M + 2, spacing.S, spacing.S)
        box.addWidget(caption)
        self._captions.append(row)
        self._entries.addWidget(row)

    def _add_entry(self, entry: MenuEntry) -> None:
        button = MenuButton(entry.text, entry.icon)
        button.setProperty("key", entry.key)
        button.set_badge(self._badges.get(entry.key, ""))
        button.clicked.connect(self._on_clicked)
        self._buttons[entry.key] = button
        self._entries.addWidget(button)

    def _set_tab_order(self) -> None:
        """New entries come last in the whole window otherwise."""
        for before, after in pairwise(self._all_buttons()):
            QWidget.setTabOrder(before, after)

    def _apply_fold(self) -> None:
        for button in self._all_buttons():
            button.set_folded(folded=self.folded)
        for caption in self._captions:
            caption.setVisible(not self.folded)
        self._brand.setText(_BRAND[:2] if self.folded else _BRAND)
        self._set_width()
        self.retranslate()

    def _set_width(self) -> None:
        self.setFixedWidth(self.sizeHint().width())

    def _all_buttons(self) -> Iterator[MenuButton]:
        yield self._back
        yield from self._buttons.values()
        yield self._toggle

    def _move_focus(self, step: int) -> bool:
        shown = [button for button in self._all_buttons() if not button.isHidden()]
        places = [place for place, button in enumerate(shown) if button.hasFocus()]
        target = places[0] + step if places else -1
        if not 0 <= target < len(shown):
            return False
        shown[target].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _on_clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("key")))

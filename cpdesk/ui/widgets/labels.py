"""Texts by role, and icons that stand beside them."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from cpdesk.base.apart import apart, steady
from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.theme import icons
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.bidi import isolated
from cpdesk.ui.widgets.layout import restyle
from cpdesk.ui.widgets.tips import set_tip

_BREAK = "\u200b"
_LONG_WORD = re.compile(r"[^\s\u200b/\\]{60}(?=[^\s\u200b/\\])")
"""So many letters are no word of any language. Where nothing may be broken, a label is as wide as all of them."""
_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute


@dataclass(frozen=True, slots=True)
class Bold:
    """A run of semibold text in a `Label`."""

    text: str


class Label(QLabel):
    """A text in one of the roles of the type scale. Never reads markup out of what it shows."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("text_role", role.value)
        if wrap:
            # As wide as there is room for: the hint of a wrapping label is a guess at a nice shape.
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._at_end = False
        self._said = ""
        self._lean()
        if role in {TextRole.FIGURE, TextRole.CODE}:
            self.setFont(theme.current().fonts.font(role, tabular=True))
        self.setText(text)

    def setText(self, text: str, /) -> None:  # noqa: N802 - Qt's spelling
        """Show a text. A wrapping label breaks even a name that has no place to break at: it never grows wide by it."""
        self._said = steady(text)
        breaks = self.wordWrap() and self.textFormat() == Qt.TextFormat.PlainText
        super().setText(_breakable(self._said) if breaks else self._said)

    def text(self) -> str:
        """What was given to be shown, without the places to break at that only the screen needs."""
        return self._said

    def set_role(self, role: TextRole) -> None:
        """Change what the text is."""
        restyle(self, "text_role", role.value)

    def stand_at_end(self) -> None:
        """Stand at the end of the line, as figures do: right, or left where one reads from the right."""
        self._at_end = True
        self._lean()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange and self.alignment() & _ABSOLUTE:
            self._lean()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy"), self.copy).setEnabled(self.hasSelectedText())
        menu.popup(event.globalPos())

    def copy(self) -> None:
        """Put what is selected on the clipboard, without the places to break at that only the screen needs."""
        QGuiApplication.clipboard().setText(self.selectedText().replace(_BREAK, ""))

    def _lean(self) -> None:
        """Follow the direction of the window: by itself Qt goes by the letters, and names are often Latin."""
        right = (self.layoutDirection() == Qt.LayoutDirection.RightToLeft) is not self._at_end
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | _ABSOLUTE)

    def set_runs(self, *runs: str | Bold) -> None:
        """Show several runs, some semibold; read aloud as one plain text."""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText("".join(_markup(run) for run in runs))
        self.setAccessibleName("".join(map(_plain, runs)))

    def set_plain(self, text: str) -> None:
        """Show one plain text, also after runs."""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName("")
        self.setText(text)


class ElidedLabel(Label):
    """One line that gives way when room is short, ending in an ellipsis; a tooltip has it all."""

    def __init__(self, text: str = "", role: TextRole = TextRole.BODY, parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().windowText().color())
        shown_so = isolated(shown, rtl=self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown_so)
        set_tip(self, self.text() if shown != self.text() else "")


class IconLabel(QWidget):
    """An icon beside a text; says nothing of its own to a screen reader."""

    def __init__(self, name: str, tone: str = "soft", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().fonts.scaled(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme.current().colour(self._tone)
        drawing = icons.pixmap(self._name, colour, self.sizeHint(), self.devicePixelRatioF())
        painter.drawPixmap(QPoint(), drawing)


def _breakable(text: str) -> str:
    return _LONG_WORD.sub(rf"\g<0>{_BREAK}", text)


def _plain(run: str | Bold) -> str:
    return apart(run.text if isinstance(run, Bold) else run)


def _markup(run: str | Bold) -> str:
    from html import escape

    text = escape(_breakable(_plain(run)))
    return f'<span style="font-weight: 600">{text}</span>' if isinstance(run, Bold) else text

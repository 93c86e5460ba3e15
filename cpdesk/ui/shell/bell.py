"""The alerts bell on the top bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.ui import theme
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.menu_button import MenuButton

_LISTED = 8
"""More alerts than these are counted; a report has them all."""
_MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that needs somebody."""

    text: str
    open: Callable[[], object]
    """Leads to where it is mended."""


class Bell(MenuButton):
    """How many alerts there are, as a number beside it; opened, what they are, each leading to where it is mended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "bell", parent)
        self._alerts: Sequence[Alert] = ()
        self._all: Callable[[], object] | None = None
        self.retranslate()

    @property
    def number(self) -> int:
        """How many alerts there are."""
        return len(self._alerts)

    def show_alerts(self, alerts: Sequence[Alert], show_all: Callable[[], object]) -> None:
        """Tell of these; `show_all` opens the list of all."""
        self._alerts, self._all = alerts, show_all
        self.retranslate()

    def retranslate(self) -> None:
        """Its name and its menu in the language in use."""
        self.rename(self._name())
        self.pop_up.clear()
        for alert in self._alerts[:_LISTED]:
            self.pop_up.addAction(alert.text.replace("&", "&&"), partial(alert.open))
        if not self._alerts:
            nothing = self.pop_up.addAction(_("No alerts: no pool runs short of seats."))
            nothing.setEnabled(False)
        elif self._all is not None:
            self.pop_up.addSeparator()
            self.pop_up.addAction(_("Show all in Reports"), partial(self._all))
        self.updateGeometry()
        self.update()

    def _name(self) -> str:
        number = len(self._alerts)
        if not number:
            # Said without figures: the start of the window need not wait for what formats them.
            return _("No alerts")
        return ngettext("Alerts: {number}", "Alerts: {number}", number).format(number=format_number(number))

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + self._number_width(), size.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        text = self._shown()
        if not text:
            return
        looks, rect = theme.current(), self._place()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(looks.tokens.pending_tint))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(QColor(looks.tokens.pending))
        painter.setFont(looks.fonts.font(TextRole.CHIP))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _place(self) -> QRect:
        width, height = self._number_width(), theme.current().fonts.scaled(18)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return QRect(0 if rtl else self.width() - width, (self.height() - height) // 2, width, height)

    def _shown(self) -> str:
        number = len(self._alerts)
        if number > _MOST_SHOWN:
            return f"{format_number(_MOST_SHOWN)}+"
        return format_number(number) if number else ""

    def _number_width(self) -> int:
        text = self._shown()
        return self.fontMetrics().horizontalAdvance(text) + theme.current().fonts.scaled(14) if text else 0

"""The banner of the demo: what it is, what its clock says, and what can be done with it."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton

from cpdesk.base.clock import Clock
from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role, Session
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.labels import Bold, IconLabel, Label
from cpdesk.ui.widgets.layout import hbox

_TICK_MS = 5000
_TEXT_SHARE = 0.4
"""Of the width: where less than this would be left for the text, the buttons go under it."""


class DemoBanner(QFrame):
    """Across the window for as long as the demo runs."""

    next_day_asked = Signal()
    next_month_asked = Signal()
    tour_asked = Signal()
    role_asked = Signal(Role)
    """Somebody wants to be signed in as an operator of this role."""

    def __init__(self, clock: Clock, time_zone: str, password: str) -> None:
        """`time_zone` is the zone in which the clock's time is shown, `password` that of every operator."""
        super().__init__()
        self._password = password
        self._clock = clock
        self._time_zone = time_zone
        self._text = Label(wrap=True)
        self.next_day = secondary()
        self.next_month = secondary()
        self.tour = secondary()
        self._logins = {role: secondary() for role in (Role.RESELLER, Role.CUSTOMER, Role.AUDITOR)}
        self._buttons = (self.next_day, self.next_month, self.tour, *self._logins.values())
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._build()
        self._wire()
        self.retranslate()
        self._offer(())

    @property
    def text(self) -> str:
        """What it says, as one plain text."""
        return self._text.accessibleName()

    def set_signed_in(self, session: Session) -> None:
        """Offer what can be done with the demo; the tour makes a change at the level of the reseller."""
        tour = (self.tour,) if session.role is Role.RESELLER else ()
        self._offer((self.next_day, self.next_month, *tour))

    def set_signed_out(self) -> None:
        """Offer to sign in: the passwords of the demo are nobody's secret."""
        self._offer(tuple(self._logins.values()))

    def tick(self) -> None:
        """Say what the clock says now."""
        now = format_instant(self._clock.now(), self._time_zone)
        said = _("Its clock says {now}.").format(now=now)
        if not self.text.endswith(said):
            self._text.set_runs(Bold(_("Demo: sample data.")), " ", password_text(self._password), " ", said)

    def retranslate(self) -> None:
        """All texts again."""
        self.setAccessibleName(_("Demo"))
        self._text.setAccessibleName("")
        self.tick()
        self.next_day.setText(_("Next day"))
        self.next_month.setText(_("First of next month"))
        self.tour.setText(_("Start tour"))
        self._logins[Role.RESELLER].setText(_("Log in as reseller administrator"))
        self._logins[Role.CUSTOMER].setText(_("Log in as customer administrator"))
        self._logins[Role.AUDITOR].setText(_("Log in as auditor"))
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_row"):
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self.setProperty("notice", "info")
        self.setProperty("flush", "true")
        text = hbox(IconLabel("info", "accent"), self._text, space=spacing.S + spacing.XS)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(spacing.M, spacing.S, spacing.M, spacing.S)
        self._row.setSpacing(spacing.S)
        self._row.addLayout(text, 1)
        self._row.addLayout(hbox(None, *self._buttons, space=spacing.S))

    def _wire(self) -> None:
        self.next_day.clicked.connect(self.next_day_asked)
        self.next_month.clicked.connect(self.next_month_asked)
        self.tour.clicked.connect(self.tour_asked)
        for role, login in self._logins.items():
            login.clicked.connect(partial(self.role_asked.emit, role))
        self._ticking.timeout.connect(self.tick)
        self._ticking.start()

    def _offer(self, offered: Collection[QPushButton]) -> None:
        for button in self._buttons:
            button.setVisible(button in offered)
        self._arrange()

    def _arrange(self) -> None:
        """Beside the text, or under it where that would leave it too little room."""
        taken = sum(button.sizeHint().width() + spacing.S for button in self._buttons if not button.isHidden())
        beside = self.width() - taken >= self.width() * _TEXT_SHARE
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)


def password_text(password: str) -> str:
    """By what everybody of the demo signs in."""
    return _("Every password is “{password}”.").format(password=password)

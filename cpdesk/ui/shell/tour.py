"""A short guided tour: a callout beside the real thing, which waits for the person or does it for them."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QPushButton

from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.ui.shell.tour_callout import Callout, Frame
from cpdesk.ui.shell.tour_steps import STEPS, Sight, Spot, current_step
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.layout import text_of
from cpdesk.ui.widgets.speech import announce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpdesk.domain.rows import AccountRow
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.ui.shell.window import Window

_LOOK_MS = 150
"""How often the tour looks where the person is: no page knows of it, so none tells."""
_SURE_AFTER = 4
"""Looks until a step back is believed: a page that has just changed its mind may be on its way."""

_LEADING = 8


class Tour(QObject):
    """Leads through the switch of one account, from Purchase Mode to Usage Mode. Start it as often as wanted."""

    def __init__(
        self, window: "Window", services: "Services", jobs: "Jobs", next_month: QPushButton, preferred: str
    ) -> None:
        """`preferred` is the domain of the account to switch, if it can be; `next_month` moves the clock."""
        super().__init__(window)
        self._window = window
        self._services = services
        self._jobs = jobs
        self._next_month = next_month
        self._preferred = preferred
        self._by: Session | None = None
        self._sight: Sight | None = None
        self._shown = self._reached = self._doubts = 0
        self._leading = 0
        """For so many looks more the keyboard belongs on the callout: the person has the tour do it, and pages
        that open or load meanwhile take it for themselves."""
        ground = window.centralWidget()
        assert ground is not None
        self._ground = ground
        self._frame = Frame(ground)
        self.callout: Callout | None = None
        """What is said at the moment."""
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._wire()

    def start(self, by: Session) -> None:
        """Begin at the Customer List, with an account that is in Purchase Mode."""
        self.end()
        self._by = by
        self._jobs.run(self, partial(self._services.accounts.rows, by), self._on_accounts, key="account")

    def end(self) -> None:
        """Leave it, wherever it is."""
        self._sight = None
        self._looking.stop()
        self._frame.hide()
        self._take_down()

    def look(self) -> None:
        """See where the person is, and be there too."""
        if self._sight is None:
            return
        step = current_step(self._sight)
        self._doubts = self._doubts + 1 if step < self._reached else 0
        if step > self._reached or self._doubts >= _SURE_AFTER or self.callout is None:
            self._reached = self._shown = step
            self._doubts = 0
            self._present()
        self._place()
        self._lead()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange and self._sight is not None:
            QTimer.singleShot(0, self, self._present)
        return super().eventFilter(watched, event)

    def _wire(self) -> None:
        self._looking.timeout.connect(self.look)
        self._jobs.changed.connect(self._on_changed)
        self._window.installEventFilter(self)

    def _on_accounts(self, accounts: "Sequence[AccountRow]") -> None:
        account = _account_to_switch(accounts, self._preferred)
        if account is None:
            self._window.notices.info(
                _("The tour needs a customer in Purchase Mode for whom no change is pending. Change one first.")
            )
            return
        self._sight = Sight(self._window, account, self._next_month)
        self._shown = self._reached = self._doubts = 0
        self._leading = _LEADING
        self._window.navigate("customers")
        self._looking.start()
        self.look()

    def _on_changed(self) -> None:
        if self._sight is not None and self._by is not None:
            work = partial(self._services.accounts.show, self._by, self._sight.account.id)
            self._jobs.run(self, work, self._on_account, self._on_account_lost, key="account")

    def _on_account(self, account: "AccountRow") -> None:
        if self._sight is not None:
            self._sight = replace(self._sight, account=account)
            self.look()

    def _on_account_lost(self, _error: Exception) -> None:
        self.end()

    def _present(self) -> None:
        """Say the step that is shown, in the dialog that it is about or over the page."""
        assert self._sight is not None
        step = STEPS[self._shown]
        self._take_down()
        callout = self.callout = self._put_up(self._sight.dialog())
        title, text = text_of(step.title), step.text(self._sight)
        callout.say(self._shown + 1, len(STEPS), title, text)
        waits = self._shown == self._reached
        last = step is STEPS[-1]
        callout.offer(back=self._shown > 0, forward=not waits, act=waits and step.act is not None, last=last)
        callout.show()
        announce(callout, f"{title}. {text}")

    def _lead(self) -> None:
        self._leading = max(0, self._leading - 1)
        if self._leading and self.callout is not None and not self.callout.has_focus():
            self.callout.take_focus()

    def _put_up(self, dialog: ModalDialog | None) -> Callout:
        """A dialog lets nobody act outside of it, so the callout goes in."""
        callout = Callout(self._ground if dialog is None else None)
        callout.back_asked.connect(self._on_back)
        callout.next_asked.connect(self._on_next)
        callout.act_asked.connect(self._on_act)
        callout.ended.connect(self.end)
        if dialog is not None:
            dialog.content.insertWidget(0, callout)
            dialog.finished.connect(self._take_down)
            dialog.fit()
        return callout

    def _take_down(self) -> None:
        callout, self.callout = self.callout, None
        if callout is not None:
            callout.hide()
            callout.deleteLater()

    def _place(self) -> None:
        callout = self.callout
        if callout is None or self._sight is None:
            return
        if callout.parentWidget() is not self._ground:
            self._frame.hide()
            return
        spot = self._spot()
        free = not any(dialog.isVisible() for dialog in self._window.findChildren(ModalDialog))
        self._frame.stand_around(spot if free else None)
        callout.setVisible(free)
        callout.stand_beside(None if STEPS[self._shown].aside else spot)

    def _spot(self) -> QRect | None:
        """Where on the ground the thing is that the step is about; None while one reads an earlier step again."""
        assert self._sight is not None
        found: Spot | None = STEPS[self._shown].spot(self._sight) if self._shown == self._reached else None
        if found is None or not (found[0].isVisible() and self._ground.isAncestorOf(found[0])):
            return None
        widget, part = found
        return QRect(widget.mapTo(self._ground, part.topLeft()), part.size())

    def _on_back(self) -> None:
        self._turn_to(self._shown - 1)

    def _on_next(self) -> None:
        self._turn_to(self._shown + 1)

    def _turn_to(self, step: int) -> None:
        self._shown = max(0, min(step, self._reached))
        self._leading = _LEADING
        self._present()
        self._place()
        self._lead()

    def _on_act(self) -> None:
        step = STEPS[self._shown]
        if self._sight is not None and step.act is not None:
            self._leading = _LEADING
            step.act(self._sight)


def _account_to_switch(accounts: "Sequence[AccountRow]", preferred: str) -> "AccountRow | None":
    """One that is in Purchase Mode with nothing pending; with idle seats there is more to see."""
    fitting = [row for row in accounts if row.mode is Mode.PURCHASE and row.pending is None]
    fitting.sort(key=lambda row: (row.domain != preferred, row.seats == row.assigned))
    return fitting[0] if fitting else None

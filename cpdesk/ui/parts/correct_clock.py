"""Correcting the time of the database, after a clock that was far ahead."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base import zones
from cpdesk.base.clock_words import effects, times
from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain.clock_correction import Ahead
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, vbox

_WIDTH = 760


class CorrectClockDialog(WorkDialog):
    """Shows exactly what happens, and has today's date typed in: who does that has looked at a right clock."""

    help_topic = "clock"

    def __init__(self, parent: QWidget, context: PageContext, zone: str) -> None:
        """`zone` (IANA name) is the one that times are told in."""
        super().__init__(parent, context, _("Correct the time of the database?"), width=_WIDTH)
        self.shown: Ahead | None = None
        self._zone = zone
        self._facts = Facts()
        self._effects = vbox()
        self.why = reason_form()
        self.form = Form((Field("today", _("Type today's true date, as 2026-12-01, to confirm"), required=True),))
        self.correct = self.add_button(danger(_("Correct the time")))
        self.leave = self.add_button(primary(_("Keep the time as it is")))
        self._fill()

    def read(self) -> None:
        """Ask what it would do, again if need be."""
        preview = partial(self.context.services.clock.preview, self.context.by)
        self.context.jobs.run(self, preview, self._on_read, self.refused)

    def refused(self, error: Exception) -> None:
        """What no longer holds is shown anew, with what was said about it."""
        super().refused(error)
        if isinstance(error, UserError) and error.code == "correction_changed":
            self.form.set_values({"today": ""})
            self.read()

    def _fill(self) -> None:
        self.content.addWidget(self._facts)
        self.content.addLayout(self._effects)
        self.content.addWidget(self.why)
        # Where nothing scrolls: what has to be typed in is always seen.
        self.footer.addWidget(self.form)
        self.footer.addStretch()
        for later in (self.why, self.form):
            later.hide()
        self.correct.setEnabled(False)
        self.form.changed.connect(self._on_typed)
        self.form.submitted.connect(self._on_correct)
        self.correct.clicked.connect(self._on_correct)
        self.set_safe(self.leave)

    def _on_read(self, shown: Ahead) -> None:
        self.shown = shown
        self._facts.clear()
        for name, value in times(shown, self._zone):
            self._facts.add(name, value)
        clear(self._effects)
        for text in effects(shown):
            label = Label(text, TextRole.BODY, wrap=True)
            self._effects.addWidget(label)
            label.show()
        for part in (self.why, self.form):
            part.show()
        self._on_typed()
        if self.isVisible():
            self.fit()

    def _is_confirmed(self) -> bool:
        if self.shown is None:
            return False
        today = self.shown.system.astimezone(zones.zone(self._zone)).date()
        return str(self.form.values()["today"]).strip() == today.isoformat()

    def _on_typed(self) -> None:
        self.correct.setEnabled(self._is_confirmed())

    def _on_correct(self) -> None:
        if self.shown is None or not self._is_confirmed():
            return
        reason = self.why.values()["reason"]
        work = partial(self.context.services.clock.correct, self.context.by, self.shown, reason)
        self.change(work, self.correct)

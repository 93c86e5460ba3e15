"""Verifying the hash chain of the log, while one looks on."""

import json
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.services.audit import ChainReport
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.records.entry_texts import state_text, verified_text
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox
from cpdesk.ui.widgets.notice import Notice

_LATEST = "audit/verified"
"""In the settings of this computer: what the latest verification here found."""


class Verifying(QWidget):
    """How far it has come with a way to stop it, then what came of it, and later what came of it the last time."""

    ended = Signal()
    dismissed = Signal()
    """What came of it was put away."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._progress: Progress | None = None
        self._text = Label(role=TextRole.CAPTION)
        self._bar = QProgressBar(textVisible=False)
        self.stop = secondary()
        self.result = Notice(Kind.SUCCESS, dismissible=True)
        self.state = Label(role=TextRole.CAPTION, wrap=True)
        self.broken = Notice(Kind.ERROR)
        self._under_way = QWidget()
        line = vbox(self._text, self._bar, space=spacing.XS)
        row = vbox(line, self.stop, space=spacing.S)
        self._under_way.setLayout(row)
        self.setLayout(vbox(self._under_way, self.result, self.broken, self.state, space=spacing.S))
        self.stop.clicked.connect(self._on_stop)
        self.result.dismissed.connect(self._on_dismissed)
        for part in (self._under_way, self.result, self.broken, self.state):
            part.hide()
        self.hide()

    def show_latest(self, zone: str) -> None:
        """Tell what the latest verification on this computer found; a broken chain stays told until one holds."""
        latest = _read(self._context.settings.value(_LATEST))
        if not self.result.isHidden() or self._progress is not None:
            return
        text = state_text(*latest, zone) if latest else _("Not yet verified on this computer.")
        where = latest[2] if latest else ""
        self.broken.set_text(text)
        self.state.setText(text)
        self.broken.setVisible(bool(where))
        self.state.setVisible(not where)
        self.show()

    def keep(self, entries: int, at: datetime, where: str) -> None:
        """Remember what a verification found: so many entries, and where the chain was broken, "" for nowhere."""
        self._context.settings.setValue(_LATEST, json.dumps([entries, at.isoformat(), where]))

    def start(self) -> None:
        """Verify anew."""
        self.stop.setText(_("Stop verifying"))
        self._bar.setAccessibleName(_("Verifying the log"))
        self._on_progress((0, 0))
        self._under_way.show()
        for told in (self.result, self.broken, self.state):
            told.hide()
        self.show()
        self.stop.setFocus()
        self._progress = self._context.jobs.progress(self, self._on_progress)
        work = partial(self._context.services.audit.verify, self._context.by, self._progress.report)
        self._context.jobs.run(self, work, self._on_verified, self._on_failed)

    def _on_progress(self, state: tuple[int, int]) -> None:
        done, total = state
        self._bar.setMaximum(total)
        self._bar.setValue(done)
        text = _("Verifying: {done} of {total} entries")
        self._text.setText(text.format(done=format_number(done), total=format_number(total)))

    def _on_verified(self, report: ChainReport) -> None:
        where = report.findings[0].where if report.findings else ""
        self.keep(report.entries, self._context.clock.now(), where)
        self._tell(Kind.ERROR if report.findings else Kind.SUCCESS, verified_text(report))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._tell(Kind.INFO, _("Verifying was stopped."))
        else:
            self._tell(Kind.ERROR, sentence_of(error))

    def _on_dismissed(self) -> None:
        self.result.hide()
        self.dismissed.emit()

    def _on_stop(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _tell(self, kind: Kind, text: str) -> None:
        self._progress = None
        self._under_way.hide()
        self.result.set_kind(kind)
        self.result.set_text(text)
        self.result.show()
        self.ended.emit()


def _read(stored: object) -> tuple[int, datetime, str] | None:
    """Entries, when, and where the chain was broken; None for what nobody has written."""
    try:
        entries, at, where = json.loads(str(stored))
        return int(entries), datetime.fromisoformat(at), str(where)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None

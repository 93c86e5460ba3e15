"""Writing the month-end pack: which month, which accounts, where to; then how far it is, and what came of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QWidget

from cpdesk.base import zones
from cpdesk.base.i18n import _
from cpdesk.domain.month_end import MonthEndSummary
from cpdesk.domain.report_rows import CostRow
from cpdesk.domain.switching import local_date
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.reports import month_end_words as words
from cpdesk.ui.pages.reports.month_end_choice import MonthEndChoice
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.remembering import folder_of
from cpdesk.ui.texts import path_text
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.dialog import ModalDialog, Side
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.file_window import ask_for_folder
from cpdesk.ui.widgets.layout import vbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.progress_line import ProgressLine
from cpdesk.ui.widgets.speech import announce

_FOLDER = "month_end/folder"


class MonthEndDialog(ModalDialog):
    """Stays open until it is left: nobody should have to look for what was written, or for what was not."""

    help_topic = "reports"

    def __init__(self, parent: QWidget, context: PageContext, selected: Sequence[CostRow] = ()) -> None:
        """selected: the accounts that may be taken alone."""
        super().__init__(parent, _("Month-end pack"))
        self.context = context
        self.outcome = Notice(Kind.ERROR)
        self.choice = MonthEndChoice(local_date(context.clock.now(), zones.zone(usual_time_zone())), selected)
        self.line = ProgressLine()
        self.facts = Facts()
        self.warnings: list[Notice] = []
        self._notes = vbox()
        self.open_folder = self.add_button(secondary(_("Open folder")), Side.START)
        self.leave = self.add_button(secondary(_("Close")))
        self.write = self.add_button(primary(_("Write month-end pack")))
        self._progress: Progress | None = None
        self._written: Path | None = None
        self._fill()

    def reject(self) -> None:
        """While it is being written, leaving means stopping first."""
        if self._progress is not None:
            self._on_cancel()
        else:
            super().reject()

    def lock(self, *, working: bool) -> None:
        """Whether something is being written: then nothing can be chosen."""
        self.choice.setEnabled(not working)
        self.write.setEnabled(not working)
        self.leave.setEnabled(not working)
        self.line.setVisible(working)
        if working:
            self.line.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def tell(self, told: tuple[int, int]) -> None:
        """So many statements and files are done, of as many as there are."""
        self.line.show_progress(words.progress_text(*told), *told)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choice.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        self.content.addWidget(self.outcome)
        self.content.addLayout(self._notes)
        parts: tuple[QWidget, ...] = (self.choice, self.line, self.facts)
        for part in parts:
            self.content.addWidget(part)
        later: tuple[QWidget, ...] = (self.outcome, self.line, self.facts, self.open_folder)
        for hidden in later:
            hidden.hide()
        self.choice.set_folder(self._usual_folder())
        self.write.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.write.clicked.connect(self._on_write)
        self.open_folder.clicked.connect(self._on_open_folder)
        self.choice.folder_asked.connect(self._on_folder_asked)
        self.choice.changed.connect(self._on_chosen)
        self.line.cancelled.connect(self._on_cancel)

    def _usual_folder(self) -> Path:
        """Where the latest pack went, as long as that is there."""
        return folder_of(self.context.settings, _FOLDER)

    def _on_folder_asked(self) -> None:
        ask_for_folder(self, _("Choose a folder"), self._on_folder_chosen, self.choice.folder)

    def _on_folder_chosen(self, name: str) -> None:
        self.choice.set_folder(Path(name))
        self._on_chosen()

    def _on_chosen(self) -> None:
        """What was said before is about something else now."""
        self.outcome.hide()
        self._fit()

    def _on_write(self) -> None:
        if self._progress is not None:
            return
        self.context.settings.setValue(_FOLDER, str(self.choice.folder))
        self._progress = self.context.jobs.progress(self, self.tell)
        self.outcome.hide()
        self.lock(working=True)
        self.line.begin()
        self.tell((0, 0))
        choice = self.choice
        write = partial(
            self.context.services.month_end.write,
            self.context.by,
            choice.chosen_month,
            choice.folder,
            choice.account_ids,
            self._progress.report,
        )
        # It takes up to a minute for a thousand accounts: pages go on being read meanwhile.
        self.context.jobs.change(self, write, self._on_written, self._on_failed)

    def _on_cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _on_written(self, summary: MonthEndSummary) -> None:
        self._work_ended()
        self._written = summary.folder
        self._say(Kind.SUCCESS, words.written_text(summary))
        self.choice.hide()
        self.write.hide()
        for label, figure in words.summary_lines(summary):
            self.facts.add(label, figure)
        self.facts.show()
        for text in words.warnings(summary.figures):
            self.warnings.append(Notice(Kind.PENDING, text))
            self._notes.addWidget(self.warnings[-1])
        self.open_folder.show()
        self.leave.setDefault(True)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def _on_failed(self, error: Exception) -> None:
        self._work_ended()
        if isinstance(error, Cancelled):
            self._say(Kind.INFO, _("Stopped. No file was written."))
        else:
            self._say(Kind.ERROR, sentence_of(error))

    def _say(self, kind: Kind, text: str) -> None:
        self.outcome.set_kind(kind)
        self.outcome.set_text(text)
        self.outcome.show()
        announce(self, text)
        self._fit()

    def _work_ended(self) -> None:
        self._progress = None
        self.lock(working=False)

    def _fit(self) -> None:
        if self.isVisible():
            self.fit()

    def _on_open_folder(self) -> None:
        assert self._written is not None
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written))):
            text = _("{folder} cannot be opened from here.").format(folder=path_text(self._written))
            self._say(Kind.ERROR, text)

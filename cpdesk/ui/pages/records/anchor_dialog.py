"""Making an anchor of the audit log, and comparing the log with one that was made before."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base.anchor_words import anchor_facts
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.anchors import Anchor, Comparison, grouped
from cpdesk.gateways.anchor_files import read_anchor, write_anchor
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.records.entry_texts import comparison_text
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.file_drop import FileDrop
from cpdesk.ui.widgets.file_window import ask_where_to_save
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from cpdesk.base.progress import Tell
    from cpdesk.domain.operators import Session
    from cpdesk.services.audit import Audit

_WIDTH = 820


class AnchorDialog(ModalDialog):
    """The anchor of now, to be saved or copied; and a place to drop one that was kept."""

    help_topic = "audit-log"

    def __init__(self, parent: QWidget, context: PageContext, zone: str) -> None:
        """`zone` is the one that the page tells times in."""
        super().__init__(parent, _("Anchor of the Audit Log"), width=_WIDTH)
        self._context = context
        self._zone = zone
        self._anchor: Anchor | None = None
        self._progress: Progress | None = None
        self._why = Label(role=TextRole.SOFT, wrap=True)
        self._facts = Facts()
        self.save = secondary(_("Save to file"))
        self.copy = secondary(_("Copy as text"))
        self.told = Notice(Kind.SUCCESS)
        self.drop = FileDrop(lambda: _("Drop an anchor here to compare"), lambda: _("Anchors (*.json)"))
        self.line = ProgressLine()
        self.outcome = Notice(Kind.INFO)
        self.leave = self.add_button(secondary(_("Close")))
        self._fill()
        self._wire()

    def read(self) -> None:
        """Read what an anchor would say now."""
        context = self._context
        context.jobs.run(self, partial(context.services.audit.anchor, context.by), self._on_read, self._on_failed)

    def save_to(self, name: str) -> None:
        """Write the anchor to a path."""
        if self._anchor is not None:
            work = partial(write_anchor, Path(name), self._anchor)
            self._context.jobs.run(self, work, self._on_saved, self._on_failed)

    def compare(self, path: Path) -> None:
        """Compare the log with the anchor in a file."""
        self._stop()
        self.outcome.hide()
        self.line.begin()
        self._progress = progress = self._context.jobs.progress(self, self._on_progress)
        self._on_progress((0, 0))
        self.line.show()
        self._fit()
        work = partial(_compare, self._context.services.audit, self._context.by, path, progress.report)
        self._context.jobs.run(self, work, self._on_compared, self._on_not_compared, key="compare")

    def _fill(self) -> None:
        self._why.setText(
            _(
                "An anchor is the latest hash of the log, in a small file. Keep it where nobody who works with this "
                "database can change it: with your auditor, in a mailbox, on paper. The log alone cannot tell whether "
                "all of it was written anew or its end cut off; together with an anchor it can."
            )
        )
        buttons = hbox(self.save, self.copy, None, space=spacing.S)
        for part in (self._why, self._facts):
            self.content.addWidget(part)
        self.content.addLayout(buttons)
        for later in (self.told, self.drop):
            self.content.addWidget(later)
        # What comes of it is seen at once, however small the window.
        self.footer.addLayout(vbox(self.line, self.outcome))
        for hidden in (self.told, self.line, self.outcome):
            hidden.hide()
        for button in (self.save, self.copy):
            button.setEnabled(False)
        self.set_safe(self.leave)

    def _wire(self) -> None:
        self.save.clicked.connect(self._on_save)
        self.copy.clicked.connect(self._on_copy)
        self.drop.chosen.connect(self.compare)
        self.line.cancelled.connect(self._stop)

    def _on_read(self, anchor: Anchor) -> None:
        self._anchor = anchor
        self._facts.clear()
        for text, figure in anchor_facts(anchor, self._zone, _in_two(grouped(anchor.hash))):
            self._facts.add(text, figure)
        for button in (self.save, self.copy):
            button.setEnabled(True)
        self._fit()

    def _on_save(self) -> None:
        assert self._anchor is not None
        name = file_name(self._anchor)
        ask_where_to_save(self, self.save.text(), name, self.save_to, kinds=[_("Anchors (*.json)")])

    def _on_copy(self) -> None:
        assert self._anchor is not None
        lines = anchor_facts(self._anchor, self._zone, grouped(self._anchor.hash))
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {value}" for name, value in lines))
        self._tell(self.told, Kind.SUCCESS, _("Copied. Paste it where nobody can change it."))

    def _on_saved(self, path: Path) -> None:
        self._tell(self.told, Kind.SUCCESS, _("Saved to {file}").format(file=path.name))

    def _on_failed(self, error: Exception) -> None:
        self._tell(self.told, Kind.ERROR, sentence_of(error))

    def _on_progress(self, state: tuple[int, int]) -> None:
        done, total = state
        text = _("Verifying: {done} of {total} entries")
        shown = text.format(done=format_number(done), total=format_number(total))
        self.line.show_progress(shown, done, total)

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
        self._progress = None

    def _on_compared(self, result: Comparison) -> None:
        self.line.hide()
        self._tell(self.outcome, Kind.SUCCESS if result.holds else Kind.ERROR, comparison_text(result, self._zone))

    def _on_not_compared(self, error: Exception) -> None:
        self.line.hide()
        if isinstance(error, Cancelled):
            self._tell(self.outcome, Kind.INFO, _("Comparing was stopped."))
        else:
            self.drop.set_error(sentence_of(error))
            self._fit()

    def _tell(self, notice: Notice, kind: Kind, text: str) -> None:
        notice.set_kind(kind)
        notice.set_text(text)
        notice.show()
        self._fit()

    def _fit(self) -> None:
        if self.isVisible():
            self.fit()


def file_name(anchor: Anchor) -> str:
    """A name that says which entry of when it is: "cpdesk-anchor-2026-11-20-entry-1204.json"."""
    return f"cpdesk-anchor-{anchor.recorded_at:%Y-%m-%d}-entry-{anchor.entry}.json"


def _compare(audit: "Audit", by: "Session", path: Path, tell: "Tell") -> Comparison:
    """Another thread."""
    return audit.compare(by, read_anchor(path), tell)


def _in_two(hash_text: str) -> str:
    """A hash in groups on two lines of the same length, to be compared by eye."""
    groups = hash_text.split(" ")
    half = len(groups) // 2
    return "\n".join((" ".join(groups[:half]), " ".join(groups[half:])))

"""What pages have in common that import a file: read it, show what it would do, and write that."""

from typing import ClassVar, Generic, TypeVar

from cpdesk.base.i18n import _
from cpdesk.ui.parts.reading_line import ReadingLine
from cpdesk.ui.shell.page import Page
from cpdesk.ui.widgets.card import card_around
from cpdesk.ui.widgets.wizard import Wizard

Wanted = TypeVar("Wanted")


class FileImportPage(Page, Generic[Wanted]):
    """Reads one file at a time, and lets go of it when something else is asked for."""

    held: ClassVar[tuple[str, ...]] = ()
    """The steps that wait while a file is read or written."""

    def _build(self) -> None:
        """Adds what reads to the page; the steps are the page's own."""
        self._wanted: Wanted | None = None
        """What the preview that is shown was asked for."""
        self._asked: Wanted | None = None
        """What is being read the file for."""
        self._busy = False
        self.wizard = Wizard()
        self.reading = ReadingLine()
        self.body.addWidget(self.reading)
        self.body.addWidget(card_around(self.wizard), 1)

    def _wire(self) -> None:
        self.wizard.allow_cancel()
        self.reading.cancelled.connect(self._on_reading_cancelled)

    def _begin_reading(self, wanted: Wanted, file: str) -> None:
        """A file is read from now on, which the page says."""
        self._asked = wanted
        self._hold(_("cpdesk is reading the file."))
        self.reading.begin(file)

    def _end_reading(self, wanted: Wanted) -> bool:
        """Whether what was read is still asked for."""
        if self._asked is not wanted:
            return False
        self._asked = None
        self.reading.end()
        self._hold("")
        return True

    def _on_reading_cancelled(self) -> None:
        """What is read meanwhile is no longer wanted."""
        if self._asked is not None and self._end_reading(self._asked):
            self.context.notices.info(_("Cancelled. Nothing was changed."))

    def _forget_preview(self) -> None:
        """Something else is asked for now; what is being read for the former is not waited for."""
        self._wanted = None
        if self._asked is not None:
            self._end_reading(self._asked)

    def _hold(self, reason: str) -> None:
        """Let the steps wait for a reason, which stands beside the buttons; "" lets them go on."""
        self._busy = bool(reason)
        for step in self.held:
            self.wizard.hold(step, reason)

"""Import Prices: a partner price list into a schedule, all or nothing."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.domain.price_reports import PriceImportReport
from cpdesk.domain.rows import Done
from cpdesk.domain.schedules import ScheduleRow
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.pages.prices.file_step import FileStep, Wanted
from cpdesk.ui.pages.prices.preview_rows import Preview, read_preview
from cpdesk.ui.pages.prices.preview_step import PreviewStep
from cpdesk.ui.pages.prices.price_lines import find_schedule
from cpdesk.ui.pages.prices.result_step import ResultStep
from cpdesk.ui.pages.prices.words import import_text, nothing_to_import, schedule_line
from cpdesk.ui.parts.file_import_page import FileImportPage
from cpdesk.ui.parts.unreadable import unreadable_text
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_FILE, _PREVIEW, _IMPORT = "file", "preview", "import"


class ImportPricesPage(FileImportPage[Wanted]):
    """File, preview, result; `navigate("import_prices", schedule=ID)`, without an ID into the default schedule."""

    topics = frozenset({"prices"})
    held = (_FILE, _IMPORT)

    def _build(self) -> None:
        super()._build()
        self._schedule: ScheduleRow | None = None
        self.file = FileStep()
        add = self.wizard.add_step
        add(_FILE, lambda: _("File"), Scrolled(self.file), valid=self._file_ready)
        add(_PREVIEW, lambda: _("Preview"), Scrolled(lambda: self.preview), valid=self._start)
        add(
            _IMPORT,
            lambda: _("Result"),
            Scrolled(lambda: self.result),
            next_text=lambda: _("Open the price schedule"),
            back=False,
        )

    @cached_property
    def preview(self) -> PreviewStep:
        """Made when it is first needed, as the next step is: made at once they would hold up the page."""
        return PreviewStep()

    @cached_property
    def result(self) -> ResultStep:
        """How it went."""
        made = ResultStep()
        made.retranslate()
        made.again_asked.connect(self._start_over)
        return made

    def _wire(self) -> None:
        super()._wire()
        self.wizard.cancelled.connect(self._leave)
        self.wizard.finished.connect(self._leave)
        self.file.changed.connect(self._forget_preview)

    @property
    def holds_input(self) -> bool:
        return self._busy or (self.file.path is not None and self.wizard.current != _IMPORT)

    def open(self, params: dict[str, object]) -> None:
        if params.get("schedule") != self.params.get("schedule"):
            self._schedule = None
            self._start_over()
        super().open(params)

    def retranslate(self) -> None:
        self.set_title(_("Import Prices"), schedule_line(self._schedule) if self._schedule else "")
        self.file.retranslate()
        for step in ("preview", "result"):
            if step in vars(self):
                vars(self)[step].retranslate()
        self._name_button()

    def first_focus(self) -> QWidget | None:
        return self.wizard.first_field()

    def refresh(self) -> None:
        schedule = self.params.get("schedule")
        wanted = schedule if isinstance(schedule, int) else None
        self.load(partial(_read_schedule, self.context.services, self.context.by, wanted), self._on_schedule)

    def _on_schedule(self, schedule: ScheduleRow) -> None:
        self._schedule = schedule
        self.set_title(_("Import Prices"), schedule_line(schedule))
        self.file.offer_day(first_of_next_month(schedule.earliest))

    # File

    def _file_ready(self) -> bool:
        """Go on to the preview; the wizard does so by itself when it is there."""
        if self._wanted is not None:
            return True
        self._read()
        return False

    def _read(self, news: str = "") -> None:
        """Read the file and show what it would do; `news` is why that is shown again."""
        wanted = self.file.wanted()
        if wanted is None or self._schedule is None or self._busy:
            return
        self._begin_reading(wanted, wanted.path.name)
        work = partial(read_preview, self.context.services, self.context.by, self._schedule.id, wanted)
        done, failed = partial(self._on_previewed, wanted, news), partial(self._on_preview_refused, wanted)
        self.context.jobs.run(self, work, done, failed, key=_PREVIEW)

    # Preview

    def _on_previewed(self, wanted: Wanted, news: str, preview: Preview) -> None:
        if not self._end_reading(wanted):
            return
        self._wanted = wanted
        self.file.drop.set_error("")
        self.preview.say(news)
        self.preview.show_preview(preview)
        self._name_button()
        self.wizard.go(_PREVIEW)

    def _on_preview_refused(self, wanted: Wanted, error: Exception) -> None:
        if self._end_reading(wanted):
            self._forget_preview()
            self._tell_where(error)

    def _tell_where(self, error: Exception) -> None:
        """Say what is wrong where it can be mended."""
        self.wizard.go(_FILE)
        markets = error.params.get("markets") if isinstance(error, CodedError) else None
        if isinstance(markets, list):
            self.file.ask_market(markets)
        elif not self.file.tell(error):
            self.file.refuse(unreadable_text(error))

    def _name_button(self) -> None:
        if "preview" not in vars(self) or self.preview.shown is None:
            return
        report = self.preview.shown.report
        self.wizard.set_next_text(_PREVIEW, partial(import_text, report))
        self.wizard.hold(_PREVIEW, nothing_to_import(report))

    # Import

    def _start(self) -> bool:
        """Begin to write; the wizard goes on by itself."""
        wanted, shown = self._wanted, self.preview.shown
        if wanted is None or shown is None or self._schedule is None or self._busy:
            return False
        self._hold(_("The prices are being written."))
        self.result.begin()
        self.wizard.cancel_button.hide()
        self.wizard.go(_IMPORT)
        work = partial(
            self.context.services.prices.import_prices,
            self.context.by,
            self._schedule.id,
            wanted.path,
            margin=wanted.margin,
            market=wanted.market,
            effective_on=wanted.effective_on,
            encoding=wanted.encoding,
            shown=shown.report,
        )
        self.change(work, self._on_imported, self._on_not_imported)
        return False

    def _on_imported(self, done: Done[PriceImportReport]) -> None:
        self._hold("")
        self.result.show_result(done.value)
        self.wizard.next_button.setFocus()

    def _on_not_imported(self, error: Exception) -> None:
        self._hold("")
        self._forget_preview()
        self.wizard.allow_cancel()
        if isinstance(error, CodedError) and error.code == "prices_changed_since":
            self.wizard.go(_FILE)
            self._read(sentence_of(error))
        else:
            self._tell_where(error)

    def _leave(self) -> None:
        schedule = self._schedule
        self._start_over()
        if schedule is not None:
            self.context.navigate("price_schedule", schedule=schedule.id)
        else:
            self.context.navigate("prices")

    def _start_over(self) -> None:
        self._forget_preview()
        self.file.forget()
        self.wizard.allow_cancel()
        self.wizard.go(_FILE)


def _read_schedule(services: "Services", by: Session, schedule_id: int | None) -> ScheduleRow:
    """On the reader's thread. Raises UserError `unknown_schedule`."""
    return find_schedule(services.prices.schedules(by), schedule_id)

"""Import Products: Microsoft's product names and service plans into the catalogue, all or nothing."""

from functools import cached_property, partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.domain.product_changes import ProductImportReport
from cpdesk.domain.rows import Done
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.ui.pages.products.file_step import FileStep
from cpdesk.ui.pages.products.preview_step import PreviewStep
from cpdesk.ui.pages.products.words import import_text, imported_text, nothing_to_import
from cpdesk.ui.parts.file_import_page import FileImportPage
from cpdesk.ui.parts.unreadable import unreadable_text
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.widgets.scrolled import Scrolled

_FILE, _PREVIEW = "file", "preview"

Wanted = tuple[Path, str | None]
"""A file and its encoding; None: as the file says itself."""


class ImportProductsPage(FileImportPage[Wanted]):
    """File and preview; what came of it is said over the list of products."""

    topics = frozenset()
    held = (_FILE, _PREVIEW)

    def _build(self) -> None:
        super()._build()
        self._writing: Progress | None = None
        self.file = FileStep()
        self.wizard.add_step(_FILE, lambda: _("File"), Scrolled(self.file), valid=self._file_ready)
        self.wizard.add_step(_PREVIEW, lambda: _("Preview"), Scrolled(lambda: self.preview), valid=self._start)

    @cached_property
    def preview(self) -> PreviewStep:
        """Made when it is first needed: made at once it would hold up the page."""
        made = PreviewStep()
        made.retranslate()
        return made

    def _wire(self) -> None:
        super()._wire()
        self.wizard.cancelled.connect(self._on_cancelled)
        self.file.changed.connect(self._forget_preview)
        self.file.shipped_asked.connect(self._read)

    @property
    def holds_input(self) -> bool:
        return self._busy or self.file.path is not None

    def retranslate(self) -> None:
        self.set_title(_("Import Products"), _("Product names and service plans, as Microsoft publishes them"))
        self.file.retranslate()
        if "preview" in vars(self):
            self.preview.retranslate()
        self._name_button()

    def first_focus(self) -> QWidget | None:
        return self.wizard.first_field()

    # File

    def _file_ready(self) -> bool:
        """Go on to the preview; the wizard does so by itself when it is there."""
        if self._wanted is not None:
            return True
        if self.file.path is None:
            self.file.drop.set_error(_("Choose a file first."))
        else:
            self._read()
        return False

    def _read(self, news: str = "") -> None:
        """Read the file and show what it would do; `news` is why that is shown again."""
        path = self.file.path
        if path is None or self._busy:
            return
        wanted = path, self.file.encoding.encoding
        self._begin_reading(wanted, path.name)
        work = partial(self.context.services.products.preview, self.context.by, path, encoding=wanted[1])
        done, failed = partial(self._on_previewed, wanted, news), partial(self._on_preview_refused, wanted)
        self.context.jobs.run(self, work, done, failed, key=_PREVIEW)

    # Preview

    def _on_previewed(self, wanted: Wanted, news: str, report: ProductImportReport) -> None:
        if not self._end_reading(wanted):
            return
        self._wanted = wanted
        self.file.drop.set_error("")
        self.preview.say(news)
        self.preview.show_report(report)
        self._name_button()
        self.wizard.go(_PREVIEW)

    def _on_preview_refused(self, wanted: Wanted, error: Exception) -> None:
        if self._end_reading(wanted):
            self._tell_where(error)

    def _tell_where(self, error: Exception) -> None:
        """Say what is wrong where it can be mended."""
        self._forget_preview()
        self.wizard.go(_FILE)
        self.file.refuse(unreadable_text(error))

    def _name_button(self) -> None:
        if "preview" not in vars(self) or self.preview.shown is None:
            return
        report = self.preview.shown
        self.wizard.set_next_text(_PREVIEW, partial(import_text, report))
        self.wizard.hold(_PREVIEW, nothing_to_import(report))

    # Import

    def _start(self) -> bool:
        """Begin to write; the page is left when it is done."""
        wanted, shown = self._wanted, self.preview.shown
        if wanted is None or shown is None or self._busy:
            return False
        self._hold(_("The products are being written."))
        self._writing = self.context.jobs.progress(self, _unseen)
        work = partial(
            self.context.services.products.import_products,
            self.context.by,
            wanted[0],
            encoding=wanted[1],
            shown=shown,
            progress=self._writing.report,
        )
        self.change(work, self._on_imported, self._on_not_imported)
        return False

    def _on_cancelled(self) -> None:
        """What is being written is taken back, and the preview stays; else the page is left."""
        if self._writing is None:
            self._leave()
        else:
            self._writing.cancel()

    def _on_imported(self, done: Done[ProductImportReport]) -> None:
        self._writing = None
        self._leave()
        self.context.notices.success(imported_text(done.value))

    def _on_not_imported(self, error: Exception) -> None:
        self._writing = None
        self._hold("")
        if isinstance(error, Cancelled):
            self._name_button()
            self.context.notices.info(_("Cancelled. Nothing was changed."))
            return
        self._forget_preview()
        if isinstance(error, CodedError) and error.code == "products_changed_since":
            self.wizard.go(_FILE)
            self._read(sentence_of(error))
        else:
            self._tell_where(error)

    def _leave(self) -> None:
        self._hold("")
        self._forget_preview()
        self.file.forget()
        self.wizard.go(_FILE)
        self.context.navigate("products")


def _unseen(_told: tuple[int, int]) -> None:
    """All of it is written within a moment: there is a way out, but no bar."""

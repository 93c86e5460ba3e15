"""Create Many Accounts: from a CSV file, all or none."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.account_file import AccountImportReport
from cpdesk.domain.rows import Done
from cpdesk.jobs import Cancelled, Progress
from cpdesk.ui.pages.customers.account_template import write_template
from cpdesk.ui.pages.customers.accounts_file_step import AccountsFileStep
from cpdesk.ui.pages.customers.accounts_import_step import AccountsImportStep
from cpdesk.ui.pages.customers.accounts_preview_step import AccountsPreviewStep
from cpdesk.ui.parts.unreadable import unreadable_text
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import accounts_text
from cpdesk.ui.widgets.card import card_around
from cpdesk.ui.widgets.file_window import ask_where_to_save
from cpdesk.ui.widgets.wizard import Wizard

_FILE = "file"
_PREVIEW = "preview"
_IMPORT = "import"
_TEMPLATE = "accounts.csv"


class ImportAccountsPage(Page):
    """File, preview, result. Nothing is created while any row has a problem."""

    def _build(self) -> None:
        self._report: AccountImportReport | None = None
        self._progress: Progress | None = None
        self.file = AccountsFileStep()
        self.preview = AccountsPreviewStep()
        self.importing = AccountsImportStep()
        self.wizard = Wizard()
        add = self.wizard.add_step
        add(_FILE, lambda: _("File"), self.file, valid=self._has_file)
        add(_PREVIEW, lambda: _("Preview"), self.preview, valid=self._start)
        add(_IMPORT, lambda: _("Result"), self.importing, next_text=lambda: _("Open the Customer List"), back=False)
        self.body.addWidget(card_around(self.wizard))
        self.body.addStretch(1)

    def _wire(self) -> None:
        self.wizard.allow_cancel()
        self.wizard.cancelled.connect(self._on_left)
        self.wizard.finished.connect(self._on_left)
        self.file.asked.connect(self._read)
        self.file.template_asked.connect(self._on_template)
        self.preview.again_asked.connect(self._read)
        self.importing.cancelled.connect(self._on_cancelled)

    @property
    def holds_input(self) -> bool:
        return self._progress is not None or (self.file.path is not None and self.wizard.current != _IMPORT)

    def retranslate(self) -> None:
        subtitle = _("From a file with one row for each: all of them are created, or none.")
        self.set_title(_("Create Many Accounts"), subtitle)
        for step in (self.file, self.preview, self.importing):
            step.retranslate()
        self._hold()

    def first_focus(self) -> QWidget | None:
        return self.wizard.first_field()

    def save_template(self, path: str) -> None:
        """Write a file to begin with."""
        work = partial(write_template, Path(path))
        self.context.jobs.run(self, work, self._on_template_saved, self._on_template_failed)

    def _has_file(self) -> bool:
        if self._report is not None:
            return True
        if self.file.path is None:
            self.file.drop.set_error(_("Choose a file first."))
        return False

    def _read(self) -> None:
        path = self.file.path
        assert path is not None
        self._report = None
        preview = self.context.services.account_imports.preview
        work = partial(preview, self.context.by, path, encoding=self.file.chosen_encoding)
        self.context.jobs.run(self, work, self._on_previewed, self._on_unreadable, key=_PREVIEW)

    def _on_previewed(self, report: AccountImportReport) -> None:
        self._report = report
        self.file.drop.set_error("")
        self.preview.show_report(report)
        self._hold()
        self.wizard.go(_PREVIEW)

    def _on_unreadable(self, error: Exception) -> None:
        self.file.refuse(unreadable_text(error))
        self.wizard.go(_FILE)

    def _hold(self) -> None:
        report = self._report
        if report is None:
            return
        create = _("Create {accounts}").format(accounts=accounts_text(len(report.drafts)))
        self.wizard.set_next_text(_PREVIEW, create)
        held = ""
        if report.problems:
            held = _("Nothing can be created while a row has a problem.")
        elif not report.drafts:
            held = _("The file has no accounts.")
        self.wizard.hold(_PREVIEW, held)

    def _start(self) -> bool:
        """Begin to create them; the wizard goes on by itself."""
        assert self._report is not None
        assert self.file.path is not None
        self._progress = self.context.jobs.progress(self, self.importing.show_progress)
        self.importing.begin(len(self._report.drafts))
        self.wizard.hold(_IMPORT, _("The accounts are being created."))
        self.wizard.cancel_button.hide()
        self.wizard.go(_IMPORT)
        run = self.context.services.account_imports.run
        work = partial(
            run,
            self.context.by,
            self.file.path,
            encoding=self.file.chosen_encoding,
            progress=self._progress.report,
        )
        self.change(work, self._on_created, self._on_not_created)
        return False

    def _on_created(self, done: Done[AccountImportReport]) -> None:
        self._progress = None
        self.importing.show_result(done.value)
        self.wizard.hold(_IMPORT, "")
        self.wizard.next_button.setFocus()

    def _on_not_created(self, error: Exception) -> None:
        self._progress = None
        self.wizard.allow_cancel()
        if isinstance(error, Cancelled):
            self.wizard.go(_PREVIEW)
            self.context.notices.info(_("Cancelled. No account was created."))
            return
        text = sentence_of(error)
        self.wizard.go(_PREVIEW)
        self.context.notices.error(text)
        self._read()

    def _on_cancelled(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _on_left(self) -> None:
        self._report = None
        self.file.forget()
        self.wizard.allow_cancel()
        self.wizard.go(_FILE)
        self.context.navigate("customers")

    def _on_template(self) -> None:
        title, kinds = _("Save a file to begin with"), [_("CSV file (*.csv)")]
        ask_where_to_save(self.window(), title, _TEMPLATE, self.save_template, kinds=kinds)

    def _on_template_saved(self, path: Path) -> None:
        self.context.notices.success(_("{file} is saved, with two examples in it.").format(file=path.name))

    def _on_template_failed(self, error: Exception) -> None:
        self.context.notices.error(sentence_of(error))

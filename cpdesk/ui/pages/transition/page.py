"""Import users: from the file that the admin center exports to users and licenses here."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.user_import.choices import NameChoices
from cpdesk.domain.user_import.report import ImportReport
from cpdesk.jobs.progress import Cancelled
from cpdesk.services.bundle import Services
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.transition.import_step import ImportStep, WorkBar
from cpdesk.ui.pages.transition.preview_rows import PreviewRows
from cpdesk.ui.pages.transition.steps import Steps
from cpdesk.ui.pages.transition.words import held_text, hindrance, run_text, unanswered_text
from cpdesk.ui.pages.transition.working import Done as Shown
from cpdesk.ui.pages.transition.working import Failed, Work, Working
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import account_line, badge
from cpdesk.ui.widgets.card import card_around
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.scrolled import Scrolled
from cpdesk.ui.widgets.wizard import Wizard

Read = tuple[PreviewRows, list[Product]]
"""What an import would do, and what names can be taken for."""

_PATIENCE_MS = 300
"""What takes less is not worth a bar."""


class TransitionPage(Page):
    """Leads through the steps File, Products, Preview and Import; nothing is written before the last."""

    topics = frozenset({"accounts"})

    def _build(self) -> None:
        self._account: AccountRow | None = None
        self._answers: dict[str, str] = {}
        """What names stand for in the preview that is shown."""
        self._coming: PreviewRows | None = None
        """What the preview is to show as soon as the products are seen."""
        self.working = Working(self.context.jobs, self)
        self.wizard = Wizard()
        self.steps = Steps(self.context, self._wire_result)
        self.bar = WorkBar()
        self.refused = EmptyState(icon="users")
        self._add_steps()
        self._card = card_around(self.wizard)
        for part in (self.refused, self.bar):
            part.hide()
            self.body.addWidget(part)
        self.body.addWidget(self._card, 1)

    def _add_steps(self) -> None:
        add, steps = self.wizard.add_step, self.steps
        add("file", lambda: _("File"), Scrolled(steps.file), valid=self._file_ready)
        add("products", lambda: _("Products"), Scrolled(lambda: steps.products), valid=self._products_ready)
        add("preview", lambda: _("Preview"), Scrolled(lambda: steps.preview))
        add("import", lambda: _("Import"), Scrolled(lambda: steps.result), next_text=lambda: _("Done"), back=False)

    def _wire(self) -> None:
        self.wizard.allow_cancel()
        self.wizard.cancelled.connect(self._on_cancelled)
        self.steps.file.asked.connect(self._inspect)
        self.steps.file.answered.connect(self.wizard.next_button.setFocus)
        self.wizard.step_changed.connect(self._on_step)
        self.wizard.finished.connect(self._on_finished)
        self.working.progressed.connect(self._on_progressed)
        self.working.ended.connect(self._on_ended)
        self.bar.cancelled.connect(self.working.cancel)

    def _wire_result(self, result: ImportStep) -> None:
        result.place_chosen.connect(self._leave_for)
        result.again.clicked.connect(self._start_over)
        result.work.cancelled.connect(self.working.cancel)

    @property
    def holds_input(self) -> bool:
        return self.working.busy or (self.steps.file.path is not None and self.wizard.current != "import")

    def retranslate(self) -> None:
        account = self._account
        title = _("Transition an existing Microsoft account") if self._activates else _("Import Users")
        self.set_title(title, account_line(account.name, account.domain) if account else "")
        self.steps.retranslate()
        self.bar.retranslate()
        self._name_button()
        if account is not None:
            self._show_refusal(account)

    def first_focus(self) -> QWidget | None:
        return None if self._card.isHidden() else self.wizard.first_field()

    def refresh(self) -> None:
        self.load(partial(self.context.services.accounts.show, self.context.by, self.account_id), self._on_account)

    @property
    def _activates(self) -> bool:
        """Whether the import brings the service with it."""
        return self._account is not None and not self._account.service_active

    def _on_account(self, account: AccountRow) -> None:
        first = self._account is None
        self._account = account
        self.set_account(badge(account))
        self.retranslate()
        path = self.params.get("path")
        if first and isinstance(path, Path):
            self.steps.file.drop.take(path)

    def _show_refusal(self, account: AccountRow) -> None:
        """Where nothing can be imported, say why instead of leading to a refusal."""
        why = hindrance(self.context.by, account)
        self.refused.set(_("Users cannot be imported"), why)
        self.refused.setVisible(bool(why))
        self._card.setVisible(not why)

    # File

    def _inspect(self) -> None:
        steps, inspect = self.steps, self.context.services.imports.inspect
        steps.forget_products()
        work = partial(inspect, self.context.by, self.account_id, steps.path, encoding=steps.file.chosen_encoding)
        self._read(work, steps.file.show_sample, self._on_file_refused)

    def _on_file_refused(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.steps.file.forget()
        else:
            self.steps.file.refuse(sentence_of(error))

    def _file_ready(self) -> bool:
        if not self.working.busy and self.steps.file.sample is not None:
            self._compare({}, self._on_names)
        elif not self.working.busy and not self.steps.file.drop.error:
            self.steps.file.refuse(_("Choose the file first."))
        return False

    # Products

    def _on_names(self, read: Read) -> None:
        self._coming, products = read
        self.steps.products.show_names(self._coming.report.names, products)
        self.wizard.go("products")
        # Both steps at once would hold the window up for a tenth of a second.
        QTimer.singleShot(0, self, self._show_coming)

    def _show_coming(self) -> None:
        rows, self._coming = self._coming, None
        if rows is not None:
            self._show_preview(rows)

    def _products_ready(self) -> bool:
        if self.working.busy:
            return False
        self._show_coming()
        if not self.steps.products.ready():
            self.context.notices.error(unanswered_text(len(self.steps.products.unanswered())))
            return False
        self.context.notices.clear()
        if self.steps.products.answers == self._answers:
            return True
        self._compare(self.steps.products.answers, self._on_preview)
        return False

    # Preview

    def _compare(self, answers: dict[str, str], done: Shown) -> None:
        self._answers = dict(answers)
        self._read(self._as_chosen(_compare), done, self._on_compare_refused)

    def _as_chosen(self, work: Work) -> Work:
        """The preview or the import of the file, with what the person chose."""
        encoding, choices = self.steps.file.accepted_encoding, NameChoices(self._answers)
        work = partial(work, self.context.services, self.context.by, self.account_id, self.steps.path)
        return partial(work, encoding=encoding, choices=choices, activate=self._activates)

    def _on_preview(self, read: Read) -> None:
        self._show_preview(read[0])
        self.wizard.go("preview")

    def _show_preview(self, rows: PreviewRows) -> None:
        self.steps.preview.say("")
        self.steps.preview.show_rows(rows)
        self._name_button()

    def _name_button(self) -> None:
        rows = self.steps.previewed
        if rows is not None:
            idle = rows.changes_nothing and not self._activates and not self._answers
            self.wizard.set_next_text("preview", partial(run_text, rows.report))
            self.wizard.hold("preview", held_text() if idle else "")

    def _on_compare_refused(self, error: Exception) -> None:
        self._answers = {}
        if isinstance(error, Cancelled):
            self.context.notices.info(_("The comparison was cancelled. Nothing was changed."))
        else:
            self._tell_where(error)

    # Import

    def _on_step(self, key: str) -> None:
        rows = self.steps.previewed
        self.wizard.cancel_button.setVisible(key != "import")
        if key != "import" or rows is None:
            return
        report = rows.report
        self.wizard.hold("import", _("The import is running."))
        self.steps.result.begin(report.file)
        reason = str(self.steps.preview.why.values()["reason"])
        work = partial(self._as_chosen(_run), add_seats=report.missing > 0, shown=report, reason=reason)
        self.working.change(work, self._on_imported, self._on_import_refused)

    def _on_imported(self, _done: Done[None]) -> None:
        rows = self.steps.previewed
        assert rows is not None
        # The service has done exactly what was shown, or it would have refused.
        self.steps.result.show_result(rows)
        self.wizard.next_button.setFocus()

    def _on_import_refused(self, error: Exception) -> None:
        self.wizard.go("preview")
        if isinstance(error, Cancelled):
            self.steps.preview.say(_("The import was cancelled. Nothing was changed."), Kind.INFO)
            return
        report = error.params.get("report") if isinstance(error, CodedError) else None
        if isinstance(report, ImportReport):
            self._show_preview(PreviewRows(report))
            self.steps.preview.say(sentence_of(error))
        else:
            self._tell_where(error)

    def _tell_where(self, error: Exception) -> None:
        """Say what is wrong where it can be mended: with the file, or here."""
        text = sentence_of(error)
        if isinstance(error, CodedError) and "file" in error.params:
            self.wizard.go("file")
            self.steps.file.refuse(text)
        elif self.wizard.current == "preview":
            self.steps.preview.say(text, Kind.ERROR)
        else:
            self.context.notices.error(text)

    def _on_cancelled(self) -> None:
        """Nothing was written: back to where one came from."""
        self.working.cancel()
        self._leave_for("catalog" if self._activates else "users")

    def _on_finished(self) -> None:
        self._leave_for("services", "users")

    def _leave_for(self, key: str, tab: str = "") -> None:
        """Go on elsewhere; who comes back begins anew."""
        self._start_over()
        where = {"tab": tab} if tab else {}
        self.context.navigate(key, account=self.account_id, **where)

    def _start_over(self) -> None:
        self._answers, self._coming = {}, None
        self.steps.file.forget()
        self.steps.forget_products()
        self.wizard.go("file")

    # What takes a while

    def _read(self, work: Work, done: Shown, failed: Failed) -> None:
        self.bar.begin(self.steps.path.name, patience=_PATIENCE_MS)
        for step in ("file", "products"):
            self.wizard.hold(step, _("cpdesk is working on the file."))
        self.working.read(work, done, failed)

    def _on_progressed(self, done: int) -> None:
        (self.steps.result.work if self.wizard.current == "import" else self.bar).show_progress(done)

    def _on_ended(self) -> None:
        self.bar.end()
        for step in ("file", "products", "import"):
            self.wizard.hold(step, "")


def _compare(services: Services, by: Session, account_id: int, path: Path, **choices: Any) -> Read:
    """Runs on the reader's thread."""
    return PreviewRows(services.imports.preview(by, account_id, path, **choices)), services.products.rows(by)


def _run(services: Services, by: Session, account_id: int, path: Path, **choices: Any) -> Done[None]:
    """Runs on the writer's thread, and forgets there what was done: of 100,000 rows that takes a while."""
    return Done(None, services.imports.run(by, account_id, path, **choices).topics)

"""Restoring a backup: what it changes is shown first."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.domain.backups import AccountModes, RestorePreview
from cpdesk.domain.operators import Session
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.backups.columns import account_columns
from cpdesk.ui.pages.backups.words import facts, modes_text, operators_text
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import path_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, hbox, vbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_WIDTH = 760


class RestoreDialog(WorkDialog):
    """Reads the backup, shows what restoring it changes and what stays, and restores it when told to."""

    help_topic = "backups"
    exclusive = True

    def __init__(self, parent: QWidget, context: PageContext, path: Path, folder: Path) -> None:
        """`folder` is where the present database will be kept."""
        super().__init__(parent, context, _("Restore a backup"), path_text(path), _WIDTH)
        self.path = path
        self.preview: RestorePreview | None = None
        self._folder = folder
        self.passphrase = Form((_passphrase_field(),))
        self.unlock = secondary(_("Open the backup"))
        self._busy_text = Label(_("The backup is being read and checked."), TextRole.CAPTION, wrap=True)
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self._foreign = Notice(Kind.PENDING)
        self._facts = Facts()
        self._modes = Label(role=TextRole.STRONG, wrap=True)
        self._table: DataTable[AccountModes] = DataTable(account_columns(), lambda row: row.account_id, inline=True)
        self._notes = vbox()
        self.why = reason_form()
        self.restore = self.add_button(danger(_("Restore the backup")))
        self.leave = self.add_button(primary(_("Keep the present database")))
        self._fill()

    def read(self) -> None:
        """Read the backup; until that is done, the dialog says so."""
        look = partial(self.context.services.backups.preview, self.context.by, self.path)
        self._try(look)

    def _try(self, look: Callable[[], RestorePreview]) -> None:
        self._show_busy(_("The backup is being read and checked."))
        self.context.jobs.run(self, look, self._on_read, self.refused)

    def refused(self, error: Exception) -> None:
        """Say why the backup cannot be read, or was not restored; ask for its passphrase where that is missing."""
        self._show_busy("")
        code = error.code if isinstance(error, CodedError) else ""
        if code == "passphrase_needed":
            self._ask()
        elif code == "wrong_passphrase":
            self._ask()
            self.passphrase.set_error("passphrase", sentence_of(error))
        else:
            super().refused(error)
        self.fit()

    def _ask(self) -> None:
        for part in (self.passphrase, self.unlock):
            part.show()
        self.passphrase.focus_first()

    def _on_unlock(self) -> None:
        if self.passphrase.validate():
            typed = self.passphrase.values()["passphrase"]
            services, by, path = self.context.services, self.context.by, self.path
            self._try(lambda: _unlocked(services, by, path, typed))

    def _fill(self) -> None:
        self.content.addWidget(self._busy_text)
        self.content.addWidget(self._bar)
        self.content.addWidget(self.passphrase)
        self.content.addLayout(hbox(self.unlock, None))
        self.content.addWidget(self._foreign)
        self.content.addWidget(self._facts)
        self.content.addLayout(self._notes)
        self.content.addWidget(self._modes)
        self.content.addWidget(self._table)
        self.content.addWidget(self.why)
        self._bar.setAccessibleName(self._busy_text.text())
        self._table.setAccessibleName(_("Accounts that change"))
        self._foreign.set_text(
            _("This is not a backup of the present database: its audit log begins with other entries.")
        )
        later: tuple[QWidget, ...] = (
            self.passphrase, self.unlock, self._foreign, self._facts, self._modes, self._table, self.why
        )  # fmt: skip
        for hidden in later:
            hidden.hide()
        self.restore.setEnabled(False)
        self.restore.clicked.connect(self._on_restore)
        self.unlock.clicked.connect(self._on_unlock)
        self.passphrase.submitted.connect(self._on_unlock)
        self.set_safe(self.leave)

    def _on_read(self, preview: RestorePreview) -> None:
        self.preview = preview
        self._show_busy("")
        self.passphrase.hide()
        self.unlock.hide()
        self._foreign.setVisible(not preview.same_history)
        self._facts.clear()
        for text, figure in facts(preview, usual_time_zone()):
            self._facts.add(text, figure)
        self._modes.setText(modes_text(preview))
        self._table.set_rows(preview.changing)
        self._table.setVisible(bool(preview.changing))
        self._show_notes(preview)
        shown: tuple[QWidget, ...] = (self._facts, self._modes, self.why)
        for part in shown:
            part.show()
        self.restore.setEnabled(True)
        if self.isVisible():
            self.fit()

    def _show_notes(self, preview: RestorePreview) -> None:
        clear(self._notes)
        kept = _("Nothing is lost: the present database is kept beside the other backups, in {folder}.")
        after = _("You are signed out then. What has come due since the backup is completed at once, from its date.")
        for text in (*operators_text(preview), kept.format(folder=path_text(self._folder)), after):
            label = Label(text, wrap=True)
            self._notes.addWidget(label)
            label.show()

    def _show_busy(self, text: str) -> None:
        """Say what is going on; "": nothing is."""
        self._busy_text.setText(text)
        for part in (self._busy_text, self._bar):
            part.setVisible(bool(text))
        if self.isVisible():
            self.fit()

    def _on_restore(self) -> None:
        self._show_busy(_("The present database is put aside, and the backup takes its place."))
        restore, reason = self.context.services.backups.restore, self.why.values()["reason"]
        self.change(partial(restore, self.context.by, self.path, reason=reason), self.restore, self.leave)


def _passphrase_field() -> Field:
    return Field("passphrase", lambda: _("Passphrase or recovery key of the backup"), FieldKind.PASSWORD, required=True)


def _unlocked(services: "Services", by: Session, path: Path, passphrase: str) -> RestorePreview:
    services.encryption.unlock(passphrase, path)
    return services.backups.preview(by, path)

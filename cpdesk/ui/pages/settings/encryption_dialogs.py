"""Encrypting the database, choosing another passphrase, and turning encryption off."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QProgressBar, QWidget

from cpdesk.base.encryption_words import plain_backups_text, recovery_sheet, warnings
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.encryption import SHORTEST_PASSPHRASE, Encrypted, EncryptionState
from cpdesk.domain.rows import Done
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.kept_code import KeptCode
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.texts import path_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label

_FIELDS = {"wrong_passphrase": "present", "passphrase_too_short": "passphrase"}
_WIDTH = 600
_MOST_NAMES = 8


class RecoveryKey(KeptCode):
    """The recovery key of an encrypted database, the one time it is seen."""

    file_name = "cpdesk-recovery-key.txt"

    def sheet(self) -> str:
        return recovery_sheet(self.code)

    def save_title(self) -> str:
        return _("Save the recovery key")

    def print_title(self) -> str:
        return _("Print the recovery key")

    def stored_text(self) -> str:
        return _("I have stored the recovery key")


class _RewritingDialog(WorkDialog):
    """Has the database written anew: nobody else may have it open meanwhile."""

    help_topic = "encryption"

    def __init__(self, parent: QWidget, context: PageContext, title: str) -> None:
        super().__init__(parent, context, title, width=_WIDTH)
        self._busy_text = Label(
            _("The database is being written anew, and compared with what was there."), TextRole.CAPTION, wrap=True
        )
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self._bar.setAccessibleName(self._busy_text.text())

    def submit(
        self, work: Callable[[], Done[Any]], done: Callable[[Done[Any]], None], failed: Callable[[Exception], None]
    ) -> None:
        self._show_busy(True)
        self.context.jobs.exclusive(self, work, done, failed)

    def refused(self, error: Exception) -> None:
        self._show_busy(False)
        if not any(told_by_field(form, error, _FIELDS) for form in self.findChildren(Form)):
            super().refused(error)
        self.fit()

    def _add_busy(self) -> None:
        """At the end of the content."""
        for part in (self._busy_text, self._bar):
            self.content.addWidget(part)
        self._show_busy(False)

    def _show_busy(self, busy: bool) -> None:
        for part in (self._busy_text, self._bar):
            part.setVisible(busy)
        if self.isVisible():
            self.fit()


class EncryptDialog(_RewritingDialog):
    """Asks for a passphrase, says what it means, and shows the recovery key in the end; `succeeded` with Encrypted."""

    def __init__(self, parent: QWidget, context: PageContext, state: EncryptionState) -> None:
        self._first_time = not state.encrypted
        title = _("Encrypt the database") if self._first_time else _("Choose another passphrase")
        super().__init__(parent, context, title)
        self.form = Form((() if self._first_time else (_present_field(),)) + _new_fields())
        self.understood, self.keyring = CheckBox(), CheckBox()
        self._about_key = Label(
            _("It opens the database when the passphrase is forgotten. It is shown only this once."), wrap=True
        )
        self.key = RecoveryKey()
        self.why = reason_form()
        self.leave = self.add_button(secondary(_("Keep it as it is")))
        self.go = self.add_button(primary(title))
        self.finish = self.add_button(primary(_("Done")))
        self._made: Encrypted | None = None
        self._warnings = [Label(text, wrap=True) for text in self._texts()]
        self._fill(state)
        self._connect()

    def first_focus(self) -> QWidget:
        return self.form.editor("passphrase" if self._first_time else "present")

    def done_with(self, value: Encrypted) -> None:
        """The key is shown before the dialog closes."""
        self._made = value
        self._show_busy(False)
        self.set_texts(_("Store your recovery key"))
        for done in (*self._warnings, self.form, self.understood, self.keyring, self.why, self.leave, self.go):
            done.hide()
        for shown in (self._about_key, self.key, self.finish):
            shown.show()
        self.key.show_code(value.recovery_key)
        self.fit()
        self.key.stored.setFocus()

    def reject(self) -> None:
        """Esc does not lose a key that nobody has seen yet."""
        if self._made is None:
            super().reject()
        elif self.finish.isEnabled():
            self._on_finished()

    def _texts(self) -> tuple[str, ...]:
        if self._first_time:
            return warnings()
        again = _("Backups made until now go on opening by the present passphrase and its recovery key.")
        return (_("Neither the present passphrase nor the present recovery key opens the database after that."), again)

    def _fill(self, state: EncryptionState) -> None:
        self.understood.setText(_("I understand that nobody can open it without the passphrase or the recovery key"))
        self.keyring.setText(_("Let the keyring of this system open it without asking"))
        self.keyring.setChecked(state.remembered)
        for part in (*self._warnings, self.form, self.keyring, self.understood, self.why, self._about_key, self.key):
            self.content.addWidget(part)
        self._add_busy()
        self.keyring.setVisible(state.keyring)
        for later in (self._about_key, self.key, self.finish):
            later.hide()
        self.understood.setVisible(self._first_time)
        self.finish.setEnabled(False)
        self._on_understood()

    def _connect(self) -> None:
        self.go.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.form.submitted.connect(self._on_go)
        self.understood.toggled.connect(self._on_understood)
        self.key.stored_changed.connect(self.finish.setEnabled)
        self.finish.clicked.connect(self._on_finished)

    def _on_understood(self) -> None:
        self.go.setEnabled(self.understood.isChecked() or not self._first_time)

    def _on_go(self) -> None:
        if self.go.isEnabled() and self.form.validate(_problems(self.form)):
            self.change(self._work(), self.go, self.leave)
        self.fit()

    def _work(self) -> Callable[[], Done[Encrypted]]:
        encryption, values = self.context.services.encryption, self.form.values()
        reason, remember = self.why.values()["reason"], self.keyring.isChecked()
        if self._first_time:
            return partial(encryption.turn_on, self.context.by, values["passphrase"], reason, remember=remember)
        change = partial(encryption.change_passphrase, self.context.by, values["present"], values["passphrase"])
        return partial(change, reason, remember=remember)

    def _on_finished(self) -> None:
        assert self._made is not None
        super().done_with(self._made)


class TurnOffDialog(_RewritingDialog):
    """Asks for the passphrase: a screen may be left unattended. `succeeded` with the EncryptionState."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent, context, _("Turn off encryption"))
        self.form = Form((_present_field(),))
        self.why = reason_form()
        self.go = self.add_button(danger(_("Turn off encryption")))
        self.leave = self.add_button(primary(_("Keep it encrypted")))
        text = _("Whoever gets at the file of the database can read it then. Encrypted backups stay encrypted.")
        for part in (Label(text, wrap=True), self.form, self.why):
            self.content.addWidget(part)
        self._add_busy()
        self.set_safe(self.leave)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)

    def first_focus(self) -> QWidget:
        return self.form.editor("present")

    def _on_go(self) -> None:
        if self.form.validate():
            off, reason = self.context.services.encryption.turn_off, self.why.values()["reason"]
            self.change(partial(off, self.context.by, self.form.values()["present"], reason), self.go, self.leave)
        self.fit()


class DeletePlainDialog(WorkDialog):
    """Names the backups that can be read by everybody, and deletes them. `succeeded` with the EncryptionState."""

    help_topic = "encryption"

    def __init__(self, parent: QWidget, context: PageContext, files: tuple[Path, ...]) -> None:
        super().__init__(parent, context, _("Delete the backups that are not encrypted"), width=_WIDTH)
        self._files = files
        self.go = self.add_button(danger(_("Delete them")))
        self.leave = self.add_button(primary(_("Keep the backups")))
        first = _("They cannot be brought back. Make a backup first, which is encrypted.")
        for text in (plain_backups_text(len(files)), first, *_names(files)):
            self.content.addWidget(Label(text, wrap=True, selectable=True))
        self.set_safe(self.leave)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)

    def _on_go(self) -> None:
        delete = self.context.services.encryption.delete_plain_backups
        self.change(partial(delete, self.context.by, self._files), self.go, self.leave)


def _names(files: tuple[Path, ...]) -> tuple[str, ...]:
    shown = tuple(path_text(Path(path.name)) for path in files[:_MOST_NAMES])
    more = len(files) - len(shown)
    return shown + ((ngettext("and {number} more", "and {number} more", more).format(number=more),) if more else ())


def _present_field() -> Field:
    return Field("present", lambda: _("Present passphrase or recovery key"), FieldKind.PASSWORD, required=True)


def _new_fields() -> tuple[Field, Field]:
    return (
        Field(
            "passphrase",
            lambda: _("New passphrase"),
            FieldKind.PASSWORD,
            required=True,
            validate=_too_short,
            help=_rule,
        ),
        Field("again", lambda: _("New passphrase again"), FieldKind.PASSWORD, required=True),
    )


def _problems(form: Form) -> dict[str, str]:
    values = form.values()
    return {} if values["passphrase"] == values["again"] else {"again": _("The two passphrases differ.")}


def _too_short(passphrase: str) -> str | None:
    return _("This passphrase is too short.") if len(passphrase) < SHORTEST_PASSPHRASE else None


def _rule() -> str:
    return ngettext(
        "At least {number} character; a sentence is best.",
        "At least {number} characters; a sentence is best.",
        SHORTEST_PASSPHRASE,
    ).format(number=SHORTEST_PASSPHRASE)

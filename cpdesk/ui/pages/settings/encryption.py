"""Whether the database is encrypted on the disk, and the ways to switch it on and off."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.encryption_words import plain_backups_text
from cpdesk.base.i18n import _
from cpdesk.base.messages import sentence
from cpdesk.domain.encryption import Encrypted, EncryptionState
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import Done
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.pages.settings.setting_row import SettingRow, SettingsCard
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hairline
from cpdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from cpdesk.ui.pages.settings.encryption_dialogs import EncryptDialog, TurnOffDialog


class EncryptionCard(SettingsCard):
    """What holds, and for reseller administrators the dialogs that change it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._known: EncryptionState | None = None
        self._may_change = context.by.role is Role.RESELLER
        self.switch, self.change, self.keyring = secondary(), secondary(), secondary()
        self._state, self._passphrase = SettingRow(self.switch), SettingRow(self.change)
        self._asking = SettingRow(self.keyring)
        self._about = Label(role=TextRole.CAPTION, wrap=True)
        self.refusal, self.plain = Notice(Kind.ERROR), Notice(Kind.PENDING)
        self._lines = hairline(), hairline()
        rows = (self._state, self._lines[0], self._passphrase, self._lines[1], self._asking)
        for part in (self.refusal, self.plain, *rows, self._about):
            self.body.addWidget(part)
            part.hide()
        self.switch.clicked.connect(self._on_switch)
        self.change.clicked.connect(self._on_change)
        self.keyring.clicked.connect(self._on_keyring)

    def refresh(self) -> None:
        """Ask how things stand: apart from the page, which does not wait for the keyring."""
        look = partial(self._context.services.encryption.state, self._context.by)
        self._context.jobs.run(self, look, self._on_known, self._on_refused, key="encryption")

    def retranslate(self) -> None:
        self.set_title(_("Encryption of the database"))
        self.change.setText(_("Change passphrase"))
        if self._known is not None:
            self._show(self._known)

    def _on_known(self, state: EncryptionState) -> None:
        self._known = state
        self._show(state)

    def _show(self, state: EncryptionState) -> None:
        self._show_texts(state)
        self._state.show()
        self._about.setVisible(bool(self._about.text()))
        self.switch.setVisible(self._may_change and (state.possible or state.encrypted))
        self._passphrase.setVisible(self._may_change and state.encrypted)
        self._asking.setVisible(self._may_change and state.encrypted and (state.keyring or state.remembered))
        for line, row in zip(self._lines, (self._passphrase, self._asking), strict=True):
            line.setVisible(not row.isHidden())
        count = len(state.plain_backups)
        self.plain.setVisible(bool(count))
        self.plain.set_text(plain_backups_text(count) if count else "")
        self.plain.set_actions((Action(_("Delete them"), self._on_delete),) if self._may_change else ())

    def _show_texts(self, state: EncryptionState) -> None:
        self._state.set_texts(
            _("On") if state.encrypted else _("Off"),
            _("Whoever gets at the file, or at a backup of it, cannot read it without the passphrase.")
            if state.encrypted
            else _("Whoever gets at the file of the database, or at a backup of it, can read it."),
        )
        self.switch.setText(_("Turn off encryption") if state.encrypted else _("Encrypt the database"))
        self._passphrase.set_texts(_("Passphrase"), _("The database is encrypted anew; there is a new recovery key."))
        self._asking.set_texts(
            _("At the start the keyring of this system opens it")
            if state.remembered
            else _("At the start the passphrase is asked for"),
            _("The keyring opens for whoever is logged in to this computer as you."),
        )
        self.keyring.setText(_("Always ask") if state.remembered else _("Use the keyring"))
        self._about.setText(_about(state))

    def _on_switch(self) -> None:
        from cpdesk.ui.pages.settings.encryption_dialogs import EncryptDialog, TurnOffDialog

        assert self._known is not None
        if self._known.encrypted:
            off = TurnOffDialog(self, self._context)
            off.succeeded.connect(self._on_turned_off)
            self._open(off)
        else:
            self._open_encrypt(EncryptDialog(self, self._context, self._known))

    def _on_change(self) -> None:
        from cpdesk.ui.pages.settings.encryption_dialogs import EncryptDialog

        assert self._known is not None
        self._open_encrypt(EncryptDialog(self, self._context, self._known))

    def _open_encrypt(self, dialog: "EncryptDialog") -> None:
        dialog.succeeded.connect(self._on_encrypted)
        self._open(dialog)

    def _open(self, dialog: "EncryptDialog | TurnOffDialog") -> None:
        self.refusal.hide()
        dialog.open()

    def _on_encrypted(self, made: Encrypted) -> None:
        self._on_known(made.state)
        self._tell(_("The database is encrypted by this passphrase from now on."))

    def _on_turned_off(self, state: EncryptionState) -> None:
        self._on_known(state)
        self._tell(_("The database is no longer encrypted."))

    def _tell(self, text: str) -> None:
        self._context.notices.clear()
        self._context.notices.success(text)

    def _on_keyring(self) -> None:
        assert self._known is not None
        encryption = self._context.services.encryption
        self._change(encryption.forget if self._known.remembered else encryption.remember)

    def _on_delete(self) -> None:
        from cpdesk.ui.pages.settings.encryption_dialogs import DeletePlainDialog

        assert self._known is not None
        dialog = DeletePlainDialog(self, self._context, self._known.plain_backups)
        dialog.succeeded.connect(self._on_known)
        dialog.open()

    def _change(self, work: Callable[..., Done[EncryptionState]]) -> None:
        self.refusal.hide()
        self.keyring.setEnabled(False)
        self._context.jobs.change(self, partial(work, self._context.by), self._on_done, self._on_refused)

    def _on_done(self, done: Done[EncryptionState]) -> None:
        self.keyring.setEnabled(True)
        self._on_known(done.value)

    def _on_refused(self, error: Exception) -> None:
        self.keyring.setEnabled(True)
        self.refusal.set_text(sentence_of(error))
        self.refusal.show()


def _about(state: EncryptionState) -> str:
    if not state.encrypted:
        return "" if state.possible else sentence("encryption_missing")
    if state.remembered:
        return ""
    return _("What the system runs every hour needs the passphrase too: it gets it from the keyring.")

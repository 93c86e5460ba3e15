"""The encrypted database: unlocking it, and its part of the settings."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.encryption import EncryptionState
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_settings import (
    ENCRYPTED,
    LOCKED,
    OLD_BACKUPS,
    PLAIN,
    REMEMBERED,
    settings_services,
    settings_window,
)
from cpdesk.ui.gallery.stand_ins import services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.settings.encryption_dialogs import DeletePlainDialog, EncryptDialog, TurnOffDialog
from cpdesk.ui.pages.settings.page import SettingsPage

_ALL = ("german", "large_text", "rtl")
_PATH = Path("/home/dana/.local/share/cpdesk/cpdesk.db")
_PASSPHRASE = "all the king's horses"


def unlock_window(stage: Stage, failures: int | None) -> QWidget:
    """The window at the page that asks for the passphrase."""
    params = {"path": _PATH, "failures": failures, "answer": print, "attempt": 1}
    return stage.window(all_pages(), "unlock", services=services(), session=None, **params)


@scene("unlock", variants=_ALL)
def unlock(stage: Stage) -> QWidget:
    """As it is every morning."""
    return unlock_window(stage, 0)


@scene("unlock_asking_keyring")
def unlock_asking_keyring(stage: Stage) -> QWidget:
    """Before anybody is asked."""
    return unlock_window(stage, None)


@scene("unlock_refused", variants=_ALL)
def unlock_refused(stage: Stage) -> QWidget:
    """After the fifth wrong one."""
    return unlock_window(stage, 5)


def _card(stage: Stage, state: EncryptionState) -> QWidget:
    return settings_window(stage, settings_services(encryption=state), section="encryption")


@scene("settings_encryption_off", variants=_ALL)
def settings_encryption_off(stage: Stage) -> QWidget:
    """As it is at first."""
    return _card(stage, PLAIN)


@scene("settings_encryption_on", variants=_ALL)
def settings_encryption_on(stage: Stage) -> QWidget:
    """With backups of before."""
    return _card(stage, replace(LOCKED, plain_backups=OLD_BACKUPS))


@scene("settings_encryption_keyring")
def settings_encryption_keyring(stage: Stage) -> QWidget:
    """The keyring opens it."""
    return _card(stage, REMEMBERED)


@scene("settings_encryption_missing")
def settings_encryption_missing(stage: Stage) -> QWidget:
    """This installation has no SQLCipher."""
    return _card(stage, replace(PLAIN, possible=False, keyring=False))


@scene("settings_encryption_auditor")
def settings_encryption_auditor(stage: Stage) -> QWidget:
    """Who changes nothing."""
    return settings_window(stage, settings_services(encryption=LOCKED), AUDITOR, section="encryption")


def _settings(stage: Stage, state: EncryptionState, made: object = ENCRYPTED) -> tuple[QWidget, SettingsPage]:
    bundle = settings_services(encryption=state, encrypted=made)
    window = settings_window(stage, bundle, RESELLER, section="encryption")
    page = window.page
    assert isinstance(page, SettingsPage)
    return window, page


def _encrypting(stage: Stage, state: EncryptionState, made: object = ENCRYPTED) -> tuple[QWidget, EncryptDialog]:
    window, page = _settings(stage, state, made)
    return window, EncryptDialog(page, page.context, state)


@scene("encrypt", variants=_ALL)
def encrypt(stage: Stage) -> tuple[QWidget, QDialog]:
    """Before it is turned on."""
    return _encrypting(stage, PLAIN)


@scene("encrypt_in_use", variants=("german",))
def encrypt_in_use(stage: Stage) -> tuple[QWidget, QDialog]:
    """Another window has the database open."""
    window, dialog = _encrypting(stage, PLAIN, KnownError("database_in_use", path=str(_PATH)))
    _go(dialog)
    return window, dialog


@scene("encrypt_key", variants=_ALL)
def encrypt_key(stage: Stage) -> tuple[QWidget, QDialog]:
    """The recovery key, shown once."""
    window, dialog = _encrypting(stage, PLAIN)
    _go(dialog)
    return window, dialog


@scene("change_passphrase", variants=_ALL)
def change_passphrase(stage: Stage) -> tuple[QWidget, QDialog]:
    """The present one was wrong."""
    window, dialog = _encrypting(stage, LOCKED, UserError("wrong_passphrase"))
    dialog.form.set_values({"present": "something else"})
    _go(dialog)
    return window, dialog


def _go(dialog: EncryptDialog) -> None:
    dialog.form.set_values({"passphrase": _PASSPHRASE, "again": _PASSPHRASE})
    dialog.understood.setChecked(True)
    dialog.go.click()


@scene("turn_off_encryption", variants=_ALL)
def turn_off_encryption(stage: Stage) -> tuple[QWidget, QDialog]:
    """Before it is turned off."""
    window, page = _settings(stage, LOCKED)
    return window, TurnOffDialog(page, page.context)


@scene("delete_plain_backups", variants=_ALL)
def delete_plain_backups(stage: Stage) -> tuple[QWidget, QDialog]:
    """Backups of before."""
    window, page = _settings(stage, replace(LOCKED, plain_backups=OLD_BACKUPS))
    return window, DeletePlainDialog(page, page.context, OLD_BACKUPS)

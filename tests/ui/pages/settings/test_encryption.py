"""The section of the settings about encryption, and its dialogs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER
from cpdesk.ui.gallery.scenes_settings import LOCKED, OLD_BACKUPS, PLAIN, RECOVERY_KEY, REMEMBERED, settings_services
from cpdesk.ui.pages.settings.encryption import EncryptionCard
from cpdesk.ui.pages.settings.encryption_dialogs import DeletePlainDialog, EncryptDialog, TurnOffDialog
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.shell.window import Window

PASSPHRASE = "all the king's horses"
OpenPage = Callable[..., Window]


@pytest.fixture
def card_on(open_page: OpenPage) -> Callable[..., EncryptionCard]:
    """Makes the card on given services; for an operator."""

    def make(bundle: Any, **named: Any) -> EncryptionCard:
        page = open_page("settings", bundle, **named).page
        assert isinstance(page, SettingsPage)
        return page.encryption

    return make


def dialog_of(card: EncryptionCard, kind: type[QWidget]) -> Any:
    return card.window().findChildren(kind)[-1]


def filled(dialog: EncryptDialog, again: str = PASSPHRASE) -> EncryptDialog:
    dialog.form.set_values({"passphrase": PASSPHRASE, "again": again})
    return dialog


def test_it_is_turned_on_once_it_is_understood_and_the_key_is_stored(card_on: Callable[..., EncryptionCard]) -> None:
    bundle = settings_services(encryption=PLAIN)
    card = card_on(bundle)
    card.switch.click()
    dialog = filled(dialog_of(card, EncryptDialog))
    assert not dialog.go.isEnabled()
    dialog.understood.setChecked(True)
    dialog.keyring.setChecked(True)
    dialog.go.click()
    (call,) = [named for name, _args, named in bundle.encryption.calls if name == "turn_on"]
    assert call == {"remember": True}
    assert bundle.encryption.called("turn_on") == [(PASSPHRASE, "")]
    assert dialog.key.code == RECOVERY_KEY
    dialog.reject()
    assert dialog.isVisible(), "a key that nobody has stored is not lost by Esc"
    dialog.key.stored.setChecked(True)
    dialog.finish.click()
    assert not dialog.isVisible()
    assert "11 backups from before are not encrypted" in card.plain.text


def test_what_does_not_fit_is_said_beside_its_field(card_on: Callable[..., EncryptionCard]) -> None:
    card = card_on(settings_services(encryption=LOCKED, encrypted=UserError("wrong_passphrase")))
    card.change.click()
    dialog = filled(dialog_of(card, EncryptDialog), again="something else")
    dialog.form.set_values({"present": "not this one"})
    dialog.go.click()
    assert dialog.form.error("again") == "The two passphrases differ."
    filled(dialog).go.click()
    assert "neither the passphrase" in dialog.form.error("present")
    dialog.reject()


def test_a_database_in_use_is_said(card_on: Callable[..., EncryptionCard]) -> None:
    card = card_on(
        settings_services(encryption=PLAIN, encrypted=KnownError("database_in_use", path="/books/cpdesk.db"))
    )
    card.switch.click()
    dialog = filled(dialog_of(card, EncryptDialog))
    dialog.understood.setChecked(True)
    dialog.go.click()
    assert "open. Close it" in dialog.refusal.text
    dialog.reject()


def test_turning_it_off_asks_for_the_passphrase(card_on: Callable[..., EncryptionCard]) -> None:
    bundle = settings_services(encryption=LOCKED)
    card = card_on(bundle)
    card.switch.click()
    dialog = dialog_of(card, TurnOffDialog)
    dialog.go.click()
    assert bundle.encryption.called("turn_off") == []
    dialog.form.set_values({"present": PASSPHRASE})
    dialog.go.click()
    assert bundle.encryption.called("turn_off") == [(PASSPHRASE, "")]
    assert card.switch.text() == "Encrypt the database"


def test_the_keyring_to_and_fro(card_on: Callable[..., EncryptionCard]) -> None:
    card = card_on(settings_services(encryption=LOCKED))
    assert card.keyring.text() == "Use the keyring"
    card.keyring.click()
    assert card.keyring.text() == "Always ask"
    card.keyring.click()
    assert card.keyring.text() == "Use the keyring"


def test_plain_backups_are_named_before_they_are_deleted(card_on: Callable[..., EncryptionCard]) -> None:
    bundle = settings_services(encryption=replace(REMEMBERED, plain_backups=OLD_BACKUPS))
    card = card_on(bundle)
    card.plain.buttons()[0].click()
    dialog = dialog_of(card, DeletePlainDialog)
    assert bundle.encryption.called("delete_plain_backups") == []
    dialog.go.click()
    assert bundle.encryption.called("delete_plain_backups") == [(OLD_BACKUPS,)]
    assert card.plain.isHidden()


def test_who_may_not_change_it(card_on: Callable[..., EncryptionCard]) -> None:
    card = card_on(settings_services(encryption=replace(LOCKED, plain_backups=OLD_BACKUPS)), session=AUDITOR)
    assert not card.plain.buttons()
    assert not any(button.isVisible() for button in (card.switch, card.change, card.keyring))
    assert card_on(settings_services(None, encryption=LOCKED), session=CUSTOMER).isHidden()

"""The program on an encrypted database: it asks for the passphrase, and encryption is switched while it runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cpdesk import composition
from cpdesk.app import Desktop
from cpdesk.store import cipher
from cpdesk.ui.pages.settings.encryption_dialogs import EncryptDialog
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.pages.start.unlock import UnlockPage
from tests.app.test_app import key, sign_in
from tests.support.keyrings import MemoryKeyring, QuickKeys
from tests.support.world import World

pytest.importorskip("sqlcipher3", reason="encryption is an extra")

PASSPHRASE = "all the king's horses"
Started = Callable[[Path], Desktop]


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    kept = MemoryKeyring()
    monkeypatch.setattr(cipher, "_keys", {})
    monkeypatch.setattr(composition, "Argon2Keys", QuickKeys)
    monkeypatch.setattr(composition, "_keyring", lambda: kept)
    return kept


@pytest.fixture
def encrypted(books: World) -> World:
    """An encrypted database that nobody has open, whose key is not known."""
    books.account("Contoso")
    books.services.encryption.turn_on(books.by, PASSPHRASE)
    books.close()
    cipher.forget()
    return books


def page_of(desktop: Desktop, qtbot: QtBot) -> UnlockPage:
    qtbot.waitUntil(lambda: key(desktop) == "unlock")
    page = desktop.window.page
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(page.form.isEnabled)
    return page


def test_it_asks_until_the_passphrase_is_right(started: Started, encrypted: World, qtbot: QtBot) -> None:
    desktop = started(encrypted.folder)
    page = page_of(desktop, qtbot)
    assert page.refusal.isHidden()
    page.form.set_values({"passphrase": "not this one, surely"})
    page.unlock.click()
    qtbot.waitUntil(page.refusal.isVisible)
    page.form.set_values({"passphrase": PASSPHRASE})
    page.unlock.click()
    sign_in(desktop, qtbot)
    assert key(desktop) == "customers"


def test_the_keyring_is_asked_first(started: Started, encrypted: World, qtbot: QtBot, keyring: MemoryKeyring) -> None:
    encrypted.services.encryption.unlock(PASSPHRASE)
    encrypted.open()
    encrypted.services.encryption.remember(encrypted.by)
    encrypted.close()
    cipher.forget()
    keyring.kept.update(encrypted.keyring.kept)
    sign_in(started(encrypted.folder), qtbot)


def test_it_is_turned_on_while_the_program_runs(started: Started, books: World, qtbot: QtBot) -> None:
    books.account("Contoso")
    books.close()
    desktop = started(books.folder)
    sign_in(desktop, qtbot)
    desktop.window.navigate("settings")
    page = desktop.window.page
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(page.encryption.switch.isVisible)
    page.encryption.switch.click()
    dialog = desktop.window.findChildren(EncryptDialog)[-1]
    dialog.form.set_values({"passphrase": PASSPHRASE, "again": PASSPHRASE})
    dialog.understood.setChecked(True)
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(dialog.key.code))
    dialog.key.stored.setChecked(True)
    dialog.finish.click()
    assert cipher.salt_of(books.store.path) is not None
    # All goes on as before, on both threads.
    desktop.window.navigate("customers")
    by = desktop.window.session
    assert by is not None
    rows = desktop._database.services.accounts.rows
    found: list[int] = []
    desktop.jobs.run(desktop, lambda: len(rows(by)), found.append)
    qtbot.waitUntil(lambda: found == [1])

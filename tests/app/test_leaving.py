"""What somebody sees who is signed in no longer, or as something else, or after somebody else."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.app import Desktop
from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Role
from cpdesk.jobs import EVERYTHING
from cpdesk.ui.shell.jump.dialog import JumpDialog
from tests.app.test_app import key, sign_in, texts
from tests.support.world import ADMIN, PASSWORD, World

Started = Callable[[Path], Desktop]
SECOND = "second@reseller.example"
FOREIGN = "Fabrikam"


@pytest.fixture
def desktop(started: Started, books: World, qtbot: QtBot) -> Desktop:
    """The second reseller administrator looks at two customers; what `books` changes, `seen` has the window notice."""
    books.account("Contoso")
    books.account(FOREIGN)
    books.operator(Role.RESELLER, email=SECOND)
    desktop = started(books.folder)
    sign_in(desktop, qtbot, SECOND)
    qtbot.waitUntil(lambda: "2 accounts" in texts(desktop))
    return desktop


def seen(desktop: Desktop) -> None:
    """As the watcher of other processes does within seconds."""
    desktop.jobs.announce(EVERYTHING)


def named(desktop: Desktop) -> list[str]:
    """The accounts that the window shows or keeps, on pages, in the bar and in dialogs."""
    found = [one.windowTitle() for one in QApplication.topLevelWidgets()]
    found += [texts(desktop), desktop.window.top_bar.bell.toolTip(), *desktop.window.notices.texts()]
    return [text for text in found if FOREIGN in text]


def test_who_is_removed_meanwhile_sees_nothing_any_more(desktop: Desktop, books: World, qtbot: QtBot) -> None:
    desktop.window._jumper.open()
    books.services.operators.remove(books.by, SECOND)
    qtbot.waitUntil(lambda: desktop.window.session is None, timeout=10_000)
    assert key(desktop) == "sign_in"
    assert desktop.window.notices.texts() == [f"{SECOND} can no longer sign in."]
    assert not [one for one in desktop.window.findChildren(JumpDialog) if one.isVisible()]


def test_who_has_another_role_meanwhile_goes_on_with_that_one(desktop: Desktop, books: World, qtbot: QtBot) -> None:
    own = books.services.accounts.rows(books.by)[0]
    books.services.operators.change_role(books.by, SECOND, Role.CUSTOMER, own.id)
    seen(desktop)
    qtbot.waitUntil(lambda: key(desktop) == "my_services")
    session = desktop.window.session
    assert session is not None
    assert (session.role, session.account_id) == (Role.CUSTOMER, own.id)
    assert desktop.window.notices.texts() == ["Your role was changed by an administrator."]
    assert named(desktop) == []


def test_a_new_password_from_an_administrator_ends_what_the_old_one_has_opened(
    desktop: Desktop, books: World, qtbot: QtBot
) -> None:
    books.services.operators.reset_password(books.by, SECOND, "given to them")
    seen(desktop)
    qtbot.waitUntil(lambda: desktop.window.session is None)
    told = f"An administrator has set another password for {SECOND}. Log in with it."
    assert desktop.window.notices.texts() == [told]


def test_who_is_removed_behind_the_lock_leaves_no_lock(desktop: Desktop, books: World, qtbot: QtBot) -> None:
    desktop.window.lock.lock()
    books.services.operators.remove(books.by, SECOND)
    seen(desktop)
    qtbot.waitUntil(lambda: desktop.window.session is None)
    assert not desktop.window.lock.is_locked
    assert key(desktop) == "sign_in"


def test_how_a_change_of_somebody_who_has_left_ends_is_not_told_to_the_next(
    desktop: Desktop, books: World, qtbot: QtBot
) -> None:
    customer = books.operator(Role.CUSTOMER, books.services.accounts.rows(books.by)[0].id, "kim@contoso.example")
    go_on, ended = Event(), list[object]()

    def refuse() -> None:
        go_on.wait(10)
        raise UserError("account_suspended", account=FOREIGN)

    page = desktop.window.page
    assert page is not None
    page.change(refuse, ended.append)
    desktop.window.sign_out()
    QApplication.processEvents()
    desktop.jobs.change(desktop.window, lambda: None, ended.append)
    sign_in(desktop, qtbot, customer.email)
    go_on.set()
    qtbot.waitUntil(lambda: ended == [None])
    assert named(desktop) == []


def test_the_others_are_not_disturbed(desktop: Desktop, books: World, qtbot: QtBot) -> None:
    before = desktop.window.page
    books.services.operators.set_password(books.by, ADMIN, f"{PASSWORD} once more")
    books.account("Adatum")
    seen(desktop)
    qtbot.waitUntil(lambda: "3 accounts" in texts(desktop))
    assert desktop.window.page is before

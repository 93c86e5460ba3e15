"""The first start."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.i18n import language
from cpdesk.services.setup import SetUp, Setup
from cpdesk.ui.gallery.moving_samples import MOVE_FILE, moving_area
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.start.recovery_code import RecoveryCode
from cpdesk.ui.pages.start.setup import SetupPage
from cpdesk.ui.parts.move_in import BringInFreshDialog
from cpdesk.ui.shell.language import SETTING, apply_language
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice

_CODE = "K7QF-2M9X-RT4B-WHCN-8ZPD"
_GOOD = {
    "email": RESELLER.email,
    "password": "correct horse",
    "again": "correct horse",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def setup() -> StandIn:
    return StandIn(Setup, set_up=SetUp(RESELLER, _CODE))


@pytest.fixture
def window(open_page: Callable[..., Window], setup: StandIn, qtbot: QtBot) -> Window:
    window = open_page("setup", services(setup=setup), session=None)
    qtbot.waitUntil(lambda: combo(window, "time_zone").count() > 0)
    return window


def form_of(window: Window) -> Form:
    form = window.findChild(Form)
    assert isinstance(form, Form)
    return form


def combo(window: Window, key: str) -> ComboBox:
    editor = form_of(window).editor(key)
    assert isinstance(editor, ComboBox)
    return editor


def type_into(editor: ComboBox, text: str) -> None:
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(editor, text)


def button(window: QWidget, text: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.text() == text)


def code_of(window: Window) -> RecoveryCode:
    shown = window.findChild(RecoveryCode)
    assert isinstance(shown, RecoveryCode)
    return shown


def submit(window: Window, **changes: object) -> None:
    form_of(window).set_values(_GOOD | changes)
    button(window, "Create administrator").click()


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)


def test_what_is_usual_here_is_chosen_already(window: Window) -> None:
    values = form_of(window).values()
    assert values["language"] == "en"
    assert len(values["currency"]) == 3
    assert values["time_zone"]


def test_the_administrator_is_created_with_what_was_typed(window: Window, setup: StandIn) -> None:
    submit(window)
    assert setup.calls == [
        ("set_up", (RESELLER.email, "correct horse"), {"currency": "EUR", "time_zone": "Europe/Berlin"})
    ]


def test_a_zone_is_found_by_a_part_of_its_name(window: Window) -> None:
    type_into(combo(window, "time_zone"), "berlin")
    assert form_of(window).values()["time_zone"] == "Europe/Berlin"


def test_a_currency_is_found_by_its_name(window: Window) -> None:
    type_into(combo(window, "currency"), "franc swiss")
    assert form_of(window).values()["currency"] == "CHF"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "correct hose"}, "again"),
        ({"currency": None}, "currency"),
        ({"time_zone": None}, "time_zone"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    window: Window, setup: StandIn, changes: dict[str, object], field: str
) -> None:
    submit(window, **changes)
    assert form_of(window).error(field)
    assert setup.calls == []


def test_what_the_service_refuses_is_said_at_its_field(window: Window, setup: StandIn) -> None:
    setup.answers["set_up"] = UserError("unknown_currency", text="EUR")
    submit(window)
    assert 'There is no currency "EUR" today.' in form_of(window).error("currency")


def test_all_that_is_wrong_is_said_at_once(window: Window, setup: StandIn) -> None:
    submit(window, email="dana", again="correct hose", time_zone=None)
    form = form_of(window)
    assert form.error("email") == "“dana” is not an e-mail address. An address looks like dana@contoso.example."
    assert form.error("again") == "The two passwords differ."
    assert form.error("time_zone")
    assert setup.calls == []


def test_a_trouble_of_the_disk_is_said_above_the_form(window: Window, setup: StandIn) -> None:
    setup.answers["set_up"] = KnownError("disk_full", path="/somewhere/cpdesk.db")
    submit(window)
    shown = [notice.text for notice in window.findChildren(Notice) if notice.isVisible()]
    assert "/somewhere/cpdesk.db" in " ".join(shown)


def test_the_code_is_shown_once_and_has_to_be_confirmed(window: Window) -> None:
    submit(window)
    assert code_of(window).code == _CODE
    go_on = button(window, "Continue to Log In")
    assert not go_on.isEnabled()
    code_of(window).stored.toggle()
    go_on.click()
    assert window.place is not None
    assert window.place.key == "sign_in"
    assert form_of(window).values()["email"] == RESELLER.email


def _come_to_rest() -> None:
    """Layouts need more than one round of events."""
    for _round in range(5):
        QApplication.processEvents()


def test_the_code_can_be_copied(window: Window) -> None:
    submit(window)
    _come_to_rest()
    place = code_of(window).stored.mapTo(window, QPoint())
    button(window, "Copy").click()
    _come_to_rest()
    assert code_of(window).stored.mapTo(window, QPoint()) == place
    assert QGuiApplication.clipboard().text() == _CODE


def test_the_code_is_saved_for_its_owner_only(window: Window, tmp_path: Path) -> None:
    submit(window)
    target, elsewhere = tmp_path / "code.txt", tmp_path / "elsewhere"
    elsewhere.touch(mode=0o644)
    target.symlink_to(elsewhere)
    code_of(window).save_to(str(target))
    assert elsewhere.read_bytes() == b"", "others can read it"
    assert _CODE in target.read_text("utf-8")
    assert RESELLER.email in target.read_text("utf-8")
    assert target.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_said(window: Window, tmp_path: Path) -> None:
    submit(window)
    code_of(window).save_to(str(tmp_path / "missing" / "code.txt"))
    shown = [notice.text for notice in code_of(window).findChildren(Notice) if notice.isVisible()]
    assert str(tmp_path / "missing") in " ".join(shown)


def test_the_language_switches_the_page_at_once(window: Window, stage: Stage, qapp: QApplication) -> None:
    languages = combo(window, "language")
    form_of(window).set_values({"email": RESELLER.email, "currency": "CHF"})
    languages.setCurrentIndex(languages.findData("de"))
    languages.activated.emit(languages.currentIndex())
    try:
        assert language() == "de"
        assert stage.settings.value(SETTING) == "de"
        assert button(window, "Administrator anlegen").isVisible()
        assert form_of(window).values()["email"] == RESELLER.email
        assert form_of(window).values()["currency"] == "CHF"
    finally:
        apply_language(qapp, "en")


def test_it_says_where_the_database_will_be(open_page: Callable[..., Window], setup: StandIn, tmp_path: Path) -> None:
    window = open_page("setup", services(setup=setup), session=None, folder=tmp_path)
    assert f"The database will be in {tmp_path}." in said(window)
    assert "backups of one" not in said(window)


def test_a_folder_that_has_lost_its_database_is_told_apart_from_a_new_one(
    open_page: Callable[..., Window], setup: StandIn, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    window = open_page("setup", services(setup=setup), session=None, folder=tmp_path)
    assert "There is no database in this folder, but there are backups of one." in said(window)


def said(window: Window) -> str:
    texts = (label.text() for label in window.findChildren(Label) if label.isVisible())
    return "\n".join(texts).replace("\u200b", "")


def test_data_from_another_computer_is_brought_in_instead(open_page: Callable[..., Window]) -> None:
    moving = moving_area()
    window = open_page("setup", services(setup=StandIn(Setup), moving=moving), session=None)
    window._parts = replace(window._parts, sign_in_key="sign_in")
    assert isinstance(window.page, SetupPage)
    assert window.page.bring.isVisible()
    window.page.bring_in(str(MOVE_FILE))
    (dialog,) = window.findChildren(BringInFreshDialog)
    dialog.form.set_values({"email": RESELLER.email, "password": "correct horse"})
    dialog.bring.click()
    ((_name, asked, _more),) = moving.calls
    assert asked[:3] == (MOVE_FILE, RESELLER.email, "correct horse")
    assert window.place is not None
    assert window.place.key == "sign_in"
    assert "Go on here only." in window.notices.texts()[0]

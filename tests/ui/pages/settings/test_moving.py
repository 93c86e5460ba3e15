"""Moving to another computer from the settings, and what a computer says that was put aside."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton

from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.moving_samples import AWAY, MOVE_FILE, moving_area
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_settings import settings_services
from cpdesk.ui.gallery.stand_ins import services
from cpdesk.ui.pages.settings.move_out_dialog import MoveOutDialog, TakeBackDialog
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.parts.move_in import BringInDialog
from cpdesk.ui.shell.moved_banner import MovedBanner
from cpdesk.ui.shell.window import Window

OpenPage = Callable[..., Window]


def opened(open_page: OpenPage, session: Session = RESELLER, **answers: Any) -> tuple[Window, SettingsPage, Any]:
    bundle = settings_services(**answers)
    window = open_page("settings", bundle, session=session)
    assert isinstance(window.page, SettingsPage)
    return window, window.page, bundle.moving


def dialog(window: Window, kind: type[Any]) -> Any:
    (found,) = (one for one in window.findChildren(kind) if one.isVisible())
    return found


def test_moving_out_wants_a_tick(open_page: OpenPage) -> None:
    window, page, moving = opened(open_page)
    page.moving.move_out(str(MOVE_FILE))
    asked = dialog(window, MoveOutDialog)
    assert not asked.move_out.isEnabled()
    asked.form.set_values({"aside": True})
    asked.form.changed.emit()
    asked.move_out.click()
    assert moving.called("out") == [(MOVE_FILE,)]
    assert "this computer is put aside" in window.notices.texts()[0]


def test_bringing_in_shows_the_file_and_wants_the_address_typed(open_page: OpenPage) -> None:
    window, page, moving = opened(open_page)
    window._parts = replace(window._parts, sign_in_key="sign_in")
    page.moving.bring_in(str(MOVE_FILE))
    asked = dialog(window, BringInDialog)
    assert not asked.bring.isEnabled()
    asked.form.set_values({"email": RESELLER.email.upper()})
    asked.form.changed.emit()
    asked.bring.click()
    assert moving.called("bring_in") == [(MOVE_FILE,)]
    assert window.session is None
    assert "Go on here only." in window.notices.texts()[0]


def test_a_file_that_is_refused_cannot_be_brought_in(open_page: OpenPage) -> None:
    window, page, _moving = opened(open_page)
    area = moving_area(preview=UserError("move_damaged", path=str(MOVE_FILE)))
    page.context.services.moving.answers.update(area.answers)  # type: ignore[attr-defined]
    page.moving.bring_in(str(MOVE_FILE))
    asked = dialog(window, BringInDialog)
    asked.form.set_values({"email": RESELLER.email})
    asked.form.changed.emit()
    assert not asked.bring.isEnabled()
    assert "is damaged" in asked.refusal.text


def test_there_is_a_way_back(open_page: OpenPage) -> None:
    window, page, moving = opened(open_page, moved=AWAY)
    assert not page.moving.out.isVisible()
    page.moving.back.click()
    dialog(window, TakeBackDialog).back.click()
    assert moving.called("take_back") == [()]


def test_others_are_not_offered_it(open_page: OpenPage) -> None:
    for session in (AUDITOR, CUSTOMER):
        assert not opened(open_page, session)[1].moving.isVisible()


def test_a_banner_says_so_to_all_and_shows_the_way_back_to_who_may(stage: Stage, open_page: OpenPage) -> None:
    window = open_page("settings", settings_services(moved=AWAY), session=RESELLER)
    MovedBanner(window, stage.jobs, services(moving=moving_area(AWAY))).look()
    assert "moved to another computer" in window.banners.text("moved")
    shown = [button.text() for button in window.banners.findChildren(QPushButton) if button.isVisible()]
    assert "Show settings" in shown
    assert Path(AWAY.file).name in window.banners.text("moved")

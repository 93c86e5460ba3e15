"""The settings: what a person chooses counts at once and is remembered."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base import i18n
from cpdesk.base.errors import KnownError, UserError
from cpdesk.services.defaults import Defaults
from cpdesk.services.scheduling import Obstacle, Schedule, ScheduleState
from cpdesk.services.surroundings import FolderKind
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_settings import FILE, settings_services
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.shell.due_interval import due_interval
from cpdesk.ui.shell.language import SETTING, apply_language
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Appearance, Theme
from cpdesk.ui.widgets.inputs import ComboBox
from cpdesk.ui.widgets.labels import Label

OpenPage = Callable[..., Window]


@pytest.fixture
def services() -> Any:
    return settings_services()


@pytest.fixture
def window(open_page: OpenPage, services: Any) -> Window:
    return open_page("settings", services)


def page(window: Window) -> SettingsPage:
    assert isinstance(window.page, SettingsPage)
    return window.page


def choose(combo: ComboBox, value: object) -> None:
    """Choose as a person does."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def texts(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(Label) if label.isVisible())


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)


def test_the_palette_changes_at_once(window: Window, theme: Theme) -> None:
    choose(page(window).appearance.palette_choice, str(Appearance.DARK))
    assert theme.dark
    theme.set_appearance(Appearance.LIGHT)
    assert page(window).appearance.palette_choice.value() == "light", "the operator's menu chooses too"


def test_rows_get_lower_at_once(window: Window, theme: Theme) -> None:
    before = theme.row_height
    choose(page(window).appearance.rows, "dense")
    assert theme.dense
    assert theme.row_height < before


def test_motion_can_be_left_out(window: Window, theme: Theme) -> None:
    choose(page(window).appearance.motion, "still")
    assert theme.reduced_motion
    choose(page(window).appearance.motion, "follow")
    assert not theme.motion_reduced_by_choice


def test_the_language_changes_at_once_and_is_remembered(window: Window, stage: Stage, qapp: QApplication) -> None:
    try:
        choose(page(window).appearance.language, "de")
        assert i18n.language() == "de"
        assert stage.settings.value(SETTING) == "de"
    finally:
        apply_language(qapp, "en")


def test_the_interval_is_remembered(window: Window, stage: Stage) -> None:
    assert due_interval(stage.settings) == timedelta(seconds=30)
    choose(page(window).due.interval, 300)
    assert due_interval(stage.settings) == timedelta(minutes=5)


def test_an_interval_that_nobody_offers_counts_as_the_usual_one(stage: Stage) -> None:
    stage.settings.setValue("due/interval_seconds", "86400")
    assert due_interval(stage.settings) == timedelta(seconds=30)


def test_it_is_said_that_nothing_depends_on_the_interval(window: Window) -> None:
    assert "always counts from its date" in texts(page(window).due)


def test_defaults_are_saved_only_when_they_are_others(window: Window, services: Any) -> None:
    card = page(window).new_accounts
    assert not card.save.isEnabled()
    card.form.set_values({"currency": "EUR", "time_zone": "Europe/Berlin", "country": "DE"})
    card.save.click()
    assert services.preferences.called("set_defaults") == [("EUR", "Europe/Berlin", "DE")]
    assert window.notices.texts() == ["New accounts start with these from now on."]
    assert not card.save.isEnabled()


def test_a_refused_default_is_said_at_its_field(open_page: OpenPage) -> None:
    refusal = UserError("unknown_currency", text="USD")
    window = open_page("settings", settings_services(set_defaults=refusal))
    card = page(window).new_accounts
    card.form.set_values({"country": "DE"})
    card.save.click()
    assert card.form.error("currency")


def test_what_somebody_is_typing_outlives_a_refresh(window: Window) -> None:
    card = page(window).new_accounts
    card.form.set_values({"currency": "EUR"})
    page(window).context.jobs.announce(frozenset({"accounts"}))
    assert card.form.values()["currency"] == "EUR"


def test_a_country_that_was_never_chosen_is_that_of_the_computer(open_page: OpenPage) -> None:
    window = open_page("settings", settings_services(defaults=Defaults("USD", "UTC", "")))
    card = page(window).new_accounts
    assert card.form.values()["country"]
    assert card.save.isEnabled(), "it counts only once it is saved"


def test_an_auditor_sees_the_defaults_and_changes_none(open_page: OpenPage, services: Any) -> None:
    card = page(open_page("settings", services, session=AUDITOR)).new_accounts
    assert card.isVisible()
    assert not card.form.isVisible()
    assert not card.save.isVisible()
    said = [label.text() for label in card.facts.findChildren(Label)]
    assert said[::2] == ["Currency", "Time zone", "Country"]
    assert "America/New_York" in said[3]
    assert any("signed in as an auditor" in label.text() for label in card.findChildren(Label))


def test_a_customer_sees_nothing_of_what_others_share(open_page: OpenPage) -> None:
    services = settings_services(None)
    window = open_page("settings", services, session=CUSTOMER)
    assert not page(window).new_accounts.isVisible()
    assert not services.preferences.called("defaults")
    assert "Accounts" not in texts(page(window).data)


def test_a_customer_stays_in_the_own_account(open_page: OpenPage) -> None:
    window = open_page("settings", settings_services(None), session=CUSTOMER)
    assert window.side_menu.button("my_services") is not None
    assert window.side_menu.button("customers") is None
    assert CONTOSO.id == CUSTOMER.account_id


def test_paths_can_be_copied(window: Window) -> None:
    card = page(window).data
    card.data.copy_button.click()
    assert Path(QGuiApplication.clipboard().text()) == FILE.parent
    assert "48.3 MB" in texts(card)


def test_versions_can_be_copied(window: Window) -> None:
    about = page(window).about
    about.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("cpdesk ")
    assert "Qt " in copied
    assert "LGPL-3.0" in texts(about)


def test_a_section_can_be_opened(open_page: OpenPage, services: Any, qtbot: QtBot) -> None:
    window = open_page("settings", services, section="about")
    about = page(window).about
    qtbot.waitUntil(lambda: not about.visibleRegion().isEmpty())


def test_what_cannot_be_read_says_why(open_page: OpenPage) -> None:
    window = open_page("settings", settings_services(database=KnownError("database_locked", path="/x/cpdesk.db")))
    assert [one for one in window.findChildren(QPushButton) if one.text() == "Try again" and one.isVisible()]


# Completing changes without the window


def shown(window: Window) -> str:
    return texts(page(window).schedule)


def test_it_is_switched_on_and_off_again(open_page: OpenPage) -> None:
    services = settings_services()
    window = open_page("settings", services)
    button = page(window).schedule.button
    assert (button.text(), "Off" in shown(window)) == ("Switch on", True)
    button.click()
    assert (button.text(), "On: every hour" in shown(window)) == ("Switch off", True)
    assert "Last run: November 23, 2026" in shown(window)
    assert button.accessibleName() == "Switch off: Complete changes of mode without the window"
    button.click()
    assert len(services.scheduling.called("switch_on")) == len(services.scheduling.called("switch_off")) == 1


def test_what_the_system_refuses_is_said_where_it_was_asked(open_page: OpenPage) -> None:
    refusal = KnownError("scheduler_refused", command="schtasks", reason="Access is denied")
    window = open_page("settings", settings_services(switch=refusal))
    card = page(window).schedule
    card.button.click()
    assert "Access is denied" in card.refusal.text
    assert card.button.isEnabled()
    assert "Off" in shown(window)


def test_one_that_runs_a_former_place_can_be_switched_on_for_this_one(open_page: OpenPage) -> None:
    services = settings_services(schedule=Schedule(ScheduleState.OUTDATED))
    window = open_page("settings", services)
    page(window).schedule.button.click()
    assert services.scheduling.called("switch_on") == [()]


@pytest.mark.parametrize("obstacle", Obstacle)
def test_where_it_is_not_possible_the_reason_is_said(open_page: OpenPage, obstacle: Obstacle) -> None:
    window = open_page("settings", settings_services(schedule=Schedule(ScheduleState.IMPOSSIBLE, obstacle)))
    assert "Not possible here" in shown(window)
    assert not page(window).schedule.button.isVisible()
    assert ("cpdesk apply-due" in shown(window)) == (obstacle is not Obstacle.DEMO)


def test_an_auditor_sees_whether_it_is_on(open_page: OpenPage) -> None:
    window = open_page("settings", settings_services(), session=AUDITOR)
    assert "Off" in shown(window)
    assert not page(window).schedule.button.isVisible()


def test_a_customer_is_not_told_of_it(open_page: OpenPage) -> None:
    services = settings_services(None)
    window = open_page("settings", services, session=CUSTOMER)
    assert not page(window).schedule.isVisible()
    assert services.scheduling.calls == []


# The data folder


def test_a_folder_that_is_bad_for_a_database_is_warned_about(open_page: OpenPage) -> None:
    window = open_page("settings", settings_services(folder=FolderKind.DROPBOX))
    assert "lies in Dropbox" in page(window).data.warning.text
    assert not page(open_page("settings", settings_services())).data.warning.isVisible()

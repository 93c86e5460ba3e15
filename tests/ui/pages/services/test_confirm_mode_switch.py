"""The confirmation of a change of mode."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import forecasts
from cpdesk.domain.forecasts import BlockedHolder
from cpdesk.domain.modes import Mode
from cpdesk.jobs import InlineJobs
from cpdesk.ui.gallery.service_samples import (
    BOUGHT,
    CAPACITY,
    IN_USE,
    POOL,
    PREMIUM,
    Failing,
    Sample,
    held,
    many_products,
)
from cpdesk.ui.pages.services.confirm_mode_switch import ConfirmModeSwitchDialog
from tests.ui.pages.services.conftest import Open, Opened

USAGE = Sample(mode=Mode.USAGE, rows=IN_USE)
PURCHASE = Sample(completed=BOUGHT, rows=(*POOL, held(CAPACITY, 5, 0)))
PEOPLE = tuple(BlockedHolder(f"user{n}@contoso.example", f"User {n}", ("SPB",)) for n in range(7))
LOCKED = KnownError("database_locked", path="cpdesk.sqlite3")


@pytest.fixture
def confirm(open_services: Open) -> Callable[..., tuple[Opened, ConfirmModeSwitchDialog]]:
    """Press Edit."""

    def confirm(sample: Sample, **answers: object) -> tuple[Opened, ConfirmModeSwitchDialog]:
        opened = open_services(sample, **answers)
        opened.page.tools.mode_card.edit.click()
        return opened, opened.dialog(ConfirmModeSwitchDialog)

    return confirm


Confirm = Callable[..., tuple[Opened, ConfirmModeSwitchDialog]]


def test_it_says_whom_and_what_it_is_about(confirm: Confirm) -> None:
    _opened, dialog = confirm(USAGE)
    assert dialog.windowTitle() == "Change to Purchase Mode?"
    texts = _texts(dialog)
    assert "Contoso Freight · contoso-freight.example" in texts
    assert texts.index("Usage Mode") < texts.index("Purchase Mode")
    assert "Immediately, on November 23, 2026 (America/New_York)" in texts
    assert dialog.no.text() == "No, Keep Usage Mode"


def test_every_tick_is_needed(confirm: Confirm) -> None:
    _opened, dialog = confirm(PURCHASE)
    assert dialog.view is not None
    first, second = dialog.view.ticks
    assert not dialog.yes.isEnabled()
    first.click()
    assert not dialog.yes.isEnabled()
    second.click()
    assert dialog.yes.isEnabled()
    first.click()
    assert not dialog.yes.isEnabled()


def test_without_ticks_yes_is_on_at_once(confirm: Confirm) -> None:
    _opened, dialog = confirm(replace(PURCHASE, rows=(held(PREMIUM, 60, 54),)))
    assert dialog.yes.isEnabled()


def test_yes_accepts_the_forecast_that_was_shown(confirm: Confirm) -> None:
    opened, dialog = confirm(USAGE)
    _tick_all(dialog)
    dialog.form.set_values({"reason": "CHG-7"})
    dialog.yes.click()
    assert opened.modes.called("change") == [(7, Mode.PURCHASE, USAGE.forecast(Mode.PURCHASE))]
    assert [named for name, _args, named in opened.modes.calls if name == "change"] == [{"reason": "CHG-7"}]
    assert not opened.is_open(ConfirmModeSwitchDialog)


@pytest.mark.parametrize("answer", ["button", "escape", "enter"])
def test_no_is_the_default_and_changes_nothing(confirm: Confirm, answer: str) -> None:
    opened, dialog = confirm(PURCHASE)
    assert dialog.no.isDefault()
    assert dialog.no.hasFocus()
    if answer == "button":
        dialog.no.click()
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape if answer == "escape" else Qt.Key.Key_Return)
    assert not opened.is_open(ConfirmModeSwitchDialog)
    assert opened.modes.called("change") == []


def test_a_forecast_that_changed_is_shown_and_asked_again(confirm: Confirm) -> None:
    later = replace(PURCHASE, rows=(held(PREMIUM, 61, 54), *PURCHASE.rows[1:]))
    shown, now = PURCHASE.forecast(Mode.USAGE), later.forecast(Mode.USAGE)
    found = forecasts.differences(shown, now)
    opened, dialog = confirm(PURCHASE, change=UserError("forecast_changed", differences=found, forecast=now))
    _tick_all(dialog)
    dialog.yes.click()
    assert opened.is_open(ConfirmModeSwitchDialog)
    assert "Seats of Microsoft 365 Business Premium: 60 → 61" in dialog.differences.text
    assert not dialog.yes.isEnabled()
    assert dialog.no.hasFocus()
    assert "Cost per month now: $1,780.40 → $1,802.40" in dialog.differences.text
    assert any(text.startswith("88 seats (") for text in _texts(dialog))
    assert not any(text.startswith("87 seats (") for text in _texts(dialog))
    _tick_all(dialog)
    dialog.yes.click()
    assert [call[2] for call in opened.modes.called("change")] == [shown, now]


def test_another_refusal_is_said_and_nothing_is_lost(confirm: Confirm) -> None:
    opened, dialog = confirm(PURCHASE, change=LOCKED)
    _tick_all(dialog)
    dialog.yes.click()
    assert opened.is_open(ConfirmModeSwitchDialog)
    assert "Another program is writing" in dialog.refusal.text
    assert dialog.yes.isEnabled()
    opened.modes.answers["change"] = PURCHASE.services().modes.change
    dialog.yes.click()
    assert not opened.is_open(ConfirmModeSwitchDialog)


def test_a_forecast_that_fails_can_be_tried_again(confirm: Confirm) -> None:
    opened, dialog = confirm(USAGE, forecast=Failing(USAGE.forecast(Mode.PURCHASE), LOCKED))
    assert "Another program is writing" in dialog.refusal.text
    assert not dialog.yes.isEnabled()
    assert not dialog.copy.isVisible()
    opened.modes.answers["forecast"] = USAGE.forecast(Mode.PURCHASE)
    (again,) = dialog.refusal.buttons()
    assert again.text() == "Try again"
    again.click()
    assert not dialog.refusal.isVisible()
    assert dialog.view is not None


def test_a_forecast_that_takes_long_opens_the_dialog_without_it(
    open_services: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_services(USAGE)
    monkeypatch.setattr(InlineJobs, "run", lambda *_args, **_named: None)
    opened.page.tools.mode_card.edit.click()
    assert not opened.is_open(ConfirmModeSwitchDialog)
    qtbot.waitUntil(lambda: opened.is_open(ConfirmModeSwitchDialog))
    dialog = opened.dialog(ConfirmModeSwitchDialog)
    assert dialog.loading.isVisible()
    assert not dialog.yes.isEnabled()


def test_folded_names_are_unfolded_by_their_link(confirm: Confirm) -> None:
    _opened, dialog = confirm(replace(PURCHASE, blocked=PEOPLE))
    assert "User 0, User 1, User 2, User 3, User 4" in _texts(dialog)
    assert dialog.view is not None
    (link,) = (button for button in _buttons(dialog) if button.text() == "and 2 more")
    link.click()
    assert ", ".join(f"User {n}" for n in range(7)) in _texts(dialog)
    assert not link.isVisible()


def test_the_summary_is_copied_whole(confirm: Confirm) -> None:
    _opened, dialog = confirm(replace(PURCHASE, blocked=PEOPLE))
    dialog.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "Change to Usage Mode?" in text
    assert "User 6" in text
    assert "Office 365 E3: Seats 20, Assigned 17, Released 3" in text
    assert dialog.copy.text() == "Summary copied"


def test_it_cannot_be_left_while_the_change_runs(confirm: Confirm, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, dialog = confirm(USAGE)
    _tick_all(dialog)
    monkeypatch.setattr(InlineJobs, "change", lambda *_args, **_named: None)
    dialog.yes.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert opened.is_open(ConfirmModeSwitchDialog)
    assert not dialog.yes.isEnabled()
    assert not dialog.no.isEnabled()
    dialog.accept()


@pytest.mark.parametrize("sample", [USAGE, replace(PURCHASE, blocked=PEOPLE)])
def test_everything_has_a_name(confirm: Confirm, assert_accessible: Callable[[QWidget], None], sample: Sample) -> None:
    assert_accessible(confirm(sample)[1])


def test_the_keyboard_reaches_everything(confirm: Confirm) -> None:
    _opened, dialog = confirm(PURCHASE)
    _tick_all(dialog)
    assert dialog.view is not None
    wanted = {*dialog.view.ticks, dialog.view.table, dialog.yes, dialog.no, dialog.copy, dialog.print}
    reached = set()
    for _step in range(len(wanted) + 2):
        reached.add(QGuiApplication.focusObject())
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
    assert wanted <= reached


def test_the_keyboard_brings_every_product_into_view(confirm: Confirm) -> None:
    _opened, dialog = confirm(replace(PURCHASE, rows=many_products(40)))
    assert dialog.view is not None
    table = dialog.view.table
    table.setFocus()
    table.selectRow(39)
    last = table.visualRect(table.model().index(39, 0)).center()
    scrolled = dialog.findChild(QScrollArea)
    assert isinstance(scrolled, QScrollArea)
    assert scrolled.viewport().rect().contains(table.viewport().mapTo(scrolled.viewport(), last))


def _tick_all(dialog: ConfirmModeSwitchDialog) -> None:
    assert dialog.view is not None
    for tick in dialog.view.ticks:
        tick.setChecked(True)


def _texts(root: QWidget) -> list[str]:
    return [label.accessibleName() or label.text() for label in root.findChildren(QLabel) if label.isVisible()]


def _buttons(root: QWidget) -> list[QPushButton]:
    return [button for button in root.findChildren(QPushButton) if button.isVisible()]

"""Closing an account: what is lost is shown, named, and asked again if it changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.rows import Done
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.company_samples import CLOSED, CLOSING, COMPANY
from cpdesk.ui.gallery.price_samples import schedule_answers
from cpdesk.ui.gallery.samples import CONTOSO, RESELLER
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.company.close_account import CloseAccountDialog
from cpdesk.ui.pages.company.closing_texts import closing_differences, closing_lines
from cpdesk.ui.shell.window import Window


@pytest.fixture
def accounts() -> StandIn:
    return StandIn(Accounts, company=COMPANY, closing=CLOSING, close=Done(CLOSED.account, topics.CLOSING))


@pytest.fixture
def window(open_page: Callable[..., Window], accounts: StandIn) -> Window:
    return open_page("edit_company", services(accounts=accounts, prices=schedule_answers()), account=CONTOSO.id)


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> CloseAccountDialog:
    return opened(window, qtbot)


def opened(window: Window, qtbot: QtBot) -> CloseAccountDialog:
    assert window.page is not None
    made = CloseAccountDialog(window, window.page.context, CONTOSO)
    made.ask()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def texts(dialog: CloseAccountDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_every_widget_has_a_name(dialog: CloseAccountDialog, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(dialog)


def test_it_says_what_is_lost_with_numbers_and_dates() -> None:
    lines = dict(closing_lines(CLOSING))
    assert lines["Released at once; not billed from today on"] == "82 seats"
    assert lines["Stay listed, without licenses"] == "74 users"
    assert lines["Pending change to Usage Mode on December 1, 2026"] == "ends, not completed"
    assert lines["Another account can have the domain"] == "from December 1, 2026 on"
    assert lines["Statements and audit log"] == "remain"


def test_where_whole_months_are_charged_the_bill_falls_later() -> None:
    later = replace(CLOSING, falls_later=date(2026, 12, 1))
    assert dict(closing_lines(later))["Released at once; not billed from December 1, 2026 on"] == "82 seats"
    assert closing_differences(CLOSING, later) == ("No longer billed: from today on → from December 1, 2026 on",)


def test_the_account_stands_over_the_question(dialog: CloseAccountDialog) -> None:
    assert "Contoso Freight · contoso-freight.example" in texts(dialog)


def test_seats_are_listed_by_product(dialog: CloseAccountDialog) -> None:
    rows = dialog.products.rows
    listed = [(rows.row(place).name, rows.row(place).released) for place in range(rows.rowCount())]
    assert listed == [(line.name, line.released) for line in CLOSING.released]


def test_it_is_closed_only_when_its_domain_is_typed(dialog: CloseAccountDialog, accounts: StandIn) -> None:
    assert not dialog.close_it.isEnabled()
    dialog.form.set_values({"domain": "contoso"})
    assert not dialog.close_it.isEnabled()
    dialog.form.set_values({"domain": " CONTOSO-freight.example"})
    dialog.why.set_values({"reason": "Ticket 4711"})
    dialog.close_it.click()
    assert ("close", (RESELLER, CONTOSO.id, CLOSING), {"reason": "Ticket 4711"}) in accounts.calls


def test_enter_in_the_field_closes_only_what_is_named(dialog: CloseAccountDialog, accounts: StandIn) -> None:
    field = dialog.form.editor("domain")
    QTest.keyClicks(field, "contoso-freight.exampl")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not accounts.called("close")


def test_the_first_answer_keeps_the_account(dialog: CloseAccountDialog, accounts: StandIn) -> None:
    QTest.keyClick(dialog.leave, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert not accounts.called("close")


def test_what_changed_meanwhile_is_shown_and_asked_again(dialog: CloseAccountDialog, accounts: StandIn) -> None:
    now = replace(CLOSING, released=CLOSING.released[:-1], users=73, ends_switch=None)
    accounts.answers["close"] = UserError("closing_changed", account=CONTOSO.name, forecast=now)
    dialog.form.set_values({"domain": CONTOSO.domain})
    dialog.close_it.click()
    assert dialog.isVisible()
    assert not dialog.close_it.isEnabled()
    told = dialog.differences.text
    for text in ("Seats of Office 365 Extra File Storage: 2 → 0", "Users: 74 → 73", "December 1, 2026 → none"):
        assert text in told
    accounts.answers["close"] = Done(CLOSED.account, topics.CLOSING)
    dialog.form.set_values({"domain": CONTOSO.domain})
    dialog.close_it.click()
    assert accounts.called("close")[-1] == (CONTOSO.id, now)


def test_what_is_shown_anew_has_its_room(
    window: Window, dialog: CloseAccountDialog, accounts: StandIn, qtbot: QtBot
) -> None:
    window.resize(1280, 1000)
    accounts.answers["close"] = UserError("closing_changed", account=CONTOSO.name, forecast=replace(CLOSING, users=73))
    dialog.form.set_values({"domain": CONTOSO.domain})
    dialog.close_it.click()
    qtbot.waitUntil(lambda: all(label.isVisible() for label in dialog.facts.findChildren(QLabel)))
    taken = dialog.height()
    dialog.fit()
    assert dialog.height() == taken


def test_equal_forecasts_do_not_differ() -> None:
    assert closing_differences(CLOSING, replace(CLOSING)) == ()


def test_a_renamed_account_is_told() -> None:
    renamed = replace(CLOSING, account=replace(CONTOSO, name="Contoso Sea"))
    (told,) = closing_differences(CLOSING, renamed)
    assert told == "Account: Contoso Freight · contoso-freight.example → Contoso Sea · contoso-freight.example"


def test_the_page_tells_what_was_done(window: Window, accounts: StandIn, qtbot: QtBot) -> None:
    next(one for one in window.findChildren(QPushButton) if one.text() == "Close the account").click()
    dialog = window.findChild(CloseAccountDialog)
    assert isinstance(dialog, CloseAccountDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    accounts.answers["company"] = CLOSED
    dialog.form.set_values({"domain": CONTOSO.domain})
    dialog.close_it.click()
    assert window.notices.texts() == ["Contoso Freight is closed. All its seats are released."]


def test_what_cannot_be_computed_can_be_tried_again(window: Window, accounts: StandIn, qtbot: QtBot) -> None:
    answers: dict[str, Any] = accounts.answers
    answers["closing"] = KnownError("database_locked", path="cpdesk.sqlite3")
    dialog = opened(window, qtbot)
    assert not dialog.close_it.isEnabled()
    answers["closing"] = CLOSING
    dialog.refusal.buttons()[0].click()
    assert dialog.form.isVisible()
    dialog.close()

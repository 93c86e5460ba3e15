"""The Microsoft 365 services page and its Tools tab."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.service_samples import BOUGHT, IN_USE, Sample, pending
from cpdesk.ui.pages.services.confirm_mode_switch import ConfirmModeSwitchDialog
from cpdesk.ui.parts.keep_purchase_mode import KeepPurchaseModeDialog
from tests.ui.pages.conftest import Navigations
from tests.ui.pages.services.conftest import Open, Opened

USAGE = Sample(mode=Mode.USAGE, rows=IN_USE)
PURCHASE = Sample(completed=BOUGHT)
PENDING = replace(PURCHASE, is_pending=True)


def test_the_head_names_service_domain_and_users(open_services: Open) -> None:
    opened = open_services(PENDING)
    assert opened.page.title == "Microsoft 365 services"
    badge = opened.page.account
    assert badge is not None
    assert (badge.name, badge.mode, badge.pending_on) == ("Contoso Freight", Mode.PURCHASE, pending(7).effective_on)


def test_the_tab_of_the_address_is_open(open_services: Open) -> None:
    assert open_services(USAGE, "tools").page.tabs.current == "tools"
    assert open_services(USAGE, "subscriptions").page.tabs.current == "subscriptions"


def test_tools_in_usage_mode(open_services: Open) -> None:
    tools = open_services(USAGE).page.tools
    assert tools.mode_card.model.accessibleName() == "Billing model: Usage Mode"
    assert tools.mode_card.status.text() == "Usage Mode is active"
    assert tools.mode_card.edit.isEnabled()
    assert not tools.pending.isVisible()
    assert not tools.licenses.isVisible()
    assert not tools.outlook.isVisible()


def test_tools_while_a_change_is_pending(open_services: Open) -> None:
    tools = open_services(PENDING).page.tools
    assert "will be completed on December 1, 2026" in tools.pending.text
    assert [button.text() for button in tools.pending.buttons()] == ["Keep Purchase Mode"]
    assert not tools.mode_card.edit.isEnabled()
    assert tools.mode_card.reason.isVisible()
    assert tools.mode_card.edit.accessibleDescription() == tools.mode_card.reason.text()
    assert tools.outlook.isVisible()
    assert tools.outlook.rows.rowCount() == 3


def test_an_auditor_reads_everything_and_is_offered_nothing(open_services: Open) -> None:
    tools = open_services(PENDING, session=AUDITOR).page.tools
    assert tools.outlook.isVisible()
    assert not tools.pending.buttons()
    assert not tools.mode_card.edit.isEnabled()
    assert "auditor" in tools.mode_card.reason.text()
    assert not tools.licenses.isVisible()


def test_without_the_service_there_is_nothing_to_edit(open_services: Open) -> None:
    tools = open_services(Sample(mode=Mode.USAGE, rows=(), active=False)).page.tools
    assert not tools.mode_card.edit.isEnabled()
    assert tools.mode_card.status.text() == "Microsoft 365 is not active for this account."


def test_the_link_leads_to_the_subscriptions(open_services: Open) -> None:
    page = open_services(PURCHASE).page
    page.tools.licenses.click()
    assert page.tabs.current == "subscriptions"


def test_a_link_leads_to_the_advisor(open_services: Open, navigations: Navigations) -> None:
    page = open_services(USAGE).page
    gone = navigations(page)
    page.tools.advice.click()
    assert gone == [("advisor", {"account": 7})]


def test_without_the_service_nothing_is_advised(open_services: Open) -> None:
    assert not open_services(Sample(mode=Mode.USAGE, rows=(), active=False)).page.tools.advice.isVisible()


def test_a_service_that_fails_says_why(open_services: Open) -> None:
    opened = open_services(PURCHASE, show=UserError("unknown_account", text="7"))
    assert not opened.page.content.isVisible()
    assert 'There is no account "7".' in _visible_texts(opened.page)


def test_time_passes_while_the_page_is_open(open_services: Open, stage: Stage) -> None:
    page = open_services(PENDING).page
    assert "in 8 days" in page.tools.pending.text
    stage.clock.advance(timedelta(days=1))
    page._minute.timeout.emit()
    assert "in 7 days" in page.tools.pending.text


def test_keeping_purchase_mode_withdraws_at_once(open_services: Open) -> None:
    opened = open_services(PENDING)
    opened.page.tools.pending.buttons()[0].click()
    dialog = opened.dialog(KeepPurchaseModeDialog)
    texts = _visible_texts(dialog)
    assert "Contoso Freight · contoso-freight.example" in texts
    assert (
        "All 82 seats ($1,780.40 a month) stay in the pool and stay billable, "
        "also those that nobody holds: 11 seats ($201.40 a month)."
    ) in texts
    opened.modes.answers["show"] = (PURCHASE.account, BOUGHT)
    opened.modes.answers["outlook"] = None
    dialog.form.set_values({"reason": "CHG-8"})
    dialog.keep.click()
    assert opened.modes.called("keep") == [(7,)]
    assert [named for name, _args, named in opened.modes.calls if name == "keep"] == [{"reason": "CHG-8"}]
    assert not opened.is_open(KeepPurchaseModeDialog)
    assert not opened.page.tools.pending.isVisible()
    assert opened.page.tools.mode_card.edit.isEnabled()
    assert "Contoso Freight stays in Purchase Mode." in opened.window.notices.texts()[0]


@pytest.mark.parametrize("answer", ["button", "escape"])
def test_leaving_the_change_pending_changes_nothing(open_services: Open, answer: str) -> None:
    opened = open_services(PENDING)
    opened.page.tools.pending.buttons()[0].click()
    dialog = opened.dialog(KeepPurchaseModeDialog)
    assert dialog.leave.isDefault()
    if answer == "button":
        dialog.leave.click()
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not opened.is_open(KeepPurchaseModeDialog)
    assert opened.modes.called("keep") == []


def test_keeping_too_late_says_so_in_the_dialog(open_services: Open) -> None:
    opened = open_services(PENDING, keep=UserError("nothing_pending", account="Contoso Freight"))
    opened.page.tools.pending.buttons()[0].click()
    dialog = opened.dialog(KeepPurchaseModeDialog)
    dialog.keep.click()
    assert dialog.refusal.text == "No change of mode is pending for Contoso Freight."
    assert dialog.keep.isEnabled()


def test_after_the_change_the_page_shows_the_new_state(open_services: Open) -> None:
    opened = open_services(USAGE)
    opened.page.tools.mode_card.edit.click()
    dialog = opened.dialog(ConfirmModeSwitchDialog)
    _turn_into(opened, replace(PURCHASE, rows=IN_USE))
    assert dialog.view is not None
    dialog.view.ticks[0].click()
    dialog.yes.click()
    assert opened.page.tools.mode_card.status.text() == "Purchase Mode is active"
    assert opened.window.notices.texts() == ["Purchase Mode is active. The pool opened with 71 seats."]


def test_after_the_request_the_page_shows_it_pending(open_services: Open) -> None:
    opened = open_services(PURCHASE)
    opened.page.tools.mode_card.edit.click()
    dialog = opened.dialog(ConfirmModeSwitchDialog)
    _turn_into(opened, PENDING)
    assert dialog.view is not None
    dialog.view.ticks[0].click()
    dialog.yes.click()
    assert opened.page.tools.pending.isVisible()
    assert opened.window.focusWidget() is opened.page.tabs.bar
    (told,) = opened.window.notices.texts()
    assert told == "The change to Usage Mode is requested for December 1, 2026, 00:00 America/New_York."


@pytest.mark.parametrize("sample", [USAGE, PURCHASE, PENDING])
@pytest.mark.parametrize("tab", ["tools", "subscriptions"])
def test_everything_has_a_name(
    open_services: Open, assert_accessible: Callable[[QWidget], None], sample: Sample, tab: str
) -> None:
    assert_accessible(open_services(sample, tab).page)


def _turn_into(opened: Opened, sample: Sample) -> None:
    """What the services tell from now on."""
    opened.modes.answers["show"] = (sample.account, sample.completed)
    opened.modes.answers["outlook"] = sample.forecast(Mode.USAGE) if sample.is_pending else None


def _visible_texts(root: QWidget) -> list[str]:
    return [label.accessibleName() or label.text() for label in root.findChildren(QLabel) if label.isVisible()]

"""The page of one subscription: history, idle seats, chart, and the low-seat warning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.service_samples import BOUGHT, IN_USE, POOL, STORAGE, Sample
from cpdesk.ui.gallery.subscription_samples import HISTORY, LOW, entry, many_entries, many_idle, subscription
from cpdesk.ui.pages.services.ledger_words import what_text
from cpdesk.ui.pages.services.subscription_page import SubscriptionPage
from cpdesk.ui.pages.services.threshold_dialog import ThresholdDialog
from cpdesk.ui.shell.window import Window
from tests.ui.pages.services.conftest import Open

PURCHASE = Sample(completed=BOUGHT, rows=(POOL[0], LOW, POOL[2]))
E3, PREMIUM = LOW.product_id, POOL[0].product_id
ZONE = "America/New_York"

OpenOne = Callable[..., SubscriptionPage]


@pytest.fixture
def open_one(open_page: Callable[..., Window]) -> OpenOne:
    """`open_one(sample, E3, tab="idle", session=AUDITOR)`."""

    def open_one(
        sample: Sample, product: int = E3, tab: str = "history", session: Session = RESELLER, **answers: Any
    ) -> SubscriptionPage:
        bundle = sample.services(**answers)
        window = open_page("subscription", bundle, session=session, account=7, product=product, tab=tab)
        assert isinstance(window.page, SubscriptionPage)
        return window.page

    return open_one


def actions(page: SubscriptionPage) -> list[str]:
    return [action.text() for action in page.more.pop_up.actions()] if page.more.isVisible() else []


def test_the_list_of_subscriptions_leads_to_it(open_services: Open) -> None:
    opened = open_services(subscription(PURCHASE), "subscriptions")
    table = opened.page.subscriptions.table
    table.select(E3)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert isinstance(opened.window.page, SubscriptionPage)
    assert opened.window.page.title == "Office 365 E3"


def test_the_newest_change_stands_first(open_one: OpenOne) -> None:
    table = open_one(subscription(PURCHASE)).history.table
    assert table.rows.rowCount() == len(HISTORY)
    table.selectRow(0)
    told = table.selection_as_tsv().split("\t")
    assert told[1] == "Assigned to Chidi Okafor (chidi@contoso-freight.example)"
    assert told[2:4] == ["20", "17 (+1)"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "18 seats bought"),
        (4, "3 seats released · mode change completed · recorded Oct\u00a04,\u00a02026, 09:07"),
        (5, "Taken from Ada Reyes · user deleted"),
    ],
)
def test_entries_in_words(number: int, text: str) -> None:
    assert what_text(HISTORY[number - 1], ZONE) == text


def test_a_kind_of_entry_that_nobody_knows_is_shown_as_it_stands() -> None:
    assert what_text(entry(1, datetime(2026, 11, 1, tzinfo=UTC), "odd", action="seats.added"), ZONE) == "odd"


def test_a_long_history_is_searched_and_read_as_it_is_seen(open_one: OpenOne) -> None:
    page = open_one(subscription(PURCHASE, many_entries(5000)), PREMIUM)
    assert page.history.table.rows.total == 5000
    page.history.search.setText("INC-4900")
    page.history.search.returnPressed.emit()
    assert page.history.table.rows.ids == (4900,)
    page.history.search.setText("nobody")
    page.history.search.returnPressed.emit()
    assert page.history.table.empty.title == "No entry found"


def test_idle_seats_are_sorted_by_what_is_asked_for(open_one: OpenOne) -> None:
    page = open_one(subscription(PURCHASE, seats=many_idle(300)), PREMIUM, "idle")
    table = page.idle.table
    assert table.rows.ids[:2] == (1, 2)
    table.sort_by("cost")
    assert table.rows.ids[:2] == (300, 299)
    assert "the seat that became idle last is the first to be assigned" in page.idle.rule.text()


def test_few_seats_left_offer_to_add_some(open_one: OpenOne) -> None:
    page = open_one(subscription(PURCHASE))
    assert page.low.isVisible()
    assert [button.text() for button in page.low.buttons()] == ["Add seats"]
    assert actions(page) == ["Low-seat warning", "Remove seats"]


def test_an_auditor_is_warned_and_offered_nothing(open_one: OpenOne) -> None:
    page = open_one(subscription(PURCHASE), session=AUDITOR)
    assert page.low.isVisible()
    assert not page.low.buttons()
    assert not page.add.isVisible()
    assert actions(page) == []


def test_in_usage_mode_a_warning_is_said_to_be_silent(open_one: OpenOne) -> None:
    rows = tuple(replace(row, threshold=5) for row in IN_USE)
    page = open_one(subscription(Sample(mode=Mode.USAGE, rows=rows), seats=()), PREMIUM)
    assert not page.low.isVisible()
    assert "silent in Usage Mode" in page.figures[2].accessibleDescription()
    assert actions(page) == []


def test_what_belongs_to_the_tenant_has_no_warning(open_one: OpenOne) -> None:
    page = open_one(subscription(PURCHASE, seats=()), int(STORAGE.guid[:8], 16), "idle")
    assert actions(page) == ["Remove seats"]
    assert page.idle.table.empty.title == "No idle seats"


def test_a_threshold_is_set(open_one: OpenOne) -> None:
    page = open_one(subscription(PURCHASE))
    page.more.pop_up.actions()[0].trigger()
    (dialog,) = page.window().findChildren(ThresholdDialog)
    assert dialog.form.values() == {"threshold": 3, "reason": ""}
    dialog.form.set_values({"threshold": 5, "reason": "T-1"})
    dialog.warn.click()
    ((args, named),) = [(args[1:], named) for _name, args, named in page.context.services.thresholds.calls]  # type: ignore[attr-defined]
    assert (args, named) == ((7, LOW.guid, 5), {"reason": "T-1"})


def test_a_refused_threshold_is_told_at_its_field(open_one: OpenOne) -> None:
    page = open_one(subscription(PURCHASE, set=UserError("bad_threshold", count=-1)))
    page.more.pop_up.actions()[0].trigger()
    (dialog,) = page.window().findChildren(ThresholdDialog)
    dialog.warn.click()
    assert "0 or more" in dialog.form.error("threshold")
    dialog.reject()

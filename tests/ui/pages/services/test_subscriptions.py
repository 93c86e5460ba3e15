"""The Subscriptions tab and its dialogs."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.service_samples import (
    BOUGHT,
    E3,
    IN_USE,
    PLANNER,
    PREMIUM,
    STORAGE,
    UNDO,
    VISIO,
    Sample,
    held,
    many_products,
)
from cpdesk.ui.pages.services.add_seats import AddSeatsDialog
from cpdesk.ui.pages.services.remove_seats import RemoveSeatsDialog
from tests.ui.pages.services.conftest import Open, Opened

USAGE = Sample(mode=Mode.USAGE, rows=IN_USE)
PURCHASE = Sample(completed=BOUGHT)
PENDING = replace(PURCHASE, is_pending=True)


def add(opened: Opened) -> AddSeatsDialog:
    opened.page.subscriptions.add.click()
    return opened.dialog(AddSeatsDialog)


def remove(opened: Opened, product: int = 1) -> RemoveSeatsDialog:
    opened.page.subscriptions.table.select(product)
    opened.page.subscriptions.remove.click()
    return opened.dialog(RemoveSeatsDialog)


def test_the_list_has_counts_and_totals(open_services: Open) -> None:
    tab = open_services(PURCHASE, "subscriptions").page.subscriptions
    tab.table.selectAll()
    assert tab.totals.text() == ("Total: 82 seats, 71 assigned, 9 available, 2 of the tenant · $1,780.40 a month")
    tab.table.select(3)
    assert tab.table.selection_as_tsv() == "Office 365 Extra File Storage\t2\t\u2013\t\u2013\t$0.40"
    spoken = tab.table.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Office 365 Extra File Storage, belongs to no user"


def test_usage_mode_says_why_there_is_nothing_to_add(open_services: Open) -> None:
    tab = open_services(USAGE, "subscriptions").page.subscriptions
    assert not tab.add.isVisible()
    assert not tab.remove.isVisible()
    assert tab.explanation.text().startswith("There is nothing to add or remove here")


def test_an_auditor_is_offered_nothing(open_services: Open) -> None:
    tab = open_services(PURCHASE, "subscriptions", AUDITOR).page.subscriptions
    assert not tab.add.isVisible()
    assert "auditor" in tab.explanation.text()
    assert tab.table.rows.rowCount() == 3


def test_an_empty_pool_says_what_to_do(open_services: Open) -> None:
    tab = open_services(Sample(rows=()), "subscriptions").page.subscriptions
    assert tab.empty.isVisible()
    assert tab.empty.title == "No seats in the pool yet"
    assert tab.add.isVisible()
    assert not tab.totals.isVisible()


def test_without_seats_in_usage_mode_users_can_be_imported(
    open_services: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_services(Sample(mode=Mode.USAGE, rows=()), "subscriptions").page.subscriptions
    gone: list[tuple[str, dict[str, object]]] = []

    def navigate(key: str, /, **params: object) -> bool:
        gone.append((key, params))
        return True

    monkeypatch.setattr(tab, "_context", replace(tab._context, navigate=navigate))
    assert tab.empty.button.text() == "Import Users"
    tab.empty.button.click()
    assert gone == [("transition", {"account": 7})]


def test_only_long_lists_are_searched(open_services: Open) -> None:
    assert not open_services(PURCHASE, "subscriptions").page.subscriptions.search.isVisible()
    tab = open_services(replace(PURCHASE, rows=many_products(40)), "subscriptions").page.subscriptions
    assert tab.search.isVisible()
    tab.search.searched.emit("Rooms")
    assert tab.table.rows.rowCount() == 8


def test_removing_needs_a_product(open_services: Open) -> None:
    tab = open_services(PURCHASE, "subscriptions").page.subscriptions
    assert not tab.remove.isEnabled()
    assert tab.remove.accessibleDescription() == "Select a product first."
    tab.table.select(1)
    assert tab.remove.isEnabled()


@pytest.mark.parametrize("typed", [VISIO.guid, VISIO.guid[:8], VISIO.part_number, "plan visio", "vis"])
def test_seats_of_a_product_not_yet_held_are_added(open_services: Open, typed: str) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    dialog = add(opened)
    assert dialog.picker.hasFocus()
    assert dialog.picker.count() == 6
    QTest.keyClicks(dialog.picker, typed)
    QTest.keyClick(dialog.picker, Qt.Key.Key_Return)
    assert dialog.picker.currentText() == f"Visio Plan 2 ({VISIO.part_number})"
    assert dialog.holding.text() == "None held so far · $15.00 for a seat and month"
    count = dialog.form.editor("count")
    assert count.hasFocus()
    assert dialog.isVisible()
    QTest.keyClicks(count, "3")
    assert dialog.outcome.text() == "Seats: 0 → 3, 3 available, billable from today\nPer month: $0.00 → $45.00"
    QTest.keyClick(count, Qt.Key.Key_Return)
    assert opened.licenses.called("add_seats") == [(7, VISIO.guid, 3)]
    assert not opened.is_open(AddSeatsDialog)
    assert opened.window.notices.texts() == ["Visio Plan 2: 3 seats added, now 3 seats, 3 available."]


def test_the_selected_product_is_chosen_already(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    opened.page.subscriptions.table.select(2)
    dialog = add(opened)
    assert dialog.picker.value() == E3.guid
    assert dialog.form.editor("count").hasFocus()


def test_what_is_held_of_a_product_and_what_it_costs_is_told(open_services: Open) -> None:
    dialog = add(open_services(PURCHASE, "subscriptions"))
    told = []
    for item in (PREMIUM, STORAGE, PLANNER):
        dialog.picker.set_value(item.guid)
        told.append(dialog.holding.text())
    assert told == [
        "60 seats now, 6 available · $22.00 for a seat and month",
        "2 seats now · $0.20 for a seat and month · belongs to no user",
        "None held so far · $10.00 for a seat and month",
    ]


def test_nothing_is_added_without_a_product_or_a_count(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    dialog = add(opened)
    dialog.add.click()
    assert dialog.product.error("guid") == "Choose one from the list."
    dialog.picker.set_value(PLANNER.guid)
    assert dialog.product.error("guid") == ""
    dialog.add.click()
    assert dialog.form.error("count") == "Fill this in."
    assert opened.licenses.called("add_seats") == []


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (UserError("bad_count", count=0), "The number of seats has to be 1 or more."),
        (UserError("count_too_large", count=9, most=5), "That are more seats than make sense. At most 5 are accepted."),
        (UserError("too_many_seats", product="X", most=5), "An account can have at most 5 seats of X."),
    ],
)
def test_a_refused_count_is_told_at_the_field(open_services: Open, refusal: UserError, told: str) -> None:
    dialog = add(open_services(PURCHASE, "subscriptions", add_seats=refusal))
    dialog.picker.set_value(PREMIUM.guid)
    dialog.form.set_values({"count": 9})
    dialog.add.click()
    assert dialog.form.error("count") == told
    assert dialog.isVisible()
    assert dialog.add.isEnabled()


def test_other_trouble_is_told_in_the_dialog(open_services: Open) -> None:
    trouble = KnownError("database_locked", path="cpdesk.sqlite3")
    dialog = add(open_services(PURCHASE, "subscriptions", add_seats=trouble))
    dialog.picker.set_value(PREMIUM.guid)
    dialog.form.set_values({"count": 9})
    dialog.add.click()
    assert "Another program is writing" in dialog.refusal.text


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_the_count_and_what_comes_of_it_are_seen_at_once(open_services: Open, size: tuple[int, int]) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    opened.window.resize(*size)
    dialog = add(opened)
    dialog.picker.set_value(PREMIUM.guid)
    dialog.form.set_values({"count": 3})
    QTest.qWait(0)
    for part in (dialog.form, dialog.outcome):
        assert part.visibleRegion().boundingRect().height() == part.height()


def test_a_pending_change_is_told_before_adding(open_services: Open) -> None:
    dialog = add(open_services(PENDING, "subscriptions"))
    assert dialog.pending.isVisible()
    assert "December 1, 2026 releases every seat that nobody holds" in dialog.pending.text
    dialog.reject()
    assert not add(open_services(PURCHASE, "subscriptions")).pending.isVisible()


def test_seats_are_removed(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    dialog = remove(opened)
    assert dialog.form.editor("count").hasFocus()
    dialog.form.set_values({"count": 4})
    assert dialog.outcome.text() == (
        "Seats: 60 → 56, 2 available, no longer billable from today on\nPer month: $1,320.00 → $1,232.00 "
        "That saves $88.00 a month."
    )
    dialog.remove.click()
    assert opened.licenses.called("remove_seats") == [(7, PREMIUM.guid, 4)]
    assert opened.window.notices.texts() == [
        "Microsoft 365 Business Premium: 4 seats removed, now 56 seats, 2 available."
    ]


def test_more_than_is_available_is_refused_at_the_field(open_services: Open) -> None:
    facts = {"count": 7, "product": PREMIUM.name, "seats": 60, "assigned": 54, "available": 6}
    dialog = remove(open_services(PURCHASE, "subscriptions", remove_seats=UserError("seats_below_assigned", **facts)))
    dialog.form.set_values({"count": 7})
    assert dialog.outcome.text() == ""
    dialog.remove.click()
    assert "cannot be removed: 54 of 60 are assigned, 6 available." in dialog.form.error("count")


def test_where_all_seats_are_assigned_none_can_be_removed(open_services: Open) -> None:
    sample = replace(PURCHASE, rows=(held(PREMIUM, 54, 54),))
    dialog = remove(open_services(sample, "subscriptions"))
    assert not dialog.remove.isEnabled()
    assert dialog.keep.hasFocus()


def test_adding_is_undone(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    _add_five(opened)
    _undo(opened)
    assert opened.licenses.called("undo") == [(UNDO,)]
    assert opened.window.notices.texts()[0] == "Undone: Microsoft 365 Business Premium: 3 seats removed again."


def test_what_cannot_be_undone_says_why(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions", undo=UserError("undo_ended", account="Contoso Freight"))
    _add_five(opened)
    _undo(opened)
    assert "mode" in opened.window.notices.texts()[0]


@pytest.mark.parametrize("opening", [add, remove])
def test_everything_has_a_name(
    open_services: Open, assert_accessible: Callable[[QWidget], None], opening: Callable[[Opened], QWidget]
) -> None:
    assert_accessible(opening(open_services(PURCHASE, "subscriptions")))


def test_only_the_latest_change_is_told(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    _add_five(opened)
    _add_five(opened)
    assert len(opened.window.notices.texts()) == 1


def _add_five(opened: Opened) -> None:
    dialog = add(opened)
    dialog.picker.set_value(PREMIUM.guid)
    dialog.form.set_values({"count": 5})
    dialog.add.click()


def _undo(opened: Opened) -> None:
    notice = opened.window.notices._notices[0]
    (button,) = notice.buttons()
    assert button.text() == "Undo"
    button.click()


def test_the_reason_goes_with_the_change(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    dialog = add(opened)
    dialog.picker.set_value(PREMIUM.guid)
    dialog.form.set_values({"count": 3})
    dialog.why.set_values({"reason": "INC-7"})
    dialog.add.click()
    assert [named for name, _args, named in opened.licenses.calls if name == "add_seats"] == [{"reason": "INC-7"}]


def test_more_seats_than_a_tenant_may_have_are_warned_of_and_not_refused(open_services: Open) -> None:
    opened = open_services(PURCHASE, "subscriptions")
    dialog = add(opened)
    dialog.picker.set_value(PREMIUM.guid)
    dialog.form.set_values({"count": 240})
    assert not dialog.beyond.isVisible()
    dialog.form.set_values({"count": 241})
    assert "limited to 300 seats" in dialog.beyond.text
    dialog.add.click()
    assert opened.licenses.called("add_seats") == [(7, PREMIUM.guid, 241)]


def test_pools_that_run_short_are_named_with_the_way_on(open_services: Open) -> None:
    rows = (replace(PURCHASE.rows[0], threshold=6, low=True), replace(PURCHASE.rows[1], threshold=3, low=True))
    opened = open_services(replace(PURCHASE, rows=rows), "subscriptions")
    tab = opened.page.subscriptions
    assert tab.low.text == "Few seats are left: Microsoft 365 Business Premium (6 of 60) and Office 365 E3 (3 of 20)."
    tab.low.buttons()[0].click()
    assert opened.dialog(AddSeatsDialog).picker.value() == PREMIUM.guid

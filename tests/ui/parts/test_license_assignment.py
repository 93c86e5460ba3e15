"""The License Assignment dialog."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain.license_plan import differences
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.ui.gallery.service_samples import E3, PLANNER, PREMIUM, UNDO, VISIO, held
from cpdesk.ui.gallery.user_samples import ALEX, LEE, MEGAN, People
from cpdesk.ui.parts.assignment_preview import AssignmentPreview
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.parts.went_without import WentWithoutDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.notice import Notice

PURCHASE = People()
USAGE = People(mode=Mode.USAGE)


class Opened:
    """The dialog over the User List, and what the services were asked."""

    def __init__(self, window: Window, bundle: Any) -> None:
        self.window = window
        self.licenses = bundle.licenses
        self.dialog = next(iter(window.findChildren(LicenseAssignmentDialog)))

    def toggle(self, guid: str) -> None:
        rows = self.dialog.choice.products.rows
        self.dialog.choice.products.toggled.emit(rows.row(rows.find(guid)))

    def review(self) -> AssignmentPreview:
        """Go on to what changes."""
        assert self.dialog.apply.text() == "Review the change"
        self.dialog.apply.click()
        assert self.dialog.preview is not None
        return self.dialog.preview

    def notices(self) -> list[Notice]:
        notices = self.dialog.findChildren(Notice)
        return [notice for notice in notices if notice.isVisible() and notice is not self.dialog.refusal]


Ask = Callable[..., Opened]


@pytest.fixture
def ask(open_page: Callable[..., Window], qtbot: QtBot) -> Ask:
    def ask(people: People, *ids: int, **answers: Any) -> Opened:
        bundle = people.services(**answers)
        window = open_page("users", bundle, account=7)
        page = window.page
        assert page is not None
        LicenseAssignmentDialog(page, page.context, people.account, ids).ask()
        opened = Opened(window, bundle)
        qtbot.waitUntil(opened.dialog.isActiveWindow)
        return opened

    return ask


def test_a_long_assignment_says_how_far_it_is(ask: Ask) -> None:
    said: list[str] = []

    def change(*_args: Any, progress: Tell, **_named: Any) -> None:
        progress(0, 40_000)
        opened.dialog.show_line()
        progress(12_400, 40_000)
        QCoreApplication.processEvents()
        said.append(opened.dialog.line.text.text())
        opened.dialog.line.cancel.click()
        progress(12_600, 40_000)

    opened = ask(USAGE, LEE.id, change=change)
    opened.toggle(VISIO.guid)
    opened.dialog.apply.click()
    assert said == ["12,400 of 40,000 users changed. All are changed, or none."]
    assert opened.dialog.refusal.text == "Cancelled. Nothing was changed."
    assert opened.dialog.apply.text() == "Assign 1 license"
    assert opened.dialog.apply.isEnabled()


def test_a_product_is_found_ticked_and_assigned_by_keyboard(ask: Ask) -> None:
    opened = ask(USAGE, LEE.id)
    dialog = opened.dialog
    assert dialog.choice.search.hasFocus()
    assert not dialog.apply.isEnabled()
    QTest.keyClicks(dialog.choice.search, "visio")
    QTest.keyClick(dialog.choice.search, Qt.Key.Key_Down)
    assert dialog.choice.products.hasFocus()
    QTest.keyClick(dialog.choice.products, Qt.Key.Key_Space)
    assert dialog.apply.text() == "Assign 1 license"
    dialog.form.set_values({"reason": "T-1"})
    QTest.keyClick(dialog.form.editor("reason"), Qt.Key.Key_Return)
    ((_name, args, named),) = [call for call in opened.licenses.calls if call[0] == "change"]
    assert args[1:] == (7, (LEE.id,))
    assert (named["assign"], named["remove"], named["reason"]) == ((VISIO.guid,), (), "T-1")
    assert not dialog.isVisible()
    assert opened.window.notices.texts() == ["Lee Gu: assigned Visio Plan 2."]


def test_what_was_done_can_be_undone(ask: Ask) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id)
    opened.toggle(E3.guid)
    opened.review()
    opened.dialog.apply.click()
    assert opened.window.notices.texts() == ["2 users: assigned Office 365 E3 (2)."]
    (undo,) = (button for button in opened.window.notices.findChildren(QPushButton) if button.text() == "Undo")
    undo.click()
    assert opened.licenses.called("undo") == [(UNDO,)]
    assert "taken away again" not in opened.window.notices.texts()[0]
    assert opened.window.notices.texts()[0] == "Undone: assigned again: Microsoft 365 Business Premium (1)."


def test_available_seats_count_down_and_what_lacks_is_offered(ask: Ask) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    assert not opened.dialog.apply.isEnabled()
    (notice,) = opened.notices()
    assert "the pool lacks 1 seat" in notice.text
    (add,) = notice.buttons()
    assert add.text() == "Add 1 seat ($15.00 a month)"
    add.click()
    assert opened.licenses.called("add_seats") == [(7, VISIO.guid, 1)]
    assert len(opened.licenses.called("sheet")) == 2
    assert opened.window.notices.texts() == ["Visio Plan 2: now 4 seats in the pool."]


def test_once_the_seats_are_there_the_ticks_can_be_applied(ask: Ask) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    more = People(rows=(held(VISIO, 10, 2),))
    ids = (MEGAN.id, ALEX.id, LEE.id)
    opened.licenses.answers["sheet"] = more.sheet(ids)
    opened.licenses.answers["plan"] = more.plan(ids, LicenseWish(assign=(VISIO.guid,)))
    (notice,) = opened.notices()
    notice.buttons()[0].click()
    assert opened.notices() == []
    opened.review()
    assert opened.dialog.apply.text() == "Assign 2 licenses"


def test_a_refusal_is_told_and_the_counts_are_read_again(ask: Ask) -> None:
    refusal = UserError("no_seats_available", product=PLANNER.name, seats=4, available=0, missing=1)
    opened = ask(PURCHASE, LEE.id, change=refusal)
    opened.toggle(PLANNER.guid)
    opened.dialog.apply.click()
    assert "No seat of Planner Plan 1 is available" in opened.dialog.refusal.text
    assert opened.dialog.isVisible()
    assert len(opened.licenses.called("sheet")) == 2
    opened.toggle(PLANNER.guid)
    assert not opened.dialog.refusal.isVisible()


def test_a_click_on_a_row_ticks_it(ask: Ask) -> None:
    dialog = ask(USAGE, LEE.id).dialog
    place = dialog.choice.products.rows.find(PREMIUM.guid)
    middle = dialog.choice.products.visualRect(dialog.choice.products.rows.index(place, 0)).center()
    QTest.mouseClick(dialog.choice.products.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    cell = dialog.choice.products.rows.index(place, 0)
    assert cell.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert dialog.summary.text() == "The account gains 1 seat ($26.40 a month), billable from today."


def test_a_sheet_that_cannot_be_read_is_told_on_the_page(open_page: Callable[..., Window]) -> None:
    bundle = PURCHASE.services(sheet=UserError("unknown_user", upn="megan"))
    window = open_page("users", bundle, account=7)
    page = window.page
    assert page is not None
    dialog = LicenseAssignmentDialog(page, page.context, PURCHASE.account, (1,))
    dialog.ask()
    assert not dialog.isVisible()
    assert window.notices.texts() == ["The account has no user megan."]


def test_an_empty_pool_says_what_to_do(ask: Ask) -> None:
    dialog = ask(People(rows=()), LEE.id).dialog
    assert dialog.choice.products.empty.title == "No seats in the pool yet"


def test_everything_has_a_name(ask: Ask, assert_accessible: Callable[[QWidget], None]) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    assert_accessible(opened.dialog)


def test_what_takes_long_opens_before_it_is_read(open_page: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_page("users", PURCHASE.services(), account=7)
    page = window.page
    assert page is not None
    dialog = LicenseAssignmentDialog(page, _Slow(page.context), PURCHASE.account, (LEE.id,))  # type: ignore[arg-type]
    dialog.ask()
    assert not dialog.isVisible()
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.people.text() == "Reading who has what…"
    assert not dialog.apply.isEnabled()
    dialog.reject()


def test_several_users_are_reviewed_before_anything_is_done(ask: Ask) -> None:
    opened = ask(USAGE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    preview, dialog = opened.review(), opened.dialog
    assert opened.licenses.called("change") == []
    rows = [preview.users.table.rows.row_at(place) for place in range(2)]
    assert [(row.name, row.gets) for row in rows if row] == [("Alex Wilber", (VISIO.name,)), ("Lee Gu", (VISIO.name,))]
    assert "$36.00 a month" in dialog.summary.text()
    dialog.back.click()
    assert dialog.choice.isVisible()
    assert dialog.preview is None
    opened.review()
    dialog.apply.click()
    ((_name, _args, named),) = [call for call in opened.licenses.calls if call[0] == "change"]
    assert (named["assign"], named["shown"]) == ((VISIO.guid,), preview.plan)


def test_one_product_is_replaced_by_another_in_one_step(ask: Ask) -> None:
    """Whom it is about is said before; the boxes show what it comes to, and a click takes it back."""
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    line, dialog = opened.dialog.choice.replace, opened.dialog
    line.open.click()
    fields = line.fields
    assert fields is not None
    fields.old.set_value(PREMIUM.guid)
    fields.new.set_value(VISIO.guid)
    assert fields.whom.text() == (
        "2 of 3 users hold Microsoft 365 Business Premium. "
        "1 of them has Visio Plan 2 already and just loses the other one."
    )
    fields.replace.click()
    opened.review()
    assert dialog.apply.text() == "Assign 1, Remove 2"
    dialog.back.click()
    opened.toggle(PREMIUM.guid)
    assert not dialog.apply.isEnabled()
    line.chosen.emit(PREMIUM.guid, VISIO.guid)
    opened.review()
    dialog.apply.click()
    ((_name, _args, named),) = [call for call in opened.licenses.calls if call[0] == "change"]
    assert (named["replace"], named["assign"], named["remove"]) == ({PREMIUM.guid: VISIO.guid}, (), ())


def test_to_go_as_far_as_seats_do_is_chosen_and_who_goes_without_stays_on_the_screen(ask: Ask) -> None:
    opened = ask(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    dialog = opened.dialog
    dialog.form.set_values({"reason": "T-2"})
    dialog.choice.as_far.click()
    assert [notice.text for notice in opened.notices()] == ["Visio Plan 2: there are seats for 1 of 2."]
    preview = opened.review()
    assert "1 user goes without Visio Plan 2" in preview.notices[0].text
    dialog.apply.click()
    ((_name, _args, named),) = [call for call in opened.licenses.calls if call[0] == "change"]
    assert named["as_far_as_seats_go"] is True
    (report,) = opened.window.findChildren(WentWithoutDialog)
    opened.window.notices.clear()
    (row,) = (report.list.table.rows.row_at(place) for place in range(report.list.table.rows.rowCount()))
    assert row is not None
    assert (row.name, row.without) == ("Lee Gu", (VISIO.name,))
    report.get.click()
    (again,) = (one for one in opened.window.findChildren(LicenseAssignmentDialog) if one is not dialog)
    assert again.assignment is not None
    assert [user.id for user in again.assignment.sheet.users] == [LEE.id]
    assert again.assignment.assign == (VISIO.guid,)
    assert again.form.values() == {"reason": "T-2"}


def test_what_changed_since_the_review_is_shown_and_asked_again(ask: Ask) -> None:
    opened = ask(USAGE, MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    shown, now = opened.review().plan, USAGE.plan((ALEX.id,), LicenseWish(assign=(VISIO.guid,)))
    found = differences(shown, now)
    opened.licenses.answers["change"] = UserError("licenses_changed", differences=found, plan=now)
    opened.dialog.apply.click()
    preview = opened.dialog.preview
    assert preview is not None
    assert preview.plan is now
    assert preview.notices[0].text == (
        "Changed since this was shown, so nothing is done yet. Users who get Visio Plan 2: 2 → 1; "
        "for 1 user it is not as shown"
    )
    assert opened.dialog.apply.isEnabled()


def test_a_limit_is_warned_of_and_nothing_refused(ask: Ask) -> None:
    limit = SeatLimit("Small Plans", 3, frozenset({VISIO.guid}))
    opened = ask(replace(USAGE, limits=(limit,)), MEGAN.id, ALEX.id, LEE.id)
    opened.toggle(VISIO.guid)
    assert [notice.text for notice in opened.notices()] == [
        "Small Plans is limited to 3 seats in a tenant, all its products together: this makes 4. "
        "Microsoft can refuse what is beyond."
    ]
    opened.review()
    assert opened.dialog.apply.isEnabled()


class _Slow:
    """A context whose jobs are never done."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.jobs = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def run(self, *_what: Any, **_more: Any) -> None:
        """Nothing comes of it."""

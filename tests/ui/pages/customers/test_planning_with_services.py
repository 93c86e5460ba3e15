"""Planning a joiner, leavers and a reduction in the window, on the real services and a real database."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

from cpdesk.domain.operators import Role
from cpdesk.domain.people import UserFields
from cpdesk.domain.planned import Farewell, Joiner, Leaver, PlannedChange, Reduction
from cpdesk.ui.pages.services.facts import read_facts
from cpdesk.ui.pages.services.remove_seats import RemoveSeatsDialog
from cpdesk.ui.pages.users.create_user import CreateUserPage
from cpdesk.ui.pages.users.plan_joiner import PlanJoinerDialog
from cpdesk.ui.pages.users.remove_users import RemoveUsersDialog
from cpdesk.ui.parts.plan_dialog import PlanLeaversDialog, PlanReductionDialog
from cpdesk.ui.settlement_notices import tell
from tests.support.world import PREMIUM, World
from tests.ui.pages.customers.conftest import Open, dialog, press

if TYPE_CHECKING:
    from cpdesk.domain.settlements import Settlement

DAY = date(2026, 11, 20)
ADA = "ada@contoso.example"


def planned(world: World) -> PlannedChange:
    (one,) = world.services.planning.rows(world.by)
    return one


def test_a_joiner_is_planned_from_create_new_user(open_window: Open, world: World, qtbot: QtBot) -> None:
    account = world.pool("Contoso", seats=1)
    window = open_window("create_user", account=account)
    assert isinstance(window.page, CreateUserPage)
    window.page.form.set_values({"first_name": "Ada", "last_name": "King", "upn": ADA})
    press(window, "Create on a date…")
    asked = dialog(window, PlanJoinerDialog, qtbot)
    asked.products.toggled.emit(asked.products.rows.row(0))
    asked.form.set_values({"on": DAY, "add_seats": True})
    asked.why.set_values({"reason": "T-7"})
    asked.plan.click()
    made = planned(world)
    assert isinstance(made.content, Joiner)
    assert (made.content.fields.upn, made.content.products, made.content.add_seats) == (ADA, (PREMIUM,), True)
    assert (made.due_on, made.reason) == (DAY, "T-7")
    assert window.notices.texts() == ["1 planned change for November 20, 2026."]
    assert not window.page.form.is_edited()
    press(window, "Open Pending Changes")
    assert window.place
    assert window.place.key == "account_changes"


def test_today_is_refused_at_the_field(open_window: Open, world: World, qtbot: QtBot) -> None:
    account = world.account("Contoso", active=False)
    window = open_window("create_user", account=account)
    assert isinstance(window.page, CreateUserPage)
    window.page.form.set_values({"first_name": "Ada", "last_name": "King", "upn": ADA})
    press(window, "Create on a date…")
    asked = dialog(window, PlanJoinerDialog, qtbot)
    asked.form.set_values({"on": date(2026, 11, 10)})
    asked.plan.click()
    assert "later day than today" in asked.form.error("on")
    assert world.services.planning.rows(world.by) == []


def test_leavers_are_planned_from_the_question_before_they_are_deleted(
    open_window: Open, world: World, qtbot: QtBot
) -> None:
    account = world.account("Contoso", ADA)
    window = open_window("users", account=account)
    assert window.page
    row = world.show(account)
    user = world.services.users.find(world.by, account, ADA).id
    deleting = RemoveUsersDialog(window.page, window.page.context, row, (user,))
    deleting.ask()
    deleting.on_a_date.click()
    asked = dialog(window, PlanLeaversDialog, qtbot)
    assert "Ada" in asked.people.text()
    asked.form.set_values({"on": DAY, "farewell": "block"})
    asked.plan.click()
    content = planned(world).content
    assert isinstance(content, Leaver)
    assert (content.user_id, content.farewell) == (user, Farewell.BLOCK)
    assert not any(one.isVisible() for one in window.findChildren(RemoveUsersDialog))


def test_seats_are_planned_from_the_question_before_they_are_removed(
    open_window: Open, world: World, qtbot: QtBot
) -> None:
    account = world.pool("Contoso", seats=4)
    window = open_window("services", account=account, tab="subscriptions")
    assert window.page
    facts = read_facts(world.services, world.by, account)
    removing = RemoveSeatsDialog(window.page, window.page.context, facts.account, facts.seats[0])
    removing.open()
    removing.on_a_date.click()
    asked = dialog(window, PlanReductionDialog, qtbot)
    asked.form.set_values({"count": 9, "on": DAY})
    asked.plan.click()
    assert "4 seats" in asked.form.error("count")
    asked.form.set_values({"count": 3})
    asked.plan.click()
    content = planned(world).content
    assert isinstance(content, Reduction)
    assert content.count == 3


def test_what_was_carried_out_and_what_was_not_is_told_to_whom_it_concerns(open_window: Open, world: World) -> None:
    account, other = world.pool("Contoso", seats=2), world.pool("Fabrikam", seats=2)
    for one in (account, other):
        world.services.planning.reduce(world.by, one, DAY, PREMIUM, 2)
        world.services.planning.join(world.by, one, DAY, UserFields("Ada", ADA), licenses=[PREMIUM])
    heard: list[Settlement] = []
    world.services.settler.listen(heard.append)
    window = open_window("customers")
    world.clock.set(datetime(2026, 11, 20, 12, tzinfo=UTC))
    world.services.modes.apply_due()
    rest = tell(heard[0], world.operator(Role.CUSTOMER, account), window)
    assert {one.account_id for one in rest.plans} == {other}
    assert sorted(window.notices.texts()) == [
        "1 planned change was carried out.",
        "1 planned change was skipped, wholly or in part. The reason stands in Pending Changes.",
    ]

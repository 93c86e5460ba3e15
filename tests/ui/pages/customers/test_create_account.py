"""Create New Account, from the first step to the new account."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.accounts import Contact, OpeningLine
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Done
from cpdesk.services.defaults import Defaults
from cpdesk.ui.gallery.samples import RESELLER, account
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_create_account import create_services, wizard_of
from cpdesk.ui.gallery.service_samples import E3, PREMIUM
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.pages.customers.review_step import ReviewStep
from cpdesk.ui.pages.customers.service_step import ServiceStep
from cpdesk.ui.parts.lines_editor import LinesEditor
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.notice import Notice

NEW = account("Contoso Freight", "contoso-freight.example")
IN_PURCHASE = replace(NEW, mode=Mode.PURCHASE, seats=80)
COMPANY = {"name": "Contoso Freight", "domain": "contoso-freight.example"}
POOL = ({"product": PREMIUM.guid, "seats": 60, "since": date(2025, 9, 1)},)
LINE = OpeningLine(PREMIUM.guid, 60, date(2025, 9, 1))


@pytest.fixture
def bundle() -> Any:
    return create_services(
        create=Done(NEW, topics.ACCOUNTS), opening_balance=Done(IN_PURCHASE, topics.MODES), show=NEW, rows=[NEW]
    )


@pytest.fixture
def accounts(bundle: Any) -> StandIn:
    stand_in: StandIn = bundle.accounts
    return stand_in


@pytest.fixture
def window(open_page: Callable[..., Window], bundle: Any) -> Window:
    return open_page("create_account", bundle)


def form(window: Window, place: int = 0) -> Form:
    found: Form = window.findChildren(Form)[place]
    return found


def part(window: Window, kind: type[Any]) -> Any:
    return window.findChild(kind)


def pool(window: Window) -> LinesEditor:
    service: ServiceStep = part(window, ServiceStep)
    return service.pool


def press(window: Window, text: str) -> None:
    next(one for one in window.findChildren(QPushButton) if one.text() == text and one.isVisible()).click()


def go(window: Window, steps: int) -> str:
    for _step in range(steps):
        wizard_of(window).next_button.click()
    return wizard_of(window).current


def place(window: Window) -> tuple[str, object]:
    assert window.place is not None
    return window.place.key, window.place.params.get("account")


def bring_pool(window: Window) -> None:
    part(window, ServiceStep).in_purchase.setChecked(True)
    pool(window).set_values(POOL)


def test_an_account_that_is_begun_is_held(window: Window) -> None:
    assert window.page is not None
    assert not window.page.holds_input
    form(window).set_values({"name": "Contoso Freight"})
    assert window.page.holds_input


def test_every_widget_of_every_step_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    form(window).set_values(COMPANY)
    bring_pool(window)
    for step in ("company", "place", "contacts", "service", "review"):
        assert wizard_of(window).current == step
        assert_accessible(window)
        go(window, 1)
    assert_accessible(window)


def test_country_currency_and_zone_are_the_usual_ones(window: Window) -> None:
    assert form(window, 1).values() == {"country": "US", "currency": "USD", "time_zone": "America/New_York"}


def test_new_defaults_are_taken_over_until_something_is_chosen(window: Window, bundle: Any, stage: Stage) -> None:
    bundle.preferences.answers["defaults"] = Defaults("EUR", "Europe/Berlin", "DE")
    stage.jobs.changed.emit(frozenset({"defaults"}), None)
    assert form(window, 1).values() == {"country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"}
    form(window, 1).set_values({"currency": "CHF"})
    bundle.preferences.answers["defaults"] = Defaults("USD", "UTC", "US")
    stage.jobs.changed.emit(frozenset({"defaults"}), None)
    assert form(window, 1).values() == {"country": "DE", "currency": "CHF", "time_zone": "Europe/Berlin"}


def test_the_account_is_created_with_all_that_was_filled_in(window: Window, accounts: StandIn) -> None:
    form(window).set_values(COMPANY | {"aliases": "contoso.example\n\n contoso-rail.example "})
    go(window, 1)
    form(window, 1).set_values({"country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"})
    go(window, 1)
    window.findChildren(LinesEditor)[0].set_values([{"name": "Sam Okafor", "role": "Billing"}])
    go(window, 3)
    assert accounts.calls[0] == (
        "create",
        (RESELLER, "Contoso Freight", "contoso-freight.example"),
        {
            "country": "DE",
            "currency": "EUR",
            "time_zone": "Europe/Berlin",
            "aliases": ("contoso.example", "contoso-rail.example"),
            "contacts": (Contact("Sam Okafor", role="Billing"),),
            "activate": True,
        },
    )
    assert not accounts.called("opening_balance")


def test_enter_leads_through_all_steps(window: Window, accounts: StandIn) -> None:
    form(window).set_values(COMPANY)
    domain = form(window).editor("domain")
    assert isinstance(domain, QLineEdit)
    QTest.keyClick(domain, Qt.Key.Key_Return)
    for _step in range(4):
        wizard_of(window).setFocus()
        QTest.keyClick(wizard_of(window), Qt.Key.Key_Return)
    assert accounts.called("create")


@pytest.mark.parametrize(("place", "field"), [(0, "name"), (0, "domain"), (1, "currency"), (1, "time_zone")])
def test_nothing_that_is_needed_can_be_left_out(window: Window, place: int, field: str) -> None:
    form(window).set_values(COMPANY)
    form(window, place).set_values({field: None})
    go(window, 2)
    assert form(window, place).error(field)
    assert wizard_of(window).current == ("company", "place")[place]


@pytest.mark.parametrize(("field", "text"), [("domain", "contoso"), ("aliases", "contoso.example\nrail")])
def test_what_is_no_domain_is_said_at_once(window: Window, field: str, text: str) -> None:
    form(window).set_values(COMPANY | {field: text})
    assert go(window, 1) == "company"
    assert form(window).error(field)


def test_the_review_tells_everything(window: Window) -> None:
    form(window).set_values(COMPANY | {"aliases": "contoso-rail.example"})
    window.findChildren(LinesEditor)[0].set_values([{"name": "Sam Okafor", "email": "sam@contoso.example"}])
    bring_pool(window)
    go(window, 4)
    told = " ".join(label.text() for label in part(window, ReviewStep).findChildren(QLabel))
    for text in (
        "Contoso Freight",
        "contoso-rail.example",
        "United States",
        "USD · US Dollar",
        "America/New_York",
        "sam@contoso.example",
        "Purchase Mode, effective November 23, 2026",
        "60 seats, held since September 1, 2025",
    ):
        assert text in told


def test_from_the_review_one_can_go_back_and_change_something(window: Window) -> None:
    form(window).set_values(COMPANY)
    go(window, 4)
    change = next(one for one in window.findChildren(QPushButton) if one.accessibleName() == "Change: Contacts")
    change.click()
    assert wizard_of(window).current == "contacts"


@pytest.mark.parametrize(
    ("error", "step", "where", "field"),
    [
        (UserError("domain_taken", domain="contoso-freight.example"), "company", 0, "domain"),
        (UserError("domain_taken", domain="contoso-rail.example"), "company", 0, "aliases"),
        (UserError("domain_twice", domain="contoso-rail.example"), "company", 0, "aliases"),
        (UserError("unknown_country", text="XX"), "place", 1, "country"),
        (UserError("unknown_time_zone", text="Mars"), "place", 1, "time_zone"),
        (UserError("text_too_long", field="name", longest=256), "company", 0, "name"),
    ],
)
def test_a_refusal_leads_back_to_its_field(
    window: Window, accounts: StandIn, error: UserError, step: str, where: int, field: str
) -> None:
    accounts.answers["create"] = error
    form(window).set_values(COMPANY | {"aliases": "contoso-rail.example"})
    go(window, 5)
    assert wizard_of(window).current == step
    assert form(window, where).error(field)


def test_a_refused_contact_leads_back_to_the_contacts(window: Window, accounts: StandIn) -> None:
    accounts.answers["create"] = UserError("text_too_long", field="contact", longest=256)
    form(window).set_values(COMPANY)
    go(window, 5)
    assert wizard_of(window).current == "contacts"
    assert [notice for notice in window.findChildren(Notice) if notice.isVisible()]


@pytest.mark.parametrize(
    "error", [KnownError("disk_full", path="/x/cpdesk.db"), UserError("not_allowed", role="auditor")]
)
def test_what_is_about_no_field_is_said_in_the_review(window: Window, accounts: StandIn, error: Exception) -> None:
    accounts.answers["create"] = error
    form(window).set_values(COMPANY)
    assert go(window, 5) == "review"
    assert part(window, ReviewStep).refusal.isVisible()


def test_a_pool_is_opened_after_the_account(window: Window, accounts: StandIn) -> None:
    form(window).set_values(COMPANY)
    bring_pool(window)
    go(window, 5)
    assert accounts.called("opening_balance") == [(NEW.id, (LINE,))]
    told = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "Contoso Freight is created, in Purchase Mode with 80 seats in the pool." in told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((), "Add the first product of the pool, or take the tick away."),
        ((*POOL, *POOL), "Microsoft 365 Business Premium is listed twice. Put its seats into one row."),
    ],
)
def test_a_pool_has_products_each_once(window: Window, rows: tuple[Any, ...], told: str) -> None:
    form(window).set_values(COMPANY)
    bring_pool(window)
    pool(window).set_values(rows)
    assert go(window, 4) == "service"
    assert part(window, ServiceStep).refusal.text == told


@pytest.mark.parametrize(
    "row",
    [
        {"product": E3.guid, "seats": 0, "since": date(2025, 9, 1)},
        {"product": E3.guid, "seats": None, "since": date(2025, 9, 1)},
        {"product": None, "seats": 5, "since": date(2025, 9, 1)},
        {"product": E3.guid, "seats": 5, "since": date(2026, 11, 24)},
    ],
)
def test_each_row_of_the_pool_is_whole(window: Window, row: dict[str, Any]) -> None:
    form(window).set_values(COMPANY)
    bring_pool(window)
    pool(window).set_values((row,))
    assert go(window, 4) == "service"


def test_without_the_tick_the_pool_is_not_asked_for(window: Window, accounts: StandIn) -> None:
    form(window).set_values(COMPANY)
    bring_pool(window)
    part(window, ServiceStep).activate.setChecked(False)
    go(window, 5)
    assert accounts.calls[0][2]["activate"] is False
    assert not accounts.called("opening_balance")


def test_a_refused_pool_can_be_mended_without_another_account(window: Window, accounts: StandIn) -> None:
    accounts.answers["opening_balance"] = UserError("count_too_large", most=1_000_000)
    form(window).set_values(COMPANY)
    bring_pool(window)
    go(window, 5)
    assert wizard_of(window).current == "service"
    assert part(window, ServiceStep).refusal.text.startswith("Contoso Freight is created, but")
    accounts.answers["opening_balance"] = Done(IN_PURCHASE, topics.MODES)
    go(window, 2)
    assert len(accounts.called("create")) == 1
    assert len(accounts.called("opening_balance")) == 2


def created(window: Window) -> None:
    form(window).set_values(COMPANY)
    go(window, 5)


@pytest.mark.parametrize(("text", "key"), [("Open the account", "my_services"), ("Import Users", "transition")])
def test_the_new_account_is_a_press_away(window: Window, text: str, key: str) -> None:
    created(window)
    press(window, text)
    assert place(window) == (key, NEW.id)


def test_the_form_is_empty_again_for_the_next_account(window: Window) -> None:
    created(window)
    press(window, "Create another account")
    assert wizard_of(window).current == "company"
    assert form(window).values() == {"name": "", "domain": "", "aliases": ""}
    assert form(window, 1).values()["currency"] == "USD"


def test_cancel_leads_back_to_the_list_and_forgets(window: Window) -> None:
    form(window).set_values(COMPANY)
    press(window, "Cancel")
    assert place(window)[0] == "customers"
    window.navigate("create_account")
    assert form(window).values()["name"] == ""


def test_many_accounts_can_be_created_from_here(window: Window) -> None:
    press(window, "Create Many Accounts")
    assert place(window)[0] == "import_accounts"

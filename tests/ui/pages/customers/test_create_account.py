"""Create New Account."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.rows import Done
from cpdesk.services.accounts import Accounts
from cpdesk.services.defaults import Defaults
from cpdesk.services.setup import Setup
from cpdesk.ui.gallery.samples import CONTOSO, RESELLER
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.notice import Notice

_GOOD = {"name": "Contoso Freight", "domain": "contoso-freight.example", "country": "DE", "currency": "EUR"}


@pytest.fixture
def accounts() -> StandIn:
    return StandIn(Accounts, create=Done(CONTOSO, topics.ACCOUNTS), show=CONTOSO, rows=[CONTOSO])


@pytest.fixture
def window(open_page: Callable[..., Window], accounts: StandIn) -> Window:
    setup = StandIn(Setup, defaults=Defaults("CHF", "Europe/Zurich"))
    return open_page("create_account", services(accounts=accounts, setup=setup))


def form_of(window: Window) -> Form:
    form = window.findChild(Form)
    assert isinstance(form, Form)
    return form


def press(window: Window, text: str) -> None:
    next(one for one in window.findChildren(QPushButton) if one.text() == text).click()


def place(window: Window) -> tuple[str, object]:
    assert window.place is not None
    return window.place.key, window.place.params.get("account")


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)


def test_currency_and_zone_are_those_chosen_at_set_up(window: Window) -> None:
    values = form_of(window).values()
    assert (values["currency"], values["time_zone"]) == ("CHF", "Europe/Zurich")


def test_the_account_is_created_with_what_was_typed_and_opened(window: Window, accounts: StandIn) -> None:
    form_of(window).set_values(_GOOD | {"activate": False})
    press(window, "Create Account")
    facts = {"country": "DE", "currency": "EUR", "time_zone": "Europe/Zurich", "activate": False}
    assert accounts.calls[0] == ("create", (RESELLER, "Contoso Freight", "contoso-freight.example"), facts)
    assert place(window) == ("my_services", CONTOSO.id)
    assert window.notices.texts() == ["Contoso Freight is created, in Usage Mode."]


def test_enter_creates(window: Window, accounts: StandIn) -> None:
    form_of(window).set_values(_GOOD)
    domain = form_of(window).editor("domain")
    assert isinstance(domain, QLineEdit)
    QTest.keyClick(domain, Qt.Key.Key_Return)
    assert accounts.called("create")


def test_the_form_is_empty_again_for_the_next_account(window: Window) -> None:
    form_of(window).set_values(_GOOD)
    press(window, "Create Account")
    window.navigate("create_account")
    assert form_of(window).values()["name"] == ""
    assert form_of(window).values()["currency"] == "CHF"


@pytest.mark.parametrize("field", ["name", "domain", "country", "currency", "time_zone"])
def test_nothing_can_be_left_out(window: Window, accounts: StandIn, field: str) -> None:
    form_of(window).set_values(_GOOD | {field: None})
    press(window, "Create Account")
    assert form_of(window).error(field)
    assert not accounts.called("create")


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (UserError("domain_taken", domain="contoso-freight.example"), "domain"),
        (UserError("bad_domain", text="contoso"), "domain"),
        (UserError("unknown_country", text="XX"), "country"),
        (UserError("unknown_currency", text="XXX"), "currency"),
        (UserError("unknown_time_zone", text="Mars"), "time_zone"),
        (UserError("text_too_long", field="name", longest=256), "name"),
    ],
)
def test_a_refusal_is_said_at_its_field(window: Window, accounts: StandIn, error: UserError, field: str) -> None:
    accounts.answers["create"] = error
    form_of(window).set_values(_GOOD)
    press(window, "Create Account")
    assert form_of(window).error(field)
    assert form_of(window).values()["name"] == "Contoso Freight"
    assert place(window)[0] == "create_account"


@pytest.mark.parametrize(
    "error", [KnownError("disk_full", path="/x/cpdesk.db"), UserError("not_allowed", role="auditor")]
)
def test_what_is_about_no_field_is_said_above_the_form(window: Window, accounts: StandIn, error: Exception) -> None:
    accounts.answers["create"] = error
    form_of(window).set_values(_GOOD)
    press(window, "Create Account")
    assert [notice for notice in window.findChildren(Notice) if notice.isVisible()]


def test_there_is_a_way_back(window: Window) -> None:
    press(window, "Back to Customer List")
    assert place(window)[0] == "customers"

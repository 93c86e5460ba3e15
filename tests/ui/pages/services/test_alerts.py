"""The bell: how many pools run short, what they are, and what has just become so."""

from typing import Any

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain.low_seats import LowRow
from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.services.statements import Statements
from cpdesk.services.thresholds import Thresholds
from cpdesk.ui.gallery.report_samples import LOW, many_low
from cpdesk.ui.gallery.samples import ACCOUNTS, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.alerts import Alerts


class Desk:
    """A window with the bell, and what is short at the moment."""

    def __init__(self, stage: Stage, session: Session, low: Any) -> None:
        self.jobs = stage.jobs
        self.thresholds = StandIn(Thresholds, low=low)
        bundle = services(
            accounts=StandIn(Accounts, rows=list(ACCOUNTS), show=CONTOSO),
            statements=StandIn(Statements, costs={}),
            thresholds=self.thresholds,
        )
        self.window = stage.window(all_pages(), "sign_in", services=bundle, session=None)
        Alerts(self.window, stage.jobs, bundle)
        self.window.sign_in(session)

    @property
    def menu(self) -> list[str]:
        actions = self.window.top_bar.bell.pop_up.actions()
        return [action.text() for action in actions if not action.isSeparator()]

    def becomes(self, low: Any) -> None:
        self.thresholds.answers["low"] = low
        self.jobs.changed.emit(frozenset({"seats"}), None)


@pytest.fixture
def opened(stage: Stage) -> Any:
    return lambda low, session=RESELLER: Desk(stage, session, low)


def test_it_tells_how_many_there_are_and_which(opened: Any) -> None:
    desk = opened(list(LOW))
    bell = desk.window.top_bar.bell
    assert (bell.number, bell.accessibleName()) == (3, "Alerts: 3")
    assert (
        desk.menu[0]
        == "Contoso Freight · Office 365 E3: 3 of 20 seats are available. The low-seat warning is set to 3."
    )
    assert desk.menu[-1] == "Show all in Reports"


def test_without_any_it_says_so(opened: Any) -> None:
    desk = opened([])
    assert desk.window.top_bar.bell.accessibleName() == "No alerts"
    assert desk.menu == ["No alerts: no pool runs short of seats."]


def test_of_many_the_first_are_listed(opened: Any) -> None:
    desk = opened(many_low(500))
    assert desk.window.top_bar.bell.number == 500
    assert len(desk.menu) == 9


def test_a_customer_is_told_no_account_names(opened: Any) -> None:
    assert opened([LOW[0]], CUSTOMER).menu[0].startswith("Office 365 E3: 3 of 20")


def test_what_has_just_become_short_in_the_open_account_is_told_over_the_page(opened: Any) -> None:
    desk = opened([])
    desk.window.navigate("account_reports", account=CONTOSO.id, tab="low")
    desk.becomes(list(LOW))
    (told,) = desk.window.notices.texts()
    assert told.startswith("Office 365 E3: 3 of 20 seats are available.")
    desk.window.notices.clear()
    desk.becomes(list(LOW))
    assert desk.window.notices.texts() == []


def test_what_is_not_known_is_not_shown(opened: Any) -> None:
    desk = opened(list(LOW))
    desk.becomes(KnownError("database_locked", path="cpdesk.db"))
    assert desk.window.top_bar.bell.number == 0


def test_nobody_signed_in_is_told_nothing(opened: Any) -> None:
    desk = opened(list(LOW))
    desk.window.sign_out()
    assert desk.window.top_bar.bell.number == 0


def test_an_answer_that_comes_after_somebody_has_left_is_nobodys(opened: Any) -> None:
    desk = opened([])

    def late(_by: Session) -> list[LowRow]:
        desk.window.sign_out()
        return list(LOW)

    desk.becomes(late)
    assert desk.menu == ["No alerts: no pool runs short of seats."]

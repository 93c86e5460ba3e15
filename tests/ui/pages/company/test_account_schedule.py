"""The price schedule of an account on Edit Company."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.companies import Company
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.domain.schedules import AccountSchedules
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.company_samples import CLOSED, COMPANY
from cpdesk.ui.gallery.price_samples import DEFAULT, EUROPE, SCHOOLS, schedule_answers
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.company.edit_company import EditCompanyPage
from cpdesk.ui.pages.company.schedule_card import ScheduleCard
from cpdesk.ui.pages.company.schedule_dialog import ChangeScheduleDialog, NoScheduleDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.chips import PendingChip
from cpdesk.ui.widgets.inputs import ComboBox
from cpdesk.ui.widgets.labels import Label
from tests.ui.pages.conftest import Navigations

OWN = AccountSchedules(
    SCHOOLS,
    True,
    ((date(2026, 12, 1), DEFAULT.name),),
    ((date(2026, 1, 1), SCHOOLS.id), (date(2026, 12, 1), None)),
)
FOREIGN = AccountSchedules(DEFAULT, own=False)
Open = Callable[..., EditCompanyPage]


@pytest.fixture
def opened(open_page: Callable[..., Window]) -> Open:
    def opened(
        shown: Company = COMPANY, session: Session = RESELLER, section: str = "", **answers: Any
    ) -> EditCompanyPage:
        prices = schedule_answers(**({"assign": Done(OWN, topics.PRICES)} | answers))
        bundle = services(accounts=StandIn(Accounts, company=shown), prices=prices)
        page = open_page("edit_company", bundle, session=session, account=shown.account.id, section=section).page
        assert isinstance(page, EditCompanyPage)
        return page

    return opened


def card(page: EditCompanyPage) -> ScheduleCard:
    found = page.findChild(ScheduleCard)
    assert isinstance(found, ScheduleCard)
    return found


def said(page: EditCompanyPage) -> str:
    return "\n".join(label.text() for label in card(page).findChildren(Label) if label.isVisible())


def ask(page: EditCompanyPage) -> ChangeScheduleDialog:
    card(page).change.click()
    return next(one for one in page.window().findChildren(ChangeScheduleDialog) if one.isVisible())


def names(dialog: ChangeScheduleDialog) -> list[str]:
    combo = dialog.form.editor("schedule")
    assert isinstance(combo, ComboBox)
    return [combo.itemText(place) for place in range(combo.count())]


def in_currency(currency: str) -> Company:
    return replace(COMPANY, account=replace(COMPANY.account, currency=currency))


def test_it_says_how_the_account_came_by_its_schedule(opened: Open) -> None:
    page = opened()
    assert "Default · USD" in said(page)
    assert "It is the default schedule" in said(page)
    page = opened(schedule_of=OWN)
    assert "It was chosen for this account." in said(page)
    assert [chip.text() for chip in card(page).findChildren(PendingChip) if chip.isVisible()] == [
        "Default from December 1, 2026"
    ]


def test_a_schedule_in_another_currency_has_no_prices(opened: Open) -> None:
    assert "its seats are unpriced. Choose a price schedule in USD." in said(
        opened(schedule_of=AccountSchedules(EUROPE, False))
    )
    assert "No price schedule" in said(opened(schedule_of=AccountSchedules(None, False)))


def test_it_can_be_opened_at_the_price_schedule(opened: Open, qtbot: QtBot) -> None:
    page = opened(schedule_of=AccountSchedules(EUROPE, False), section="schedule")
    qtbot.waitUntil(card(page).change.hasFocus)
    assert not card(page).visibleRegion().isEmpty()


def test_a_customer_administrator_sees_nothing_of_it(opened: Open) -> None:
    page = opened(session=CUSTOMER)
    prices: Any = page.context.services.prices
    assert not card(page).isVisible()
    assert prices.calls == []


def test_auditors_and_closed_accounts_are_offered_no_change(opened: Open) -> None:
    assert not card(opened(session=AUDITOR)).change.isVisible()
    assert not card(opened(CLOSED)).change.isVisible()
    assert card(opened()).change.isVisible()


def test_only_schedules_in_the_currency_of_the_account_are_offered(
    opened: Open, assert_accessible: Callable[[object], None]
) -> None:
    dialog = ask(opened())
    assert_accessible(dialog)
    assert names(dialog) == ["the default schedule (Default)", "Default", "Non-profits and schools"]


def test_what_the_account_has_on_that_day_anyway_cannot_be_chosen(opened: Open) -> None:
    page = opened(schedule_of=OWN)
    dialog = ask(page)
    dialog.form.set_values({"schedule": 0})
    assert "On December 1, 2026 the account has the default schedule (Default) anyway" in dialog.meaning.text()
    assert not dialog.go.isEnabled()
    dialog.why.submitted.emit()
    prices: Any = page.context.services.prices
    assert prices.called("assign") == []
    dialog.form.set_values({"effective_on": date(2026, 11, 25)})
    assert dialog.go.isEnabled()


def test_an_account_can_be_kept_on_what_is_the_default_now(opened: Open) -> None:
    dialog = ask(opened())
    assert not dialog.go.isEnabled()
    dialog.form.set_values({"schedule": DEFAULT.id})
    assert dialog.go.isEnabled()
    assert "stays with Default, even if another schedule becomes the default" in dialog.meaning.text()


def test_a_default_in_another_currency_is_not_offered(opened: Open) -> None:
    dialog = ask(opened(in_currency("EUR"), schedule_of=FOREIGN))
    assert names(dialog) == ["Europe 2027"]
    assert dialog.go.isEnabled()
    assert dialog.form.values()["effective_on"] == date(2026, 11, 23)
    assert "until then its seats have no price" in dialog.meaning.text()
    assert any("A day that is over may be chosen, too" in label.text() for label in dialog.findChildren(Label))


def test_an_account_with_one_of_its_own_can_leave_it_for_any_default(opened: Open) -> None:
    own = AccountSchedules(EUROPE, True, (), ((date(2026, 1, 1), EUROPE.id),))
    dialog = ask(opened(in_currency("EUR"), schedule_of=own))
    assert names(dialog) == ["the default schedule (Default), not in EUR", "Europe 2027"]
    assert not dialog.go.isEnabled()


def test_where_no_schedule_has_the_currency_the_way_to_one_is_shown(
    opened: Open, navigations: Navigations, assert_accessible: Callable[[object], None]
) -> None:
    page = opened(in_currency("KES"), schedule_of=FOREIGN)
    gone = navigations(page)
    card(page).change.click()
    dialog = next(one for one in page.window().findChildren(NoScheduleDialog) if one.isVisible())
    assert_accessible(dialog)
    assert any(label.text() == "There is no price schedule in KES." for label in dialog.findChildren(Label))
    dialog.prices.click()
    assert gone == [("prices", {})]
    assert not dialog.isVisible()


def test_another_one_counts_from_a_day_on(opened: Open) -> None:
    page = opened()
    dialog = ask(page)
    dialog.form.set_values({"schedule": SCHOOLS.id})
    dialog.why.set_values({"reason": "T-12"})
    assert "From December 1, 2026 on the account pays by Non-profits and schools, until then by Default" in (
        dialog.meaning.text()
    )
    dialog.go.click()
    prices: Any = page.context.services.prices
    assert prices.called("assign") == [(COMPANY.account.id, SCHOOLS.id, date(2026, 12, 1))]
    assert [named for name, _args, named in prices.calls if name == "assign"] == [{"reason": "T-12"}]


def test_back_to_the_default_one(opened: Open) -> None:
    page = opened(schedule_of=replace(OWN, next=(), given=OWN.given[:1]))
    dialog = ask(page)
    assert dialog.form.values()["schedule"] == SCHOOLS.id
    dialog.form.set_values({"schedule": 0})
    dialog.go.click()
    prices: Any = page.context.services.prices
    assert prices.called("assign") == [(COMPANY.account.id, None, date(2026, 12, 1))]


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (UserError("date_in_the_past", date=date(2026, 11, 1), earliest=date(2026, 11, 23)), "effective_on"),
        (UserError("schedule_currency_differs", schedule="Europe", currency="EUR", wanted="USD"), "schedule"),
    ],
)
def test_a_refusal_stands_at_its_field(opened: Open, error: UserError, field: str) -> None:
    dialog = ask(opened(assign=error))
    dialog.form.set_values({"schedule": SCHOOLS.id})
    dialog.go.click()
    assert dialog.isVisible()
    assert dialog.form.error(field)

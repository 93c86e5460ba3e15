"""The price schedule of an account, on Edit Company."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Session
from cpdesk.domain.schedules import AccountSchedules
from cpdesk.services.accounts import Accounts
from cpdesk.ui.context import PageContext
from cpdesk.ui.gallery.company_samples import SUSPENDED
from cpdesk.ui.gallery.price_samples import DEFAULT, EUROPE, SCHEDULES, SCHOOLS, TODAY, schedule_answers
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Picture, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.company.schedule_card import ScheduleFacts
from cpdesk.ui.pages.company.schedule_dialog import ChangeScheduleDialog, NoScheduleDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_WAITS = AccountSchedules(SCHOOLS, True, ((date(2026, 12, 1), DEFAULT.name), (date(2027, 3, 1), SCHOOLS.name)))
_OWN = AccountSchedules(SCHOOLS, True, (), ((date(2026, 1, 1), SCHOOLS.id),))
_FOREIGN = AccountSchedules(EUROPE, False)


def _window(stage: Stage, schedules: AccountSchedules, session: Session = RESELLER, **answers: Any) -> Window:
    """A suspended account: little else stands on the page."""
    bundle = services(
        accounts=StandIn(Accounts, company=SUSPENDED), prices=schedule_answers(schedule_of=schedules, **answers)
    )
    account = SUSPENDED.account.id
    return stage.window(all_pages(), "edit_company", services=bundle, session=session, account=account)


@scene("account_schedule", variants=_ALL)
def account_schedule(stage: Stage) -> QWidget:
    """One of its own, and two changes that wait."""
    return _window(stage, _WAITS)


@scene("account_schedule_currency", variants=("german",))
def account_schedule_currency(stage: Stage) -> QWidget:
    """The default one, in another currency than the account's."""
    return _window(stage, _FOREIGN)


@scene("account_schedule_auditor")
def account_schedule_auditor(stage: Stage) -> QWidget:
    """To be read."""
    return _window(stage, _WAITS, AUDITOR)


@scene("account_schedule_change", variants=_ALL)
def account_schedule_change(stage: Stage) -> Picture:
    """Back to the default one from December on."""
    window = _window(stage, _OWN)
    dialog = _dialog(window)
    dialog.form.set_values({"schedule": 0})
    return window, dialog


@scene("account_schedule_same")
def account_schedule_same(stage: Stage) -> Picture:
    """What it has anyway: nothing to press."""
    window = _window(stage, _OWN)
    return window, _dialog(window)


@scene("account_schedule_unpriced", variants=("german",))
def account_schedule_unpriced(stage: Stage) -> Picture:
    """The first schedule in the account's currency."""
    window = _window(stage, AccountSchedules(DEFAULT, False))
    return window, _dialog(window, AccountSchedules(DEFAULT, False), "EUR")


@scene("account_schedule_missing", variants=("german", "rtl"))
def account_schedule_missing(stage: Stage) -> Picture:
    """No schedule in the account's currency."""
    window = _window(stage, AccountSchedules(DEFAULT, False))
    return window, NoScheduleDialog(window, _context(window), replace(SUSPENDED.account, currency="KES"))


@scene("account_schedule_refused", variants=("german",))
def account_schedule_refused(stage: Stage) -> Picture:
    """A date that is past."""
    refusal = UserError("date_in_the_past", date=date(2026, 11, 1), earliest=TODAY)
    window = _window(stage, _OWN, assign=refusal)
    dialog = _dialog(window)
    dialog.form.set_values({"schedule": DEFAULT.id, "effective_on": date(2026, 11, 1)})
    dialog.go.click()
    return window, dialog


def _dialog(window: Window, schedules: AccountSchedules = _OWN, currency: str = "USD") -> ChangeScheduleDialog:
    account = replace(SUSPENDED.account, currency=currency)
    return ChangeScheduleDialog(window, _context(window), account, ScheduleFacts(schedules, SCHEDULES), TODAY)


def _context(window: Window) -> PageContext:
    assert window.page is not None
    return window.page.context

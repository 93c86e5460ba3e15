"""The price schedule of an account, on Edit Company."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Session
from cpdesk.domain.schedules import AccountSchedules
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.company_samples import SUSPENDED
from cpdesk.ui.gallery.price_samples import DEFAULT, EUROPE, SCHEDULES, SCHOOLS, TODAY, schedule_answers
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Picture, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.company.schedule_card import ScheduleFacts
from cpdesk.ui.pages.company.schedule_dialog import ChangeScheduleDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_WAITS = AccountSchedules(SCHOOLS, True, ((date(2026, 12, 1), DEFAULT.name), (date(2027, 3, 1), SCHOOLS.name)))
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
    window = _window(stage, _WAITS)
    return window, _dialog(window)


@scene("account_schedule_refused", variants=("german",))
def account_schedule_refused(stage: Stage) -> Picture:
    """A date that is past."""
    refusal = UserError("date_in_the_past", date=date(2026, 11, 1), earliest=TODAY)
    window = _window(stage, _WAITS, assign=refusal)
    dialog = _dialog(window)
    dialog.form.set_values({"schedule": DEFAULT.id, "effective_on": date(2026, 11, 1)})
    dialog.go.click()
    return window, dialog


def _dialog(window: Window) -> ChangeScheduleDialog:
    assert window.page is not None
    facts = ScheduleFacts(_WAITS, SCHEDULES)
    return ChangeScheduleDialog(window, window.page.context, SUSPENDED.account, facts, TODAY)

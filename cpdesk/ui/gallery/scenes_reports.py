"""The reports, of all accounts and of one, and the month-end pack."""

from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.gallery import report_samples as samples
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Picture, Stage, scene
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.reports.month_end_dialog import MonthEndDialog
from cpdesk.ui.shell.alerts import Alerts
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_LOCKED = KnownError("database_locked", path="/home/dana/.local/share/cpdesk/cpdesk.db")


def reports_window(stage: Stage, tab: str = "costs", session: Session = RESELLER, **answers: Any) -> Window:
    """The reports of all accounts."""
    bundle = samples.report_services(**answers)
    return stage.window(all_pages(), "reports", services=bundle, session=session, tab=tab)


def account_reports_window(
    stage: Stage, tab: str = "idle", account: AccountRow = CONTOSO, session: Session = RESELLER, **answers: Any
) -> Window:
    """The reports of one account."""
    bundle = samples.report_services(account, **answers)
    return stage.window(all_pages(), "account_reports", services=bundle, session=session, account=account.id, tab=tab)


@scene("reports_costs", variants=_ALL)
def reports_costs(stage: Stage) -> QWidget:
    """Two currencies."""
    return reports_window(stage)


@scene("reports_costs_thousands", variants=("large_text",))
def reports_costs_thousands(stage: Stage) -> QWidget:
    """As a large distributor has."""
    return reports_window(stage, costs=samples.many_costs(10_000))


@scene("reports_idle", variants=_ALL)
def reports_idle(stage: Stage) -> QWidget:
    """Seats that nobody holds."""
    return reports_window(stage, "idle")


@scene("reports_low", variants=_ALL)
def reports_low(stage: Stage) -> QWidget:
    """Pools that run short, and the bell that tells of them."""
    window = reports_window(stage, "low")
    Alerts(window, stage.jobs, samples.report_services()).ask()
    return window


@scene("reports_low_thousands")
def reports_low_thousands(stage: Stage) -> QWidget:
    """As a large distributor has."""
    rows = samples.many_low(3000)
    window = reports_window(stage, "low", low=rows)
    Alerts(window, stage.jobs, samples.report_services(low=rows)).ask()
    return window


@scene("reports_low_empty", variants=("german",))
def reports_low_empty(stage: Stage) -> QWidget:
    """Good news."""
    return reports_window(stage, "low", low=[])


@scene("reports_blocked", variants=_ALL)
def reports_blocked(stage: Stage) -> QWidget:
    """Users who cannot sign in."""
    return reports_window(stage, "blocked")


@scene("reports_overlapping", variants=_ALL)
def reports_overlapping(stage: Stage) -> QWidget:
    """Products that another one contains."""
    return reports_window(stage, "overlapping")


@scene("reports_trend", variants=_ALL)
def reports_trend(stage: Stage) -> QWidget:
    """Twelve months of all accounts."""
    return reports_window(stage, "trend")


@scene("reports_trend_one_month")
def reports_trend_one_month(stage: Stage) -> QWidget:
    """The last month and the present one."""
    stage.settings.setValue("months/trend", 1)
    return reports_window(stage, "trend")


@scene("reports_trend_24_months")
def reports_trend_24_months(stage: Stage) -> QWidget:
    """As far back as it goes."""
    stage.settings.setValue("months/trend", 24)
    return reports_window(stage, "trend")


@scene("reports_costs_empty", variants=("german",))
def reports_costs_empty(stage: Stage) -> QWidget:
    """Nobody holds a seat."""
    return reports_window(stage, **samples.nothing())


@scene("reports_idle_empty", variants=_ALL)
def reports_idle_empty(stage: Stage) -> QWidget:
    """Good news."""
    return reports_window(stage, "idle", **samples.nothing())


@scene("reports_blocked_empty")
def reports_blocked_empty(stage: Stage) -> QWidget:
    """Good news."""
    return reports_window(stage, "blocked", **samples.nothing())


@scene("reports_overlapping_empty")
def reports_overlapping_empty(stage: Stage) -> QWidget:
    """Good news."""
    return reports_window(stage, "overlapping", **samples.nothing())


@scene("reports_trend_empty")
def reports_trend_empty(stage: Stage) -> QWidget:
    """No seat yet."""
    return reports_window(stage, "trend", **samples.nothing())


@scene("reports_auditor")
def reports_auditor(stage: Stage) -> QWidget:
    """Reads the same, writes no pack."""
    return reports_window(stage, session=AUDITOR)


@scene("reports_error", variants=("german",))
def reports_error(stage: Stage) -> QWidget:
    """One report cannot be read."""
    return reports_window(stage, "idle", idle_seats=_LOCKED)


@scene("account_reports_idle", variants=_ALL)
def account_reports_idle(stage: Stage) -> QWidget:
    """One account."""
    own = [row for row in samples.IDLE if row.account_id == CONTOSO.id]
    return account_reports_window(stage, idle_seats=own)


@scene("account_reports_blocked")
def account_reports_blocked(stage: Stage) -> QWidget:
    """One account."""
    own = [row for row in samples.BLOCKED if row.account_id == CONTOSO.id]
    return account_reports_window(stage, "blocked", blocked_holders=own)


@scene("account_reports_trend")
def account_reports_trend(stage: Stage) -> QWidget:
    """One account."""
    return account_reports_window(stage, "trend")


@scene("account_reports_customer")
def account_reports_customer(stage: Stage) -> QWidget:
    """A customer administrator, with good news."""
    return account_reports_window(stage, session=CUSTOMER, **samples.nothing())


@scene("month_end", variants=_ALL)
def month_end(stage: Stage) -> Picture:
    """All accounts."""
    return _pack(stage)


@scene("month_end_selected")
def month_end_selected(stage: Stage) -> Picture:
    """Some accounts."""
    window = reports_window(stage)
    assert window.page is not None
    return window, MonthEndDialog(window, window.page.context, samples.COSTS.rows[:3])


@scene("month_end_under_way", variants=("german",))
def month_end_under_way(stage: Stage) -> Picture:
    """A third is written."""
    window, dialog = _pack(stage)
    dialog.lock(working=True)
    dialog.tell((112, 337))
    return window, dialog


@scene("month_end_written", variants=_ALL)
def month_end_written(stage: Stage) -> Picture:
    """What came of it."""
    window, dialog = _pack(stage)
    dialog.write.click()
    return window, dialog


@scene("month_end_with_trouble", variants=("german",))
def month_end_with_trouble(stage: Stage) -> Picture:
    """Lines without a price, and a month that is not over."""
    window, dialog = _pack(stage, write=samples.WITH_TROUBLE)
    dialog.write.click()
    return window, dialog


@scene("month_end_refused", variants=("large_text",))
def month_end_refused(stage: Stage) -> Picture:
    """The disk is full."""
    window, dialog = _pack(stage, write=KnownError("disk_full", path=str(samples.FOLDER)))
    dialog.write.click()
    return window, dialog


def _pack(stage: Stage, **answers: Any) -> tuple[Window, MonthEndDialog]:
    window = reports_window(stage, **answers)
    assert window.page is not None
    dialog = MonthEndDialog(window, window.page.context)
    dialog.choice.set_folder(samples.FOLDER)
    return window, dialog

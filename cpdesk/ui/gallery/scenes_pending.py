"""Pending Changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base import zones
from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.formats import format_number
from cpdesk.domain import forecasts, switching
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.operators import Session
from cpdesk.domain.people import UserFields
from cpdesk.domain.planned import (
    Content,
    Farewell,
    Joiner,
    Leaver,
    Outcome,
    PlanKind,
    PlannedChange,
    PlanState,
    Reduction,
    left_by,
)
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.settlements import Agenda
from cpdesk.services.accounts import Accounts
from cpdesk.services.planning import Planning
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, LONG_NAMES, RESELLER, many_accounts
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.service_samples import E3, NOW, PREMIUM, STORAGE, held, pricing
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.customers.pending_changes import AccountChangesPage
from cpdesk.ui.pages.customers.withdraw_plan import WithdrawPlanDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.table import DataTable

_ALL = ("german", "large_text", "rtl")


def queued(account: AccountRow, number: int = 3) -> QueuedSwitch:
    """The pending change of an account that releases seats of so many products."""
    assert account.pending is not None
    idle = [seats if place < number else 0 for place, seats in enumerate((6, 3, 2))]
    rows = [held(one, 40, 40 - seats) for one, seats in zip((PREMIUM, E3, STORAGE), idle, strict=True)]
    known = pricing(row.product_id for row in rows)
    return forecasts.queued(account, account.pending, NOW, rows, known)


_PENDING = [account for account in ACCOUNTS if account.pending]
NAMES = {one.part_number: one.name for one in (PREMIUM, E3, STORAGE)}


def plan(
    account: AccountRow,
    number: int,
    content: Content,
    day: date,
    state: PlanState = PlanState.PLANNED,
    outcome: Outcome | None = None,
    **changed: Any,
) -> PlannedChange:
    """A planned change of an account; one that has ended was carried out on time."""
    kind = {Joiner: PlanKind.JOINER, Leaver: PlanKind.LEAVER, Reduction: PlanKind.REDUCTION}[type(content)]
    due_at = switching.first_instant(day, zones.zone(account.time_zone))
    ended = state is not PlanState.PLANNED
    made = PlannedChange(
        account_id=account.id,
        account=account.name,
        domain=account.domain,
        number=number,
        kind=kind,
        content=content,
        state=state,
        due_on=day,
        time_zone=account.time_zone,
        due_at=due_at,
        planned_at=datetime(2026, 11, 2, 15, 4, tzinfo=UTC),
        planned_by=RESELLER.email,
        reason="HR-2291",
        outcome=outcome or Outcome(),
        ended_at=due_at if ended else None,
        ended_by="cpdesk" if ended else None,
        seen=False,
    )
    return replace(made, **changed)


_JOINER = Joiner(
    UserFields("Amara Okafor", f"amara.okafor@{CONTOSO.domain}"), (PREMIUM.part_number, E3.part_number), ("1", "2")
)
_LEAVER = Leaver(7, f"lee.gu@{CONTOSO.domain}", "Lee Gu", Farewell.BLOCK)
_REDUCTION = Reduction(PREMIUM.part_number, PREMIUM.guid, 5)
_KEPT = left_by(UserError("plan_seats_in_use", product=PREMIUM.name, count=2))
_GONE = left_by(UserError("plan_user_gone", upn=_LEAVER.upn))
_NO_SEAT = left_by(UserError("no_seats_available", product=E3.name, seats=4, available=0, missing=1))
PLANS = (
    plan(CONTOSO, 1, _LEAVER, date(2026, 11, 16), PlanState.SKIPPED, Outcome(left=(_GONE,))),
    plan(CONTOSO, 2, _JOINER, date(2026, 11, 30)),
    plan(CONTOSO, 3, _REDUCTION, date(2027, 1, 1)),
    plan(
        CONTOSO, 4, _REDUCTION, date(2026, 11, 9), PlanState.PARTLY,
        Outcome(removed={PREMIUM.part_number: 3}, left=(_KEPT,)),
        ended_at=datetime(2026, 11, 12, 14, 30, tzinfo=UTC),
    ),
    plan(CONTOSO, 5, replace(_JOINER, products=(), guids=()), date(2026, 11, 18), PlanState.DONE,
         Outcome(user=_JOINER.fields.upn)),
    plan(CONTOSO, 6, _LEAVER, date(2026, 12, 24), PlanState.WITHDRAWN, ended_by=RESELLER.email,
         ended_at=datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
    plan(CONTOSO, 7, _JOINER, date(2026, 11, 17), PlanState.PARTLY,
         Outcome(user=_JOINER.fields.upn, assigned=(PREMIUM.part_number,), left=(_NO_SEAT,))),
)  # fmt: skip
"""Of each kind, and of each end."""

QUEUE = tuple(queued(account, number) for account, number in zip(_PENDING, (3, 2, 0), strict=True))


def agenda(queue: Sequence[QueuedSwitch] = (), plans: Sequence[PlannedChange] = ()) -> Agenda:
    """What the page gets."""
    return Agenda(tuple(queue), tuple(plans), NAMES)


def pending_window(
    stage: Stage,
    queue: Sequence[QueuedSwitch] | Exception,
    session: Session = RESELLER,
    plans: Sequence[PlannedChange] = (),
) -> Window:
    """The page with a queue."""
    answer = queue if isinstance(queue, Exception) else agenda(queue, plans)
    bundle = services(planning=StandIn(Planning, time_line=answer))
    window = stage.window(all_pages(), "pending_changes", services=bundle, session=session)
    window.side_menu.set_badge("pending_changes", _badge(answer))
    return window


def account_window(stage: Stage, plans: Sequence[PlannedChange], session: Session = RESELLER) -> Window:
    """The page inside an account."""
    answer = agenda([row for row in QUEUE if row.account.id == CONTOSO.id], plans)
    bundle = services(planning=StandIn(Planning, time_line=answer), accounts=StandIn(Accounts, show=CONTOSO))
    return stage.window(all_pages(), "account_changes", services=bundle, session=session, account=CONTOSO.id)


def _badge(answer: Agenda | Exception) -> str:
    if isinstance(answer, Exception):
        return ""
    count = len(answer.switches) + sum(one.waits or one.alarms for one in answer.plans)
    return format_number(count) if count else ""


def _selected(window: Window, place: int) -> Window:
    table = window.findChild(DataTable)
    assert isinstance(table, DataTable)
    table.selectRow(place)
    return window


@scene("time_line", variants=_ALL)
def time_line(stage: Stage) -> QWidget:
    """Switches and planned changes on one time line; a skipped one is selected."""
    return pending_window(stage, QUEUE, plans=PLANS)


@scene("time_line_partly", variants=("german",))
def time_line_partly(stage: Stage) -> QWidget:
    """One that was carried out late, and in part."""
    return _selected(pending_window(stage, QUEUE, plans=PLANS[3:4]), 0)


@scene("time_line_ended")
def time_line_ended(stage: Stage) -> QWidget:
    """What has ended, too."""
    window = pending_window(stage, QUEUE, plans=PLANS)
    box = window.findChild(CheckBox)
    assert isinstance(box, CheckBox)
    box.setChecked(True)
    return window


@scene("time_line_account", variants=_ALL)
def time_line_account(stage: Stage) -> QWidget:
    """Inside an account, for its own administrator; a joiner is selected."""
    return _selected(account_window(stage, PLANS, CUSTOMER), 3)


@scene("time_line_account_empty")
def time_line_account_empty(stage: Stage) -> QWidget:
    """Nothing is planned, and no switch is pending."""
    bundle = services(planning=StandIn(Planning, time_line=agenda()), accounts=StandIn(Accounts, show=CONTOSO))
    return stage.window(all_pages(), "account_changes", services=bundle, session=RESELLER, account=CONTOSO.id)


@scene("withdraw_plan", variants=("german",))
def withdraw_plan(stage: Stage) -> tuple[QWidget, QDialog]:
    """The question before a plan is withdrawn."""
    window = _selected(account_window(stage, PLANS), 3)
    page = window.findChild(AccountChangesPage)
    assert isinstance(page, AccountChangesPage)
    dialog = WithdrawPlanDialog(page, page.context, PLANS[1], "Amara Okafor joins")
    dialog.open()
    return window, dialog


@scene("pending_changes", variants=_ALL)
def pending_changes(stage: Stage) -> QWidget:
    """Three, none selected."""
    return pending_window(stage, QUEUE)


@scene("pending_changes_selected", variants=_ALL)
def pending_changes_selected(stage: Stage) -> QWidget:
    """What the first one releases."""
    return _selected(pending_window(stage, QUEUE), 0)


@scene("pending_changes_nothing_released")
def pending_changes_nothing_released(stage: Stage) -> QWidget:
    """A change that releases no seat."""
    return _selected(pending_window(stage, QUEUE), 2)


@scene("pending_changes_one")
def pending_changes_one(stage: Stage) -> QWidget:
    """A single one."""
    return _selected(pending_window(stage, QUEUE[:1]), 0)


@scene("pending_changes_empty", variants=_ALL)
def pending_changes_empty(stage: Stage) -> QWidget:
    """Nothing is queued."""
    return pending_window(stage, ())


@scene("pending_changes_thousands")
def pending_changes_thousands(stage: Stage) -> QWidget:
    """As a large distributor has."""
    return pending_window(stage, [queued(account) for account in many_accounts(10_000) if account.pending])


@scene("pending_changes_long_names", variants=("large_text",))
def pending_changes_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    return _selected(pending_window(stage, [queued(account) for account in LONG_NAMES]), 1)


@scene("pending_changes_auditor")
def pending_changes_auditor(stage: Stage) -> QWidget:
    """Reads, withdraws nothing."""
    return _selected(pending_window(stage, QUEUE, AUDITOR), 0)


@scene("pending_changes_error")
def pending_changes_error(stage: Stage) -> QWidget:
    """The queue cannot be read."""
    return pending_window(stage, KnownError("database_locked", path="/home/dana/.local/share/cpdesk/cpdesk.db"))

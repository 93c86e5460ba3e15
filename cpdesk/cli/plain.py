"""Rows as JSON values. These shapes are a promise to scripts: keys may be added, none may change."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from cpdesk.base.messages import sentence
from cpdesk.base.money_words import is_unpriced
from cpdesk.domain.seats import summed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from decimal import Decimal

    from cpdesk.domain.accounts import ZoneChange
    from cpdesk.domain.anchors import Comparison
    from cpdesk.domain.backups import AccountModes, BackupRow, Restored, RestorePreview
    from cpdesk.domain.billing import Cost
    from cpdesk.domain.catalog import Product
    from cpdesk.domain.clock_correction import Ahead
    from cpdesk.domain.forecast_money import LineMoney
    from cpdesk.domain.forecasts import Forecast, ForecastLine
    from cpdesk.domain.modes import CompletedSwitch, PendingSwitch, SettledSwitch
    from cpdesk.domain.operators import OperatorRow
    from cpdesk.domain.people import RemovedUser, UserDetails
    from cpdesk.domain.planned import Left, PlannedChange
    from cpdesk.domain.rows import AccountRow, AuditRow, Finding, SubscriptionRow, UserRow
    from cpdesk.domain.settlements import SettlingReport
    from cpdesk.domain.user_import.report import ImportReport
    from cpdesk.services.seat_tasks import SeatsResult

Document = dict[str, object]


def instant(moment: datetime) -> str:
    """An aware instant in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def operator(row: OperatorRow) -> Document:
    return {
        "id": row.id,
        "email": row.email,
        "role": str(row.role),
        "account": row.account_name,
        "account_id": row.account_id,
        "second_factor": row.second_factor,
        "temporary_password": row.temporary_password,
    }


def account(row: AccountRow, now: datetime) -> Document:
    """`now` (UTC) tells whether a pending switch is overdue."""
    return {
        "id": row.id,
        "name": row.name,
        "domain": row.domain,
        "country": row.country,
        "currency": row.currency,
        "time_zone": row.time_zone,
        "mode": str(row.mode),
        "pending": row.pending and _pending(row.pending, now),
        "service_active": row.service_active,
        "users": row.users,
        "seats": row.seats,
        "assigned": row.assigned,
        "status": str(row.status),
        "aliases": list(row.aliases),
        "next_time_zone": row.next_zone and _next_zone(row.next_zone),
    }


def _next_zone(change: ZoneChange) -> Document:
    return {"time_zone": change.time_zone, "effective_on": change.effective_on.isoformat()}


def _pending(switch: PendingSwitch, now: datetime) -> Document:
    return {
        "to": str(switch.to),
        "effective_on": switch.effective_on.isoformat(),
        "due_at": instant(switch.due_at),
        "requested_at": instant(switch.requested_at),
        "requested_by": switch.requested_by,
        "overdue": switch.is_due(now),
    }


def completed(switch: CompletedSwitch) -> Document:
    """The switch that gave an account its present mode."""
    return {
        "to": str(switch.to),
        "effective_on": switch.effective_on.isoformat(),
        "due_at": instant(switch.due_at),
        "applied_at": instant(switch.applied_at),
        "requested_at": instant(switch.requested_at),
        "requested_by": switch.requested_by,
        "released": dict(switch.released),
    }


def forecast(shown: Forecast) -> Document:
    return {
        "to": str(shown.to),
        "effective_on": shown.effective_on.isoformat(),
        "due_at": shown.due_at and instant(shown.due_at),
        "time_zone": shown.time_zone,
        "earliest_return": shown.earliest_return and shown.earliest_return.isoformat(),
        "seats": shown.seats,
        "assigned": shown.assigned,
        "released": shown.released,
        "money": shown.money and shown.money.as_plain(),
        "products": [_forecast_line(line) for line in shown.lines],
        "lost": [line.part_number for line in shown.lost],
        "blocked": [
            {"upn": holder.upn, "name": holder.display_name, "licenses": list(holder.licenses)}
            for holder in shown.blocked
        ],
    }


def _forecast_line(line: ForecastLine) -> Document:
    return {
        "product": line.part_number,
        "name": line.name,
        "assignable_to": line.assignable_to,
        "seats": line.seats,
        "assigned": line.assigned,
        "released": line.released,
        "seats_after": line.seats_after,
        **(_line_money(line.money) if line.money else {}),
    }


def _line_money(money: LineMoney) -> Document:
    return {
        "price_before": amount(money.price_before),
        "price_after": amount(money.price_after),
        "monthly_before": amount(money.before),
        "monthly_after": amount(money.after),
        "idle_until": amount(money.idle_until),
    }


def amount(known: Decimal | None) -> str | None:
    """Money is a string; null without a price."""
    return None if known is None else str(known)


def user(row: UserRow) -> Document:
    return {
        "upn": row.upn,
        "name": row.display_name,
        "licenses": list(row.licenses),
        "blocked": row.blocked,
        "guest": row.guest,
    }


def user_details(details: UserDetails) -> Document:
    """A user as `user` has it, with everything else that is known."""
    fields = details.fields
    return {
        "upn": fields.upn,
        "name": fields.display_name,
        "licenses": sorted(held.part_number for held in details.licenses),
        "blocked": fields.blocked,
        "guest": details.guest,
        "first_name": fields.first_name,
        "last_name": fields.last_name,
        "usage_location": fields.usage_location,
        "title": fields.job_title,
        "department": fields.department,
    }


def removed_user(removed: RemovedUser) -> Document:
    return {"upn": removed.upn, "mode": str(removed.mode), "freed": list(removed.freed), "released": removed.released}


def subscription(row: SubscriptionRow) -> Document:
    return {
        "product": row.part_number,
        "guid": row.guid,
        "name": row.name,
        "assignable_to": row.assignable_to,
        "seats": row.seats,
        "assigned": row.assigned,
        "available": row.available,
        "threshold": row.threshold,
        "low": row.low,
    }


def seats(result: SeatsResult) -> Document:
    """The counts of a product after a change."""
    return {
        **_product(result.product),
        "seats": result.seats,
        "assigned": result.assigned,
        "available": result.available,
        "mode": str(result.mode),
    }


def _product(product: Product) -> Document:
    return {
        "product": product.part_number,
        "guid": product.guid,
        "name": product.name,
        "assignable_to": product.assignable_to,
    }


def import_report(report: ImportReport, file: str, *, dry_run: bool) -> Document:
    """Missing seats by part number: what the pool lacks, or what was added to it. A dry run tells of each user who
    is there already and would be updated what changes, field by field."""
    before, after = report.cost(after=False), report.cost(after=True)
    document = {
        **report.plan.report(),
        "missing_seats": summed(report.missing_seats),
        "other_domains": [{"row": user.row, "upn": user.upn, "domain": user.domain} for user in report.foreign],
        "currency": report.currency,
        "monthly_cost_before": _sum(before),
        "monthly_cost_after": _sum(after),
        "unpriced": after.unpriced,
        "beyond_limits": [
            {"family": beyond.family, "most": beyond.most, "before": beyond.before, "after": beyond.after}
            for beyond in report.beyond
        ],
        "file": file,
        "dry_run": dry_run,
    }
    return document | {"changes": list(_changes(report))} if dry_run else document


def _sum(cost: Cost) -> str | None:
    """Null where nothing of it has a price."""
    return None if is_unpriced(cost.amount, cost.unpriced) else amount(cost.amount)


def _changes(report: ImportReport) -> Iterator[Document]:
    names = {line.product.guid: line.product.name for line in report.totals}
    for change in report.plan.updated:
        yield {
            "row": change.row,
            "upn": change.values.upn,
            "fields": {name: {"before": was, "after": will_be} for name, was, will_be in change.changed_fields},
            "assigned": [names[guid] for guid in change.assign],
            "unassigned": [names[guid] for guid in change.unassign],
        }


def settling(report: SettlingReport) -> Document:
    return {
        "applied": [_settled(switch) for switch in report.applied],
        "pending": report.pending,
        "next_due_at": report.next_due_at and instant(report.next_due_at),
        "carried_out": [planned(change) for change in report.carried_out],
        "planned": report.planned,
        "next_planned_at": report.next_planned_at and instant(report.next_planned_at),
    }


def planned(change: PlannedChange) -> Document:
    """A planned change: what is to be done, when, and what came of it."""
    content = {name: value for name, value in change.content.as_plain().items() if name not in {"user_id", "guids"}}
    return {
        "number": change.number,
        "account": change.account,
        "domain": change.domain,
        "kind": str(change.kind),
        "state": str(change.state),
        "due_on": change.due_on.isoformat(),
        "due_at": instant(change.due_at),
        "planned_at": instant(change.planned_at),
        "planned_by": change.planned_by,
        "reason": change.reason,
        "plan": content,
        "outcome": change.outcome.as_plain() | {"left": [_left(one) for one in change.outcome.left]},
        "ended_at": change.ended_at and instant(change.ended_at),
        "ended_by": change.ended_by,
        "dismissed": change.seen,
    }


def _left(one: Left) -> Document:
    return {"code": one.code, "message": sentence(one.code, **one.facts)}


def _settled(switch: SettledSwitch) -> Document:
    return {
        "id": switch.account_id,
        "account": switch.account,
        "domain": switch.domain,
        "effective_on": switch.effective_on.isoformat(),
        "due_at": instant(switch.due_at),
        "applied_at": instant(switch.applied_at),
        "released": dict(switch.released),
        "switch": switch.id,
    }


def findings(found: Sequence[Finding], *, ok: bool) -> Document:
    return {"ok": ok, "findings": _findings(found)}


def _findings(found: Sequence[Finding]) -> list[Document]:
    return [{"code": one.code, "severity": one.severity, "where": one.where, "detail": one.detail} for one in found]


def ahead(found: Ahead, *, done: bool) -> Document:
    return {
        "corrected": done,
        "system": instant(found.system),
        "latest": instant(found.latest),
        "since": instant(found.since),
        "entries": found.entries,
        "switches": [{"account": one.account, "counts_from": instant(one.counts_from)} for one in found.switches],
        "plans": found.plans,
        "waiting": list(found.waiting),
        "statements": found.statements,
    }


def comparison(result: Comparison) -> Document:
    return {
        "result": str(result.likeness),
        "holds": result.holds,
        "anchor": result.anchor.as_plain(),
        "last_entry": result.last,
        "later": result.later,
        "findings": _findings(result.findings),
    }


def audit_entry(row: AuditRow) -> Document:
    return {
        "number": row.number,
        "recorded_at": instant(row.recorded_at),
        "effective_at": instant(row.effective_at),
        "operator": row.operator,
        "role": row.role,
        "account": row.account,
        "action": row.action,
        "subject": row.subject,
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
    }


def backup(row: BackupRow) -> Document:
    return {
        "file": str(row.path),
        "kind": str(row.kind),
        "made_at": instant(row.made_at),
        "size": row.size,
        "schema": row.schema,
    }


def restore_preview(shown: RestorePreview) -> Document:
    """What restoring would change; `restored` has the same keys for what it changed."""
    return {
        "restored": False,
        "file": str(shown.path),
        "made_at": instant(shown.made_at),
        "latest_entry": shown.last_recorded and instant(shown.last_recorded),
        "schema": shown.schema,
        "same_history": shown.same_history,
        "set_aside": shown.set_aside,
        "accounts": [_account_modes(one) for one in shown.accounts],
        "operators_returning": list(shown.returning),
        "operators_leaving": list(shown.leaving),
    }


def restored(result: Restored) -> Document:
    return {
        "restored": True,
        "kept": result.kept and str(result.kept),
        "set_aside": result.set_aside,
        "accounts": [_account_modes(one) for one in result.accounts],
        "applied": [_settled(switch) for switch in result.settled.switches],
        "carried_out": [planned(change) for change in result.settled.plans],
    }


def _account_modes(one: AccountModes) -> Document:
    return {
        "id": one.account_id,
        "account": one.name,
        "domain": one.domain,
        "mode_before": one.now and str(one.now),
        "mode_after": one.then and str(one.then),
        "effective_on_before": one.pending_now and one.pending_now.isoformat(),
        "effective_on_after": one.pending_then and one.pending_then.isoformat(),
    }

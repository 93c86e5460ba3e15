"""Rows as text for people: accounts, their billing mode, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name, status_name
from cpdesk.cli import plan_texts
from cpdesk.cli.money_texts import forecast_money, monthly_cells
from cpdesk.cli.tables import indented, number, pairs, table
from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.domain.switching import is_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from cpdesk.domain.forecasts import Forecast
    from cpdesk.domain.modes import CompletedSwitch, PendingSwitch, SettledSwitch
    from cpdesk.domain.rows import AccountRow
    from cpdesk.domain.settlements import SettlingReport

    Names = Mapping[str, str]
    """Display names by part number."""


def accounts(rows: Sequence[AccountRow], now: datetime) -> Iterator[str]:
    """The accounts, or what to do where there are none."""
    if not rows:
        yield _("There are no accounts yet. Create one: cpdesk accounts create NAME --domain DOMAIN --activate")
        return
    titles = [_("Account"), _("Name"), _("Domain"), _("Mode"), _("Pending"), _("Users"), _("Seats")]
    cells = [_account_cells(row, now) for row in rows]
    if any(row.status is not Status.ACTIVE for row in rows):
        titles.append(_("Status"))
        for line, row in zip(cells, rows, strict=True):
            line.append("" if row.status is Status.ACTIVE else status_name(row.status))
    yield from table(titles, cells)


def _account_cells(row: AccountRow, now: datetime) -> list[str | int]:
    pending = _pending_cell(row.pending, now) if row.pending else ""
    return [str(row.id), row.name, row.domain, mode_name(row.mode), pending, row.users, row.seats]


def _pending_cell(switch: PendingSwitch, now: datetime) -> str:
    day = formats.format_date(switch.effective_on)
    if switch.is_due(now):
        return _("due {date}, not yet completed").format(date=day)
    return _("Usage Mode on {date}").format(date=day)


def account(row: AccountRow, now: datetime) -> Iterator[str]:
    """All facts of one account."""
    yield from pairs(
        (
            (_("Account"), str(row.id)),
            (_("Name"), row.name),
            (_("Status"), status_name(row.status)),
            (_("Domain"), row.domain),
            *([(_("Alias domains"), formats.format_list(list(row.aliases)))] if row.aliases else []),
            (_("Country"), row.country),
            (_("Currency"), row.currency),
            (_("Time zone"), _time_zone(row)),
            (_("Microsoft 365"), _("active") if row.service_active else _("not active")),
            (_("Users"), row.users),
            (_("Seats"), row.seats),
            (_("Assigned"), row.assigned),
            (_("Billing model"), mode_name(row.mode)),
        )
    )
    if row.pending:
        yield from pending(row.pending, now)
    if not row.service_active and row.status is Status.ACTIVE:
        yield _("Activate Microsoft 365: cpdesk accounts activate {account}").format(account=row.id)


def _time_zone(row: AccountRow) -> str:
    if row.next_zone is None:
        return row.time_zone
    return _("{zone}; {next} from {date} on").format(
        zone=row.time_zone, next=row.next_zone.time_zone, date=formats.format_date(row.next_zone.effective_on)
    )


def mode(row: AccountRow, latest: CompletedSwitch | None, now: datetime, names: Names) -> Iterator[str]:
    """The billing mode of an account, what is pending, and the switch that led to it."""
    yield heading(row)
    yield _("Billing model: {mode}").format(mode=mode_name(row.mode))
    if row.pending:
        yield from pending(row.pending, now)
    if latest:
        yield _completed(latest)
        yield from _released(latest.released, names)


def heading(row: AccountRow) -> str:
    """Which account it is: the wrong one is the classic mistake."""
    return _("{name} ({domain}), account {id}").format(name=row.name, domain=row.domain, id=row.id)


def pending(switch: PendingSwitch, now: datetime) -> Iterator[str]:
    """What is queued, until when, and how to take it back."""
    overdue = switch.is_due(now)
    if overdue:
        text = _(
            "Change to Usage Mode is due since {date} ({time}), not yet completed: the database cannot be written."
        )
    else:
        text = _("Change to Usage Mode is pending and will be completed on {date} ({time}).")
    yield text.format(
        date=formats.format_date(switch.effective_on), time=formats.format_time(switch.due_at, switch.time_zone)
    )
    if not overdue:
        yield _withdrawal(switch.account_id)


def _withdrawal(account_id: int) -> str:
    return _("Until then it can be withdrawn: cpdesk mode keep {account}").format(account=account_id)


def _completed(switch: CompletedSwitch) -> str:
    if switch.to is Mode.PURCHASE:
        return _("Purchase Mode is active since {date}.").format(date=formats.format_date(switch.effective_on))
    return _("Change to Usage Mode {completion}.").format(completion=completion(switch))


def completion(switch: CompletedSwitch | SettledSwitch) -> str:
    """When a queued change was completed, and how late."""
    day = formats.format_date(switch.effective_on)
    if switch.reopened:
        return _("completed when the account was reopened; effective {date}").format(date=day)
    if not is_late(switch.due_at, switch.applied_at):
        return _("completed; effective {date}").format(date=day)
    return _("completed {duration} late because cpdesk was not running; effective {date}").format(
        duration=formats.format_duration(switch.applied_at - switch.due_at), date=day
    )


def settled(switch: SettledSwitch, names: Names) -> str:
    """One sentence for a queued change that has just been completed."""
    text = _("{account} ({domain}): change to Usage Mode {completion}.").format(
        account=switch.account, domain=switch.domain, completion=completion(switch)
    )
    if not switch.released:
        return text
    listed = [f"{names.get(part, part)} {number(count)}" for part, count in switch.released]
    return text + " " + _("Released: {seats}.").format(seats=formats.format_list(listed))


def _released(released: Iterable[tuple[str, int]], names: Names) -> Iterator[str]:
    listed = [(names.get(part, part), count) for part, count in released]
    if listed:
        yield _("Seats released:")
        yield from indented(table((_("Product"), _("Seats")), listed))


def settling(report: SettlingReport, names: Names) -> Iterator[str]:
    """What `apply-due` did."""
    if not (report.applied or report.carried_out):
        yield _("Nothing was due.")
    for switch in report.applied:
        yield settled(switch, names)
    for change in report.carried_out:
        yield plan_texts.ended(change, names)
    yield from _next_switch(report)
    if report.next_planned_at is not None:
        yield ngettext(
            "{count} planned change waits; it is due on {instant}.",
            "{count} planned changes wait; the next is due on {instant}.",
            report.planned,
        ).format(
            count=number(report.planned),
            instant=formats.format_instant(report.next_planned_at, report.next_planned_zone),
        )


def _next_switch(report: SettlingReport) -> Iterator[str]:
    if report.next_due_at is None:
        yield _("No change of mode is pending.")
        return
    yield ngettext(
        "{count} change of mode is pending; it is due on {instant}.",
        "{count} changes of mode are pending; the next is due on {instant}.",
        report.pending,
    ).format(count=number(report.pending), instant=formats.format_instant(report.next_due_at, report.next_time_zone))


def forecast(row: AccountRow, shown: Forecast) -> Iterator[str]:
    """What a change of mode would do."""
    yield heading(row)
    yield _("Change from {mode} to {to}: this is the forecast, nothing was changed.").format(
        mode=mode_name(shown.mode), to=mode_name(shown.to)
    )
    yield from _to_usage(row, shown) if shown.to is Mode.USAGE else _to_purchase(shown)
    yield from forecast_money(shown)
    yield from _forecast_table(shown)
    yield _("To confirm: cpdesk mode change {account} {mode} --yes").format(account=row.id, mode=shown.to)


def _to_purchase(shown: Forecast) -> Iterator[str]:
    yield _("It takes effect at once. The pool opens with exactly the assigned seats.")
    yield _("From then on removing users or licenses no longer lowers the bill: every seat stays billable.")
    if shown.earliest_return:
        yield _("The earliest date on which the account can be back in Usage Mode is {date}.").format(
            date=formats.format_date(shown.earliest_return)
        )
        yield _("Nobody can make it earlier, support included. Review the account's needs first.")


def _to_usage(row: AccountRow, shown: Forecast) -> Iterator[str]:
    if shown.due_at:
        yield _("It takes effect on {date} ({time}); nobody can make it earlier.").format(
            date=formats.format_date(shown.effective_on), time=formats.format_time(shown.due_at, shown.time_zone)
        )
    yield ngettext(
        "Until then the account stays in Purchase Mode and its {count} seat billable.",
        "Until then the account stays in Purchase Mode and its {count} seats billable.",
        shown.seats,
    ).format(count=number(shown.seats))
    yield _withdrawal(row.id)
    yield _("If cpdesk is not running then, the change is completed at the next start, effective that date.")
    for line in shown.lost:
        yield _("Lost, because it belongs to no user: {product} ({count}).").format(
            product=line.name, count=number(line.released)
        )
    for holder in shown.blocked:
        yield _("Blocked from signing in, but keeps licenses: {name} ({upn}).").format(
            name=holder.display_name, upn=holder.upn
        )


def _forecast_table(shown: Forecast) -> Iterator[str]:
    if not shown.lines:
        yield _("The account holds no seats.")
        return
    titles = [_("Product"), _("Seats"), _("Assigned"), _("Released"), _("Seats after")]
    rows: list[list[str | int]] = [
        [line.name, line.seats, line.assigned, line.released, line.seats_after] for line in shown.lines
    ]
    if shown.money:
        titles += [_("Per month now"), _("Per month after")]
        for row, line in zip(rows, shown.lines, strict=True):
            row.extend(monthly_cells(line))
    yield from table(titles, rows)

"""Rows as text for people: operators, users, licenses, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base.apart import beside
from cpdesk.base.billing_words import since_text
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.import_words import skip_reason
from cpdesk.base.limit_words import beyond_text
from cpdesk.base.low_seat_words import low_text
from cpdesk.base.messages import role_name
from cpdesk.base.money_words import sum_text
from cpdesk.cli.tables import indented, number, pairs, table
from cpdesk.domain.modes import Mode
from cpdesk.domain.seats import summed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cpdesk.domain.operators import OperatorRow
    from cpdesk.domain.people import RemovedUser, RestoredUser
    from cpdesk.domain.rows import AccountRow, SubscriptionRow, UserRow
    from cpdesk.domain.user_import.plan import ImportPlan
    from cpdesk.domain.user_import.report import ImportReport
    from cpdesk.services.seat_tasks import SeatsResult

    Names = Mapping[str, str]
    """Display names by part number."""


def operators(rows: Sequence[OperatorRow]) -> Iterator[str]:
    titles = (_("E-mail address"), _("Role"), _("Account"), _("Second factor"))
    lines = [(row.email, role_name(row.role), row.account_name or "", _factor(row)) for row in rows]
    yield from table(titles, lines)


def _factor(row: OperatorRow) -> str:
    return _("on") if row.second_factor else _("off")


def users(account: AccountRow, rows: Sequence[UserRow], names: Names) -> Iterator[str]:
    """The users of an account, or what to do where there are none."""
    if not rows:
        yield _("{account} has no users yet. Add one: cpdesk users add {id} UPN --name NAME").format(
            account=account.name, id=account.id
        )
        yield _("Or import them: cpdesk users import {id} FILE").format(id=account.id)
        return
    titles = (_("User principal name"), _("Name"), _("Licenses"), _("Remarks"))
    yield from table(titles, [(row.upn, row.display_name, _named(row.licenses, names), _remarks(row)) for row in rows])


def _remarks(row: UserRow) -> str:
    marks = [(row.blocked, _("sign-in blocked")), (row.guest, _("guest"))]
    return ", ".join(text for holds, text in marks if holds)


def _named(part_numbers: Sequence[str], names: Names) -> str:
    return beside(*(names.get(part, part) for part in part_numbers), between=", ")


def removed_user(removed: RemovedUser, names: Names) -> Iterator[str]:
    """What became of the user's seats."""
    yield _("{upn} is deleted.").format(upn=removed.upn)
    if not removed.freed:
        return
    products = _named(removed.freed, names)
    if removed.mode is Mode.USAGE:
        text = _("These seats left the tenant and are no longer billed {since}: {products}.")
    elif removed.released:
        text = _("These seats were taken out of the pool and are no longer billed {since}: {products}.")
    else:
        text = _("These seats are back in the pool and stay billable: {products}.")
    yield text.format(products=products, since=since_text(removed.falls_later))


def restored_user(restored: RestoredUser, names: Names) -> Iterator[str]:
    """What the user has again, and what there was no seat for."""
    yield _("{upn} is restored.").format(upn=restored.upn)
    if restored.assigned:
        if restored.mode is Mode.USAGE:
            text = _("The tenant gained these seats, which are billed from today: {products}.")
        else:
            text = _("These seats come from the pool: {products}.")
        yield text.format(products=_named(restored.assigned, names))
    if restored.missing:
        yield _("Left out, because the pool has no seat: {products}.").format(
            products=beside(*restored.missing, between=", ")
        )


def subscriptions(account: AccountRow, rows: Sequence[SubscriptionRow]) -> Iterator[str]:
    """What an account holds, or what to do where it holds nothing."""
    if rows:
        titles = (_("Product"), _("Part number"), _("Seats"), _("Assigned"), _("Available"), _("Low-seat warning"))
        cells = [(row.name, row.part_number, row.seats, row.assigned, row.available, _warning(row)) for row in rows]
        shown = 6 if any(row.threshold is not None for row in rows) else 5
        yield from table(titles[:shown], [line[:shown] for line in cells])
    elif not account.service_active:
        yield _("Microsoft 365 is not active for {account}. Activate it: cpdesk accounts activate {id}").format(
            account=account.name, id=account.id
        )
    elif account.mode is Mode.USAGE:
        yield _("{account} holds no licenses. Assign one: cpdesk licenses assign {id} UPN PRODUCT").format(
            account=account.name, id=account.id
        )
    else:
        yield _("The pool of {account} is empty. Add seats: cpdesk seats add {id} PRODUCT COUNT").format(
            account=account.name, id=account.id
        )


def _warning(row: SubscriptionRow) -> str:
    if row.threshold is None:
        return ""
    text = _("at {number}: low") if row.low else _("at {number}")
    return text.format(number=number(row.threshold))


def threshold(account: AccountRow, row: SubscriptionRow) -> Iterator[str]:
    """From when on a warning is given, and whether that is so now."""
    if row.threshold is None:
        yield _("{product}: no low-seat warning.").format(product=row.name)
        return
    text = ngettext(
        "{product}: a low-seat warning when {number} seat is available, or none.",
        "{product}: a low-seat warning when {number} seats are available, or fewer.",
        row.threshold,
    )
    if row.threshold == 0:
        text = _("{product}: a low-seat warning when no seat is available.")
    yield text.format(product=row.name, number=number(row.threshold))
    if row.low:
        yield low_text(row.name, row.available, row.seats, row.threshold)
    elif row.seats == 0:
        yield _("{account} holds no seat of it at present.").format(account=account.name)


def assigned(upn: str, result: SeatsResult) -> Iterator[str]:
    yield _("{product} is assigned to {upn}.").format(product=result.product.name, upn=upn)
    if result.mode is Mode.USAGE:
        yield _("The tenant gained a seat, which is billed from today.")
    yield seats_now(result)


def unassigned(upn: str, result: SeatsResult) -> Iterator[str]:
    """Whether the seat is still paid for depends on the mode."""
    yield _("{product} is removed from {upn}.").format(product=result.product.name, upn=upn)
    if result.mode is Mode.USAGE:
        yield _("The seat left the tenant and is no longer billed {since}.").format(
            since=since_text(result.falls_later)
        )
    else:
        yield _("The seat is back in the pool and stays billable.")
    yield seats_now(result)


def seats_now(result: SeatsResult) -> str:
    """The counts of a product."""
    text = ngettext(
        "{product}: {seats} seat, {assigned} assigned, {available} available.",
        "{product}: {seats} seats, {assigned} assigned, {available} available.",
        result.seats,
    )
    return text.format(
        product=result.product.name,
        seats=number(result.seats),
        assigned=number(result.assigned),
        available=number(result.available),
    )


def imported(account: AccountRow, file: str, report: ImportReport, names: Names, *, dry_run: bool) -> Iterator[str]:
    """What an import did, or would do."""
    if dry_run:
        text = _("{file} would do this to {account} ({domain}); nothing was changed.")
    else:
        text = _("{file} is imported into {account} ({domain}).")
    yield text.format(file=file, account=account.name, domain=account.domain)
    yield from indented(pairs([*_counts(report.plan), *_costs(report)]))
    yield from map(beyond_text, report.beyond)
    yield from _missing(report, names, dry_run=dry_run)
    yield from _skipped(report.plan)
    yield from _foreign(report)
    yield from _products_left_out(report.plan)


def _counts(plan: ImportPlan) -> list[tuple[str, int]]:
    from cpdesk.domain.user_import.plan import Outcome

    return [
        (_("Users added"), plan.count(Outcome.ADDED)),
        (_("Users updated"), plan.count(Outcome.UPDATED)),
        (_("Users unchanged"), plan.count(Outcome.UNCHANGED)),
        (_("Rows skipped"), len(plan.skipped)),
        (_("Licenses assigned"), plan.assigned),
        (_("Licenses taken away"), plan.unassigned),
    ]


def _costs(report: ImportReport) -> Iterator[tuple[str, str]]:
    for title, after in ((_("Monthly cost before"), False), (_("Monthly cost after"), True)):
        cost = report.cost(after=after)
        yield title, sum_text(cost.amount, cost.currency, cost.unpriced)


def _missing(report: ImportReport, names: Names, *, dry_run: bool) -> Iterator[str]:
    if not report.missing_seats:
        return
    if dry_run:
        yield _("The pool has too few seats. Import with --add-seats to add these, which are billable from then on:")
    else:
        yield _("Seats added to the pool, billable from today:")
    rows = [(names.get(part, part), count) for part, count in summed(report.missing_seats).items()]
    yield from indented(table((_("Product"), _("Seats")), rows))


def _skipped(plan: ImportPlan) -> Iterator[str]:
    if plan.skipped:
        yield _("Rows skipped:")
        titles = (_("Row"), _("User principal name"), _("Reason"))
        cells = [(row.row, row.upn, skip_reason(str(row.reason))) for row in plan.skipped]
        yield from indented(table(titles, cells))


def _foreign(report: ImportReport) -> Iterator[str]:
    """Perhaps it is the file of another customer."""
    if report.foreign:
        yield _("Users of domains that the account does not have, imported all the same:")
        yield from indented(table((_("Row"), _("User principal name")), [(row.row, row.upn) for row in report.foreign]))


def _products_left_out(plan: ImportPlan) -> Iterator[str]:
    unknown, tenant = plan.unknown_products, plan.not_assignable
    if unknown:
        yield ngettext(
            "{count} product name could not be matched; users are imported without it and keep what they have:",
            "{count} product names could not be matched; users are imported without them and keep what they have:",
            len(unknown),
        ).format(count=number(len(unknown)))
        yield from indented(unknown)
    if tenant:
        yield _("These belong to the tenant as a whole and are not assigned to users:")
        yield from indented(product.name for product in tenant)

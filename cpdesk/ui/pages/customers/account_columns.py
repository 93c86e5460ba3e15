"""The columns of the Customer List."""

from cpdesk.base.formats import format_short_date
from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.customers.cost_column import CostOf, cost_column
from cpdesk.ui.widgets.chips import mode_look, mode_name, pending_look, status_look
from cpdesk.ui.widgets.columns import Column, number_column


def account_columns(cost_of: CostOf[AccountRow]) -> tuple[Column[AccountRow], ...]:
    """What is told of each account; its cost where `cost_of` knows it yet."""
    return (
        Column(
            "name",
            lambda: _("Account"),
            lambda row: row.name,
            badge=lambda row: status_look(row.status),
            strong=True,
            stretch=2,
            min_width=128,
        ),
        Column("domain", lambda: _("Domain"), lambda row: row.domain, soft=True, stretch=1, min_width=88, yields=True),
        Column(
            "mode",
            lambda: _("Billing mode"),
            lambda row: row.mode,
            text=lambda row: mode_name(row.mode),
            chip=lambda row: mode_look(row.mode),
        ),
        Column(
            "pending",
            lambda: _("Pending"),
            lambda row: row.pending.effective_on if row.pending else None,
            text=_pending_date,
            chip=lambda row: pending_look(_pending_date(row)) if row.pending else None,
        ),
        number_column("users", lambda: _("Users"), lambda row: row.users),
        number_column("seats", lambda: _("Seats"), lambda row: row.seats),
        cost_column("monthly", lambda: _("Monthly cost"), cost_of),
    )


def _pending_date(row: AccountRow) -> str:
    return format_short_date(row.pending.effective_on) if row.pending else ""

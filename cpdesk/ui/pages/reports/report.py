"""What a report is made of, before it is shown: a list, what it comes to, and where its rows lead."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from cpdesk.base.i18n import _
from cpdesk.domain.low_seats import LowRow
from cpdesk.domain.report_rows import BlockedRow, IdleRow, OverlapRow
from cpdesk.ui.pages.reports import columns, words
from cpdesk.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.services.bundle import Services

Way = tuple[str, dict[str, object]]
"""A page by its key, and with what it is opened."""


@dataclass(frozen=True)  # no slots: Report[Row](...) needs a place for its parameter
class Report(Generic[Row]):
    """A report that is a list; its texts are asked for in the language in use."""

    key: str
    title: Callable[[], str]
    columns: Callable[[bool], tuple[Column[Row], ...]]
    """Whether with those that say which account a row is about."""
    row_key: Callable[[Row], Hashable]
    read: "Callable[[Services, Session, int | None], Sequence[Row]]"
    """For one account, or None for all; another thread."""
    summary: Callable[[Sequence[Row]], str]
    good_news: Callable[[], tuple[str, str]]
    """What it means that there are no rows: a title, and a sentence."""
    leads: Callable[[Row], Way]
    leads_text: Callable[[], str]


def idle_report() -> Report[IdleRow]:
    """Seats that are billed and that nobody holds."""
    return Report(
        "idle",
        lambda: _("Idle seats"),
        lambda with_account: columns.idle_columns(with_account=with_account),
        lambda row: (row.account_id, row.product_id),
        lambda services, by, account_id: services.reports.idle_seats(by, account_id),
        words.idle_summary,
        lambda: (_("No idle seats"), _("Good: every seat that users can hold is assigned to somebody.")),
        lambda row: ("subscription", {"account": row.account_id, "product": row.product_id, "tab": "idle"}),
        lambda: _("Open the idle seats"),
    )


def low_report() -> Report[LowRow]:
    """Pools of which as few seats are left as somebody wanted to be warned at, or fewer."""
    return Report(
        "low",
        lambda: _("Few seats left"),
        lambda with_account: columns.low_columns(with_account=with_account),
        lambda row: (row.account_id, row.product_id),
        lambda services, by, account_id: services.thresholds.low(by, account_id),
        words.low_summary,
        lambda: (
            _("No pool runs short"),
            _("Good: where a warning is set, more seats than that are available."),
        ),
        lambda row: ("subscription", {"account": row.account_id, "product": row.product_id}),
        lambda: _("Open the subscription"),
    )


def blocked_report() -> Report[BlockedRow]:
    """Users who cannot sign in and hold licenses all the same."""
    return Report(
        "blocked",
        lambda: _("Blocked users"),
        lambda with_account: columns.blocked_columns(with_account=with_account),
        lambda row: (row.account_id, row.user_id),
        lambda services, by, account_id: services.reports.blocked_holders(by, account_id),
        words.blocked_summary,
        lambda: (_("No blocked user holds a license"), _("Good: nobody is billed for who cannot sign in.")),
        lambda row: _user(row.account_id, row.user_id),
        lambda: _("Open the user's licenses"),
    )


def overlap_report() -> Report[OverlapRow]:
    """Users with a product that another of theirs contains."""
    return Report(
        "overlapping",
        lambda: _("Overlapping products"),
        lambda with_account: columns.overlap_columns(with_account=with_account),
        lambda row: (row.account_id, row.user_id, row.product_id),
        lambda services, by, account_id: services.reports.overlapping(by, account_id),
        words.overlap_summary,
        lambda: (_("No overlapping products"), _("Good: no user holds a product that another one contains already.")),
        lambda row: _user(row.account_id, row.user_id),
        lambda: _("Open the user's licenses"),
    )


def _user(account_id: int, user_id: int) -> Way:
    return "user", {"account": account_id, "user": user_id, "tab": "services"}

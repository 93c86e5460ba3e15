"""What the reports come to, in words. Plain Python."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cpdesk.base.formats import format_list, format_money, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.low_seats import LowRow
from cpdesk.domain.modes import Mode
from cpdesk.domain.report_rows import BlockedRow, CostRow, IdleRow, OverlapRow, TrendRow
from cpdesk.ui.texts import accounts_text, seats_text, users_text


def idle_summary(rows: Sequence[IdleRow]) -> str:
    """ "9 idle seats cost $118.17 a month." """
    seats = sum(row.idle for row in rows)
    idle = ngettext("{number} idle seat", "{number} idle seats", seats).format(number=format_number(seats))
    money = _costs((row.currency, row.cost) for row in rows)
    text = ngettext("{what} costs {money} a month.", "{what} cost {money} a month.", seats)
    return _with_unpriced(text.format(what=idle, money=money), sum(row.cost is None for row in rows))


def low_summary(rows: Sequence[LowRow]) -> str:
    """ "4 products of 3 accounts run short of seats." """
    accounts = accounts_text(len({row.account_id for row in rows}))
    text = ngettext(
        "{number} product of {accounts} runs short of seats.",
        "{number} products of {accounts} run short of seats.",
        len(rows),
    )
    return text.format(number=format_number(len(rows)), accounts=accounts)


def blocked_summary(rows: Sequence[BlockedRow]) -> str:
    """ "3 blocked users hold licenses for $66.00 a month." """
    blocked = ngettext("{number} blocked user", "{number} blocked users", len(rows))
    money = _costs((row.currency, None if row.unpriced and not row.cost else row.cost) for row in rows)
    text = ngettext(
        "{what} holds licenses for {money} a month.", "{what} hold licenses for {money} a month.", len(rows)
    )
    told = text.format(what=blocked.format(number=format_number(len(rows))), money=money)
    return _with_pool(_with_unpriced(told, sum(row.unpriced for row in rows)), rows)


def overlap_summary(rows: Sequence[OverlapRow]) -> str:
    """ "4 licenses of 3 users are contained in another one; they cost $52.52 a month." """
    users = len({row.user_id for row in rows})
    text = ngettext(
        "{number} license of {users} is contained in another one; it costs {money} a month.",
        "{number} licenses of {users} are contained in another one; they cost {money} a month.",
        len(rows),
    )
    money = _costs((row.currency, row.cost) for row in rows)
    told = text.format(number=format_number(len(rows)), users=users_text(users), money=money)
    return _with_pool(_with_unpriced(told, sum(row.cost is None for row in rows)), rows)


def cost_summary(rows: Sequence[CostRow]) -> str:
    """ "24 accounts with 534 seats, for a whole month at today's prices." """
    text = _("{accounts} with {seats}, for a whole month at today's prices.").format(
        accounts=accounts_text(len(rows)), seats=seats_text(sum(row.seats for row in rows))
    )
    return _with_unpriced(text, sum(row.unpriced for row in rows))


def trend_summary(rows: Sequence[TrendRow]) -> str:
    """ "From 412 seats to 534 in 12 months: 122 more." """
    first, last = rows[0].seats, rows[-1].seats
    if len(rows) < 2:
        return _("{seats} at present.").format(seats=seats_text(last))
    months = ngettext("{number} month", "{number} months", len(rows) - 1).format(number=format_number(len(rows) - 1))
    facts = {"first": seats_text(first), "last": format_number(last), "months": months}
    if first == last:
        return _("{first} at the beginning and at the end of {months}.").format(**facts)
    text = _("From {first} to {last} in {months}: {difference} more.")
    if last < first:
        text = _("From {first} to {last} in {months}: {difference} fewer.")
    return text.format(difference=format_number(abs(last - first)), **facts)


def _costs(amounts: Iterable[tuple[str, Decimal | None]]) -> str:
    """Sums by currency, which are never added up: "$12.00 and €3.00"; what has no price is told apart."""
    sums: dict[str, Decimal] = {}
    for currency, amount in amounts:
        if amount is not None:
            sums[currency] = sums.get(currency, Decimal()) + amount
    if not sums:
        return _("an unknown amount")
    return format_list([format_money(amount, currency) for currency, amount in sorted(sums.items())])


def _with_pool(text: str, rows: Sequence[BlockedRow] | Sequence[OverlapRow]) -> str:
    """Say as well that taking a license away is not enough everywhere."""
    if all(row.mode is Mode.USAGE for row in rows):
        return text
    pool = _("In Purchase Mode this is saved only once the seats are removed from the pool, too.")
    return f"{text} {pool}"


def _with_unpriced(text: str, number: int) -> str:
    """Say as well what is missing in the sums."""
    if not number:
        return text
    missing = ngettext(
        "{number} product has no price and is missing in this.",
        "{number} products have no price and are missing in this.",
        number,
    ).format(number=format_number(number))
    return f"{text} {missing}"

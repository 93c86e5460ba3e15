"""What is said of products without a price, wherever an amount lacks them."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject

from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.billing import StatementRow
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.schedules import AccountSchedules
from cpdesk.ui.context import PageContext
from cpdesk.ui.refusals import sentence_of

_NAMED_AT_MOST = 3


def unpriced_text(lines: Iterable[StatementRow], by: Session) -> str:
    """How much is missing in an amount, and what to do about it; "" where nothing is."""
    missing = [line.product for line in lines if line.amount is None]
    if not missing:
        return ""
    text = ngettext(
        "{number} line has no price and is missing in the amount: {products}.",
        "{number} lines have no price and are missing in the amount: {products}.",
        len(missing),
    )
    told = text.format(number=format_number(len(missing)), products=_named(list(dict.fromkeys(missing))))
    return f"{told} {_remedy(by)}"


def may_price(by: Session) -> bool:
    """Whether the operator can enter prices."""
    return by.role is Role.RESELLER


def open_prices(owner: QObject, context: PageContext, account: AccountRow) -> None:
    """Lead a reseller to where what an account lacks is put right.

    That is the price schedule it has, narrowed to the products without a price; where that one is in another
    currency, or there is none, it is the account itself, where a schedule is chosen.
    """
    work = partial(context.services.prices.schedule_of, context.by, account.id)
    context.jobs.run(owner, work, partial(_lead, context, account), partial(_refused, context))


def _lead(context: PageContext, account: AccountRow, schedules: AccountSchedules) -> None:
    now = schedules.now
    if now is not None and now.currency == account.currency:
        context.navigate("price_schedule", schedule=now.id, show="lacking")
    else:
        context.navigate("edit_company", account=account.id, section="schedule")


def _refused(context: PageContext, error: Exception) -> None:
    context.notices.error(sentence_of(error))


def _named(products: list[str]) -> str:
    """The first few by name."""
    more = len(products) - _NAMED_AT_MOST
    if more <= 0:
        return format_list(products)
    others = ngettext("{number} more", "{number} more", more).format(number=format_number(more))
    return format_list([*products[:_NAMED_AT_MOST], others])


def _remedy(by: Session) -> str:
    if may_price(by):
        return _("A first price may be entered for days that are over, too: the amounts then follow.")
    if by.role is Role.AUDITOR:
        return _("A reseller administrator can enter the price in Price Schedules.")
    return _("Ask your reseller for the price.")

"""What a change of licenses comes to, in words. Plain Python."""

from collections.abc import Callable
from decimal import Decimal

from cpdesk.base.formats import format_list, format_money, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name
from cpdesk.base.money_words import no_price_text
from cpdesk.domain.forecasts import Difference
from cpdesk.domain.license_plan import LicensePlan, LicensesChanged
from cpdesk.ui.texts import users_text


def changing_text(plan: LicensePlan) -> str:
    """ "12 of 15 users change, 3 stay as they are." """
    changed = len(plan.changed)
    told = ngettext("{changed} of {users} changes.", "{changed} of {users} change.", changed).format(
        changed=format_number(changed), users=users_text(plan.asked)
    )
    same = plan.asked - len(plan.users)
    if not same:
        return told
    kept = ngettext(
        "{number} stays as it is and is not listed.", "{number} stay as they are and are not listed.", same
    ).format(number=format_number(same))
    return f"{told} {kept}"


def without_plan_text(plan: LicensePlan) -> str:
    """Who goes without: "8 users go without Visio Plan 2. Seats go to the users in the order of the list." """
    products = format_list([line.line.name for line in plan.products if line.without])
    number = len(plan.lacking)
    told = ngettext(
        "{number} user goes without {products}: the pool has no seat left.",
        "{number} users go without {products}: the pool has no seat left.",
        number,
    ).format(number=format_number(number), products=products)
    parts = [told, _("Seats are given out from the top of the list.")]
    kept = sum(bool(one.moves.kept) for one in plan.users)
    if kept:
        text = ngettext(
            "{number} of them keeps what was to be replaced.", "{number} of them keep what was to be replaced.", kept
        )
        parts.append(text.format(number=format_number(kept)))
    return " ".join(parts)


def plan_difference_text(difference: Difference) -> str:
    """What changed between showing a plan and accepting it: "Users who get Office 365 E3: 60 → 61"."""
    if difference.what == "people":
        number = int(difference.now)
        return ngettext("for {number} user it is not as shown", "for {number} users it is not as shown", number).format(
            number=format_number(number)
        )
    what = _DIFFERENCES[difference.what]().format(product=difference.subject)
    shown, now = (_fact(difference.what, value) for value in (difference.shown, difference.now))
    return f"{what}: {shown} → {now}"


_DIFFERENCES: dict[str, Callable[[], str]] = {
    "mode": lambda: _("Billing mode"),
    "seats": lambda: _("Seats of {product}"),
    "assigned": lambda: _("Assigned seats of {product}"),
    "price": lambda: _("Price of a seat of {product}"),
    "gained": lambda: _("Users who get {product}"),
    "lost": lambda: _("Users who lose {product}"),
    "without": lambda: _("Users who go without {product}"),
    "missing": lambda: _("Missing seats of {product}"),
}


def _fact(what: str, value: str) -> str:
    if what == "mode":
        return mode_name(value)
    if what == "price":
        return _money(value) if value else no_price_text()
    return format_number(int(value))


def _money(value: str) -> str:
    amount, currency = value.split(" ")
    return format_money(Decimal(amount), currency)


def went_without_text(changed: LicensesChanged) -> str:
    """ "12 users changed. 8 users went without: the pool has no seat left." """
    number = len(changed.lacking)
    told = ngettext(
        "{number} user went without: the pool has no seat left.",
        "{number} users went without: the pool has no seat left.",
        number,
    ).format(number=format_number(number))
    changed_users = _("{users} changed.").format(users=users_text(changed.users))
    return f"{changed_users} {told}"

"""What the mode advisor recommends and why, in words, for the window and for the command line alike."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from cpdesk.base import formats
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name


class Advised(Protocol):
    """What is read of an advice; its fields say what each of it means."""

    @property
    def recommended(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def pending(self) -> bool: ...
    @property
    def months(self) -> int: ...
    @property
    def currency(self) -> str: ...
    @property
    def usage_cost(self) -> Decimal: ...
    @property
    def purchase_cost(self) -> Decimal: ...
    @property
    def saving_per_month(self) -> Decimal: ...
    @property
    def pool_saving(self) -> Decimal: ...
    @property
    def matters_from(self) -> Decimal: ...
    @property
    def matters_share(self) -> Decimal: ...
    @property
    def utilisation(self) -> Decimal | None: ...
    @property
    def break_even(self) -> Decimal | None: ...
    @property
    def tenant_products(self) -> Sequence[str]: ...
    @property
    def unpriced(self) -> Sequence[str]: ...
    @property
    def ready_on(self) -> date | None: ...


def headline(advice: Advised) -> str:
    """What is recommended, in a few words."""
    if advice.recommended == advice.mode:
        return _("Keep {mode}").format(mode=mode_name(advice.mode))
    if advice.recommended in ("usage", "purchase"):
        return _("{mode} would be cheaper").format(mode=mode_name(advice.recommended))
    return {
        "either": _("It makes no difference"),
        "too_short": _("Too early to say"),
        "unpriced": _("Prices are missing"),
    }.get(advice.recommended, advice.recommended)


def reason(advice: Advised) -> str:
    """Why that is recommended, with the saving per month, in one sentence."""
    if advice.recommended == "purchase" and advice.tenant_products:
        return _forced(advice)
    known = _REASONS.get(advice.recommended)
    return known(advice) if known else advice.recommended


def assumptions(advice: Advised) -> list[str]:
    """How it is computed, a sentence or two for each assumption."""
    return [
        _counted_months(advice),
        _("Usage Mode: the seats that were assigned at the end of each day, at the Usage price of that day."),
        _(
            "Purchase Mode: for each product the smallest pool that would have sufficed, which is the most seats that"
            " were assigned at any one instant; every day of the period at the Purchase price of that day."
        ),
        _("Charged: what the statements of these months come to. In all three each statement line is rounded."),
        _(
            "Products of the tenant cannot be held in Usage Mode. They count in the Purchase Mode cost with the seats"
            " that there were, and as long as there are any, only Purchase Mode is possible."
        ),
        _(
            "Break-even is the Purchase price divided by the Usage price, weighted by the pools: where a larger share"
            " of the pool is in use on an average day, Purchase Mode is cheaper."
        ),
        _(
            "Seats changing hands: licenses that were taken from one user and given to another, per assigned seat and"
            " month."
        ),
        _indifferent(advice),
        _("The past is no promise: what people will need, and what seats will cost, may be something else."),
    ]


def percent(share: Decimal) -> str:
    """A share of 1 as people read it: "93 %", and small ones with a decimal where they have one."""
    exact = share * 100
    number = exact.quantize(Decimal("0.1") if abs(exact) < 10 else Decimal(1), ROUND_HALF_UP)
    return _("{number} %").format(number=formats.format_number(number))


def _share(share: Decimal) -> str:
    """The same within a sentence: no line ends before the sign."""
    return percent(share).replace(" ", "\N{NO-BREAK SPACE}")


def _counted_months(advice: Advised) -> str:
    if not advice.months:
        return _("Only complete months count, in the calendar of the account's time zone, from its first license on.")
    text = ngettext(
        "{count} complete month counts, in the calendar of the account's time zone; the months before its first"
        " license do not.",
        "{count} complete months count, in the calendar of the account's time zone; the months before its first"
        " license do not.",
        advice.months,
    )
    return text.format(count=formats.format_number(advice.months))


def _indifferent(advice: Advised) -> str:
    share, amount = _share(advice.matters_share), _money(advice.matters_from, advice)
    if not advice.months or advice.unpriced:
        return _("A difference of less than {share} of the cost in the dearer mode is taken for none.").format(
            share=share
        )
    text = _("A difference of less than {amount} a month, {share} of the cost in the dearer mode, is taken for none.")
    return text.format(amount=amount, share=share)


def _usage(advice: Advised) -> str:
    if advice.mode == "usage":
        text = _("Usage Mode stays cheaper by about {amount} a month: {use}")
        return text.format(amount=_difference(advice), use=_use(advice))
    text = _("Usage Mode saves about {saving} a month: {use}")
    if advice.pending:
        # What the change itself does to the bill is told from the seats as they are now, and elsewhere.
        text = ngettext(
            "Over this {count} month Usage Mode would have saved about {saving} a month: {use}",
            "Over these {count} months Usage Mode would have saved about {saving} a month: {use}",
            advice.months,
        )
    return text.format(count=formats.format_number(advice.months), saving=_saving(advice), use=_use(advice))


def _purchase(advice: Advised) -> str:
    if advice.mode == "usage":
        return _("Purchase Mode saves about {saving} a month: {use}").format(saving=_saving(advice), use=_use(advice))
    facts = {"amount": _difference(advice), "use": _use(advice), "pool": _money(advice.pool_saving, advice)}
    if advice.pending:
        text = ngettext(
            "Over this {count} month Usage Mode would have cost about {amount} more a month than the smallest pool:"
            " {use}",
            "Over these {count} months Usage Mode would have cost about {amount} more a month than the smallest pool:"
            " {use}",
            advice.months,
        )
        return text.format(count=formats.format_number(advice.months), **facts)
    if advice.pool_saving >= advice.matters_from > 0:
        text = _(
            "Purchase Mode stays cheaper by about {amount} a month, and with the smallest pool it would have cost"
            " {pool} less: {use}"
        )
        return text.format(**facts)
    return _("Purchase Mode stays cheaper by about {amount} a month: {use}").format(**facts)


def _forced(advice: Advised) -> str:
    products = formats.format_list(advice.tenant_products)
    text = ngettext(
        "{products} belongs to the tenant, which only Purchase Mode allows.",
        "{products} belong to the tenant, which only Purchase Mode allows.",
        len(advice.tenant_products),
    )
    return text.format(products=products)


def _either(advice: Advised) -> str:
    if not (advice.usage_cost or advice.purchase_cost):
        return _("There were no seats in this time, so neither mode costs anything.")
    text = _("The modes differ by {amount} a month, which is less than {share}: {use}")
    return text.format(amount=_difference(advice), share=_share(advice.matters_share), use=_use(advice))


def _too_short(advice: Advised) -> str:
    if advice.ready_on is None:
        return _("The account has had no license yet: the advisor needs one complete month.")
    text = _("The advisor needs one complete month of this account, and there is one from {date} on.")
    return text.format(date=formats.format_date(advice.ready_on))


def _unpriced(advice: Advised) -> str:
    text = ngettext(
        "A price of {products} is missing, without which the modes cannot be compared.",
        "Prices of {products} are missing, without which the modes cannot be compared.",
        len(advice.unpriced),
    )
    return text.format(products=formats.format_list(advice.unpriced))


def _use(advice: Advised) -> str:
    """How much is in use, against what it would have to be, where the two say the same as the costs."""
    use, break_even = advice.utilisation, advice.break_even
    if use is None or break_even is None or not _agrees(advice, use > break_even):
        # Prices that changed, or dear products that are used otherwise than cheap ones.
        return _("that is what it comes to product by product, at the prices of each day.")
    text = _("{use} of the smallest sufficient pool is in use on an average day, and the break-even is {break_even}.")
    return text.format(use=_share(use), break_even=_share(break_even))


def _agrees(advice: Advised, above: bool) -> bool:
    return advice.recommended == "either" or above == (advice.recommended == "purchase")


def _difference(advice: Advised) -> str:
    """Between the modes, a month."""
    return _money(abs(advice.usage_cost - advice.purchase_cost) / max(advice.months, 1), advice)


def _saving(advice: Advised) -> str:
    return _money(advice.saving_per_month, advice)


def _money(amount: Decimal, advice: Advised) -> str:
    return formats.format_money(amount, advice.currency)


_REASONS: Mapping[str, Callable[[Advised], str]] = {
    "usage": _usage,
    "purchase": _purchase,
    "either": _either,
    "too_short": _too_short,
    "unpriced": _unpriced,
}

"""The rows of a month-end pack's workbook beside the lines: each account's sums, and those of each currency."""

from decimal import Decimal
from typing import Final

from cpdesk.base.i18n import _
from cpdesk.base.regions import minor_digits
from cpdesk.domain.month_end import AccountFigures, CurrencyTotal
from cpdesk.gateways.documents.cells import Money, Row

ACCOUNT_WIDTHS: Final = (32, 26, 14, 9, 8, 16, 16, 16, 16, 10, 12)
"""Characters."""
TOTAL_WIDTHS: Final = (10, 10, 10, 18, 18, 18, 18, 10)
"""Characters."""


def account_captions() -> tuple[str, ...]:
    """What stands over the columns of `account_row`."""
    return (
        _("Account"),
        _("Domain"),
        _("Number"),
        _("Currency"),
        _("Lines"),
        _("Sub-total"),
        _("Tax"),
        _("Corrections"),
        _("Total"),
        _("Unpriced"),
        _("Provisional"),
    )


def account_row(figures: AccountFigures) -> Row:
    """What the statement of an account comes to."""
    amounts = (figures.net, figures.tax, figures.corrections, figures.total)
    return (
        figures.account,
        figures.domain,
        figures.number,
        figures.currency,
        figures.lines,
        *_money(amounts, figures.currency),
        figures.unpriced,
        _("provisional") if figures.provisional else "",
    )


def total_captions() -> tuple[str, ...]:
    """What stands over the columns of `total_row`."""
    return (
        _("Currency"),
        _("Accounts"),
        _("Lines"),
        _("Sub-total"),
        _("Tax"),
        _("Corrections"),
        _("Total"),
        _("Unpriced"),
    )


def total_row(total: CurrencyTotal) -> Row:
    """What all statements in a currency come to."""
    amounts = (total.net, total.tax, total.corrections, total.total)
    return total.currency, total.accounts, total.lines, *_money(amounts, total.currency), total.unpriced


def _money(amounts: tuple[Decimal, ...], currency: str) -> list[Money]:
    digits = minor_digits(currency)
    return [Money(amount, currency, digits) for amount in amounts]

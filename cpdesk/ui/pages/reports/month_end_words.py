"""The month-end pack in words. Plain Python."""

from datetime import date

from cpdesk.base.formats import format_list, format_money, format_month, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.month_end import CurrencyTotal, MonthEndFigures, MonthEndSummary
from cpdesk.ui.texts import accounts_text, path_text
from cpdesk.ui.widgets.inputs import Choice

MONTHS = 24
"""So far back one can choose."""

_NAMED_AT_MOST = 5

Line = tuple[str, str]


def month_choices(today: date) -> list[Choice]:
    """The month that has just ended and those before it, then the present one, which is not over."""
    months = [today.replace(day=1)]
    for _number in range(MONTHS):
        months.append(_before(months[-1]))
    present = _("{month}, so far").format(month=format_month(months[0]))
    return [*(Choice(month, format_month(month)) for month in months[1:]), Choice(months[0], present)]


def contents_text(month: date) -> str:
    """What is written, and where."""
    text = _(
        "A new folder {folder} is made with a statement as PDF for each account, one workbook and one CSV file with"
        " all lines. All of it is written, or nothing."
    )
    return text.format(folder=f"cpdesk-{month:%Y-%m}")


def scope_text(selected: int) -> str:
    """What the choice of some accounts says."""
    if not selected:
        return _("Only selected accounts: select them on the tab Accounts by cost first")
    text = ngettext("Only the {number} selected account", "Only the {number} selected accounts", selected)
    return text.format(number=format_number(selected))


def progress_text(done: int, total: int) -> str:
    """How far it is."""
    if not total:
        return _("The statements are being computed.")
    text = _("{done} of {total} statements and files are done.")
    return text.format(done=format_number(done), total=format_number(total))


def written_text(summary: MonthEndSummary) -> str:
    """What was written."""
    figures = summary.figures
    text = ngettext(
        "The pack of {month} is written: {number} statement, a workbook and a CSV file.",
        "The pack of {month} is written: {number} statements, a workbook and a CSV file.",
        len(figures.accounts),
    )
    return text.format(month=format_month(figures.month), number=format_number(len(figures.accounts)))


def summary_lines(summary: MonthEndSummary) -> list[Line]:
    """What the pack comes to: a line for each currency, and what else is to be known."""
    figures = summary.figures
    lines = [(_("Folder"), path_text(summary.folder))]
    lines += [_total_line(total) for total in figures.totals]
    lines.append((_("Statement lines"), format_number(figures.lines)))
    if figures.skipped:
        lines.append((_("Accounts without charges, left out"), format_number(figures.skipped)))
    return lines


def warnings(figures: MonthEndFigures) -> list[str]:
    """What has to be looked at before the pack is sent to anybody; accounts are named."""
    told = []
    unpriced = [account for account in figures.accounts if account.unpriced]
    if unpriced:
        text = ngettext(
            "{number} line has no price and is missing in the sums: {accounts}.",
            "{number} lines have no price and are missing in the sums: {accounts}.",
            figures.unpriced,
        )
        names = _named([account.account for account in unpriced])
        told.append(text.format(number=format_number(figures.unpriced), accounts=names))
    if figures.provisional:
        text = ngettext(
            "The month is not over for {accounts}: its statement is provisional.",
            "The month is not over for {accounts}: their statements are provisional.",
            figures.provisional,
        )
        told.append(text.format(accounts=accounts_text(figures.provisional)))
    return told


def _total_line(total: CurrencyTotal) -> Line:
    """An account's currency with its sum, and the tax in it if there is any."""
    label = _("{currency} · {accounts}").format(currency=total.currency, accounts=accounts_text(total.accounts))
    amount = format_money(total.total, total.currency)
    if total.unpriced:
        amount = _("at least {amount}").format(amount=amount) if total.total else _("no price")
    if total.tax:
        text = _("{total}, of it {tax} tax")
        amount = text.format(total=amount, tax=format_money(total.tax, total.currency))
    return label, amount


def _named(names: list[str]) -> str:
    """The first few by name, the others by their number."""
    more = len(names) - _NAMED_AT_MOST
    if more <= 0:
        return format_list(names)
    others = ngettext("{number} more", "{number} more", more).format(number=format_number(more))
    return format_list([*names[:_NAMED_AT_MOST], others])


def _before(month: date) -> date:
    """The first day of the month before."""
    return month.replace(month=month.month - 1) if month.month > 1 else month.replace(year=month.year - 1, month=12)

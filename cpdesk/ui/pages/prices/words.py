"""What the pages of the price schedules say. Plain Python."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_list, format_money, format_number, format_short_date
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.price_reports import PriceChange, PriceImportReport
from cpdesk.domain.schedules import PriceRow, ScheduleRow
from cpdesk.domain.statements import Proration
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.pages.prices.price_lines import ScheduleFacts
from cpdesk.ui.texts import accounts_text

_NAMED_AT_MOST = 4


def schedules_text(number: int) -> str:
    """ "3 price schedules"."""
    return ngettext("{number} price schedule", "{number} price schedules", number).format(number=format_number(number))


def priced_text(facts: ScheduleFacts) -> str:
    """How many of the products have a price."""
    all_of_them = len(facts.lines)
    text = ngettext(
        "{priced} of {number} product has a price", "{priced} of {number} products have a price", all_of_them
    )
    return text.format(priced=format_number(facts.priced), number=format_number(all_of_them))


def schedule_text(facts: ScheduleFacts) -> str:
    """What a schedule is, in a line."""
    schedule = facts.schedule
    told = [schedule.currency, accounts_text(schedule.accounts), priced_text(facts)]
    if schedule.is_default:
        told.insert(0, _("Default schedule"))
    return beside(*told)


def price_text(amount: Decimal | None, currency: str) -> str:
    """ "$15.00", or that there is none."""
    return _("no price") if amount is None else format_money(amount, currency)


def both_text(row: PriceRow) -> str:
    """What both modes cost."""
    return _("{usage} in Usage Mode, {purchase} in Purchase Mode").format(
        usage=price_text(row.usage_price, row.currency), purchase=price_text(row.purchase_price, row.currency)
    )


def margin_text(price: Decimal | None, cost: Decimal | None, percent: Decimal | None, currency: str) -> str:
    """What is left of a price, as an amount and in percent of the cost; nothing where one of them is not known."""
    if price is None or cost is None:
        return ""
    amount = format_money(price - cost, currency)
    return amount if percent is None else f"{amount} ({format_number(percent)}\u00a0%)"


def proration_name(proration: Proration) -> str:
    """How months are charged."""
    return _("By the day") if proration is Proration.DAILY else _("Whole months")


def proration_meaning(proration: Proration) -> str:
    """The same in a sentence."""
    if proration is Proration.DAILY:
        return _(
            "Each day is charged for the seats there are at its end. A seat added on November 16 costs half of "
            "November."
        )
    return _(
        "Each product is charged for the whole month, for the most seats that any day of it ended with, at the price "
        "of the first such day."
    )


def proration_starts(day: date) -> str:
    """From which month a proration counts that is set from a day on: a month goes by its first day."""
    first = day if day.day == 1 else first_of_next_month(day)
    if first == day:
        return _("It counts for the months that begin on {date} or later.").format(date=format_date(first))
    return _("A month goes by its first day: it counts for the months that begin on {date} or later.").format(
        date=format_date(first)
    )


def schedule_line(schedule: ScheduleRow) -> str:
    """Which schedule it is about."""
    return beside(schedule.name, schedule.currency)


def waiting_text(schedule: ScheduleRow) -> str:
    """What of a schedule waits for its date."""
    waits = []
    if schedule.next_default is not None:
        waits.append(_("Default from {date}").format(date=format_short_date(schedule.next_default)))
    if schedule.next_proration is not None:
        day, proration = schedule.next_proration
        waits.append(
            _("{proration} from {date}").format(proration=proration_name(proration), date=format_short_date(day))
        )
    return ", ".join(waits)


def price_meaning(now: PriceRow | None, coming: PriceRow | None, day: date, today: date) -> str:
    """What it means that a price of a product counts from a day on."""
    if coming is not None and coming.effective_on == day:
        taken = _("A price that begins on {date} waits already. Remove it first, or choose another date.")
        return taken.format(date=format_date(day))
    texts = [_since_text(now, day, today)]
    if coming is not None and coming.effective_on < day:
        texts.append(
            _("In between, from {date} on, it is {prices}.").format(
                date=format_date(coming.effective_on), prices=both_text(coming)
            )
        )
    elif coming is not None:
        texts.append(
            _("On {date} the price follows that waits: {prices}.").format(
                date=format_date(coming.effective_on), prices=both_text(coming)
            )
        )
    return " ".join(texts)


def _since_text(now: PriceRow | None, day: date, today: date) -> str:
    facts = {"date": format_date(day), "prices": both_text(now) if now else ""}
    if day > today and now is not None:
        return _("Counts from {date} on. Until then it is {prices}.").format(**facts)
    if day > today:
        return _(
            "Counts from {date} on. Until then there is no price, and statements count its seats as unpriced."
        ).format(**facts)
    if now is None:
        return _("Counts for all days from {date} on that had no price; statements of those months change.").format(
            **facts
        )
    if day == today:
        return _("Counts from today on. For the days before it is {prices}.").format(**facts)
    return _("{date} is past. What past days cost does not change: choose today or later.").format(**facts)


def missing_text(names: Sequence[str]) -> str:
    """Which products of the schedule a file does not have."""
    if not names:
        return ""
    text = ngettext(
        "{number} product of the schedule is not in the file and keeps its price: {products}.",
        "{number} products of the schedule are not in the file and keep their prices: {products}.",
        len(names),
    )
    more = len(names) - _NAMED_AT_MOST
    listed = list(names)
    if more > 1:
        listed = [*names[:_NAMED_AT_MOST], _("{number} more").format(number=format_number(more))]
    return text.format(number=format_number(len(names)), products=format_list(listed))


def import_text(report: PriceImportReport) -> str:
    """What the button for importing says."""
    number = report.count(PriceChange.NEW) + report.count(PriceChange.CHANGED)
    text = ngettext("Import the prices of {number} product", "Import the prices of {number} products", number)
    return text.format(number=format_number(number))


def nothing_to_import(report: PriceImportReport) -> str:
    """Why there is nothing to import, or ""."""
    if report.count(PriceChange.NEW) or report.count(PriceChange.CHANGED):
        return ""
    if report.lines:
        return _("The schedule has these prices already: there is nothing to import.")
    return _("No row of the file gives a price: there is nothing to import.")

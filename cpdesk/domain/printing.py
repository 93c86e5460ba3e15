"""Putting a statement into words: the only place that does, so that paper and screen say the same."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from cpdesk.base import formats, i18n, zones
from cpdesk.base.apart import beside, noted
from cpdesk.base.clock_words import statement_note
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.modes import Mode
from cpdesk.domain.own_company import OwnCompany, plain_rate
from cpdesk.domain.printed import Printed, PrintedCorrections
from cpdesk.domain.switching import local_date

if TYPE_CHECKING:
    from cpdesk.domain.documents import DocumentLine, StatementDocument
    from cpdesk.domain.issuing import Correction


def printed(document: "StatementDocument") -> Printed:
    """The document in the language in use. Its corrections are not in it: see `with_corrections`."""
    return Printed(
        language=i18n.language(),
        title=_("Provisional statement") if document.provisional else _("Statement"),
        subtitle=formats.format_month(document.month),
        sender=tuple(_sender(document.company)),
        recipient_caption=_("For"),
        recipient=tuple(filter(None, (document.account, document.domain, country_name(document.country)))),
        facts=tuple(_facts(document)),
        mark=_mark(document),
        captions=line_captions(),
        rows=tuple(_row(line, document.minor_digits) for line in document.lines),
        sums=tuple(_sums(document)),
        warning=_warning(document),
        notes=tuple(_notes(document)),
        corrections=PrintedCorrections(_corrections_title(document), correction_captions()),
        generated=_("Generated {instant}").format(
            instant=formats.format_instant(document.generated_at, document.time_zone)
        ),
        running=beside(document.account, document.number, formats.format_month(document.month)),
        page=_("Page {page} of {pages}"),
    )


def printed_corrections(document: "StatementDocument") -> PrintedCorrections:
    """The corrections of an issued statement, under the captions that it was printed with."""
    captions = document.printed.corrections
    rows = tuple(_correction(correction, document) for correction in document.corrections)
    balance = (_("Corrected total"), _money(document.balance, document))
    return PrintedCorrections(captions.title, captions.captions, rows, (balance,) if rows else ())


def line_captions() -> tuple[str, ...]:
    """What stands over the columns of a statement."""
    return (
        _("Product"),
        _("Mode"),
        _("Period"),
        _("Seats"),
        _("Days"),
        _("Unit price"),
        _("Amount"),
    )


def correction_captions() -> tuple[str, ...]:
    """What stands over the columns of corrections."""
    return _("Number"), _("Date"), _("For"), _("Amount")


def plain_amount(amount: Decimal, minor_digits: int) -> str:
    """An amount with all decimals of its currency and the language's separators, without the currency: "1,234.50"."""
    return _plain_amount(amount, decimals(amount, minor_digits), i18n.language())


def decimals(amount: Decimal, minor_digits: int) -> int:
    """How many decimals show an amount whole: those of its currency, or more where it has more."""
    exponent = amount.normalize().as_tuple().exponent
    return max(minor_digits, -exponent) if isinstance(exponent, int) else minor_digits


def country_name(code: str) -> str:
    """A country as people call it; empty for none."""
    if not code:
        return ""
    from babel import Locale

    return str(Locale.parse(i18n.language()).territories.get(code, code))


def tax_caption(rate: Decimal) -> str:
    """What the tax is called, with its rate in percent."""
    return _("Tax ({rate} %)").format(rate=formats.format_number(Decimal(plain_rate(rate))))


@lru_cache(maxsize=4096)
def _plain_amount(amount: Decimal, minor_digits: int, _language: str) -> str:
    from babel import Locale
    from babel.numbers import format_decimal

    decimals = "." + "0" * minor_digits if minor_digits else ""
    return format_decimal(amount, f"#,##0{decimals}", Locale.parse(_language))


@lru_cache(maxsize=4096)
def _day(day: date, _language: str) -> str:
    return formats.format_short_date(day)


@lru_cache(maxsize=4096)
def _days(first: date, last: date, _language: str) -> str:
    return formats.format_days(first, last)


def _short(day: date) -> str:
    return _day(day, i18n.language())


def _period(first: date, last: date) -> str:
    """Kept by language: the lines of a thousand statements have the same few periods."""
    return _days(first, last, i18n.language())


def _sender(company: OwnCompany) -> Iterator[str]:
    if not company.name:
        return
    yield company.name
    yield from company.address
    if company.country:
        yield country_name(company.country)
    if company.tax_id:
        yield _("Tax ID {number}").format(number=company.tax_id)


def _facts(document: "StatementDocument") -> Iterator[tuple[str, str]]:
    if document.number:
        yield _("Number"), document.number
    if document.issued_on:
        yield _("Date"), formats.format_date(document.issued_on)
    yield _("Period"), _period(document.month, document.through)
    yield _("Time zone"), document.time_zone
    yield _("Currency"), document.currency


def _mark(document: "StatementDocument") -> str:
    if not document.provisional:
        return ""
    return _("Provisional: the month is not over. Counted up to and including {day}, as things stand.").format(
        day=formats.format_date(document.through)
    )


def _row(line: "DocumentLine", digits: int) -> tuple[str, ...]:
    return (
        line.product,
        _("Purchase") if line.mode is Mode.PURCHASE else _("Usage"),
        _period(line.first, line.last),
        formats.format_number(line.seats),
        _("{days} of {all}").format(days=line.days, all=line.days_in_month),
        _("no price") if line.unit_price is None else plain_amount(line.unit_price, digits),
        "\u2013" if line.amount is None else plain_amount(line.amount, digits),
    )


def _sums(document: "StatementDocument") -> Iterator[tuple[str, str]]:
    if document.tax_rate:
        yield _("Sub-total"), _money(document.net, document)
        yield tax_caption(document.tax_rate), _money(document.tax, document)
    yield _("Total"), _money(document.total, document)


def _warning(document: "StatementDocument") -> str:
    unpriced = [line for line in document.lines if line.amount is None]
    if not unpriced:
        return ""
    return ngettext(
        "{count} line has no price and is not in the total: {products}.",
        "{count} lines have no price and are not in the total: {products}.",
        len(unpriced),
    ).format(count=formats.format_number(len(unpriced)), products=_products(unpriced))


def _corrections_title(document: "StatementDocument") -> str:
    return _("Corrections since, tax included") if document.tax_rate else _("Corrections since")


def _notes(document: "StatementDocument") -> Iterator[str]:
    if document.corrected_on:
        yield statement_note(_short(document.corrected_on))
    for line in document.lines:
        if line.priced_on:
            yield _("{product}, {period}: the price was entered later, on {day}.").format(
                product=line.product, period=_period(line.first, line.last), day=_short(line.priced_on)
            )
    if document.lines:
        yield _(
            "Each amount is seats times unit price times days, divided by the days in the month and rounded once. "
            "The unit price is for one seat and month."
        )
    else:
        yield _("There were no seats in this period.")


def _products(lines: "Sequence[DocumentLine]") -> str:
    return formats.format_list(list(dict.fromkeys(line.product for line in lines)))


def _correction(correction: "Correction", document: "StatementDocument") -> tuple[str, ...]:
    day = local_date(correction.issued_at, zones.zone(document.time_zone))
    text = noted(correction.text, correction.reason)
    return correction.number, _short(day), text, plain_amount(correction.amount, document.minor_digits)


def _money(amount: Decimal, document: "StatementDocument") -> str:
    return formats.format_money(amount, document.currency)

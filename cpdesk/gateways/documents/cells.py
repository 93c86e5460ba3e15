"""The rows of statements in files for spreadsheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cpdesk.base.i18n import _
from cpdesk.base.messages import mode_name
from cpdesk.domain.documents import DocumentLine, StatementDocument
from cpdesk.domain.printing import decimals, tax_caption

Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that is shown with the decimals of its currency."""

    amount: Decimal
    currency: str
    """ISO 4217."""
    digits: int


def captions() -> tuple[str, ...]:
    """What stands over the columns of rows."""
    return (
        _("Entry"),
        _("Account"),
        _("Domain"),
        _("Month"),
        _("Number"),
        _("Product"),
        _("Part number"),
        _("Mode"),
        _("From"),
        _("Through"),
        _("Seats"),
        _("Days"),
        _("Days in month"),
        _("Unit price"),
        _("Amount"),
        _("Currency"),
        _("Note"),
    )


Row = tuple[Cell | Money, ...]


def lines(document: StatementDocument) -> Iterator[Row]:
    """A row for each line of a statement."""
    for line in document.lines:
        yield (
            _("Line"),
            *_about(document),
            line.product,
            line.part_number,
            mode_name(line.mode),
            line.first,
            line.last,
            line.seats,
            line.days,
            line.days_in_month,
            _money(line.unit_price, document),
            _money(line.amount, document),
            document.currency,
            _note(line, document),
        )


def additions(document: StatementDocument) -> Iterator[Row]:
    """What is added to the lines: tax and corrections. All rows of a statement together come to what is paid."""
    if document.tax_rate:
        yield _sum(document, tax_caption(document.tax_rate), document.tax)
    for correction in document.corrections:
        text = f"{correction.text} ({correction.reason})"
        yield _sum(document, _("Correction"), correction.amount, text, correction.number)


def sums(document: StatementDocument) -> Iterator[Row]:
    """What a statement comes to, below its lines."""
    if document.tax_rate:
        yield _sum(document, _("Sub-total"), document.net)
        yield _sum(document, tax_caption(document.tax_rate), document.tax)
    yield _sum(document, _("Total"), document.total, unpriced_note(document))
    for correction in document.corrections:
        text = f"{correction.text} ({correction.reason})"
        yield _sum(document, _("Correction"), correction.amount, text, correction.number)
    if document.corrections:
        yield _sum(document, _("Corrected total"), document.balance)


def unpriced_note(document: StatementDocument) -> str:
    """That lines are missing in the total; empty where none is."""
    return _("Without the lines that have no price") if document.unpriced else ""


def _about(document: StatementDocument, number: str = "") -> tuple[str, str, str, str]:
    return document.account, document.domain, f"{document.month:%Y-%m}", number or document.number


def _sum(document: StatementDocument, entry: str, amount: Decimal, note: str = "", number: str = "") -> Row:
    nothing = (None,) * 9
    return entry, *_about(document, number), *nothing, _money(amount, document), document.currency, note


def _money(amount: Decimal | None, document: StatementDocument) -> Money | None:
    if amount is None:
        return None
    return Money(amount, document.currency, decimals(amount, document.minor_digits))


def _note(line: DocumentLine, document: StatementDocument) -> str:
    notes = (
        _("no price") if line.amount is None else "",
        _("price entered later, on {day}").format(day=line.priced_on.isoformat()) if line.priced_on else "",
        _("provisional") if document.provisional else "",
    )
    return ", ".join(filter(None, notes))

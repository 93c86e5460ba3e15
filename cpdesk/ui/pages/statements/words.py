"""What the page of a statement says. Plain Python."""

from dataclasses import dataclass

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_days, format_money, format_month, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.statements import Proration
from cpdesk.ui.pages.statements.facts import StatementFacts
from cpdesk.ui.parts.unpriced import unpriced_text


@dataclass(frozen=True, slots=True)
class StatementFigure:
    """A key figure in words."""

    label: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """Everything on the page but the lists."""

    title: str
    subtitle: str
    figures: tuple[StatementFigure, ...]
    """Total, period, number."""
    provisional: str
    """What is said of a month that is not over; else ""."""
    unpriced: str
    """What is missing in the total; "" where nothing is."""
    sums: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    may_issue: bool
    may_correct: bool


def statement_view(facts: StatementFacts, by: Session) -> StatementView:
    """Put a statement into words for an operator."""
    document = facts.document
    manages = by.role is Role.RESELLER
    return StatementView(
        title=_("Statement of {month}").format(month=format_month(document.month)),
        subtitle=beside(document.domain, document.time_zone),
        figures=(_total(document), _period(facts), _number(facts, by)),
        provisional=document.printed.mark,
        unpriced=document.printed.warning if facts.issued else unpriced_text(facts.statement.lines, by),
        sums=(*document.printed.sums, *document.printed.corrections.sums),
        notes=document.printed.notes,
        may_issue=manages and facts.issued is None and not document.provisional and bool(document.lines),
        may_correct=manages and facts.issued is not None,
    )


def lines_text(number: int) -> str:
    """ "12 lines"."""
    return ngettext("{number} line", "{number} lines", number).format(number=format_number(number))


def issued_text(document: StatementDocument) -> str:
    """What is said when a statement has its number."""
    return _("The statement of {month} is issued as {number}.").format(
        month=format_month(document.month), number=document.number
    )


def _total(document: StatementDocument) -> StatementFigure:
    figure = format_money(document.balance, document.currency)
    return StatementFigure(_("Total"), figure, _total_note(document))


def _total_note(document: StatementDocument) -> str:
    if document.corrections:
        return _("{amount} when it was issued, and {number} since").format(
            amount=format_money(document.total, document.currency), number=_corrections(len(document.corrections))
        )
    lines = lines_text(len(document.lines))
    if document.unpriced:
        lines = _("{lines}, {missing} of them without a price").format(
            lines=lines, missing=format_number(document.unpriced)
        )
    if not document.tax_rate:
        return lines
    return _("{lines}; {amount} of it is tax").format(lines=lines, amount=format_money(document.tax, document.currency))


def _corrections(number: int) -> str:
    return ngettext("{number} correction", "{number} corrections", number).format(number=format_number(number))


def _period(facts: StatementFacts) -> StatementFigure:
    document = facts.document
    counted, last = document.through.day, facts.statement.month
    days = _("{days} of {all}").format(days=counted, all=_days_of(facts) or last.day)
    note = f"{format_days(document.month, document.through)}. {_proration(facts)}"
    return StatementFigure(_("Days that are counted"), days, note)


def _days_of(facts: StatementFacts) -> int:
    from cpdesk.domain.statements import days_of_month

    return len(days_of_month(facts.statement.month))


def _proration(facts: StatementFacts) -> str:
    if facts.statement.proration is Proration.NONE:
        return _("The whole month is charged for the most seats that a day ended with.")
    return _("Each day is charged for the seats at its end.")


def _number(facts: StatementFacts, by: Session) -> StatementFigure:
    document = facts.document
    if document.issued_on is not None:
        note = _("on {date}").format(date=format_date(document.issued_on))
        return StatementFigure(_("Issued as"), document.number, note)
    return StatementFigure(_("Issued as"), _("Not issued"), _not_issued_note(document, by))


def _not_issued_note(document: StatementDocument, by: Session) -> str:
    if document.provisional:
        return _("It can be issued when the month is over.")
    if not document.lines:
        return _("There is nothing to charge.")
    if by.role is Role.RESELLER:
        return _("Issuing gives it a number and keeps it for ever as it is now.")
    return _("The amounts are those of the ledger.")

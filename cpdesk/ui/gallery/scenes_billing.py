"""The Billing tab, and the statement of a month."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.timelines import SeatTimeline
from cpdesk.ui.gallery.billing_samples import (
    COMPANY,
    CORRECTIONS,
    NOTHING_ELSE,
    BillingSample,
    advice,
    complete,
    issued,
    many_lines,
    statement,
    switched,
    timeline,
    unpriced,
)
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scene import OPERATOR, Picture, Stage, scene
from cpdesk.ui.gallery.service_samples import BOUGHT, Sample
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.statements.explain_dialog import ExplainDialog
from cpdesk.ui.pages.statements.issue_dialog import CorrectStatementDialog, IssueStatementDialog
from cpdesk.ui.pages.statements.page import StatementPage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
CUSTOMER = Session(3, "it@contoso-freight.example", Role.CUSTOMER, 7)
_LOCKED = KnownError("database_locked", path="cpdesk.sqlite3")
_TAXED = replace(COMPANY, tax_rate=Decimal("8.875"))

USUAL = BillingSample()
ISSUED = BillingSample(shown=complete(), issued=issued(complete(), company=_TAXED))
CORRECTED = BillingSample(shown=complete(), issued=issued(complete(), CORRECTIONS))


Answers = Mapping[str, Any]
"""Replace methods of the sample's services, by names such as "statements.show"."""


def billing_window(
    stage: Stage, sample: BillingSample, session: Session = OPERATOR, answers: Answers = NOTHING_ELSE
) -> Window:
    """The Billing tab of a sample account."""
    bundle = sample.services(answers)
    return stage.window(all_pages(), "services", services=bundle, session=session, account=7, tab="billing")


def statement_window(
    stage: Stage,
    sample: BillingSample,
    session: Session = OPERATOR,
    month: str = "2026-10",
    answers: Answers = NOTHING_ELSE,
) -> Window:
    """The statement of a month of a sample account."""
    bundle = sample.services(answers)
    return stage.window(all_pages(), "statement", services=bundle, session=session, account=7, month=month)


def statement_page(window: Window) -> StatementPage:
    """The page that is open in the window."""
    assert isinstance(window.page, StatementPage)
    return window.page


@scene("billing", variants=_ALL)
def billing(stage: Stage) -> QWidget:
    """A year of history."""
    return billing_window(stage, USUAL)


@scene("billing_pending", variants=("german",))
def billing_pending(stage: Stage) -> QWidget:
    """A change to Usage Mode is queued."""
    return billing_window(stage, BillingSample(Sample(completed=BOUGHT, is_pending=True)))


@scene("billing_no_data", variants=("german", "large_text"))
def billing_no_data(stage: Stage) -> QWidget:
    """The first month, without a seat."""
    empty = statement((), USUAL.so_far.month, through=USUAL.so_far.through, provisional=True)
    sample = BillingSample(Sample(mode=Mode.USAGE, rows=(), users=0), 1, so_far=empty, charted=0)
    later = statement((), date(2026, 12, 1), provisional=True)
    nothing: dict[str, object] = {"statements.forecast": empty, "statements.next_month": later}
    return billing_window(stage, sample, answers=nothing | {"timelines.seats": SeatTimeline(empty.through, (), ())})


@scene("billing_one_month", variants=("rtl",))
def billing_one_month(stage: Stage) -> QWidget:
    """One complete month."""
    return billing_window(stage, BillingSample(months=2, charted=1))


@scene("billing_two_years")
def billing_two_years(stage: Stage) -> QWidget:
    """24 complete months."""
    two_years = {"advisor.advise": advice(24), "timelines.seats": timeline(24)}
    return billing_window(stage, BillingSample(months=25), answers=two_years)


@scene("billing_unpriced", variants=_ALL)
def billing_unpriced(stage: Stage) -> QWidget:
    """A product without a price."""
    return billing_window(stage, _lacking_a_price())


@scene("billing_customer", variants=("german",))
def billing_customer(stage: Stage) -> QWidget:
    """The customer's own administrator, a product without a price."""
    return billing_window(stage, _lacking_a_price(), CUSTOMER)


@scene("billing_auditor")
def billing_auditor(stage: Stage) -> QWidget:
    """Who reads everything and changes nothing."""
    return billing_window(stage, _lacking_a_price(), AUDITOR)


@scene("billing_chart_error")
def billing_chart_error(stage: Stage) -> QWidget:
    """The charts cannot be read."""
    return billing_window(stage, USUAL, answers={"advisor.advise": _LOCKED})


@scene("billing_error")
def billing_error(stage: Stage) -> QWidget:
    """Nothing can be read."""
    return billing_window(stage, USUAL, answers={"statements.show": _LOCKED})


@scene("statement", variants=_ALL)
def statement_complete(stage: Stage) -> QWidget:
    """A month that is over."""
    return statement_window(stage, USUAL)


@scene("statement_provisional", variants=("german",))
def statement_provisional(stage: Stage) -> QWidget:
    """The present month."""
    return statement_window(stage, USUAL, month="2026-11")


@scene("statement_switched", variants=("rtl",))
def statement_switched(stage: Stage) -> QWidget:
    """Both modes in one month."""
    return statement_window(stage, BillingSample(shown=switched()), month="2026-09")


@scene("statement_unpriced", variants=_ALL)
def statement_unpriced(stage: Stage) -> QWidget:
    """Lines without a price, and one that was priced later."""
    return statement_window(stage, BillingSample(shown=unpriced()))


@scene("statement_issued", variants=("german",))
def statement_issued(stage: Stage) -> QWidget:
    """With its number, and tax."""
    return statement_window(stage, ISSUED)


@scene("statement_corrected", variants=_ALL)
def statement_corrected(stage: Stage) -> QWidget:
    """Issued, with corrections since."""
    return statement_window(stage, CORRECTED)


@scene("statement_many_lines")
def statement_many_lines(stage: Stage) -> QWidget:
    """Hundreds of lines."""
    return statement_window(stage, BillingSample(shown=many_lines()))


@scene("statement_empty")
def statement_empty(stage: Stage) -> QWidget:
    """Nothing to charge."""
    return statement_window(stage, BillingSample(shown=statement(())))


@scene("statement_customer", variants=("german",))
def statement_customer(stage: Stage) -> QWidget:
    """The customer's own administrator: nothing to issue."""
    return statement_window(stage, CORRECTED, CUSTOMER)


@scene("statement_auditor")
def statement_auditor(stage: Stage) -> QWidget:
    """Who reads everything and changes nothing."""
    return statement_window(stage, USUAL, AUDITOR)


@scene("statement_error")
def statement_error(stage: Stage) -> QWidget:
    """The database cannot be read."""
    return statement_window(stage, USUAL, answers={"issuing.document": _LOCKED})


@scene("statement_explained", variants=_ALL)
def statement_explained(stage: Stage) -> Picture:
    """How a line comes to its amount."""
    return _explained(stage, USUAL, 1)


@scene("statement_explained_unpriced")
def statement_explained_unpriced(stage: Stage) -> Picture:
    """A line without an amount."""
    return _explained(stage, BillingSample(shown=unpriced()), 5)


@scene("statement_explained_late", variants=("german",))
def statement_explained_late(stage: Stage) -> Picture:
    """A price that came after the days it counts for."""
    return _explained(stage, BillingSample(shown=unpriced()), 4)


@scene("statement_issue", variants=_ALL)
def statement_issue(stage: Stage) -> Picture:
    """Before a statement gets its number."""
    window = statement_window(stage, BillingSample(shown=unpriced()))
    page = statement_page(window)
    page.issue.click()
    return window, page.window().findChildren(IssueStatementDialog)[-1]


@scene("statement_issue_refused")
def statement_issue_refused(stage: Stage) -> Picture:
    """The reseller's own company is missing."""
    window = statement_window(stage, USUAL, answers={"issuing.issue": UserError("own_company_missing")})
    page = statement_page(window)
    page.issue.click()
    dialog = page.window().findChildren(IssueStatementDialog)[-1]
    dialog.issue.click()
    return window, dialog


@scene("statement_correct", variants=_ALL)
def statement_correct(stage: Stage) -> Picture:
    """Before something is put under it."""
    window = statement_window(stage, CORRECTED)
    page = statement_page(window)
    page.corrections.correct.click()
    return window, page.window().findChildren(CorrectStatementDialog)[-1]


def _explained(stage: Stage, sample: BillingSample, place: int) -> Picture:
    window = statement_window(stage, sample)
    page = statement_page(window)
    page.explain(page.lines.table.rows.row(place))
    return window, page.window().findChildren(ExplainDialog)[-1]


def _lacking_a_price() -> BillingSample:
    lines = unpriced(USUAL.so_far.month).lines
    lacking = replace(USUAL.so_far, lines=lines, unpriced=1)
    return BillingSample(shown=unpriced(), so_far=lacking)

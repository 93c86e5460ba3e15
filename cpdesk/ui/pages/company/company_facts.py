"""What is known of a company, to be read."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.companies import Company
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.company.company_texts import Line, company_lines, contact_lines
from cpdesk.ui.pages.company.company_view import CompanyView
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.notice import Notice


class CompanyFacts(QWidget):
    """Lines, and over them why they cannot be changed."""

    def __init__(self, company: Company, view: CompanyView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(Notice(Kind.INFO, view.read_only))
        column.addWidget(_card(_("Company"), company_lines(company, view.zone_note)))
        column.addWidget(_card(_("Contacts"), contact_lines(company)))


def _card(title: str, lines: tuple[Line, ...]) -> Card:
    card, facts = Card(title), Facts()
    for what, how in lines:
        facts.add(what, how)
    card.body.addWidget(facts)
    return card

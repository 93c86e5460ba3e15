"""The reseller's own company, as it stands on statements; kept in the database for all operators."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.own_company import OwnCompany
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.settings.logo_choice import picture_of
from cpdesk.ui.pages.settings.setting_row import SettingsCard
from cpdesk.ui.parts.amounts import number_in_field
from cpdesk.ui.texts import read_only_reason
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label


class OwnCompanyCard(SettingsCard):
    """What is known of it, and for reseller administrators a dialog to change it, which is made when it is opened."""

    saved = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._shown: OwnCompany | None = None
        self._countries: Sequence[Choice] = ()
        self._text = Label(role=TextRole.CAPTION, wrap=True)
        self.facts = Facts()
        self.change = secondary()
        self.add_action(self.change)
        self.body.addWidget(self._text)
        self.body.addWidget(self.facts)
        self.change.setVisible(context.by.role is Role.RESELLER)
        self.change.clicked.connect(self._on_change)

    def show_company(self, company: OwnCompany, countries: Sequence[Choice]) -> None:
        """Show what holds; the countries are those to choose from, in the language in use."""
        self._shown = company
        self._countries = countries
        self.facts.clear()
        for text, figure in _lines(company, countries):
            self.facts.add(text, figure)
        if company.logo:
            self.facts.add(_("Logo"), _logo(company.logo))

    def retranslate(self) -> None:
        self.set_title(_("Your company"))
        self.change.setText(_("Change your company"))
        text = _("It stands on every statement that is printed or issued. Issued ones stay as they are.")
        self._text.setText(" ".join(part for part in (text, read_only_reason(self._context.by)) if part))
        if self._shown is not None:
            self.show_company(self._shown, self._countries)

    def _on_change(self) -> None:
        from cpdesk.ui.pages.settings.own_company_dialog import OwnCompanyDialog

        if self._shown is not None:
            dialog = OwnCompanyDialog(self, self._context, self._shown, self._countries)
            dialog.succeeded.connect(self._on_saved)
            dialog.open()

    def _on_saved(self, company: OwnCompany) -> None:
        self.show_company(company, self._countries)
        self.saved.emit()


def _lines(company: OwnCompany, countries: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    if not company.name:
        return ((_("Nothing is entered yet: a statement cannot be issued before."), ""),)
    names = {choice.value: choice.text for choice in countries}
    lines = (
        (_("Company name"), company.name),
        (_("Address"), "\n".join(company.address)),
        (_("Country"), names.get(company.country, company.country)),
        (_("Tax number"), company.tax_id),
        (_("Tax rate in percent"), number_in_field(company.tax_rate) if company.tax_rate else ""),
    )
    return tuple((text, figure or _("none")) for text, figure in lines)


def _logo(logo: bytes) -> QLabel:
    made = QLabel()
    made.setPixmap(picture_of(logo))
    made.setAccessibleName(_("The logo"))
    return made

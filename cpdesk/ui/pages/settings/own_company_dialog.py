"""Changing what stands on statements about the reseller's own company."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain.own_company import OwnCompany
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.settings.logo_choice import LogoChoice, read_logo
from cpdesk.ui.parts.amounts import not_a_percentage, number_in_field, typed_percent
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import sentence_of, told_by_field
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import CardRow
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.layout import vbox

_FIELDS = {"bad_tax_rate": "tax_rate", "unknown_country": "country", "too_many_lines": "address"}
_WIDTH = 760
_LOGO = frozenset({"logo_not_an_image", "logo_too_large"})


class OwnCompanyDialog(WorkDialog):
    """Name, address, tax and logo; `succeeded` with the OwnCompany."""

    help_topic = "settings"

    def __init__(self, parent: QWidget, context: PageContext, company: OwnCompany, countries: Sequence[Choice]) -> None:
        super().__init__(parent, context, _("Your company"), width=_WIDTH)
        self.form = Form(_company_fields(lambda: countries))
        self.tax = Form(_tax_fields())
        self.logo = LogoChoice()
        self.leave = self.add_button(secondary(_("Keep it as it is")))
        self.save = self.add_button(primary(_("Save the company")))
        self.content.addWidget(CardRow(_column(self.form), _column(self.tax, self.logo)))
        values = _values(company)
        for form in self._forms:
            form.set_values({key: values[key] for key in form.values()})
        self.logo.set_logo(company.logo)
        self._wire()

    def first_focus(self) -> QWidget:
        return self.form.editor("company_name")

    def refused(self, error: Exception) -> None:
        if isinstance(error, UserError) and error.code in _LOGO:
            self.logo.refuse(sentence_of(error))
        elif not any(told_by_field(form, error, _FIELDS) for form in self._forms):
            super().refused(error)
        self.fit()

    @property
    def _forms(self) -> tuple[Form, Form]:
        return self.form, self.tax

    def _wire(self) -> None:
        self.save.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        for form in self._forms:
            form.submitted.connect(self._on_save)
        self.logo.changed.connect(self.fit)
        self.logo.chosen.connect(self._on_logo_chosen)

    def _typed(self) -> OwnCompany:
        values = self.form.values() | self.tax.values()
        return OwnCompany(
            name=values["company_name"],
            address=tuple(values["address"].splitlines()),
            country=values["country"] or "",
            tax_id=values["tax_id"],
            tax_rate=typed_percent(values["tax_rate"]) or Decimal(),
            logo=self.logo.logo,
        )

    def _on_logo_chosen(self, path: Path) -> None:
        self.context.jobs.run(self, partial(read_logo, path), self._on_logo_read, self._on_logo_refused, key="logo")

    def _on_logo_read(self, logo: bytes) -> None:
        try:
            self.logo.set_logo(logo)
        except UserError as refusal:
            self._on_logo_refused(refusal)

    def _on_logo_refused(self, error: Exception) -> None:
        self.logo.refuse(sentence_of(error))
        self.fit()

    def _on_save(self) -> None:
        # The first form comes last: each wrong one takes the keyboard.
        if not [form for form in reversed(self._forms) if not form.validate()]:
            save = self.context.services.issuing.save_own_company
            self.change(partial(save, self.context.by, self._typed()), self.save, self.leave)
        self.fit()


def _values(company: OwnCompany) -> dict[str, str | None]:
    return {
        "company_name": company.name,
        "address": "\n".join(company.address),
        "country": company.country or None,
        "tax_id": company.tax_id,
        "tax_rate": number_in_field(company.tax_rate) if company.tax_rate else "",
    }


def _column(*parts: QWidget) -> QWidget:
    place = QWidget()
    place.setLayout(vbox(*parts, None))
    return place


def _company_fields(countries: Callable[[], Sequence[Choice]]) -> tuple[Field, ...]:
    return (
        Field("company_name", lambda: _("Company name"), required=True),
        Field(
            "address",
            lambda: _("Address"),
            FieldKind.MULTILINE,
            help=lambda: _("One line each, without the country."),
        ),
        Field("country", lambda: _("Country"), FieldKind.SEARCH, choices=countries),
    )


def _tax_fields() -> tuple[Field, ...]:
    return (
        Field("tax_id", lambda: _("Tax number")),
        Field(
            "tax_rate",
            lambda: _("Tax rate in percent"),
            validate=not_a_percentage,
            help=lambda: _("Added to the total of a statement. Without one no tax is shown."),
        ),
    )

"""Closing an account."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain import names
from cpdesk.domain.companies import ClosingForecast
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.company.closing_texts import closing_differences, closing_lines
from cpdesk.ui.pages.company.status_dialogs import WIDTH
from cpdesk.ui.parts.forecast_dialog import ForecastDialog
from cpdesk.ui.parts.product_table import BACK_FIGURES, product_table
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form


class CloseAccountDialog(ForecastDialog):
    """Shows what is lost, has the domain typed in, and asks again if what was shown no longer holds."""

    help_topic = "close-account"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        super().__init__(parent, context, account, _("Close the account?"), WIDTH)
        self.forecast: ClosingForecast | None = None
        self.facts = Facts()
        self.products = product_table(BACK_FIGURES)
        self.why = reason_form()
        self.form = Form((_domain_field(account),))
        self.close_it = danger(_("Close the account"))
        self.leave = primary(_("Keep the account"))
        self._fill()
        self._wire()

    def ask(self) -> None:
        """Ask what closing does; the dialog opens with the answer, or without it if that takes long."""
        closing = self.context.services.accounts.closing
        self.read(partial(closing, self.context.by, self.account.id), self._show)

    def refused(self, error: Exception) -> None:
        """What no longer holds is shown anew; anything else is said."""
        if isinstance(error, UserError) and error.code == "closing_changed":
            self._on_changed_forecast(error.params["forecast"])
        else:
            super().refused(error)

    def _fill(self) -> None:
        for part in (self.facts, self.products, self.why):
            self.content.addWidget(part)
        # Where nothing scrolls: what has to be typed in is always seen.
        self.footer.addWidget(self.form)
        self.footer.addStretch()
        for part in (self.facts, self.products, self.why, self.form):
            part.hide()
        self.add_button(self.close_it).setEnabled(False)
        self.set_safe(self.add_button(self.leave))

    def _wire(self) -> None:
        self.form.changed.connect(self._on_typed)
        self.form.submitted.connect(self._on_close)
        self.close_it.clicked.connect(self._on_close)

    def _show(self, forecast: ClosingForecast) -> None:
        self.forecast = forecast
        self.facts.clear()
        for what, how in closing_lines(forecast):
            self.facts.add(what, how)
        self.products.set_rows(forecast.released)
        self.products.setVisible(bool(forecast.released))
        for part in (self.facts, self.why, self.form):
            part.show()
        self._on_typed()

    def _on_changed_forecast(self, forecast: object) -> None:
        assert isinstance(forecast, ClosingForecast)
        assert self.forecast is not None
        found = closing_differences(self.forecast, forecast)
        self.form.set_values({"domain": ""})
        self._show(forecast)
        self.ask_again(found)

    def _is_named(self) -> bool:
        return names.key(self.form.values()["domain"]) == names.key(self.account.domain)

    def _on_typed(self) -> None:
        self.close_it.setEnabled(self.forecast is not None and self._is_named())

    def _on_close(self) -> None:
        if self.forecast is None or not self._is_named():
            return
        close, reason = self.context.services.accounts.close, self.why.values()["reason"]
        work = partial(close, self.context.by, self.account.id, self.forecast, reason=reason)
        self.change(work, self.close_it)


def _domain_field(account: AccountRow) -> Field:
    return Field("domain", _("Type {domain} to confirm").format(domain=account.domain), required=True)

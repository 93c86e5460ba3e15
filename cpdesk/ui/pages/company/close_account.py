"""Closing an account."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain import names
from cpdesk.domain.companies import ClosingForecast
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.pages.company.closing_texts import closing_differences, closing_lines
from cpdesk.ui.pages.company.status_dialogs import WIDTH, reason_form
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.product_table import BACK_FIGURES, product_table
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice

_PATIENCE_MS = 300


class CloseAccountDialog(ChangeDialog):
    """Shows what is lost, has the domain typed in, and asks again if what was shown no longer holds."""

    help_topic = "close-account"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        super().__init__(parent, context, account, _("Close the account?"), WIDTH)
        self.forecast: ClosingForecast | None = None
        self.differences = Notice(Kind.PENDING)
        self.loading = Label(_("Working out what changes…"), TextRole.SOFT)
        self.facts = Facts()
        self.products = product_table(BACK_FIGURES)
        self.why = reason_form()
        self.form = Form((_domain_field(account),))
        self.close_it = danger(_("Close the account"))
        self.leave = primary(_("Keep the account"))
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._fill()
        self._wire()

    def ask(self) -> None:
        """Ask what closing does; the dialog opens with the answer, or without it if that takes long."""
        self._patience.start()
        self.load()

    def load(self) -> None:
        """Compute it, again if need be."""
        self.refusal.set_actions(())
        self.say("")
        self.loading.show()
        work = partial(self.context.services.accounts.closing, self.context.by, self.account.id)
        self.context.jobs.run(self, work, self._on_forecast, self._on_no_forecast)

    def refused(self, error: Exception) -> None:
        """What no longer holds is shown anew; anything else is said."""
        if isinstance(error, UserError) and error.code == "closing_changed":
            self._ask_again(error.params["forecast"])
        else:
            super().refused(error)

    def _fill(self) -> None:
        self.content.insertWidget(0, self.differences)
        for part in (self.loading, self.facts, self.products, self.why):
            self.content.addWidget(part)
        # Where nothing scrolls: what has to be typed in is always seen.
        self.footer.addWidget(self.form)
        self.footer.addStretch()
        self.differences.hide()
        for part in (self.facts, self.products, self.why, self.form):
            part.hide()
        self.add_button(self.close_it).setEnabled(False)
        self.set_safe(self.add_button(self.leave))

    def _wire(self) -> None:
        self._patience.timeout.connect(self.open)
        self.form.changed.connect(self._on_typed)
        self.form.submitted.connect(self._on_close)
        self.close_it.clicked.connect(self._on_close)

    def _on_forecast(self, forecast: ClosingForecast) -> None:
        self._show(forecast)
        self._come_forward()

    def _on_no_forecast(self, error: Exception) -> None:
        self.loading.hide()
        self.refusal.set_actions((Action(_("Try again"), self.load),))
        self.say(sentence_of(error))
        self._come_forward()

    def _come_forward(self) -> None:
        if self._patience.isActive():
            self._patience.stop()
            self.open()
        elif self.isVisible():
            self.fit()

    def _show(self, forecast: ClosingForecast) -> None:
        self.forecast = forecast
        self.loading.hide()
        self.facts.clear()
        for what, how in closing_lines(forecast):
            self.facts.add(what, how)
        self.products.set_rows(forecast.released)
        self.products.setVisible(bool(forecast.released))
        for part in (self.facts, self.why, self.form):
            part.show()
        self._on_typed()

    def _ask_again(self, forecast: object) -> None:
        assert isinstance(forecast, ClosingForecast)
        assert self.forecast is not None
        told = "; ".join(closing_differences(self.forecast, forecast))
        self.form.set_values({"domain": ""})
        self._show(forecast)
        self.differences.set_text(told, _("Changed since this was shown, so nothing is done yet."))
        self.differences.show()
        self._scroll.verticalScrollBar().setValue(0)
        self.leave.setFocus()
        self.fit()

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

"""What Edit opens: the confirmation of a change of mode."""

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain.forecasts import Forecast
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.services.consequence_view import ConsequenceView
from cpdesk.ui.pages.services.consequences import (
    Consequences,
    consequences,
    difference_text,
    keep_text,
    title,
)
from cpdesk.ui.pages.services.summary import as_html, as_text
from cpdesk.ui.parts.forecast_dialog import ForecastDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.widgets.buttons import link, primary, secondary
from cpdesk.ui.widgets.chips import ModeChip
from cpdesk.ui.widgets.labels import IconLabel
from cpdesk.ui.widgets.layout import hbox


class ConfirmModeSwitchDialog(ForecastDialog):
    """Shows the forecast, has what is lost ticked, and asks again if the forecast no longer holds."""

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        to = account.mode.other
        super().__init__(parent, context, account, title(to), width=720)
        self.help_topic = f"switch-to-{to.value}"
        self.to = to
        self.forecast: Forecast | None = None
        self.shown: Consequences | None = None
        self.view: ConsequenceView | None = None
        self.yes = secondary(_("Yes, Change"))
        self.no = primary(keep_text(account.mode))
        self.copy = link(_("Copy summary"))
        self.print = link(_("Print summary"))
        self.form = reason_form(note=False)
        self._fill()
        self._wire()

    def ask(self) -> None:
        """Ask for the forecast; the dialog opens with it, or without it if that takes long."""
        forecast = self.context.services.modes.forecast
        self.read(partial(forecast, self.context.by, self.account.id, self.to), self._show)

    def refused(self, error: Exception) -> None:
        """A forecast that no longer holds is shown anew; anything else is said."""
        if isinstance(error, UserError) and error.code == "forecast_changed":
            forecast, found = error.params["forecast"], error.params["differences"]
            assert isinstance(forecast, Forecast)
            assert isinstance(found, tuple)
            self._show(forecast)
            self.ask_again(map(difference_text, found))
        else:
            super().refused(error)

    def _fill(self) -> None:
        chips = hbox(ModeChip(self.account.mode), IconLabel("forward"), ModeChip(self.to), None)
        self.content.insertLayout(self.content.indexOf(self.loading), chips)
        for button in (self.copy, self.print):
            self.footer.addWidget(button)
        self.footer.addStretch()
        self.add_button(self.yes)
        self.set_safe(self.add_button(self.no))
        self.content.addWidget(self.form)
        for part in (self.copy, self.print, self.form):
            part.hide()
        self.yes.setEnabled(False)

    def _wire(self) -> None:
        self.yes.clicked.connect(self._on_yes)
        self.copy.clicked.connect(self._on_copy)
        self.print.clicked.connect(self._on_print)

    def _show(self, forecast: Forecast) -> None:
        self.forecast, self.shown = forecast, consequences(forecast)
        view = ConsequenceView(self.shown)
        if self.view is not None:
            self.content.replaceWidget(self.view, view)
            self.view.hide()
            self.view.deleteLater()
        else:
            self.content.insertWidget(self.content.indexOf(self.loading), view)
        view.show()
        self.view = view
        view.ticked.connect(self._on_ticked)
        view.unfolded.connect(self.fit)
        for part in (self.copy, self.print, self.form):
            part.show()
        self._on_ticked()

    def _on_ticked(self) -> None:
        self.yes.setEnabled(self.view is not None and self.view.all_ticked())

    def _on_yes(self) -> None:
        assert self.forecast is not None
        modes = self.context.services.modes
        reason = str(self.form.values()["reason"])
        work = partial(modes.change, self.context.by, self.account.id, self.to, self.forecast, reason=reason)
        self.change(work, self.yes, self.no)

    def _on_copy(self) -> None:
        if self.shown is not None:
            QGuiApplication.clipboard().setText(as_text(self.shown))
            self.copy.setText(_("Summary copied"))

    def _on_print(self) -> None:
        from cpdesk.ui.pages.services.printing import print_html

        assert self.shown is not None
        problem = print_html(self, as_html(self.shown))
        if problem:
            self.say(problem)

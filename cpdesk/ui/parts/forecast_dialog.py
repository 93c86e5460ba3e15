"""What dialogs that show what a change comes to, before it is made, have in common."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.parts.reading_dialog import ReadingDialog
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice

T = TypeVar("T")


class ForecastDialog(ReadingDialog):
    """Shows a forecast. One that fails can be tried again; one that no longer holds is shown anew and asked again.

    What the forecast says goes into `content` before or after `loading`.
    """

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, title: str, width: int = 560
    ) -> None:
        super().__init__(parent, context, account, title, width)
        self.differences = Notice(Kind.PENDING)
        self.loading = Label(_("Working out what changes…"), TextRole.SOFT)
        self.differences.hide()
        self.content.insertWidget(0, self.differences)
        self.content.addWidget(self.loading)

    def read(self, work: Callable[[], T], show: Callable[[T], None]) -> None:
        """Compute the forecast on another thread, then show it."""
        self.refusal.set_actions(())
        self.say("")
        self.loading.show()
        super().read(work, partial(self._on_forecast, show))

    def not_read(self, error: Exception) -> None:
        """Without a forecast there is nothing to accept, but another try."""
        self.loading.hide()
        self.refusal.set_actions((Action(_("Try again"), self.ask),))
        self.say(sentence_of(error))
        self.come_forward()

    def ask_again(self, differences: Iterable[str]) -> None:
        """Say how the forecast that is shown now differs from the one that was accepted."""
        told = "; ".join(differences)
        self.differences.set_text(told, _("Changed since this was shown, so nothing is done yet."))
        self.differences.show()
        self.start_over()
        self.fit()

    def _on_forecast(self, show: Callable[[T], None], forecast: T) -> None:
        self.loading.hide()
        show(forecast)

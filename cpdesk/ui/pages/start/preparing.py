"""What is seen for the seconds in which the demo is made."""

from PySide6.QtWidgets import QProgressBar

from cpdesk.base.i18n import _
from cpdesk.ui.pages.start.sheet import SheetPage


class PreparingPage(SheetPage):
    """Says what is being made; goes away by itself."""

    def _build(self) -> None:
        super()._build()
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self.sheet.body.addWidget(self._bar)

    def retranslate(self) -> None:
        self.set_heading(
            _("Preparing the demo"),
            _("24 customers with 13 months of history, all invented. It is thrown away when you close the window."),
        )
        self._bar.setAccessibleName(_("Preparing the demo"))

"""What can be made of the customer's data as a whole: handed over, and erased."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import Label


class DataCard(Card):
    """The last section of the page. Whoever changes nothing can hand the data over."""

    def __init__(self, *, may_erase: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.export, self.former = secondary(), secondary()
        self._about = Label(role=TextRole.CAPTION, wrap=True)
        self.add_action(self.former)
        self.add_action(self.export)
        self.former.setVisible(may_erase)
        self.body.addWidget(self._about)

    def retranslate(self) -> None:
        """All texts, in the language in use."""
        self.set_title(_("The customer's data"))
        self._about.setText(
            _(
                "All that is known of the account goes into one file, to be handed to the customer. Contacts who were "
                "taken out above can be erased for good."
            )
        )
        self.export.setText(_("Export everything…"))
        self.former.setText(_("Former contacts…"))

"""The look of pages without menu and bar: one card in the middle of the window."""

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cpdesk.ui.shell.page import Page
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox

LAST_EMAIL = "sign_in/email"
"""The setting that keeps the address of who signed in last."""


class SheetPage(Page):
    """A page that is one card; fill `sheet.body`, name it with `set_heading`."""

    sheet_width: ClassVar[int] = 440
    """Of the card, in device-independent pixels at normal text size."""

    def _build(self) -> None:
        self.sheet = Card()
        self._brand = Label("cpdesk", TextRole.BRAND)
        self._heading = Label(role=TextRole.TITLE, wrap=True)
        self._lead = Label(role=TextRole.SOFT, wrap=True)
        self.header.hide()
        self.sheet.setMaximumWidth(self.context.theme.fonts.scaled(self.sheet_width))
        self.sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.sheet.body.setContentsMargins(spacing.XL, spacing.XL, spacing.XL, spacing.XL)
        self.sheet.body.setSpacing(spacing.M)
        self.sheet.body.addLayout(vbox(self._brand, self._heading, self._lead, space=spacing.S))
        self.sheet.body.addSpacing(spacing.S)
        self.body.addStretch(1)
        self.body.addLayout(_centred(self.sheet))
        self.body.addStretch(2)

    def set_heading(self, title: str, lead: str = "") -> None:
        """Say what the page is for; `lead` is a sentence under it."""
        self._heading.setText(title)
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self.set_title(title)


def _centred(widget: QWidget) -> QHBoxLayout:
    """In the middle; as wide as its maximum allows, narrower where there is no room."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row

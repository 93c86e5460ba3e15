"""The status of the account: what it means, and what can be made of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.accounts import Status
from cpdesk.domain.companies import Company
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import Chip, ChipLook, Tone, status_look, status_name
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import first_field, hbox


class StatusCard(Card):
    """A quiet section at the end of the page."""

    suspend_asked = Signal()
    resume_asked = Signal()
    close_asked = Signal()
    reopen_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._chip = Chip(ChipLook("", Tone.SOFT))
        self._state = Label(role=TextRole.STRONG)
        self._meaning = Label(role=TextRole.CAPTION, wrap=True)
        self.suspend = secondary()
        self.resume = secondary()
        self.reopen = secondary()
        self.close_account = danger()
        self.body.addLayout(hbox(self._state, self._chip, None, space=spacing.S))
        self.body.addWidget(self._meaning)
        self.body.addLayout(hbox(self.suspend, self.resume, self.reopen, self.close_account, None, space=spacing.S))
        self.suspend.clicked.connect(self.suspend_asked)
        self.resume.clicked.connect(self.resume_asked)
        self.reopen.clicked.connect(self.reopen_asked)
        self.close_account.clicked.connect(self.close_asked)

    def show_company(self, company: Company, *, may_change: bool) -> None:
        """Show how the account stands, and what this operator can do about it."""
        status = company.account.status
        self.set_title(_("Status of the account"))
        look = status_look(status)
        self._state.setText(status_name(status))
        self._state.setVisible(look is None)
        self._chip.setVisible(look is not None)
        if look is not None:
            self._chip.set_look(look)
        self._meaning.setText(_meaning(company))
        self._offer(status, may_change=may_change)

    def _offer(self, status: Status, *, may_change: bool) -> None:
        offered = (
            (self.suspend, _("Suspend the account"), status is Status.ACTIVE),
            (self.resume, _("Resume the account"), status is Status.SUSPENDED),
            (self.reopen, _("Reopen the account"), status is Status.CLOSED),
            (self.close_account, _("Close the account"), status is not Status.CLOSED),
        )
        focused = self.window().focusWidget()
        for button, text, fits in offered:
            button.setText(text)
            button.setVisible(may_change and fits)
        way_on = first_field(self)
        if way_on is not None and focused in (self.suspend, self.resume, self.reopen, self.close_account):
            # The button that was pressed is gone; without a word Qt would send the keyboard to the menu.
            (focused if focused.isVisible() else way_on).setFocus(Qt.FocusReason.OtherFocusReason)


def _meaning(company: Company) -> str:
    status = company.account.status
    if status is Status.ACTIVE:
        return _("Everything can be read and changed.")
    if status is Status.SUSPENDED:
        return _(
            "All seats stay billable. Licenses, seats and users can only be taken away, "
            "and a pending change of mode is still completed."
        )
    closed = _("It holds no seats and can only be read. Its statements remain.")
    if company.domain_free_on is None:
        return closed
    free = _("Other accounts can have its domain from {date} on.").format(date=format_date(company.domain_free_on))
    return f"{closed} {free}"

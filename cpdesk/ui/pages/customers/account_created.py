"""What there is to do once an account is created."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.texts import account_line, seats_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link, primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import hbox


class AccountCreated(Card):
    """The new account, and the ways on from here."""

    open_asked = Signal()
    import_asked = Signal()
    another_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.account: AccountRow | None = None
        self._told = Label(role=TextRole.SECTION, wrap=True)
        self._about = Label(role=TextRole.CAPTION, wrap=True)
        self.open = primary()
        self.bring_in = secondary()
        self.another = link()
        self._build()
        self.open.clicked.connect(self.open_asked)
        self.bring_in.clicked.connect(self.import_asked)
        self.another.clicked.connect(self.another_asked)

    def show_account(self, account: AccountRow) -> None:
        """Tell of the account that has just been created."""
        self.account = account
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.open.setText(_("Open the account"))
        self.bring_in.setText(_("Import Users"))
        self.another.setText(_("Create another account"))
        if self.account is not None:
            self._told.setText(_told(self.account))
            self._about.setText(account_line(self.account.name, self.account.domain))
            self.bring_in.setVisible(self.account.service_active)

    def _build(self) -> None:
        self.body.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        row = hbox(IconLabel("success", "usage", 24), self._told, space=spacing.S)
        row.setStretch(1, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._about)
        self.body.addSpacing(spacing.S)
        self.body.addLayout(hbox(self.open, self.bring_in, self.another, None))


def _told(account: AccountRow) -> str:
    if not account.service_active:
        return _("{account} is created. Microsoft 365 is not active for it yet.").format(account=account.name)
    if account.mode is Mode.USAGE:
        return _("{account} is created, in Usage Mode.").format(account=account.name)
    return _("{account} is created, in Purchase Mode with {seats} in the pool.").format(
        account=account.name, seats=seats_text(account.seats)
    )

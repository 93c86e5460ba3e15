"""My Services: a band for each active service."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.domain.operators import may_change
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.top_bar import pending_text
from cpdesk.ui.texts import badge, read_only_reason, seats_text, users_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.band import Band
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import ModeChip, PendingChip, mode_name
from cpdesk.ui.widgets.empty import EmptyState


class MyServicesPage(Page):
    """Microsoft Office 365 as a band, or the way to The Catalog."""

    topics = frozenset({"accounts", "seats", "users", "modes"})

    def _build(self) -> None:
        self._account: AccountRow | None = None
        self._band = Band(icon="cloud")
        self._mode: ModeChip | None = None
        self._pending = PendingChip("")
        self._empty = EmptyState(icon="cloud")
        self._nothing = Card()
        self._nothing.body.setContentsMargins(spacing.L, spacing.XL, spacing.L, spacing.XL)
        self._nothing.body.addWidget(self._empty)
        self.body.addWidget(self._band)
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self._band.clicked.connect(self._on_opened)

    def retranslate(self) -> None:
        self.set_title(_("My Services"))
        if self._account is not None:
            self._show(self._account)

    def first_focus(self) -> QWidget | None:
        """The way in; which one, is known when the account is."""
        if self._account is None:
            return None
        return self._band if self._account.service_active else self._empty.button

    def refresh(self) -> None:
        self.load(partial(self.context.services.accounts.show, self.context.by, self.account_id), self._on_read)

    def _on_read(self, account: AccountRow) -> None:
        first = self._account is None
        self._account = account
        self.set_account(badge(account))
        self._show(account)
        if first and (way_in := self.first_focus()):
            way_in.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, account: AccountRow) -> None:
        active = account.service_active
        self.set_title(_("My Services"), _("1 active service") if active else _("No active service"))
        self._band.setVisible(active)
        self._nothing.setVisible(not active)
        facts = beside(account.domain, users_text(account.users), seats_text(account.seats))
        self._band.set_texts(_("Microsoft Office 365"), facts)
        self._show_mode(account, facts)
        if not active:
            self._show_way_in(account)

    def _show_mode(self, account: AccountRow, facts: str) -> None:
        pending = pending_text(badge(account))
        if self._mode is None:
            self._mode = ModeChip(account.mode)
            self._band.add(self._mode)
            self._band.add(self._pending)
        self._mode.set_mode(account.mode)
        self._pending.set_text(pending)
        self._pending.setVisible(bool(pending))
        self._band.setAccessibleDescription(beside(facts, mode_name(account.mode), pending))

    def _show_way_in(self, account: AccountRow) -> None:
        title = _("No service is active for {account}").format(account=account.name)
        if may_change(self.context.by):
            text = _("Activate Microsoft Office 365 in The Catalog: for a new tenant or an existing one.")
            self._empty.set(title, text, Action(_("Open The Catalog"), self._on_catalog))
        else:
            self._empty.set(title, read_only_reason(self.context.by))

    def _on_opened(self) -> None:
        self.context.navigate("services", account=self.account_id)

    def _on_catalog(self) -> None:
        self.context.navigate("catalog", account=self.account_id)

"""The Microsoft 365 services page."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.services.facts import ServiceFacts, read_facts
from cpdesk.ui.pages.services.subscriptions_tab import SubscriptionsTab
from cpdesk.ui.pages.services.tools_tab import ToolsTab
from cpdesk.ui.pages.services.tools_view import tools_view
from cpdesk.ui.pages.services.users_tab import UsersTab
from cpdesk.ui.parts.user_reading import Listing, UserFacts
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge, seats_text, users_text
from cpdesk.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from cpdesk.ui.pages.services.billing_tab import BillingTab

_MINUTE_MS = 60_000
_HELP = {
    "subscriptions": "managing-purchase-licenses",
    "users": "assign-licenses",
    "billing": "statements",
    "tools": "billing-modes",
}
"""What F1 explains, by tab."""


class ServicesPage(Page):
    """Tabs over the same facts; users and amounts are read when their tab is opened.

    `navigate("services", account=ID, tab="tools")` opens one of them.
    """

    topics = frozenset({"accounts", "seats", "users", "modes", "prices", "statements"})

    def _build(self) -> None:
        self._facts: ServiceFacts | None = None
        self.tabs = Tabs()
        self.subscriptions = SubscriptionsTab(self.context)
        self.tabs.add("subscriptions", _("Subscriptions"), self.subscriptions)
        self.tabs.add_later("users", _("Users"), self._make_users)
        self.tabs.add_later("billing", _("Billing"), self._make_billing)
        self.tabs.add_later("tools", _("Tools"), self._make_tools)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self.body.addWidget(self.tabs)

    @cached_property
    def users(self) -> UsersTab:
        """The Users tab; made when it is first opened, as half of the page's widgets are in it."""
        made = UsersTab(self.context)
        made.asked.connect(self._on_users_asked)
        return made

    def _make_users(self) -> UsersTab:
        return self.users

    @cached_property
    def billing(self) -> "BillingTab":
        """The Billing tab; it and its charts are loaded when it is first opened."""
        from cpdesk.ui.pages.services.billing_tab import BillingTab

        return BillingTab(self.context)

    def _make_billing(self) -> "BillingTab":
        return self.billing

    @cached_property
    def tools(self) -> ToolsTab:
        """The Tools tab; made when it is first opened."""
        made = ToolsTab()
        made.edit_asked.connect(self._on_edit)
        made.keep_asked.connect(self._on_keep)
        made.licenses_asked.connect(self._on_licenses)
        made.advice_asked.connect(self._on_advice)
        return made

    def _make_tools(self) -> ToolsTab:
        return self.tools

    def _wire(self) -> None:
        self.tabs.current_changed.connect(self._on_tab_changed)
        self._minute.timeout.connect(self._on_minute)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        self.tabs.select(str(params.get("tab", "subscriptions")))

    def retranslate(self) -> None:
        self.set_title(_("Microsoft 365 services"))
        self.tabs.set_title("subscriptions", _("Subscriptions"))
        self.tabs.set_title("users", _("Users"))
        self.tabs.set_title("billing", _("Billing"))
        self.tabs.set_title("tools", _("Tools"))
        if "users" in vars(self):
            self.users.retranslate()
        if "billing" in vars(self):
            self.billing.retranslate()
        self._show()

    def first_focus(self) -> QWidget | None:
        return self.tabs.bar

    def refresh(self) -> None:
        self.load(partial(read_facts, self.context.services, self.context.by, self.account_id), self._on_read)
        self._read_users()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()
        self._show()

    def _on_read(self, facts: ServiceFacts) -> None:
        self._facts = facts
        self.set_account(badge(facts.account))
        self._show()
        self._read_billing(facts.account)

    def _read_users(self) -> None:
        if self.tabs.current == "users":
            self.users.facts_due = True
            self._on_users_asked()

    def _on_users_asked(self) -> None:
        self.load(self.users.users.asking(self.account_id), self._on_users_listed)

    def _on_users_listed(self, listing: Listing) -> None:
        self.users.show_listing(listing)
        if self.users.facts_due:
            self.users.facts_due = False
            self.load(self.users.users.reading(self.account_id), self._on_users_read)

    def _on_users_read(self, facts: UserFacts) -> None:
        self.users.show_facts(facts)

    def _read_billing(self, account: AccountRow) -> None:
        if self.tabs.current == "billing":
            self.billing.read(account)

    def _on_tab_changed(self) -> None:
        self.help_topic = _HELP[self.tabs.current]
        if self._facts is not None:
            self._show_tools(self._facts)
            self._read_users()
            self._read_billing(self._facts.account)

    def _show(self) -> None:
        if self._facts is None:
            return
        account = self._facts.account
        self.set_title(_("Microsoft 365 services"), beside(account.domain, users_text(account.users)))
        self._show_tools(self._facts)
        self.subscriptions.show_facts(self._facts)

    def _show_tools(self, facts: ServiceFacts) -> None:
        if "tools" in vars(self):
            outlook = facts.outlook.lines if facts.outlook else ()
            self.tools.show_view(tools_view(facts, self.context.by, self.context.clock.now()), outlook)

    def _on_minute(self) -> None:
        """Keep "in 8 days" true while the page stays open."""
        if self.isVisible():
            self._show()
        else:
            self._minute.stop()

    def _on_licenses(self) -> None:
        self.tabs.select("subscriptions")
        self.tabs.bar.setFocus()

    def _on_advice(self) -> None:
        self.context.navigate("advisor", account=self.account_id)

    def _on_edit(self) -> None:
        from cpdesk.ui.pages.services.confirm_mode_switch import ConfirmModeSwitchDialog

        assert self._facts is not None
        dialog = ConfirmModeSwitchDialog(self, self.context, self._facts.account)
        dialog.succeeded.connect(self._on_mode_changed)
        dialog.ask()

    def _on_mode_changed(self, account: AccountRow) -> None:
        if account.pending is None:
            text = _("Purchase Mode is active. The pool opened with {seats}.").format(seats=seats_text(account.seats))
        else:
            when = format_instant(account.pending.due_at, account.pending.time_zone)
            text = _("The change to Usage Mode is requested for {when}.").format(when=when)
            # Edit is off now, and cannot keep the keyboard.
            self.tabs.bar.setFocus()
        self._tell(text)

    def _on_keep(self) -> None:
        from cpdesk.ui.parts.keep_purchase_mode import KeepPurchaseModeDialog

        assert self._facts is not None
        money = self._facts.outlook.money if self._facts.outlook else None
        dialog = KeepPurchaseModeDialog(self, self.context, self._facts.account, money)
        dialog.succeeded.connect(self._on_kept)
        dialog.open()

    def _on_kept(self, account: AccountRow) -> None:
        from cpdesk.ui.parts.keep_purchase_mode import kept_text

        self._tell(kept_text(account))

    def _tell(self, done: str) -> None:
        """Say what was done, in the place of what was said before: nothing of that can be undone any more."""
        self.context.notices.clear()
        self.context.notices.success(done)

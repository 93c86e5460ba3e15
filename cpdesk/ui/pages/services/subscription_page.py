"""One subscription: what the account has of a product, what became of it, and what lies idle."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.base.low_seat_words import low_text
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.services.history_tab import HistoryTab
from cpdesk.ui.pages.services.seat_changes import SeatChanges
from cpdesk.ui.pages.services.subscription_facts import SubscriptionFacts, read_subscription
from cpdesk.ui.pages.services.subscription_view import subscription_view, threshold_set_text
from cpdesk.ui.pages.services.trace_tab import TraceTab
from cpdesk.ui.parts.rights import may_add, may_reduce
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.widgets.buttons import link, primary
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.menu_button import gear_menu
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from cpdesk.ui.pages.services.seat_chart_tab import SeatChartTab

_FIGURES = 4


class SubscriptionPage(Page):
    """Figures on top; under them a tab each for the history, the idle seats, and the seats over time.

    `navigate("subscription", account=ID, product=PRODUCT_ID, tab="idle")`.
    """

    topics = frozenset({"accounts", "seats", "users", "modes", "prices"})

    def _build(self) -> None:
        self._facts: SubscriptionFacts | None = None
        self.all = link()
        self.more, self.add = gear_menu(""), primary()
        for action in (self.all, self.more, self.add):
            self.header.add_action(action)
        self.low = Notice(Kind.PENDING)
        self.figures = tuple(KeyFigure() for _place in range(_FIGURES))
        self.tabs = Tabs()
        self.tabs.add_later("history", _("History"), self._make_history)
        self.tabs.add_later("idle", _("Idle seats"), self._make_idle)
        self.tabs.add_later("chart", _("Seats over time"), self._make_chart)
        self.changes = SeatChanges(self, self.context)
        self.body.addWidget(self.low)
        self.body.addWidget(CardRow(*self.figures))
        self.body.addWidget(self.tabs, 1)
        self.low.hide()

    @cached_property
    def history(self) -> HistoryTab:
        """The history; made when it is first opened, as the others are."""
        return HistoryTab(self.context)

    @cached_property
    def idle(self) -> TraceTab:
        """The idle seats."""
        return TraceTab(self.context)

    @cached_property
    def chart(self) -> "SeatChartTab":
        """The seats over time."""
        from cpdesk.ui.pages.services.seat_chart_tab import SeatChartTab

        return SeatChartTab(self.context)

    def _make_history(self) -> QWidget:
        return self.history

    def _make_idle(self) -> QWidget:
        return self.idle

    def _make_chart(self) -> QWidget:
        return self.chart

    def _wire(self) -> None:
        self.all.clicked.connect(self._on_all)
        self.add.clicked.connect(self._on_add)
        self.tabs.current_changed.connect(self._read_tab)

    @property
    def product_id(self) -> int:
        """The product that the page is about."""
        found = self.params["product"]
        assert isinstance(found, int)
        return found

    def open(self, params: dict[str, object]) -> None:
        other = bool(self.params) and params.get("product") != self.params.get("product")
        super().open(params)
        self.tabs.select(str(params.get("tab", "history")))
        if other:
            self.refresh()

    def retranslate(self) -> None:
        self.set_title(_("Subscription"))
        self.all.setText(_("All subscriptions"))
        self.more.rename(_("Actions for this subscription"))
        self.add.setText(_("Add seats"))
        self.tabs.set_title("history", _("History"))
        self.tabs.set_title("idle", _("Idle seats"))
        self.tabs.set_title("chart", _("Seats over time"))
        for made in ("history", "idle", "chart"):
            if made in vars(self):
                getattr(self, made).retranslate()
        self._show()

    def first_focus(self) -> QWidget | None:
        return self.tabs.bar

    def refresh(self) -> None:
        context = self.context
        read = partial(read_subscription, context.services, context.by, self.account_id, self.product_id)
        self.load(read, self._on_read)

    def _on_read(self, facts: SubscriptionFacts) -> None:
        self._facts = facts
        self.changes.facts = facts.service
        self.set_account(badge(facts.service.account))
        self._show()
        self._read_tab()

    def _read_tab(self) -> None:
        if self._facts is not None:
            shown = {"history": HistoryTab.read, "idle": TraceTab.read}.get(self.tabs.current)
            if shown is HistoryTab.read:
                self.history.read(self._facts)
            elif shown is TraceTab.read:
                self.idle.read(self._facts)
            else:
                self.chart.read(self._facts)

    def _show(self) -> None:
        if self._facts is None:
            return
        account, row = self._facts.service.account, self._facts.held.row
        view = subscription_view(self._facts)
        self.set_title(row.name, view.subtitle)
        for card, text in zip(self.figures, view.figures, strict=True):
            card.set(text.label, text.figure, text.note)
        buys = account.service_active and account.mode is Mode.PURCHASE
        adds = buys and may_add(self.context.by, account)
        self.add.setVisible(adds)
        offered = []
        if view.may_warn and may_add(self.context.by, account):
            offered.append(Action(_("Low-seat warning"), self._on_threshold))
        if buys and may_reduce(self.context.by, account) and row.seats > 0:
            offered.append(Action(_("Remove seats"), self._on_remove))
        self.more.set_actions(offered)
        self.more.setVisible(bool(offered))
        self.low.setVisible(row.low)
        if row.low and row.threshold is not None:
            self.low.set_text(low_text(row.name, row.available, row.seats, row.threshold))
            self.low.set_actions([Action(_("Add seats"), self._on_add)] if adds else [])

    def _on_all(self) -> None:
        self.context.navigate("services", account=self.account_id, tab="subscriptions")

    def _on_add(self) -> None:
        if self._facts is not None:
            self.changes.add(self._facts.held)

    def _on_remove(self) -> None:
        if self._facts is not None:
            self.changes.remove(self._facts.held)

    def _on_threshold(self) -> None:
        from cpdesk.ui.pages.services.threshold_dialog import ThresholdDialog

        assert self._facts is not None
        dialog = ThresholdDialog(self, self.context, self._facts.service.account, self._facts.held.row)
        dialog.succeeded.connect(self._on_threshold_set)
        dialog.open()

    def _on_threshold_set(self, row: SubscriptionRow) -> None:
        self.context.notices.clear()
        self.context.notices.success(threshold_set_text(row))

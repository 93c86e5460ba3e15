"""One price schedule: what each product costs, what is left of it, and how months are charged."""

from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.schedules import PriceRow
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.prices.columns import PART_NUMBER, cost_columns, line_columns
from cpdesk.ui.pages.prices.price_lines import ProductLine, ScheduleFacts, read_schedule
from cpdesk.ui.pages.prices.price_list import PriceList
from cpdesk.ui.pages.prices.proration_card import ProrationCard
from cpdesk.ui.pages.prices.words import schedule_text
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import read_only_reason
from cpdesk.ui.widgets.buttons import link, primary
from cpdesk.ui.widgets.layout import text_of, vbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.tabs import Tabs

PRICES, COSTS, PRORATION = "prices", "costs", "proration"

_TABS = {
    PRICES: lambda: _("Prices"),
    COSTS: lambda: _("Costs and margins"),
    PRORATION: lambda: _("Proration"),
}


class SchedulePage(Page):
    """`navigate("price_schedule", schedule=ID, tab="costs")`; without an ID it is the default schedule.

    `show="lacking"` narrows the prices to the products without one.
    """

    topics = frozenset({"prices", "products", "accounts"})

    def _build(self) -> None:
        self._facts: ScheduleFacts | None = None
        self._narrowed = ""
        self._may_change = self.context.by.role is Role.RESELLER
        self.leave = link()
        self.import_prices = primary()
        self._read_only, self.unpriced = Notice(Kind.INFO), Notice(Kind.INFO)
        self.tabs = Tabs()
        makers = {PRICES: self._make_prices, COSTS: self._make_costs, PRORATION: self._make_proration}
        for key, make in makers.items():
            self.tabs.add_later(key, text_of(_TABS[key]), make)
        self.header.add_action(self.leave)
        self.header.add_action(self.import_prices)
        self.body.addWidget(self._read_only)
        self.body.addWidget(self.unpriced)
        self.body.addWidget(self.tabs, 1)
        self.import_prices.setVisible(self._may_change)
        self._read_only.setVisible(not self._may_change)
        self.unpriced.hide()

    @cached_property
    def prices(self) -> PriceList:
        """The tab that one begins with."""
        made = self._wired(PriceList(self.context, line_columns(), "prices"))
        made.hide_at_first(PART_NUMBER)
        return made

    @cached_property
    def costs(self) -> PriceList:
        """Made when it is first opened, as the next one."""
        return self._wired(PriceList(self.context, cost_columns(), "price_costs"))

    @cached_property
    def proration(self) -> ProrationCard:
        """How months are charged."""
        made = ProrationCard()
        made.change_asked.connect(self._on_proration)
        return made

    def _make_prices(self) -> PriceList:
        self._show_list(self.prices)
        return self.prices

    def _make_costs(self) -> PriceList:
        self._show_list(self.costs)
        return self.costs

    def _make_proration(self) -> QWidget:
        self._show_proration()
        place = QWidget()
        place.setLayout(vbox(self.proration, None))
        return place

    def _wired(self, made: PriceList) -> PriceList:
        made.change_asked.connect(self._on_change)
        made.history_asked.connect(self._on_history)
        made.remove_asked.connect(self._on_remove)
        return made

    def _wire(self) -> None:
        self.leave.clicked.connect(self._on_leave)
        self.import_prices.clicked.connect(self._on_import)

    def open(self, params: dict[str, object]) -> None:
        if params.get("schedule") != self.params.get("schedule"):
            self._facts = None
        super().open(params)
        self.tabs.select(str(params.get("tab", PRICES)))
        self._narrowed = str(params.get("show", ""))
        self._show()

    def retranslate(self) -> None:
        self.leave.setText(_("All price schedules"))
        self.import_prices.setText(_("Import Prices"))
        self._read_only.set_text(read_only_reason(self.context.by))
        self.unpriced.set_text(
            _("No product has a price here yet. Import the partner price list, or set prices one by one.")
        )
        for key, title in _TABS.items():
            self.tabs.set_title(key, text_of(title))
        self._show()

    def first_focus(self) -> QWidget | None:
        return self.tabs.bar

    def refresh(self) -> None:
        schedule = self.params.get("schedule")
        wanted = schedule if isinstance(schedule, int) else None
        self.load(partial(read_schedule, self.context.services, self.context.by, wanted), self._on_read)

    def _on_read(self, facts: ScheduleFacts) -> None:
        self._facts = facts
        self._show()

    def _show(self) -> None:
        """Show what was read, in the tabs that were opened yet."""
        facts = self._facts
        if facts is None:
            self.set_title(_("Price schedule"))
            return
        self.set_title(facts.schedule.name, schedule_text(facts))
        self.unpriced.setVisible(self._may_change and not facts.priced)
        opened = vars(self)
        for key in (PRICES, COSTS):
            if key in opened:
                self._show_list(opened[key])
        if PRORATION in opened:
            self._show_proration()
        # Once only: later it is for the person to choose.
        if self._narrowed:
            self._show_list(self.prices)
            self.prices.narrow(self._narrowed)
            self._narrowed = ""

    def _show_list(self, shown: PriceList) -> None:
        if self._facts is not None:
            shown.show_facts(self._facts)
        else:
            shown.retranslate()

    def _show_proration(self) -> None:
        if self._facts is not None:
            self.proration.show_schedule(self._facts.schedule, may_change=self._may_change)

    def _on_leave(self) -> None:
        self.context.navigate("prices")

    def _on_import(self) -> None:
        if self._facts is not None:
            self.context.navigate("import_prices", schedule=self._facts.schedule.id)

    def _on_change(self, line: ProductLine) -> None:
        from cpdesk.ui.pages.prices.price_dialog import SetPriceDialog

        assert self._facts is not None
        dialog = SetPriceDialog(self, self.context, self._facts.schedule, line)
        dialog.succeeded.connect(self._on_price_set)
        dialog.open()

    def _on_history(self, line: ProductLine) -> None:
        from cpdesk.ui.pages.prices.history_dialog import PriceHistoryDialog

        assert self._facts is not None
        PriceHistoryDialog(self, self.context, self._facts.schedule, line).open()

    def _on_remove(self, line: ProductLine) -> None:
        from cpdesk.ui.pages.prices.remove_price import RemovePriceDialog

        assert self._facts is not None
        assert line.next is not None
        dialog = RemovePriceDialog(self, self.context, self._facts.schedule, line.next, line.now)
        dialog.succeeded.connect(partial(self._on_price_removed, line.next))
        dialog.open()

    def _on_proration(self) -> None:
        from cpdesk.ui.pages.prices.proration_dialog import ProrationDialog

        assert self._facts is not None
        dialog = ProrationDialog(self, self.context, self._facts.schedule)
        dialog.succeeded.connect(self._on_proration_changed)
        dialog.open()

    def _on_price_set(self, row: PriceRow) -> None:
        text = _("{product} has its price from {date} on.")
        self._tell(text.format(product=row.product, date=format_date(row.effective_on)))

    def _on_price_removed(self, row: PriceRow, _nothing: object) -> None:
        self._tell(_("The price of {product} that waited is removed.").format(product=row.product))

    def _on_proration_changed(self) -> None:
        self._tell(_("The proration is changed from the chosen date on."))

    def _tell(self, text: str) -> None:
        self.context.notices.clear()
        self.context.notices.success(text)

"""The mode advisor of one account."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.advice import Advice
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.advisor.comparison import Comparison
from cpdesk.ui.pages.advisor.facts import AdvisorFacts, read_facts
from cpdesk.ui.pages.advisor.recommendation import RecommendationCard
from cpdesk.ui.pages.advisor.view import AdvisorView, advisor_view
from cpdesk.ui.parts.months_choice import MonthsChoice
from cpdesk.ui.parts.unpriced import open_prices
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.widgets.notice import Notice


class AdvisorPage(Page):
    """What is recommended and why; what the months cost in either mode; the products behind it.

    `navigate("advisor", account=ID, months=6)` looks at so many of the last complete months.
    """

    topics = frozenset({"accounts", "seats", "modes", "prices"})

    def _build(self) -> None:
        self._facts: AdvisorFacts | None = None
        self._way = ""
        self.months = MonthsChoice(self.context.settings, "advisor")
        self.header.add_action(self.months)
        self.recommendation = RecommendationCard()
        self._pending, self._tenant = Notice(Kind.PENDING), Notice(Kind.INFO)
        for part in (self.recommendation, self._pending, self._tenant):
            self.body.addWidget(part)
        self._comparison: Comparison | None = None
        """Made when there are complete months to show."""
        self.body.addStretch(1)

    def _wire(self) -> None:
        self.months.activated.connect(self.refresh)
        self.recommendation.explanation_asked.connect(self._on_explain)
        self.recommendation.went_on.connect(self._on_went_on)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        months = params.get("months")
        if isinstance(months, int):
            self.months.set_months(months)

    def retranslate(self) -> None:
        self.set_title(_("Mode advisor"))
        self.months.retranslate()
        self._show()

    def first_focus(self) -> QWidget | None:
        return self.recommendation.explain if self._facts is not None else None

    def refresh(self) -> None:
        context, months = self.context, self.months.months
        self.load(partial(read_facts, context.services, context.by, self.account_id, months), self._on_read)

    def _on_read(self, facts: AdvisorFacts) -> None:
        self._facts = facts
        self.set_account(badge(facts.account))
        self._show()

    def _show(self) -> None:
        if self._facts is None:
            return
        view = advisor_view(self._facts, self.context.by)
        self.set_title(_("Mode advisor"), view.subtitle)
        self._way = view.way.to if view.way else ""
        self.recommendation.show_view(view)
        for notice, text in ((self._pending, view.pending), (self._tenant, view.tenant)):
            notice.set_text(text)
            notice.setVisible(bool(text))
        self._pending.set_actions((Action(_("Open Tools"), self._on_tools),))
        self._compare(view, self._facts.advice)

    def _compare(self, view: AdvisorView, advice: Advice) -> None:
        if self._comparison is None and view.figures:
            self._comparison = Comparison(self.context.settings, advice.currency)
            self.body.insertWidget(self.body.count() - 1, self._comparison)
        if self._comparison is not None:
            self._comparison.setVisible(bool(view.figures))
            if view.figures:
                self._comparison.show_view(view, advice.products)

    def _on_explain(self) -> None:
        from cpdesk.ui.pages.advisor.explanation_dialog import ExplanationDialog

        if self._facts is not None:
            ExplanationDialog(self, self._facts.account, self._facts.advice).open()

    def _on_went_on(self) -> None:
        if self._way == "services":
            self._on_tools()
        elif self._way == "prices" and self._facts is not None:
            open_prices(self, self.context, self._facts.account)
        else:
            self.context.navigate(self._way)

    def _on_tools(self) -> None:
        self.context.navigate("services", account=self.account_id, tab="tools")

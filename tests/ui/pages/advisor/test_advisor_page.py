"""The mode advisor of one account."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.advice import Advice
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.charts import ChartCard
from cpdesk.ui.gallery import advice_samples as samples
from cpdesk.ui.gallery.samples import ACCOUNTS, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.advisor.explanation_dialog import ExplanationDialog
from cpdesk.ui.pages.advisor.page import AdvisorPage
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.card import KeyFigure
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label

OpenPage = Callable[..., Window]
Navigations = Callable[[Page | None], list[tuple[str, dict[str, object]]]]


@pytest.fixture
def open_advisor(open_page: OpenPage) -> Callable[..., Window]:
    def opened(
        shown: Advice | Exception, account: AccountRow = ACCOUNTS[0], services: Any = None, **params: Any
    ) -> Window:
        bundle = services or samples.advisor_services(shown, account)
        return open_page("advisor", bundle, account=account.id, **params)

    return opened


def page(window: Window) -> AdvisorPage:
    assert isinstance(window.page, AdvisorPage)
    return window.page


def said(root: QWidget) -> str:
    labels = (label for label in root.findChildren(Label) if label.isVisibleTo(root))
    return "\n".join(label.accessibleName() or label.text() for label in labels)


def explained(window: Window) -> ExplanationDialog:
    page(window).recommendation.explain.click()
    return window.findChildren(ExplanationDialog)[-1]


def test_every_widget_has_a_name(
    open_advisor: Callable[..., Window], assert_accessible: Callable[[QWidget], None]
) -> None:
    window = open_advisor(samples.PENDING, CONTOSO)
    assert_accessible(window)
    assert_accessible(explained(window))


def test_it_says_what_is_recommended_and_why(open_advisor: Callable[..., Window]) -> None:
    text = said(page(open_advisor(samples.advice())))
    assert "Purchase Mode saves about $161.67 a month" in text
    assert "Charged in 12 months\n$22,706.00" in text


def test_the_costs_can_be_had_as_a_table(open_advisor: Callable[..., Window]) -> None:
    card = page(open_advisor(samples.advice())).findChild(ChartCard)
    assert isinstance(card, ChartCard)
    card.as_table.click()
    assert card.table.rows.total == 12


def test_another_number_of_months_is_asked_for_and_remembered(open_advisor: Callable[..., Window]) -> None:
    services = samples.advisor_services(samples.advice())
    window = open_advisor(samples.EITHER, services=services)
    months = page(window).months
    months.set_months(1)
    months.activated.emit(0)
    asked = [named["months"] for name, _args, named in services.advisor.calls if name == "advise"]
    assert asked == [12, 1]
    assert page(window).context.settings.value("months/advisor") == 1


def test_it_can_be_opened_with_a_number_of_months(open_advisor: Callable[..., Window]) -> None:
    services = samples.advisor_services(samples.advice())
    open_advisor(samples.EITHER, services=services, months=6)
    assert services.advisor.calls[0][2] == {"months": 6}


def test_the_way_on_leads_to_tools_and_changes_nothing(
    open_advisor: Callable[..., Window], navigations: Navigations
) -> None:
    window = open_advisor(samples.advice())
    gone = navigations(window.page)
    page(window).recommendation.way.click()
    assert gone == [("services", {"account": ACCOUNTS[0].id, "tab": "tools"})]


def test_missing_prices_lead_to_the_schedules(open_advisor: Callable[..., Window], navigations: Navigations) -> None:
    window = open_advisor(samples.MISSING_PRICES)
    gone = navigations(window.page)
    page(window).recommendation.way.click()
    assert gone == [("price_schedule", {"schedule": 1, "show": "lacking"})]


def test_a_history_that_is_too_short_shows_no_figures(open_advisor: Callable[..., Window]) -> None:
    shown = page(open_advisor(samples.TOO_SHORT))
    assert shown.findChildren(KeyFigure) == []
    assert "there is one from December 1, 2026 on" in said(shown)


def test_figures_go_when_another_period_has_none(open_advisor: Callable[..., Window]) -> None:
    answers = iter([samples.advice(), samples.TOO_SHORT])
    services = samples.advisor_services(advise=lambda *_args, **_named: next(answers))
    shown = page(open_advisor(samples.EITHER, services=services))
    shown.refresh()
    assert not any(figure.isVisible() for figure in shown.findChildren(KeyFigure))


def test_a_failure_can_be_tried_again(open_advisor: Callable[..., Window]) -> None:
    answers: Any = iter([KnownError("database_locked", path="/data/cpdesk.db"), samples.advice()])

    def advise(*_args: Any, **_named: Any) -> Advice:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Advice)
        return answer

    window = open_advisor(samples.EITHER, services=samples.advisor_services(advise=advise))
    trouble = page(window).findChild(EmptyState)
    assert isinstance(trouble, EmptyState)
    trouble.button.click()
    assert "$161.67" in said(page(window))


def test_the_whole_computation_can_be_copied(open_advisor: Callable[..., Window]) -> None:
    dialog = explained(open_advisor(samples.advice()))
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "($22,706.00 \u2212 $20,766.00) ÷ 12 months = $161.67" in copied
    assert "Microsoft 365 Business Premium\t66\t60.92\t$1,452.00\t$1,270.50" in copied
    assert "Adatum Insurance · adatum.example" in copied


def test_the_assumptions_are_told(open_advisor: Callable[..., Window]) -> None:
    assert "for each product the smallest pool that would have sufficed" in said(explained(open_advisor(samples.KEPT)))


def test_everybody_sees_it_inside_an_account() -> None:
    spec = all_pages().get("advisor")
    assert spec is not None
    assert all(spec.admits(role) for role in Role)
    assert spec.parent == "account_reports"


def test_an_account_that_is_gone_is_told(open_advisor: Callable[..., Window]) -> None:
    window = open_advisor(UserError("unknown_account", text="7"))
    assert isinstance(page(window).findChild(EmptyState), EmptyState)


def test_who_looks_makes_no_difference_to_the_figures(open_page: OpenPage) -> None:
    shown = [
        said(
            page(open_page("advisor", samples.advisor_services(samples.PENDING, CONTOSO), session, account=CONTOSO.id))
        )
        for session in (RESELLER, CUSTOMER)
    ]
    assert shown[0] == shown[1]

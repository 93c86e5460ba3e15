"""From the ledger to an issued statement in the window, on the real services and a real database."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.domain.own_company import OwnCompany
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.services.page import ServicesPage
from cpdesk.ui.pages.statements.explain_dialog import ExplainDialog
from cpdesk.ui.pages.statements.issue_dialog import CorrectStatementDialog, IssueStatementDialog
from cpdesk.ui.pages.statements.page import StatementPage
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme
from tests.support.world import World
from tests.ui.pages.conftest import Show


@pytest.fixture
def contoso(world: World) -> int:
    """An account with a pool of five seats since November 10; it is December 3 now."""
    account = world.pool("Contoso", "ada@contoso.example")
    world.services.issuing.save_own_company(world.by, OwnCompany("Northwind Cloud", tax_rate=Decimal(10)))
    world.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    return account


@pytest.fixture
def window(world: World, contoso: int, theme: Theme, show: Show) -> Window:
    stage = Stage(theme, clock=world.clock)
    made = stage.window(
        all_pages(), "services", services=world.services, session=world.by, account=contoso, tab="billing"
    )
    return show(made)


def test_from_the_billing_tab_to_a_corrected_statement(
    window: Window, world: World, contoso: int, qtbot: QtBot
) -> None:
    assert isinstance(window.page, ServicesPage)
    billing = window.page.billing
    assert billing.table.rows.rowCount() == 2
    november = billing.table.rows.row(1)
    billing.table.row_activated.emit(november)
    page = window.page
    assert isinstance(page, StatementPage)
    shown = world.services.statements.show(world.by, contoso, november.month)
    assert [row.line.amount for row in page.lines.table.rows._shown] == [line.amount for line in shown.lines]

    page.explain(page.lines.table.rows.row(0))
    (dialog,) = window.findChildren(ExplainDialog)
    assert dialog.formula.text().startswith("5 seats \u00d7 $")
    assert dialog.entries.rows.rowCount() == 1
    dialog.close_it.click()

    page.issue.click()
    (issuing,) = window.findChildren(IssueStatementDialog)
    issuing.issue.click()
    qtbot.waitUntil(lambda: page.figures[2].accessibleName() == "Issued as: 2026-000001")
    page.corrections.correct.click()
    (correcting,) = window.findChildren(CorrectStatementDialog)
    correcting.form.set_values({"kind": "credit", "text": "Goodwill", "amount": "1.50", "reason": "INC-1"})
    correcting.correct.click()
    balance = world.services.issuing.issued(world.by, contoso, november.month)
    assert balance is not None
    qtbot.waitUntil(lambda: str(balance.balance) in page.figures[0].accessibleName())

    page.all_months.click()
    assert isinstance(window.page, ServicesPage)
    listed = window.page.billing.table.rows
    qtbot.waitUntil(lambda: listed.row(1).number == "2026-000001")

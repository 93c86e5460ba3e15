"""An account's whole life in the window, on the real services and a real database."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cpdesk.domain import topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.ui.gallery.scenes_create_account import wizard_of
from cpdesk.ui.pages.company.close_account import CloseAccountDialog
from cpdesk.ui.pages.company.company_form import CompanyForm
from cpdesk.ui.pages.company.status_dialogs import ReopenAccountDialog
from cpdesk.ui.pages.customers.import_accounts import ImportAccountsPage
from cpdesk.ui.pages.customers.service_step import ServiceStep
from cpdesk.ui.pages.services.confirm_mode_switch import ConfirmModeSwitchDialog
from cpdesk.ui.pages.services.page import ServicesPage
from cpdesk.ui.parts.keep_purchase_mode import KeepPurchaseModeDialog
from cpdesk.ui.widgets.forms import Form
from tests.support.world import E3, PREMIUM, World
from tests.ui.pages.customers.conftest import Open, dialog, press, subtitle


def test_a_customer_who_brings_a_pool(open_window: Open, world: World) -> None:
    window = open_window("create_account")
    window.findChildren(Form)[0].set_values(
        {"name": "Contoso", "domain": "contoso.example", "aliases": "contoso-rail.example"}
    )
    service = window.findChild(ServiceStep)
    assert isinstance(service, ServiceStep)
    service.in_purchase.setChecked(True)
    guid = next(guid for guid, name in service.product_names.items() if name == "Microsoft 365 Business Premium")
    service.pool.set_values([{"product": guid, "seats": 60, "since": date(2025, 9, 1)}])
    for _step in range(5):
        wizard_of(window).next_button.click()
    account = world.services.accounts.find(world.by, "contoso-rail.example")
    assert (account.name, account.mode, account.seats) == ("Contoso", Mode.PURCHASE, 60)
    press(window, "Open the account")
    assert window.place is not None
    assert (window.place.key, window.place.account) == ("my_services", account.id)


def test_a_name_that_is_taken_leads_back_to_its_field(open_window: Open, world: World) -> None:
    world.account("Contoso")
    domain = world.services.accounts.rows(world.by)[0].domain
    window = open_window("create_account")
    form = window.findChildren(Form)[0]
    form.set_values({"name": "Another", "domain": domain})
    for _step in range(5):
        wizard_of(window).next_button.click()
    assert wizard_of(window).current == "company"
    assert domain in form.error("domain")


def test_a_company_is_edited(open_window: Open, world: World) -> None:
    account = world.account("Contoso")
    window = open_window("edit_company", account=account)
    form = next(one for one in window.findChildren(CompanyForm) if one.isVisible())
    form.findChildren(Form)[0].set_values({"name": "Contoso Sea"})
    form.contacts.set_values([{"name": "Sam Okafor", "email": "sam@contoso.example"}])
    press(window, "Save changes")
    company = world.services.accounts.company(world.by, account)
    assert company.account.name == "Contoso Sea"
    assert [contact.name for contact in company.contacts] == ["Sam Okafor"]


def test_an_account_is_closed_and_opened_again(open_window: Open, world: World, qtbot: QtBot) -> None:
    account = world.pool("Contoso", "ada@contoso.example", seats=5)
    window = open_window("edit_company", account=account)
    press(window, "Close the account")
    closing = dialog(window, CloseAccountDialog, qtbot)
    world.buy(account, 2)
    closing.form.set_values({"domain": world.show(account).domain})
    closing.close_it.click()
    assert "5 → 7" in closing.differences.text
    closing.form.set_values({"domain": world.show(account).domain})
    closing.close_it.click()
    assert (world.show(account).status, world.show(account).seats) == (Status.CLOSED, 0)
    press(window, "Reopen the account")
    reopening = dialog(window, ReopenAccountDialog, qtbot)
    reopening.reopen.click()
    assert world.show(account).status is Status.ACTIVE


def test_money_stands_where_decisions_are_made(open_window: Open, world: World, qtbot: QtBot) -> None:
    account = world.pool("Contoso", "ada@contoso.example", seats=3)
    world.assign(account, "ada@contoso.example")
    window = open_window("customers")
    assert subtitle(window).endswith(" · 3 seats · $69.30 a month")
    window.navigate("services", account=account, tab="tools")
    page = window.page
    assert isinstance(page, ServicesPage)
    assert page.subscriptions.totals.text() == "Total: 3 seats, 1 assigned, 2 available · $69.30 a month"
    page.tools.mode_card.edit.click()
    confirming = dialog(window, ConfirmModeSwitchDialog, qtbot)
    shown = confirming.shown
    assert shown
    assert ("Of that, for seats that nobody holds", "$32.34") in [(row.text, row.figure) for row in shown.rows]
    confirming.yes.click()
    figures = [card.accessibleName() for card in page.tools.figures]
    assert figures[1:] == ["Cost per month now: $69.30", "From December 1, 2026 in Usage Mode: $26.40"]
    window = open_window("pending_changes")
    assert subtitle(window).endswith("2 seats will be released · idle seats cost $46.20 a month")
    press(window, "Keep Purchase Mode")
    keeping = dialog(window, KeepPurchaseModeDialog, qtbot)
    told = [label.text() for label in keeping.findChildren(QLabel)]
    assert any(text.endswith("also those that nobody holds: 2 seats ($46.20 a month).") for text in told)


def test_a_price_that_begins_changes_what_the_list_says(open_window: Open, world: World) -> None:
    world.pool("Contoso", seats=3)
    window = open_window("customers")
    schedule = world.services.prices.schedules(world.by)[0].id
    (premium,) = {
        row.product_id for row in world.services.prices.rows(world.by, schedule) if row.part_number == PREMIUM
    }
    day = date(2026, 11, 10)
    world.services.prices.set_price(world.by, schedule, premium, day, Decimal("30.00"), Decimal("25.00"))
    assert window.page
    assert window.page.topics & topics.PRICES
    window.page.refresh()
    assert subtitle(window).endswith(" · $75.00 a month")


def test_a_pending_change_is_withdrawn_from_the_queue(open_window: Open, world: World, qtbot: QtBot) -> None:
    account = world.pool("Contoso", seats=5)
    world.buy(account, 3, E3)
    world.request_usage(account)
    window = open_window("pending_changes")
    assert world.counts(account, PREMIUM).seats == 5
    press(window, "Keep Purchase Mode")
    keeping = dialog(window, KeepPurchaseModeDialog, qtbot)
    keeping.keep.click()
    assert world.show(account).pending is None
    assert world.services.planning.time_line(world.by).switches == ()


def test_accounts_come_in_from_the_file_that_the_page_itself_offers(
    open_window: Open, world: World, tmp_path: Path
) -> None:
    window = open_window("import_accounts")
    page = window.page
    assert isinstance(page, ImportAccountsPage)
    file = tmp_path / "accounts.csv"
    page.save_template(str(file))
    page.file.drop.take(file)
    page.wizard.next_button.click()
    rows = {row.domain: row for row in world.services.accounts.rows(world.by)}
    assert rows["contoso-freight.example"].mode is Mode.USAGE
    assert (rows["tailspin.example"].mode, rows["tailspin.example"].currency) == (Mode.PURCHASE, "EUR")
    assert page.wizard.current == "import"


def test_a_customer_administrator_edits_the_own_company(open_window: Open, world: World) -> None:
    account = world.account("Contoso")
    by = world.operator(Role.CUSTOMER, account)
    window = open_window("edit_company", account=account)
    window.sign_in(by)
    window.navigate("edit_company", account=account)
    form = next(one for one in window.findChildren(CompanyForm) if one.isVisible())
    form.findChildren(Form)[0].set_values({"name": "Contoso Sea"})
    press(window, "Save changes")
    assert world.show(account).name == "Contoso Sea"

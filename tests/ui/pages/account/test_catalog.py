"""The Catalog: since when a service is active, and activating it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.accounts import Status
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.accounts import Accounts
from cpdesk.services.products import Products, ServiceOffer
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, RESELLER, account
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.account.activate_service import ActivateServiceDialog
from cpdesk.ui.pages.account.catalog import CatalogPage
from cpdesk.ui.shell.window import Window
from tests.ui.pages.conftest import Navigations

OpenPage = Callable[..., Window]
FRESH = account("Relecloud", "relecloud.example", active=False)
EARLY_IN_LONDON = datetime(2025, 11, 1, 2, 30, tzinfo=UTC)
"""Still the last of October in New York."""


class Relecloud:
    """An account whose service can be activated, and the services that do it."""

    def __init__(self, shown: AccountRow = FRESH) -> None:
        self.account = shown
        self.accounts = StandIn(Accounts, activate=self._activate, edit=self._edit)
        self.services = services(products=StandIn(Products, offer=self._offer), accounts=self.accounts)

    def _offer(self, _by: Session, _account: int) -> ServiceOffer:
        return ServiceOffer(self.account, EARLY_IN_LONDON if self.account.service_active else None)

    def _activate(self, _by: Session, _account: int) -> Done[AccountRow]:
        self.account = replace(self.account, service_active=True)
        return Done(self.account, topics.ACCOUNTS)

    def _edit(self, _by: Session, _account: int, *, domain: str) -> Done[Any]:
        self.account = replace(self.account, domain=domain)
        return Done(None, topics.ACCOUNTS)


@pytest.fixture
def relecloud() -> Relecloud:
    return Relecloud()


@pytest.fixture
def window(open_page: OpenPage, relecloud: Relecloud) -> Window:
    return open_page("catalog", relecloud.services, account=FRESH.id)


def button_of(window: Window) -> QPushButton:
    assert isinstance(window.page, CatalogPage)
    return window.page.band.button


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def dialog_of(window: Window) -> ActivateServiceDialog:
    button_of(window).click()
    found = window.findChild(ActivateServiceDialog)
    assert isinstance(found, ActivateServiceDialog)
    return found


def test_every_widget_has_a_name(window: Window, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(window)
    assert_accessible(dialog_of(window))


def test_only_what_works_is_offered(window: Window) -> None:
    assert "Microsoft Office 365" in texts(window)
    assert button_of(window).text() == "Activate"
    assert button_of(window).accessibleName() == "Activate: Microsoft Office 365"
    assert button_of(window).hasFocus()


def test_an_active_service_says_since_when_in_the_accounts_time(open_page: OpenPage, navigations: Navigations) -> None:
    window = open_page("catalog", Relecloud(CONTOSO).services, account=CONTOSO.id)
    assert "Active since October 31, 2025" in texts(window)
    gone = navigations(window.page)
    button_of(window).click()
    assert gone == [("services", {"account": CONTOSO.id})]


def test_a_new_tenant_is_activated_under_its_domain(window: Window, relecloud: Relecloud) -> None:
    dialog = dialog_of(window)
    assert (dialog.windowTitle(), dialog.form.values()) == ("Let's do this", {"domain": "relecloud.example"})
    dialog.go.click()
    assert relecloud.accounts.called("activate") == [(FRESH.id,)]
    assert relecloud.accounts.called("edit") == []
    assert window.notices.texts() == ["Microsoft Office 365 is active for Relecloud."]
    assert button_of(window).text() == "Open the service"


def test_the_tenant_can_get_another_domain(window: Window, relecloud: Relecloud) -> None:
    dialog = dialog_of(window)
    dialog.form.set_values({"domain": "cloud.example"})
    dialog.go.click()
    assert (relecloud.account.domain, relecloud.account.service_active) == ("cloud.example", True)


def test_a_refused_domain_is_said_at_its_field_and_activates_nothing(window: Window, relecloud: Relecloud) -> None:
    relecloud.accounts.answers["edit"] = UserError("domain_taken", domain="cloud.example")
    dialog = dialog_of(window)
    dialog.form.set_values({"domain": "cloud.example"})
    dialog.go.click()
    assert dialog.form.error("domain") == "Another account has the domain cloud.example already."
    assert relecloud.accounts.called("activate") == []


def test_another_refusal_is_said_in_the_dialog(window: Window, relecloud: Relecloud) -> None:
    relecloud.accounts.answers["activate"] = UserError("service_already_active", account="Relecloud")
    dialog = dialog_of(window)
    dialog.go.click()
    assert dialog.refusal.text == "Microsoft 365 is active for Relecloud already."


def test_an_existing_account_is_transitioned_by_the_wizard(
    window: Window, relecloud: Relecloud, navigations: Navigations
) -> None:
    gone = navigations(window.page)
    dialog = dialog_of(window)
    dialog.existing.click()
    assert dialog.go.text() == "Choose the file"
    assert not dialog.form.isEnabled()
    dialog.go.click()
    assert gone == [("transition", {"account": FRESH.id})]
    assert relecloud.accounts.calls == []


def test_not_now_changes_nothing(window: Window, relecloud: Relecloud) -> None:
    QTest.keyClick(dialog_of(window), Qt.Key.Key_Escape)
    assert relecloud.accounts.calls == []


def test_enter_in_the_domain_activates(window: Window, relecloud: Relecloud) -> None:
    QTest.keyClick(dialog_of(window).form.editor("domain"), Qt.Key.Key_Return)
    assert relecloud.accounts.called("activate") == [(FRESH.id,)]


@pytest.mark.parametrize(("session", "may"), [(RESELLER, True), (CUSTOMER, False)])
def test_only_a_reseller_says_whose_domain_it_is(open_page: OpenPage, session: Session, *, may: bool) -> None:
    own = replace(FRESH, id=CUSTOMER.account_id or 0)
    window = open_page("catalog", Relecloud(own).services, session=session, account=own.id)
    assert dialog_of(window).form.editor("domain").isEnabled() is may


def test_an_auditor_reads_why_there_is_nothing_to_press(open_page: OpenPage, relecloud: Relecloud) -> None:
    window = open_page("catalog", relecloud.services, session=AUDITOR, account=FRESH.id)
    assert not button_of(window).isVisible()
    assert "You are signed in as an auditor, who reads everything and changes nothing." in texts(window)


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.CLOSED])
def test_nothing_is_activated_for_an_account_that_is_not_open(open_page: OpenPage, status: Status) -> None:
    window = open_page("catalog", Relecloud(replace(FRESH, status=status)).services, account=FRESH.id)
    assert not button_of(window).isVisible()
    assert f"Relecloud is {status}: nothing can be activated for it." in texts(window)


def test_what_changes_elsewhere_is_seen(window: Window, relecloud: Relecloud) -> None:
    relecloud.account = replace(FRESH, service_active=True)
    assert window.page is not None
    window.page.context.jobs.changed.emit(frozenset({"accounts"}), None)
    assert button_of(window).text() == "Open the service"

"""Inside an account: The Catalog, and activating what it offers."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Status
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.services.accounts import Accounts
from cpdesk.services.products import Products, ServiceOffer
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, LONG_NAMES, RESELLER, account
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.account.activate_service import ActivateServiceDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_FRESH = account("Relecloud", "relecloud.example", active=False)
_SINCE = datetime(2025, 10, 14, 9, 30, tzinfo=UTC)


def _catalog(stage: Stage, shown: AccountRow, session: Session = RESELLER) -> Window:
    offer = ServiceOffer(shown, _SINCE if shown.service_active else None)
    refused = UserError("domain_taken", domain="relecloud.example")
    bundle = services(
        products=StandIn(Products, offer=offer),
        accounts=StandIn(Accounts, show=shown, activate=refused, edit=refused),
    )
    return stage.window(all_pages(), "catalog", services=bundle, session=session, account=shown.id)


def _asking(stage: Stage, shown: AccountRow, session: Session = RESELLER) -> tuple[Window, ActivateServiceDialog]:
    window = _catalog(stage, shown, session)
    assert window.page is not None
    return window, ActivateServiceDialog(window, window.page.context, shown)


@scene("catalog_active", variants=_ALL)
def catalog_active(stage: Stage) -> QWidget:
    """Nothing left to activate."""
    return _catalog(stage, CONTOSO)


@scene("catalog_inactive", variants=_ALL)
def catalog_inactive(stage: Stage) -> QWidget:
    """A new account."""
    return _catalog(stage, _FRESH)


@scene("catalog_inactive_auditor")
def catalog_inactive_auditor(stage: Stage) -> QWidget:
    """Seen by who changes nothing."""
    return _catalog(stage, _FRESH, AUDITOR)


@scene("catalog_suspended")
def catalog_suspended(stage: Stage) -> QWidget:
    """Nothing can be added to the account."""
    return _catalog(stage, replace(_FRESH, status=Status.SUSPENDED))


@scene("catalog_customer")
def catalog_customer(stage: Stage) -> QWidget:
    """As the customer's own administrator."""
    return _catalog(stage, CONTOSO, CUSTOMER)


@scene("catalog_long_name")
def catalog_long_name(stage: Stage) -> QWidget:
    """A name that does not fit."""
    return _catalog(stage, LONG_NAMES[0])


@scene("catalog_error")
def catalog_error(stage: Stage) -> QWidget:
    """The account is gone."""
    gone = UserError("unknown_account", text="4711")
    bundle = services(products=StandIn(Products, offer=gone), accounts=StandIn(Accounts, show=gone))
    return stage.window(all_pages(), "catalog", services=bundle, session=RESELLER, account=4711)


@scene("activate_service", variants=_ALL)
def activate_service(stage: Stage) -> tuple[QWidget, QDialog]:
    """Let's do this: a new tenant."""
    return _asking(stage, _FRESH)


@scene("activate_service_transition", variants=_ALL)
def activate_service_transition(stage: Stage) -> tuple[QWidget, QDialog]:
    """Let's do this: a tenant that exists."""
    window, dialog = _asking(stage, _FRESH)
    dialog.existing.setChecked(True)
    return window, dialog


@scene("activate_service_refused")
def activate_service_refused(stage: Stage) -> tuple[QWidget, QDialog]:
    """The domain belongs to another account."""
    window, dialog = _asking(stage, _FRESH)
    dialog.go.click()
    return window, dialog


@scene("activate_service_customer")
def activate_service_customer(stage: Stage) -> tuple[QWidget, QDialog]:
    """As the customer's own administrator, who cannot change the domain."""
    own = replace(_FRESH, id=CUSTOMER.account_id or 0)
    return _asking(stage, own, CUSTOMER)

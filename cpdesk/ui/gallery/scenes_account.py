"""Inside an account: My Services."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, LONG_NAMES, RESELLER, account
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_FRESH = account("Relecloud", "relecloud.example", active=False)


def _services(stage: Stage, shown: AccountRow, session: Session = RESELLER) -> Window:
    bundle = services(accounts=StandIn(Accounts, show=shown))
    return stage.window(all_pages(), "my_services", services=bundle, session=session, account=shown.id)


@scene("my_services", variants=_ALL)
def my_services(stage: Stage) -> QWidget:
    """One active service."""
    return _services(stage, CONTOSO)


@scene("my_services_none", variants=_ALL)
def my_services_none(stage: Stage) -> QWidget:
    """A new account."""
    return _services(stage, _FRESH)


@scene("my_services_none_auditor")
def my_services_none_auditor(stage: Stage) -> QWidget:
    """A new account, seen by who changes nothing."""
    return _services(stage, _FRESH, AUDITOR)


@scene("my_services_long_name")
def my_services_long_name(stage: Stage) -> QWidget:
    """A name that does not fit."""
    return _services(stage, LONG_NAMES[0])


@scene("my_services_customer")
def my_services_customer(stage: Stage) -> QWidget:
    """As the customer's own administrator: no way to other accounts."""
    return _services(stage, CONTOSO, CUSTOMER)


@scene("my_services_error")
def my_services_error(stage: Stage) -> QWidget:
    """The account is gone."""
    bundle = services(accounts=StandIn(Accounts, show=UserError("unknown_account", text="4711")))
    return stage.window(all_pages(), "my_services", services=bundle, session=RESELLER, account=4711)

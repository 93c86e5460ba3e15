"""Create New Account, step by step."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.rows import Done
from cpdesk.services.accounts import Accounts
from cpdesk.services.defaults import Defaults
from cpdesk.services.licenses import Licenses
from cpdesk.services.preferences import Preferences
from cpdesk.services.statements import Statements
from cpdesk.ui.gallery.samples import RESELLER, account
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.service_samples import CATALOGUE, E3, PREMIUM, STORAGE
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.customers.service_step import ServiceStep
from cpdesk.ui.parts.lines_editor import LinesEditor
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.wizard import Wizard

_ALL = ("german", "large_text", "rtl")
_CREATED = account("Contoso Freight", "contoso-freight.example")
_COMPANY = {
    "name": "Contoso Freight",
    "domain": "contoso-freight.example",
    "aliases": "contoso-shipping.example\ncontoso-rail.example",
}
_CONTACTS = (
    {"name": "Morgan Ellis", "email": "morgan.ellis@contoso-freight.example", "phone": "+1 206 555 0113", "role": "IT"},
    {"name": "Sam Okafor", "email": "accounts@contoso-freight.example", "phone": "", "role": "Billing"},
)
_POOL = (
    {"product": PREMIUM.guid, "seats": 60, "since": date(2025, 9, 1)},
    {"product": E3.guid, "seats": 20, "since": date(2026, 2, 15)},
    {"product": STORAGE.guid, "seats": 2, "since": date(2026, 2, 15)},
)


def create_services(**answers: Any) -> Any:
    """What the page asks; `answers` are those of `Accounts`."""
    return services(
        accounts=StandIn(Accounts, **({"create": Done(_CREATED, topics.ACCOUNTS)} | answers)),
        preferences=StandIn(Preferences, defaults=Defaults("USD", "America/New_York", "US")),
        licenses=StandIn(Licenses, products=list(CATALOGUE)),
        statements=StandIn(Statements, costs={}),
    )


def create_window(stage: Stage, step: str = "company", *, pool: bool = False, **answers: Any) -> Window:
    """The page at a step, with everything before it filled in."""
    window = stage.window(all_pages(), "create_account", services=create_services(**answers), session=RESELLER)
    if step != "company":
        window.findChildren(Form)[0].set_values(_COMPANY)
        contacts = window.findChildren(LinesEditor)[0]
        contacts.set_values(_CONTACTS)
    if pool:
        service = window.findChild(ServiceStep)
        assert isinstance(service, ServiceStep)
        service.in_purchase.setChecked(True)
        service.pool.set_values(_POOL)
    wizard_of(window).go(step)
    return window


def wizard_of(window: QWidget) -> Wizard:
    """The wizard of the page."""
    found = window.findChild(Wizard)
    assert isinstance(found, Wizard)
    return found


@scene("create_account", variants=_ALL)
def create_account(stage: Stage) -> QWidget:
    """The company."""
    return create_window(stage)


@scene("create_account_wrong", variants=("german", "large_text"))
def create_account_wrong(stage: Stage) -> QWidget:
    """Domains that are none, and no name."""
    window = create_window(stage)
    window.findChildren(Form)[0].set_values({"name": "", "domain": "contoso", "aliases": "contoso-rail.example\nrail"})
    wizard_of(window).go_next()
    return window


@scene("create_account_location", variants=_ALL)
def create_account_location(stage: Stage) -> QWidget:
    """Where it is, with the defaults."""
    return create_window(stage, "place")


@scene("create_account_contacts", variants=_ALL)
def create_account_contacts(stage: Stage) -> QWidget:
    """Two people."""
    return create_window(stage, "contacts")


@scene("create_account_service", variants=("german",))
def create_account_service(stage: Stage) -> QWidget:
    """Activated, in Usage Mode."""
    return create_window(stage, "service")


@scene("create_account_pool", variants=_ALL)
def create_account_pool(stage: Stage) -> QWidget:
    """A customer who brings a pool."""
    return create_window(stage, "service", pool=True)


@scene("create_account_pool_wrong", variants=("german",))
def create_account_pool_wrong(stage: Stage) -> QWidget:
    """A product without seats, and a day that is still to come."""
    window = create_window(stage, "service", pool=True)
    service = window.findChild(ServiceStep)
    assert isinstance(service, ServiceStep)
    service.pool.set_values((*_POOL[:1], {"product": E3.guid, "since": date(2027, 1, 1)}))
    wizard_of(window).go_next()
    return window


@scene("create_account_review", variants=_ALL)
def create_account_review(stage: Stage) -> QWidget:
    """Everything, before it is created."""
    return create_window(stage, "review", pool=True)


@scene("create_account_refused", variants=("german",))
def create_account_refused(stage: Stage) -> QWidget:
    """The domain is another account's."""
    window = create_window(stage, "review", create=UserError("domain_taken", domain="contoso-freight.example"))
    wizard_of(window).go_next()
    return window


@scene("create_account_trouble")
def create_account_trouble(stage: Stage) -> QWidget:
    """The disk is full."""
    window = create_window(stage, "review", create=KnownError("disk_full", path="/home/dana/cpdesk.db"))
    wizard_of(window).go_next()
    return window


@scene("create_account_done", variants=_ALL)
def create_account_done(stage: Stage) -> QWidget:
    """What there is to do with the new account."""
    window = create_window(stage, "review")
    wizard_of(window).go_next()
    return window

"""The Microsoft 365 services page: seats, billing model, and the confirmation of a change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scene import OPERATOR, Stage, scene
from cpdesk.ui.gallery.service_samples import (
    BOUGHT,
    CAPACITY,
    IN_USE,
    MORGAN,
    Sample,
    completed,
    held,
    many_products,
    pending,
    product,
)
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.services.page import ServicesPage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")

USAGE = Sample(mode=Mode.USAGE, rows=IN_USE)
PURCHASE = Sample(completed=BOUGHT)
PENDING = replace(PURCHASE, is_pending=True)
_LATE = completed(Mode.USAGE, pending(7).due_at, timedelta(days=3, minutes=10))
_AFTER = datetime(2026, 12, 4, 14, 0, tzinfo=UTC)
_LONG_NAME = "The Honourable Company of Edinburgh Clockmakers, Watchmakers and Instrument Repairers (Holdings) Limited"
_LONG_PRODUCT = product(
    "Microsoft Dynamics 365 Customer Service Enterprise Device with Digital Messaging and Voice Add-in "
    "for Government Community Cloud (Qualified Offer, Faculty Pricing)",
    "DYN365_CS_ENTERPRISE_DEVICE_DIGITAL_MESSAGING_VOICE_GCC",
    42,
)
LONG = Sample(
    name=_LONG_NAME,
    domain=f"{'a-rather-long-label.' * 3}number-1.example",
    rows=(held(_LONG_PRODUCT, 1_234_567, 987_654), held(CAPACITY, 1000, 0)),
    is_pending=True,
    completed=BOUGHT,
)


def services_window(stage: Stage, sample: Sample, tab: str, session: Session = OPERATOR, **answers: Any) -> Window:
    """The page of a sample account; `answers` replace those of its services."""
    bundle = sample.services(**answers)
    return stage.window(all_pages(), "services", services=bundle, session=session, account=7, tab=tab)


def open_page(window: Window) -> ServicesPage:
    """The page that is open in the window."""
    assert isinstance(window.page, ServicesPage)
    return window.page


@scene("tools_usage", variants=_ALL)
def tools_usage(stage: Stage) -> QWidget:
    """The mode of every new account."""
    return services_window(stage, USAGE, "tools")


@scene("tools_purchase", variants=_ALL)
def tools_purchase(stage: Stage) -> QWidget:
    """A pool with idle seats."""
    return services_window(stage, PURCHASE, "tools")


@scene("tools_pending", variants=_ALL)
def tools_pending(stage: Stage) -> QWidget:
    """The sketch: a change to Usage Mode is queued; one blocked user holds a license."""
    return services_window(stage, replace(PENDING, blocked=(MORGAN,)), "tools")


@scene("tools_late", variants=("german",))
def tools_late(stage: Stage) -> QWidget:
    """Completed late."""
    stage.clock.set(_AFTER)
    return services_window(stage, replace(USAGE, completed=_LATE), "tools")


@scene("tools_overdue", variants=("german",))
def tools_overdue(stage: Stage) -> QWidget:
    """Due, but the database cannot be written."""
    stage.clock.set(_AFTER)
    return services_window(stage, PENDING, "tools")


@scene("tools_auditor")
def tools_auditor(stage: Stage) -> QWidget:
    """Who reads everything and changes nothing."""
    return services_window(stage, PENDING, "tools", AUDITOR)


@scene("tools_no_service", variants=("german",))
def tools_no_service(stage: Stage) -> QWidget:
    """Before Microsoft 365 is activated."""
    return services_window(stage, Sample(mode=Mode.USAGE, rows=(), active=False, users=0), "tools")


@scene("tools_empty")
def tools_empty(stage: Stage) -> QWidget:
    """An active service without a seat."""
    return services_window(stage, Sample(mode=Mode.USAGE, rows=(), users=0), "tools")


@scene("tools_many_products")
def tools_many_products(stage: Stage) -> QWidget:
    """Forty products, thousands of seats."""
    return services_window(stage, replace(PENDING, rows=many_products(40), users=5210), "tools")


@scene("tools_long_names", variants=("large_text", "rtl"))
def tools_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    return services_window(stage, LONG, "tools")


@scene("tools_error")
def tools_error(stage: Stage) -> QWidget:
    """The database cannot be read."""
    return services_window(stage, PURCHASE, "tools", show=KnownError("database_locked", path="cpdesk.sqlite3"))


@scene("subscriptions_usage", variants=_ALL)
def subscriptions_usage(stage: Stage) -> QWidget:
    """Nothing to add."""
    return services_window(stage, USAGE, "subscriptions")


@scene("subscriptions_purchase", variants=_ALL)
def subscriptions_purchase(stage: Stage) -> QWidget:
    """A pool, one product of it selected."""
    window = services_window(stage, PURCHASE, "subscriptions")
    open_page(window).subscriptions.table.select(1)
    return window


@scene("subscriptions_pending")
def subscriptions_pending(stage: Stage) -> QWidget:
    """Seats that are added now may be released soon."""
    return services_window(stage, PENDING, "subscriptions")


@scene("subscriptions_auditor")
def subscriptions_auditor(stage: Stage) -> QWidget:
    """Read only."""
    return services_window(stage, PURCHASE, "subscriptions", AUDITOR)


@scene("subscriptions_empty_usage")
def subscriptions_empty_usage(stage: Stage) -> QWidget:
    """No license is assigned yet."""
    return services_window(stage, Sample(mode=Mode.USAGE, rows=(), users=3), "subscriptions")


@scene("subscriptions_empty_purchase")
def subscriptions_empty_purchase(stage: Stage) -> QWidget:
    """A pool without seats."""
    return services_window(stage, Sample(rows=(), users=3), "subscriptions")


@scene("subscriptions_no_service")
def subscriptions_no_service(stage: Stage) -> QWidget:
    """Before Microsoft 365 is activated."""
    return services_window(stage, Sample(mode=Mode.USAGE, rows=(), active=False, users=0), "subscriptions")


@scene("subscriptions_many")
def subscriptions_many(stage: Stage) -> QWidget:
    """Forty products."""
    return services_window(stage, replace(PURCHASE, rows=many_products(40)), "subscriptions")


@scene("subscriptions_long_names", variants=("rtl",))
def subscriptions_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    return services_window(stage, LONG, "subscriptions")

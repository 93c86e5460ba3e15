"""The Users tab of the Microsoft 365 services page."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_users import PURCHASE, USAGE, users_window
from cpdesk.ui.gallery.service_samples import PREMIUM
from cpdesk.ui.gallery.user_samples import ALEX, MEGAN, MORGAN, People, many_people
from cpdesk.ui.pages.services.page import ServicesPage
from cpdesk.ui.pages.services.users_tab import UsersTab
from cpdesk.ui.shell.window import Window


def _tab(stage: Stage, people: People, session: Session = RESELLER, **params: Any) -> Window:
    return users_window(stage, people, "services", session, tab="users", **params)


def users_tab(window: Window) -> UsersTab:
    """The tab that is open in the window."""
    assert isinstance(window.page, ServicesPage)
    return window.page.users


@scene("services_users", variants=("german", "large_text", "rtl"))
def services_users(stage: Stage) -> QWidget:
    """Three of ten users are selected."""
    window = _tab(stage, PURCHASE)
    users_tab(window).users.table.select_all_of((ALEX.id, MEGAN.id, MORGAN.id))
    return window


@scene("services_users_by_product")
def services_users_by_product(stage: Stage) -> QWidget:
    """Who holds one product."""
    window = _tab(stage, USAGE)
    users_tab(window).users.narrowing.products.set_value(PREMIUM.part_number)
    return window


@scene("services_users_thousands")
def services_users_thousands(stage: Stage) -> QWidget:
    """A large enterprise."""
    return _tab(stage, replace(PURCHASE, users=many_people(5000)))


@scene("services_users_empty")
def services_users_empty(stage: Stage) -> QWidget:
    """Nobody yet."""
    return _tab(stage, replace(USAGE, users=(), rows=()))


@scene("services_users_auditor")
def services_users_auditor(stage: Stage) -> QWidget:
    """Read only."""
    return _tab(stage, PURCHASE, AUDITOR)

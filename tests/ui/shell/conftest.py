"""A window with stand-in pages."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.base.clock import MovableClock
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.jobs import InlineJobs
from cpdesk.ui.context import AccountBadge, MemorySettings
from cpdesk.ui.gallery.scene import NOW
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.registry import PageSpec, Registry
from cpdesk.ui.shell.window import Window, WindowParts
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets import buttons

RESELLER = Session(1, "dana@example.com", Role.RESELLER, None)
CUSTOMER = Session(2, "kim@example.com", Role.CUSTOMER, 7)
AUDITOR = Session(3, "lee@example.com", Role.AUDITOR, None)

NAMES = {7: "Contoso Freight", 8: "Adatum Insurance"}


class CountingPage(Page):
    """Counts how often it is asked to refresh and retranslate."""

    topics = frozenset({"accounts"})
    name = "Page"

    def _build(self) -> None:
        self.refreshed = 0
        self.translated = 0
        self.left_for: list[str] = []
        self.button = buttons.primary("Do it")
        self.header.add_action(self.button)

    def retranslate(self) -> None:
        self.translated += 1
        self.set_title(self.name)

    def refresh(self) -> None:
        self.refreshed += 1

    def leaving(self) -> None:
        """Which pages there are when it is left."""
        window = self.window()
        self.left_for = sorted(page.name for page in window.findChildren(CountingPage))


class CustomersPage(CountingPage):
    name = "Customer List"


class PricesPage(CountingPage):
    """Somebody has typed something into it."""

    topics = frozenset({"prices"})
    name = "Price Schedules"

    @property
    def holds_input(self) -> bool:
        return True


class AccountPage(CountingPage):
    name = "My Services"

    def refresh(self) -> None:
        super().refresh()
        self.set_account(AccountBadge(self.account_id, NAMES[self.account_id], "contoso.example", Mode.PURCHASE))


class HelpPage(CountingPage):
    name = "Help"


class SignInPage(CountingPage):
    name = "Sign in"


def a_registry() -> Registry:
    registry = Registry()
    registry.add(PageSpec("sign_in", "Sign in", SignInPage, public=True))
    registry.add(PageSpec("prices", "Price Schedules", PricesPage, "prices", position=2))
    registry.add(PageSpec("customers", "Customer List", CustomersPage, "customers", position=1))
    registry.add(PageSpec("operators", "Operators", CountingPage, roles=frozenset({Role.RESELLER}), position=3))
    registry.add(PageSpec("my_services", "My Services", AccountPage, needs_account=True, help="catalog"))
    registry.add(PageSpec("help", "Help", HelpPage, "help", everywhere=True, position=90))
    registry.add(PageSpec("tools", "Tools", AccountPage, needs_account=True, in_menu=False, parent="my_services"))
    registry.add(PageSpec("users", "User List", AccountPage, section="My Users", needs_account=True))
    return registry


def home(session: Session) -> tuple[str, dict[str, Any]]:
    if session.role is Role.CUSTOMER:
        return "my_services", {"account": session.account_id}
    return "customers", {}


@pytest.fixture
def make_window(qtbot: QtBot, theme: Theme, settings: MemorySettings) -> Callable[..., Window]:
    def make(session: Session | None = RESELLER, width: int = 1280, height: int = 800) -> Window:
        parts = WindowParts(
            registry=a_registry(),
            services=cast("Any", None),
            jobs=InlineJobs(),
            clock=MovableClock(NOW),
            home=home,
        )
        window = Window(settings, theme)
        window.furnish(parts)
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        if session is None:
            window.navigate("customers")
        else:
            window.sign_in(session)
        return window

    return make


@pytest.fixture
def window(make_window: Callable[..., Window]) -> Window:
    return make_window()

"""What a person can set about the program, and what it tells about itself."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the page of this area. Who has one account only comes to it by the menu of the operator."""
    registry.add(
        PageSpec(
            "settings",
            lambda: _("Settings"),
            _settings,
            icon="settings",
            roles=frozenset(Role),
            position=60,
            help="settings",
        )
    )


def _settings(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.settings.page import SettingsPage

    return SettingsPage(context)

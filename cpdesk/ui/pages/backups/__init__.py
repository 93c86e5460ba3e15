"""The backups of the database: to be made, seen, and restored."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the page of this area."""
    registry.add(PageSpec("backups", lambda: _("Backups"), _backups, icon="database", position=55, help="backups"))


def _backups(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.backups.page import BackupsPage

    return BackupsPage(context)

"""Help: what each page is for and how a task is done, one topic a page."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    registry.add(PageSpec("help", lambda: _("Help"), _help, icon="help", everywhere=True, position=90))


def _help(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.help.page import HelpPage

    return HelpPage(context)

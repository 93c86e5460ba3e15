"""What is there before anybody is signed in: set-up, unlocking, signing in, and trouble with the database."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page

SET_UP = "setup"
"""The topic of the change that makes a new database usable."""


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    registry.add(PageSpec("setup", lambda: _("Set Up"), _setup, public=True, in_menu=False, help="getting-started"))
    registry.add(PageSpec("sign_in", lambda: _("Log In"), _sign_in, public=True, in_menu=False, help="operators"))
    registry.add(PageSpec("unlock", lambda: _("Database"), _unlock, public=True, in_menu=False, help="encryption"))
    registry.add(PageSpec("preparing", lambda: _("Demo"), _preparing, public=True, in_menu=False, help="demo"))
    registry.add(
        PageSpec("trouble", lambda: _("Database"), _trouble, public=True, in_menu=False, help="damaged-database")
    )


def _setup(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.start.setup import SetupPage

    return SetupPage(context)


def _sign_in(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.start.sign_in import SignInPage

    return SignInPage(context)


def _unlock(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.start.unlock import UnlockPage

    return UnlockPage(context)


def _preparing(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.start.preparing import PreparingPage

    return PreparingPage(context)


def _trouble(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.start.trouble import DatabaseTroublePage

    return DatabaseTroublePage(context)

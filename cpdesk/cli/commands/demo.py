"""cpdesk demo"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _

if TYPE_CHECKING:
    from cpdesk.cli.parser import Group


def register(top: Group) -> None:
    more = _("Its database is thrown away when the window is closed. No other database has a clock that can be moved.")
    parser = top.command("demo", None, _("open the window on sample data, with a clock that can be moved"), more)
    parser.set_defaults(demo=True)

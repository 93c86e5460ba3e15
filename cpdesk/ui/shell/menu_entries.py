"""What the side menu shows, made of the registry."""

from typing import TYPE_CHECKING

from cpdesk.ui.shell.side_menu import MenuEntry
from cpdesk.ui.widgets.layout import text_of

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.ui.shell.registry import PageSpec, Registry


def menu_entries(registry: "Registry", session: "Session", *, in_account: bool, account_name: str) -> list[MenuEntry]:
    """The entries for an operator; inside an account the first group is named after it."""
    section = account_name if in_account else ""
    entries = []
    for spec in registry.menu(session, in_account=in_account):
        section = _section(spec, section)
        entries.append(MenuEntry(spec.key, text_of(spec.title), spec.icon, section))
    return entries


def _section(spec: "PageSpec", so_far: str) -> str:
    return so_far if spec.section is None else text_of(spec.section)

"""What F1 does: the help on what is open, as a page, or over a dialog."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.shell.navigation import Origin
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.dialog import ModalDialog

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page
    from cpdesk.ui.shell.registry import Registry
    from cpdesk.ui.shell.window import Window

HELP = "help"
"""The key of the page that F1 opens."""
ALONE = "alone"
"""The parameter that asks the help page for one topic without the list of topics."""


class HelpDialog(ModalDialog):
    """The help page over a dialog: to go to the page itself would lose what was typed."""

    def __init__(self, window: QWidget, page: "Page", topic: str) -> None:
        super().__init__(window, _("Help"), width=760)
        self.page = page
        page.title_changed.connect(self._on_title_changed)
        self.content.addWidget(page)
        self.set_safe(self.add_button(buttons.primary(_("Close the help"))))
        page.open({"topic": topic, ALONE: True})
        page.refresh()

    def ask_for_help(self) -> None:
        """It is open already."""

    def _on_title_changed(self, title: str) -> None:
        self.set_texts(title, _("Help"))


def open_help(
    window: "Window", registry: "Registry", context: "PageContext", topic: str = "", over: QDialog | None = None
) -> None:
    """Open the help on a topic ("": on the page that is open), or show it over a dialog."""
    spec, place, page = registry.get(HELP), window.place, window.page
    if spec is None or place is None or page is None:
        return
    here = registry.get(place.key)
    wanted = topic or page.help_topic or (here.help if here is not None else "")
    if over is not None:
        HelpDialog(window, spec.factory(context), wanted).open()
    elif place.key != HELP:
        window.navigate(HELP, topic=wanted, origin=Origin(place, page.title))

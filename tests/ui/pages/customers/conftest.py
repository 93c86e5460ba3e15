"""Databases for the tests of pages on real services, and what is looked up in a window."""

from PySide6.QtWidgets import QLabel

from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.page_header import PageHeader
from tests.support.fixtures import folder, template, world

__all__ = ["folder", "template", "world"]


def subtitle(window: Window) -> str:
    """What stands under the title of the page."""
    header = window.findChild(PageHeader)
    assert isinstance(header, PageHeader)
    return header.findChildren(QLabel)[1].text()

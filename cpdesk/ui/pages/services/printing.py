"""Printing a text."""

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from cpdesk.ui.parts.printing import ask_to_print


def print_html(parent: QWidget, html: str) -> str:
    """Open the system's print dialog for a text; why that is impossible, or ""."""
    document = QTextDocument()
    document.setHtml(html)
    return ask_to_print(parent, document.print_)

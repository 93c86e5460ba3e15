"""What other widgets stand on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget


def surface(name: str, parent: QWidget | None = None) -> QWidget:
    """A plain widget with the background of a token surface: window, menu, bar or clear."""
    made = QFrame(parent) if name in {"menu", "bar"} else QWidget(parent)
    made.setProperty("surface", name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made

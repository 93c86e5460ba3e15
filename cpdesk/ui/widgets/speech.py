"""What is said to people who listen to the window instead of looking at it."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say it without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    # What arrives in a locked window is not said either.
    if QAccessible.isActive() and widget.window().isVisible():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))

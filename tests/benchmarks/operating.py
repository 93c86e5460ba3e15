"""What an operator does in the window, done by hand of the benchmark."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QWidget

from tests.benchmarks.credentials import ADMIN, PASSWORD


def sign_in(window: QWidget) -> None:
    """Fill in the form that is shown, and press the button."""
    email, password = (field for field in window.findChildren(QLineEdit) if field.isVisible())
    email.setText(ADMIN)
    password.setText(PASSWORD)
    next(button for button in window.findChildren(QPushButton) if button.text() == "Log In").click()


def table(window: QWidget) -> QTableView | None:
    """The list that is shown."""
    return next((table for table in window.findChildren(QTableView) if table.isVisible()), None)


def rows_shown(window: QWidget) -> int:
    """How many rows the list has; 0 if there is no list."""
    shown = table(window)
    return shown.model().rowCount() if shown is not None else 0

"""A small program of the same widgets as the real one, on which the harness itself is tested."""

import json
import sys
import threading
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cpdesk.base.clock import Clock, SystemClock

ACCOUNTS = (("Contoso", "contoso.com", "Usage Mode"), ("Fabrikam", "fabrikam.com", "Purchase Mode"))
USER = "Ada"


class ConfirmDialog(QDialog):
    """Asks for a tick before it can be accepted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change billing mode")
        understand = QCheckBox("I understand")
        buttons = QDialogButtonBox()
        yes = buttons.addButton("Yes, Change", QDialogButtonBox.ButtonRole.AcceptRole)
        no = buttons.addButton("No, Keep Usage Mode", QDialogButtonBox.ButtonRole.RejectRole)
        yes.setEnabled(False)
        no.setDefault(True)
        understand.toggled.connect(yes.setEnabled)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(understand)
        layout.addWidget(buttons)


class AccountTable(QTableView):
    """Keeps the current row where the selection is.

    A screen reader selects a row without making it the current one, and Enter opens the current one.
    """

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        super().selectionChanged(selected, deselected)
        rows = self.selectionModel().selectedRows()
        if len(rows) == 1 and self.currentIndex().row() != rows[0].row():
            self.selectionModel().setCurrentIndex(rows[0], QItemSelectionModel.SelectionFlag.NoUpdate)


class SampleWindow(QMainWindow):
    """A menu button, a form, a table, tabs, and a line that says what happened last."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Sample")
        self.status = QLabel(f"Started on {SystemClock().now():%Y-%m-%d %H:%M}")
        layout = QVBoxLayout()
        layout.addWidget(self._menu_button())
        layout.addLayout(self._form())
        layout.addWidget(self._table())
        layout.addWidget(self._tabs())
        layout.addWidget(self.status)
        central = QWidget()
        central.setLayout(layout)
        self.setCentralWidget(central)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)

    def _menu_button(self) -> QPushButton:
        button = QPushButton("&Customer List")
        button.clicked.connect(partial(self.status.setText, "Customer List is open"))
        return button

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.addRow("E-mail", QLineEdit())
        zones = QComboBox()
        zones.addItems(["UTC", "Europe/Berlin"])
        form.addRow("Time zone", zones)
        return form

    def _table(self) -> QTableView:
        model = QStandardItemModel(0, 3)
        model.setHorizontalHeaderLabels(["Name", "Domain", "Mode"])
        for account in ACCOUNTS:
            model.appendRow([QStandardItem(text) for text in account])
        table = AccountTable()
        table.setAccessibleName("Customers")
        table.setModel(model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.activated.connect(self._on_activated)
        model.setParent(table)
        return table

    def _tabs(self) -> QTabWidget:
        tools = QWidget()
        layout = QVBoxLayout(tools)
        model = QLabel("Billing model: <b>Usage Mode</b>")
        model.setTextFormat(Qt.TextFormat.RichText)
        edit = QPushButton("Edit")
        edit.clicked.connect(self._on_edit)
        layout.addWidget(model)
        layout.addWidget(edit)
        tabs = QTabWidget()
        tabs.addTab(QLabel("Nothing yet"), "Subscriptions")
        tabs.addTab(tools, "Tools")
        tabs.addTab(self._users(), "Users")
        return tabs

    def _users(self) -> QTableWidget:
        users = QTableWidget(1, 1)
        users.setItem(0, 0, QTableWidgetItem(USER))
        return users

    def _on_activated(self, index: QModelIndex) -> None:
        self.status.setText(f"{ACCOUNTS[index.row()][0]} is open")

    def _on_edit(self) -> None:
        dialog = ConfirmDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_accepted)
        dialog.open()

    def _on_accepted(self) -> None:
        self.status.setText("Purchase Mode is active")


def _look_twice(clock: Clock) -> list[str]:
    """The time, and the time after a wait of a tenth of a second."""
    before = clock.now()
    threading.Event().wait(0.1)
    return [before.isoformat(), clock.now().isoformat()]


def main() -> int:
    """Show the window, or answer on the command line if there are arguments."""
    if len(sys.argv) > 1:
        print(json.dumps(_look_twice(SystemClock())))  # noqa: T201
        return 0
    application = QApplication(sys.argv)
    application.setStyle("Fusion")
    window = SampleWindow()
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())

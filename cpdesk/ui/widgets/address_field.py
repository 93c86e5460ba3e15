"""A user principal name: its two parts, with the domain offered."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, restyle


class AddressField(QWidget):
    """What stands before the @ is typed; the domain is chosen or typed. A whole address may be pasted."""

    changed = Signal()
    submitted = Signal()
    """Enter was pressed."""

    def __init__(self, domains: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.local = QLineEdit()
        self.domain = ComboBox()
        self.domain.setEditable(True)
        self.domain.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        row = hbox(self.local, Label("@", TextRole.SOFT), self.domain, space=spacing.S)
        row.setStretch(0, 2)
        row.setStretch(2, 3)
        self.setLayout(row)
        self.setFocusProxy(self.local)
        # An address is read from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.set_domains(domains)
        self.local.textChanged.connect(self._on_local_changed)
        self.local.returnPressed.connect(self.submitted)
        self.domain.editTextChanged.connect(self.changed)

    def set_domains(self, domains: Sequence[str]) -> None:
        """Offer these; the first one is taken unless there is one already."""
        typed = self.domain.currentText()
        blocked = self.domain.blockSignals(True)
        self.domain.set_choices([Choice(domain, domain) for domain in domains])
        self._show_domain(typed or next(iter(domains), ""))
        self.domain.blockSignals(blocked)

    def value(self) -> str:
        """The whole address; nothing while nothing stands before the @."""
        local = self.local.text().strip()
        return f"{local}@{self.domain.currentText().strip()}" if local else ""

    def set_value(self, address: str) -> None:
        """Show an address; without one the domain stays."""
        local, _at, domain = address.rpartition("@") if "@" in address else (address, "", "")
        self.local.setText(local)
        if domain:
            self._show_domain(domain)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - as every widget
        """Name both parts."""
        super().setAccessibleName(name)
        self.local.setAccessibleName(name)
        domain = _("{field}: domain").format(field=name)
        self.domain.setAccessibleName(domain)
        line = self.domain.lineEdit()
        if line is not None:
            line.setAccessibleName(domain)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DynamicPropertyChange and hasattr(self, "domain"):
            for part in (self.local, self.domain):
                restyle(part, "invalid", self.property("invalid"))
        return super().event(event)

    def _show_domain(self, domain: str) -> None:
        self.domain.setEditText(domain)
        line = self.domain.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # of a long one, the beginning is seen

    def _on_local_changed(self, text: str) -> None:
        if "@" not in text:
            self.changed.emit()
            return
        self.set_value(text)
        line = self.domain.lineEdit()
        if text.endswith("@") and line is not None:
            self.domain.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()

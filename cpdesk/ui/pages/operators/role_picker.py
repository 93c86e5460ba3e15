"""Choosing what an operator may do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.pages.operators.role_texts import role_sentence
from cpdesk.ui.shell.top_bar import role_name
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.checks import RadioButton, tick_width
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label


class RolePicker(QWidget):
    """The roles, each explained in a sentence, and the account of a customer administrator."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accounts: list[Choice] = []
        self._form = Form(
            (Field("account", lambda: _("Account"), FieldKind.SEARCH, required=True, choices=self._offered),)
        )
        self._buttons = {role: RadioButton(role_name(role)) for role in Role}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.XS)
        for role, button in self._buttons.items():
            self._add(role, button, column)
        self._form.changed.connect(self.changed)
        self.set_value(Role.AUDITOR, None)

    @property
    def role(self) -> Role:
        """The chosen role."""
        return next(role for role, button in self._buttons.items() if button.isChecked())

    @property
    def account_id(self) -> int | None:
        """The chosen account; None for the roles that have none."""
        account = self._form.values()["account"]
        return account if self.role is Role.CUSTOMER and isinstance(account, int) else None

    def set_value(self, role: Role, account_id: int | None) -> None:
        """Choose a role and an account."""
        self._buttons[role].setChecked(True)
        self._form.set_values({"account": account_id})
        self._show_account()

    def set_accounts(self, accounts: Sequence[AccountRow]) -> None:
        """Offer these accounts; what was chosen stays chosen."""
        self._accounts = [Choice(account.id, beside(account.name, account.domain)) for account in accounts]
        combo = self._form.editor("account")
        assert isinstance(combo, ComboBox)
        combo.set_choices(self._accounts)

    def validate(self) -> bool:
        """Whether an account is chosen where the role needs one; if not, the field says so."""
        return self.role is not Role.CUSTOMER or self._form.validate()

    def first_focus(self) -> QWidget:
        """The button that is chosen."""
        return self._buttons[self.role]

    def _add(self, role: Role, button: RadioButton, column: QVBoxLayout) -> None:
        sentence = Label(role_sentence(role), TextRole.CAPTION, wrap=True)
        button.setAccessibleDescription(sentence.text())
        button.toggled.connect(self._on_toggled)
        column.addWidget(button)
        column.addLayout(_inset(sentence))
        if role is Role.CUSTOMER:
            column.addLayout(_inset(self._form))
        column.addSpacing(spacing.S)

    def _offered(self) -> list[Choice]:
        return self._accounts

    def _show_account(self) -> None:
        self._form.setVisible(self.role is Role.CUSTOMER)

    def _on_toggled(self, checked: bool) -> None:
        if checked:
            self._show_account()
            self.changed.emit()


def _inset(widget: QWidget) -> QHBoxLayout:
    """Under the text of the button, not under its mark."""
    line = QHBoxLayout()
    line.addSpacing(tick_width() + spacing.S)
    line.addWidget(widget, 1)
    return line

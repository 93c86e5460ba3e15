"""A message inside the page, with what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import icon_button, secondary
from cpdesk.ui.widgets.labels import Bold, IconLabel, Label
from cpdesk.ui.widgets.layout import hbox, restyle

_ICONS = {
    Kind.INFO: ("info", "accent"),
    Kind.PENDING: ("clock", "pending"),
    Kind.SUCCESS: ("success", "usage"),
    Kind.ERROR: ("error", "danger"),
}


class Notice(QFrame):
    """A tinted line: mark, text (its first part may be bold), actions, and a cross if it can be dismissed."""

    dismissed = Signal()

    def __init__(
        self,
        kind: Kind,
        text: str = "",
        title: str = "",
        actions: Sequence[Action] = (),
        *,
        dismissible: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel("info", "accent")
        self._text = Label(wrap=True)
        self._buttons: list[QPushButton] = []
        self._cross = icon_button("close", _("Dismiss this message"), self)
        self._actions: QHBoxLayout = hbox(space=spacing.S)
        self._build(dismissible=dismissible)
        self.set_kind(kind)
        self.set_text(text, title)
        self.set_actions(actions)

    @property
    def text(self) -> str:
        """What it says, as one plain text."""
        return self._text.accessibleName() or self._text.text()

    def set_kind(self, kind: Kind) -> None:
        """Change what it is about."""
        self._icon.set_icon(*_ICONS[kind])
        restyle(self, "notice", kind.value)
        # Its colour comes from the frame's property, whose change a style sheet does not notice.
        restyle(self._text, "within", kind.value)

    def set_text(self, text: str, title: str = "") -> None:
        """Say something: a bold beginning, if any, and the rest."""
        if title:
            self._text.set_runs(Bold(title), " " if text else "", text)
        else:
            self._text.set_plain(text)

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Offer these, in this order."""
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = [self._button(action) for action in actions]
        for made in self._buttons:
            QWidget.setTabOrder(made, self._cross)

    def buttons(self) -> Sequence[QPushButton]:
        """The buttons of the actions."""
        return tuple(self._buttons)

    def _build(self, *, dismissible: bool) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(spacing.M, spacing.S + 2, spacing.M, spacing.S + 2)
        row.setSpacing(spacing.S + spacing.XS)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addLayout(self._actions)
        row.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignVCenter)
        self._cross.setVisible(dismissible)
        self._cross.clicked.connect(self.dismissed)

    def _button(self, action: Action) -> QPushButton:
        made = secondary(action.text)
        made.clicked.connect(action.callback)
        self._actions.addWidget(made)
        return made

"""Everything that was filled in, before the account is created."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.customers.new_account import ReviewSection
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, hbox, vbox
from cpdesk.ui.widgets.notice import Notice


class ReviewStep(QWidget):
    """A section for each step, with the way back to it."""

    change_asked = Signal(str)
    """The step that is to be opened again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refusal = Notice(Kind.ERROR)
        self._sections = vbox(space=spacing.L)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self.refusal)
        column.addLayout(self._sections)
        column.addStretch(1)
        self.refuse("")

    def show_sections(self, sections: Sequence[ReviewSection]) -> None:
        """Show these; what was refused before is not said any more."""
        self.refuse("")
        clear(self._sections)
        for section in sections:
            self._add(section)

    def refuse(self, text: str) -> None:
        """Say why the account was not created; "" takes it back."""
        self.refusal.set_text(text)
        self.refusal.setVisible(bool(text))

    def _add(self, section: ReviewSection) -> None:
        change = link(_("Change"))
        change.setAccessibleName(_("Change: {section}").format(section=section.title))
        change.setProperty("step", section.step)
        change.clicked.connect(self._on_change)
        facts = Facts()
        for what, how in section.lines:
            facts.add(what, how)
        head = hbox(Label(section.title, TextRole.SECTION), None, change)
        self._sections.addLayout(vbox(head, facts, space=spacing.S))

    def _on_change(self) -> None:
        self.change_asked.emit(str(self.sender().property("step")))

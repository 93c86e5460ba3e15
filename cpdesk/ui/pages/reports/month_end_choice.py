"""What goes into a month-end pack, and where it is written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.report_rows import CostRow
from cpdesk.ui.pages.reports import month_end_words as words
from cpdesk.ui.texts import path_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.checks import RadioButton
from cpdesk.ui.widgets.inputs import ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.tips import set_tip


class MonthEndChoice(QWidget):
    """A month, all accounts or those that are selected, a folder."""

    changed = Signal()
    folder_asked = Signal()

    def __init__(self, today: date, selected: Sequence[CostRow] = ()) -> None:
        super().__init__()
        self._selected = tuple(selected)
        self._folder = Path()
        self.month = ComboBox(words.month_choices(today))
        self.month.setCurrentIndex(0)
        self.all = RadioButton(_("All accounts"))
        self.some = RadioButton(words.scope_text(len(self._selected)))
        self.choose = secondary(_("Choose folder"))
        self._path = Label(wrap=True, selectable=True)
        self._contents = Label(role=TextRole.CAPTION, wrap=True)
        self._lay_out()
        self.some.setEnabled(bool(self._selected))
        (self.some if self._selected else self.all).setChecked(True)
        self.month.activated.connect(self._on_changed)
        self.some.toggled.connect(self._on_changed)
        self.choose.clicked.connect(self.folder_asked)
        self._say_contents()

    @property
    def chosen_month(self) -> date:
        """The first day of the month."""
        month = self.month.value()
        assert isinstance(month, date)
        return month

    @property
    def account_ids(self) -> frozenset[int] | None:
        """Which accounts; None for all."""
        return frozenset(row.account_id for row in self._selected) if self.some.isChecked() else None

    @property
    def folder(self) -> Path:
        """In which folder that of the pack is made."""
        return self._folder

    def set_folder(self, folder: Path) -> None:
        """Show where it goes."""
        self._folder = folder
        self._path.setText(path_text(folder))

    def _lay_out(self) -> None:
        names = [row.account for row in self._selected]
        set_tip(self.some, "\n".join(names))
        self.month.stand_alone(_("Month"))
        self.choose.setAccessibleDescription(_("Where the folder of the pack is made"))
        folder = hbox(self._path, self.choose)
        folder.setStretch(0, 1)
        self.setLayout(
            vbox(
                vbox(Label(_("Month"), TextRole.STRONG), hbox(self.month, None), space=spacing.XS),
                vbox(Label(_("Accounts"), TextRole.STRONG), self.all, self.some, space=spacing.XS),
                vbox(Label(_("Folder"), TextRole.STRONG), folder, space=spacing.XS),
                self._contents,
            )
        )

    def _say_contents(self) -> None:
        self._contents.setText(words.contents_text(self.chosen_month))

    def _on_changed(self) -> None:
        self._say_contents()
        self.changed.emit()

"""The first step of an import: which file, and whether its letters are right."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.user_import.rows import ExportRow
from cpdesk.domain.user_import.sample import FileSample
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.transition.words import file_text
from cpdesk.ui.parts.encoding_choice import EncodingChoice
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.file_drop import FileDrop
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.table import DataTable


class FileStep(QWidget):
    """Takes the file; shows some rows of it, and another encoding if they look wrong."""

    asked = Signal()
    """The file or its encoding is another one: look into it and call `show_sample` or `refuse`."""
    answered = Signal()
    """The file is good and the keyboard still where it was chosen, where Enter would ask for another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample: FileSample | None = None
        self.drop = FileDrop(
            lambda: _("Drop the export file of the Microsoft 365 admin center here"),
            lambda: _("CSV files (*.csv *.txt)"),
        )
        self.how = Label(role=TextRole.CAPTION, wrap=True)
        self.doubt = Notice(Kind.PENDING)
        self.encoding = EncodingChoice()
        self.table: DataTable[ExportRow] = DataTable(_columns(), _row_of, inline=True)
        self._facts = Label(role=TextRole.STRONG, wrap=True)
        self._card = Card()
        self._build()
        self._wire()
        self.retranslate()

    @property
    def path(self) -> Path | None:
        """The file that was taken."""
        return self.drop.path

    @property
    def chosen_encoding(self) -> str | None:
        """How the person said that it is encoded; None: as it says itself."""
        return self.encoding.encoding

    @property
    def accepted_encoding(self) -> str | None:
        """The chosen one, or the likely one: who goes on with letters that look right has said that they are."""
        likely = self._sample.encoding if self._sample is not None and not self._sample.certain else None
        return self.chosen_encoding or likely

    @property
    def sample(self) -> FileSample | None:
        """What the file looks like; None before it was looked into, or where that failed."""
        return self._sample

    def show_sample(self, sample: FileSample) -> None:
        """Show what the file looks like."""
        self._sample = sample
        self.drop.set_error("")
        self.table.set_rows(sample.rows)
        self.retranslate()
        if self.window().focusWidget() is self.drop.button:
            self.answered.emit()

    def refuse(self, text: str) -> None:
        """Say why the file cannot be imported."""
        self._sample = None
        self.drop.set_error(text)
        self.retranslate()

    def forget(self) -> None:
        """Start with another file."""
        self._sample = None
        self.drop.clear()
        self.encoding.set_automatic()
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.how.setText(
            _(
                "In the Microsoft 365 admin center open Users > Active users, choose Export users, and save the file. "
                "It names all users and their licenses. Nothing is changed before you have seen what the import does."
            )
        )
        self.encoding.retranslate()
        self.table.setAccessibleName(_("Some users of the file"))
        self.doubt.set_text(
            _("The file does not say how it is encoded. If letters look wrong below, choose another encoding.")
        )
        sample = self._sample
        # A wrong encoding can be what the file is refused for: the choice stays in sight.
        self._card.setVisible(sample is not None or self.chosen_encoding is not None)
        self.table.setVisible(sample is not None)
        self.doubt.setVisible(sample is not None and not sample.certain)
        self._facts.setText(file_text(sample) if sample else "")

    def _build(self) -> None:
        line = hbox(self._facts, self.encoding, space=spacing.S)
        line.setStretch(0, 1)
        self._card.body.addLayout(line)
        self._card.body.addWidget(self.doubt)
        self._card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self.drop, self.how, self._card):
            column.addWidget(part)
        column.addStretch(1)

    def _wire(self) -> None:
        self.drop.chosen.connect(self._on_chosen)
        self.encoding.chosen.connect(self.asked)

    def _on_chosen(self, _path: Path) -> None:
        self.encoding.set_automatic()
        self.asked.emit()


def _columns() -> tuple[Column[ExportRow], ...]:
    return (
        Column("name", lambda: _("Display name"), _name, strong=True, stretch=2, min_width=120),
        Column("upn", lambda: _("User principal name"), _upn, soft=True, stretch=3, min_width=140),
        Column("department", lambda: _("Department"), _department, stretch=1),
        Column("licenses", lambda: _("Licenses"), _licenses, stretch=4, min_width=160),
    )


def _row_of(row: ExportRow) -> int:
    return row.row


def _name(row: ExportRow) -> str:
    return row.display_name or ""


def _upn(row: ExportRow) -> str:
    return row.upn


def _department(row: ExportRow) -> str:
    return row.department or ""


def _licenses(row: ExportRow) -> str:
    return row.licenses_text

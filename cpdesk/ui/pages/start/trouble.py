"""The database cannot be opened, or is damaged: what happened, where, what to do."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.base.errors import CodedError
from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.base.messages import message
from cpdesk.domain.backups import Restored
from cpdesk.domain.salvage import BackupChoice, Condition, Salvaged
from cpdesk.domain.salvage_words import condition_name
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.pages.start.sheet import SheetPage
from cpdesk.ui.parts.sizes import made_text, size_text
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import path_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import ButtonKind, primary, secondary
from cpdesk.ui.widgets.chips import ChipLook, Mark, Tone
from cpdesk.ui.widgets.columns import Align, Column
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import restyle
from cpdesk.ui.widgets.list_view import suggest
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.ui.pages.start.rescue_dialog import RescueDialog, RestoreInsteadDialog, SalvageDialog


_BEYOND_USE = frozenset({"database_damaged", "not_a_database"})


class DatabaseTroublePage(SheetPage):
    """Opened with `error` (a CodedError) and `retry`, which opens the database again."""

    sheet_width = 760

    def _build(self) -> None:
        super()._build()
        self._what_to_do = Label(wrap=True)
        self._backups_title = Label(role=TextRole.SECTION)
        self._told = Label(role=TextRole.CAPTION, wrap=True)
        zone = usual_time_zone()
        self.backups: DataTable[BackupChoice] = DataTable(_columns(zone), lambda row: row.row.path, inline=True)
        self._copy, self._retry = secondary(), primary()
        self.salvage, self.restore = primary(), secondary()
        self.backups.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for part in (self._what_to_do, self._backups_title, self._told, self.backups):
            self.sheet.body.addWidget(part)
        self.sheet.body.addSpacing(spacing.S)
        self.sheet.body.addWidget(Flow(self.salvage, self.restore, self._retry, self._copy))
        for later in (self._backups_title, self._told, self.backups, self.salvage, self.restore):
            later.hide()

    def _wire(self) -> None:
        self._copy.clicked.connect(self._on_copy)
        self._retry.clicked.connect(self._on_retry)
        self.salvage.clicked.connect(self._on_salvage)
        self.restore.clicked.connect(self._on_restore)
        self.backups.selection_changed.connect(self._on_selected)
        self.backups.row_activated.connect(self._on_restore)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        self.retranslate()
        self._show_ways_out()

    def retranslate(self) -> None:
        error = self.params.get("error")
        if not isinstance(error, CodedError):
            return
        self.set_heading(_title(error.code), message(error))
        self._what_to_do.setText(_what_to_do(error.code))
        self._backups_title.setText(_("Backups"))
        self.backups.setAccessibleName(_("Backups"))
        self._copy.setVisible(bool(self._path()))
        self._copy.setText(_("Copy path"))
        self._retry.setText(_("Try again"))
        self.salvage.setText(_("See what can be saved"))
        self.restore.setText(_("Restore this backup"))

    def first_focus(self) -> QWidget | None:
        return self._retry if self.salvage.isHidden() else self.salvage

    def _path(self) -> str:
        error = self.params.get("error")
        return str(error.params.get("path", "")) if isinstance(error, CodedError) else ""

    def _show_ways_out(self) -> None:
        """The backups, and what can be saved, where the database itself is beyond use."""
        error = self.params.get("error")
        beyond_use = isinstance(error, CodedError) and error.code in _BEYOND_USE and bool(self._path())
        for part in (self._backups_title, self._told, self.salvage):
            part.setVisible(beyond_use)
        restyle(self._retry, "kind", (ButtonKind.SECONDARY if beyond_use else ButtonKind.PRIMARY).value)
        if beyond_use:
            self._told.setText(_("The backups are being checked."))
            work = self.context.services.salvaging.backups
            self.context.jobs.exclusive(self, work, self._on_backups, self._on_no_backups)

    def _on_backups(self, choices: list[BackupChoice]) -> None:
        self._told.setText(_backups_text(choices))
        self.backups.set_rows(choices)
        self.backups.setVisible(bool(choices))
        self.restore.setVisible(bool(choices))
        good = next((choice for choice in choices if choice.condition is Condition.GOOD), None)
        if good is not None:
            suggest(self.backups, good.row.path)
        self._on_selected()

    def _on_no_backups(self, error: Exception) -> None:
        self._told.setText(sentence_of(error))

    def _selected(self) -> BackupChoice | None:
        return next(iter(self.backups.selected_rows()), None)

    def _on_selected(self) -> None:
        chosen = self._selected()
        usable = chosen is not None and chosen.condition in (Condition.GOOD, Condition.UNCHECKED)
        self.restore.setEnabled(usable)
        self.restore.setAccessibleDescription("" if usable else _("Select a backup that is not damaged first."))

    def _on_salvage(self) -> None:
        self.open_salvage()

    def open_salvage(self) -> "SalvageDialog":
        """Ask who it is, then show what can be saved."""
        from cpdesk.ui.pages.start.rescue_dialog import SalvageDialog

        dialog = SalvageDialog(self, self.context, Path(self._path()))
        self._await(dialog)
        return dialog

    def _on_restore(self) -> None:
        chosen = self._selected()
        if chosen is not None and self.restore.isEnabled():
            self.open_restore(chosen)

    def open_restore(self, choice: BackupChoice) -> "RestoreInsteadDialog":
        """Ask who it is, then show what restoring a backup does."""
        from cpdesk.ui.pages.start.rescue_dialog import RestoreInsteadDialog

        dialog = RestoreInsteadDialog(self, self.context, choice)
        self._await(dialog)
        return dialog

    def _await(self, dialog: "RescueDialog") -> None:
        dialog.succeeded.connect(self._on_replaced)
        dialog.open()

    def _on_replaced(self, value: Salvaged | Restored) -> None:
        context, retry = self.context, cast("Callable[[], object]", self.params["retry"])
        # The page is gone after this: what is said then stands on the page to log in.
        context.sign_out()
        context.notices.success(_replaced_text(value))
        retry()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._path())

    def _on_retry(self) -> None:
        cast("Callable[[], object]", self.params["retry"])()


def _replaced_text(value: Salvaged | Restored) -> str:
    done = _("The backup was restored.")
    if isinstance(value, Salvaged):
        done = _("What could be saved is in the place of the database.")
    if value.kept is None:
        return done
    kept = _("What was there before is kept: {path}").format(path=path_text(value.kept))
    return f"{done} {kept}"


def _columns(zone: str) -> tuple[Column[BackupChoice], ...]:
    return (
        Column(
            "made_at",
            lambda: _("Made ({zone})").format(zone=zone),
            lambda choice: choice.row.made_at,
            text=lambda choice: made_text(choice.row.made_at, zone),
            copy=lambda choice: format_instant(choice.row.made_at, zone),
            strong=True,
            stretch=2,
            min_width=220,
        ),
        Column(
            "size",
            lambda: _("Size"),
            lambda choice: choice.row.size,
            text=lambda choice: size_text(choice.row.size),
            align=Align.END,
            min_width=80,
        ),
        Column(
            "condition",
            lambda: _("Condition"),
            lambda choice: condition_name(choice.condition),
            chip=lambda choice: _condition_look(choice.condition),
            stretch=1,
            min_width=110,
        ),
        Column("lacking", lambda: _("Entries since"), lambda choice: choice.lacking, align=Align.END, min_width=110),
    )


def _condition_look(condition: Condition) -> ChipLook | None:
    """What is known to be good or bad shows; what is not is just said."""
    name = condition_name(condition)
    if condition is Condition.UNCHECKED:
        return None
    if condition is Condition.GOOD:
        return ChipLook(name, Tone.USAGE)
    return ChipLook(name, Tone.DANGER if condition is Condition.DAMAGED else Tone.SOFT, Mark.CROSS)


def _backups_text(choices: list[BackupChoice]) -> str:
    if not choices:
        return _("There is no backup in the folder of the backups.")
    if not any(choice.condition is Condition.GOOD for choice in choices):
        return _("None of the backups is good.")
    newest = _("The newest good one is selected.")
    since = _("Entries since: how many entries of the audit log are only in the damaged database, as far as it tells.")
    return f"{newest} {since}"


def _title(code: str) -> str:
    titles = {
        "database_locked": _("The database is in use"),
        "database_read_only": _("The database is read-only"),
        "not_a_database": _("This is not a database of cpdesk"),
        "demo_database": _("This is a database of the demo"),
        "upgrade_needs_backup": _("The database is older than this program"),
        "database_newer": _("The database is newer than this program"),
        "database_damaged": _("The database is damaged"),
        "database_not_reachable": _("The database cannot be reached"),
        "encryption_missing": _("The database is encrypted"),
    }
    return titles.get(code, _("The database cannot be used"))


def _what_to_do(code: str) -> str:
    advice = {
        "database_locked": _("If it takes long, close the other program that uses this database."),
        "database_read_only": _("Give yourself permission to write to the file and to its folder."),
        "not_a_database": _(
            "Move the file away, or start cpdesk with another folder: cpdesk --data FOLDER. If it was one, restore a "
            "backup or see what can be saved of it."
        ),
        "demo_database": _("Move the file away, or start cpdesk with another folder: cpdesk --data FOLDER"),
        "upgrade_needs_backup": _("Make room on the disk, or give yourself permission to write to the folder."),
        "database_not_reachable": _("Check that the folder is there and that you may read and write it."),
    }
    if code == "database_damaged":
        return "\n\n".join(_steps())
    return " ".join((advice.get(code, ""), _("Nothing was changed."))).strip()


def _steps() -> tuple[str, ...]:
    """What is safe, and what to do in which order, for somebody who has just been woken up."""
    return (
        _("Nothing was changed. Nothing more is written to it."),
        _("1. See what can be saved. It lists exactly what is missing, and changes nothing until you say so."),
        _("2. If too much is missing, restore a backup. It lacks everything that was written since it was made."),
        _("Whatever you choose, the damaged file is kept."),
    )

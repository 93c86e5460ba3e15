"""The backups: which there are, and what can be done with them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.backups import BackupRow, Restored
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import Done
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.backups.columns import backup_columns
from cpdesk.ui.pages.backups.words import backups_text, restored_text, rule_text
from cpdesk.ui.parts.folder_line import FolderLine
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import read_only_reason
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.file_window import ask_for_file, ask_where_to_save
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.ui.pages.backups.restore_dialog import RestoreDialog

_ALL_BUT = 1000
"""The list takes what it can use before the gap under the page takes anything."""
_PATIENCE_MS = 300


class BackupsPage(Page):
    """The list; reseller administrators make backups and restore them."""

    topics = frozenset({"backups"})

    def _build(self) -> None:
        self._may_change = self.context.by.role is Role.RESELLER
        self.make, self._save, self._open = primary(), secondary(), secondary()
        self._search = SearchField()
        self.restore_button = secondary()
        self._read_only, self._working = Notice(Kind.INFO), Notice(Kind.INFO)
        self._empty = EmptyState(icon="database")
        self._table: DataTable[BackupRow] = DataTable(
            backup_columns(usual_time_zone()),
            lambda row: row.path,
            name="backups",
            settings=self.context.settings,
            empty=self._empty,
        )
        self._rule = Label(role=TextRole.CAPTION, wrap=True)
        self._folder = FolderLine(self.context)
        self._waiting = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.sort_by("made_at", descending=True)
        self._table.set_row_actions(self._actions)
        self._lay_out()

    def _lay_out(self) -> None:
        for button in (self._open, self._save, self.make):
            self.header.add_action(button)
        about = Card()
        about.body.addWidget(self._rule)
        about.body.addWidget(self._folder)
        for part in (self._read_only, self._working):
            self.body.addWidget(part)
        self.body.addLayout(hbox(self._search, None, self.restore_button, space=spacing.S))
        self.body.addWidget(ListCard(self._table, last=False), _ALL_BUT)
        self.body.addWidget(about)
        self.body.addStretch(1)
        for button in (self.make, self._save, self._open, self.restore_button):
            button.setVisible(self._may_change)
        self._read_only.setVisible(not self._may_change)
        self._working.hide()

    def _wire(self) -> None:
        self.make.clicked.connect(self._on_make)
        self._save.clicked.connect(self._on_save)
        self._open.clicked.connect(self._on_open)
        self.restore_button.clicked.connect(self._on_restore)
        self._search.searched.connect(self._table.set_filter)
        self._table.selection_changed.connect(self._on_selected)
        self._table.row_activated.connect(self._on_restore)
        self._waiting.timeout.connect(self._working.show)

    def retranslate(self) -> None:
        self.make.setText(_("Back up now"))
        self._save.setText(_("Back up to a file"))
        self._open.setText(_("Restore from a file"))
        self.restore_button.setText(_("Restore"))
        self._search.set_placeholder(_("Search backups"))
        self._table.setAccessibleName(_("Backups"))
        self._read_only.set_text(read_only_reason(self.context.by))
        self._working.set_text(_("The database is being copied, and the copy is checked."))
        self._rule.setText(rule_text())
        self._folder.set_folder(_("Backup folder"), self.context.services.backups.folder())
        offer = Action(_("Back up now"), self._on_make) if self._may_change else None
        self._empty.set(_("No backups yet"), _("With a backup, nothing that happens to the database is final."), offer)
        self._show_title()
        self._on_selected()

    def first_focus(self) -> QWidget | None:
        return self._search

    def refresh(self) -> None:
        self.load(partial(self.context.services.backups.rows, self.context.by), self._on_read)

    def _on_read(self, rows: list[BackupRow]) -> None:
        self._table.set_rows(rows)
        self._show_title()
        self._on_selected()

    def _show_title(self) -> None:
        total = self._table.rows.total
        self.set_title(_("Backups"), backups_text(total) if total else "")

    def _selected(self) -> BackupRow | None:
        return next(iter(self._table.selected_rows()), None)

    def _on_selected(self) -> None:
        selected = self._selected()
        self.restore_button.setEnabled(selected is not None)
        self.restore_button.setAccessibleDescription("" if selected else _("Select a backup first."))

    def _actions(self) -> tuple[Action, ...]:
        copy = Action(_("Copy path"), self._on_copy)
        return (Action(_("Restore"), self._on_restore), copy) if self._may_change else (copy,)

    def _on_copy(self) -> None:
        selected = self._selected()
        if selected is not None:
            QGuiApplication.clipboard().setText(str(selected.path))

    def _on_make(self) -> None:
        self._begin(None)

    def _on_save(self) -> None:
        name = f"cpdesk-{self.context.clock.now():%Y-%m-%d}.db"
        ask_where_to_save(self.window(), _("Back up to a file"), name, self._on_place_chosen, may_replace=False)

    def _on_place_chosen(self, name: str) -> None:
        self._begin(Path(name))

    def _begin(self, path: Path | None) -> None:
        """Make a backup, in the folder or at `path`."""
        self._waiting.start()
        self._lock(working=True)
        self.change(
            partial(self.context.services.backups.make, self.context.by, path), self._on_made, self._on_not_made
        )

    def _on_made(self, done: Done[BackupRow]) -> None:
        self._end()
        self.context.notices.clear()
        self.context.notices.success(_("The backup is made and checked: {file}").format(file=done.value.path.name))
        self.refresh()

    def _on_not_made(self, error: Exception) -> None:
        self._end()
        self.context.notices.error(sentence_of(error))

    def _end(self) -> None:
        self._waiting.stop()
        self._working.hide()
        self._lock(working=False)

    def _lock(self, *, working: bool) -> None:
        for button in (self.make, self._save, self._open):
            button.setEnabled(not working)

    def _on_open(self) -> None:
        kinds = _("Backups (*.db)"), _("All files (*)")
        ask_for_file(self.window(), _("Restore from a file"), self.restore, kinds=kinds)

    def _on_restore(self) -> None:
        selected = self._selected()
        if selected is not None and self._may_change:
            self.restore(str(selected.path))

    def restore(self, name: str) -> None:
        """Show what restoring the backup at a path would change, and ask."""
        from cpdesk.ui.pages.backups.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self, self.context, Path(name), self.context.services.backups.folder())
        dialog.succeeded.connect(partial(self._on_restored, dialog))
        dialog.open()
        dialog.read()

    def _on_restored(self, dialog: "RestoreDialog", restored: Restored) -> None:
        assert dialog.preview is not None
        context, text = self.context, restored_text(restored, dialog.preview.made_at, usual_time_zone())
        # The page is gone after this: what is said then stands on the page to log in.
        context.sign_out()
        context.notices.success(text)

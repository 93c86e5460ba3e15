"""The price schedules."""

from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.schedules import ScheduleRow
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.pages.prices.columns import schedule_columns
from cpdesk.ui.pages.prices.words import schedules_text
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import read_only_reason
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.menu_button import gear_menu
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.table import DataTable

_ALL_BUT = 1000
"""The list takes what it can use before the gap under the page takes anything."""


class ScheduleListPage(Page):
    """The list, and for reseller administrators what can be done with the selected schedule."""

    topics = frozenset({"prices", "accounts"})

    def _build(self) -> None:
        self._rows: tuple[ScheduleRow, ...] = ()
        self._may_change = self.context.by.role is Role.RESELLER
        self.new = primary()
        self._read_only = Notice(Kind.INFO)
        self.search = SearchField()
        self.open_button = secondary()
        self.gear = gear_menu("")
        self._note = Label(role=TextRole.CAPTION, wrap=True)
        self.table: DataTable[ScheduleRow] = DataTable(
            schedule_columns(), lambda row: row.id, name="schedules", settings=self.context.settings
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.sort_by("name")
        self.table.set_row_actions(self._actions)
        self._lay_out()

    def _lay_out(self) -> None:
        self.header.add_action(self.new)
        self.body.addWidget(self._read_only)
        self.body.addLayout(hbox(self.search, None, self.open_button, self.gear, space=spacing.S))
        self.body.addWidget(ListCard(self.table, last=False), _ALL_BUT)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        for part in (self.new, self.gear):
            part.setVisible(self._may_change)
        self._read_only.setVisible(not self._may_change)

    def _wire(self) -> None:
        self.new.clicked.connect(self._on_create)
        self.search.searched.connect(self.table.set_filter)
        self.table.selection_changed.connect(self._on_selected)
        self.table.row_activated.connect(self._on_open)
        self.open_button.clicked.connect(self._on_open)

    def retranslate(self) -> None:
        self.new.setText(_("Create price schedule"))
        self.open_button.setText(_("Open"))
        self.search.set_placeholder(_("Search price schedules"))
        self.table.setAccessibleName(_("Price Schedules"))
        self._read_only.set_text(read_only_reason(self.context.by))
        self._note.setText(
            _(
                "An account pays by the schedule that is chosen under Edit Company, and without one by the default "
                "schedule. Each price counts from a date on, so the statements of the past stay as they are."
            )
        )
        self._show_title()
        self._on_selected()

    def first_focus(self) -> QWidget | None:
        return self.search

    def refresh(self) -> None:
        self.load(partial(self.context.services.prices.schedules, self.context.by), self._on_read)

    def _on_read(self, rows: list[ScheduleRow]) -> None:
        self._rows = tuple(rows)
        self.table.set_rows(self._rows)
        self._show_title()
        self._on_selected()

    def _show_title(self) -> None:
        self.set_title(_("Price Schedules"), schedules_text(len(self._rows)) if self._rows else "")

    def _selected(self) -> ScheduleRow | None:
        return next(iter(self.table.selected_rows()), None)

    def _on_selected(self) -> None:
        selected = self._selected()
        missing = "" if selected else _("Select a price schedule first.")
        for button in (self.open_button, self.gear):
            button.setEnabled(selected is not None)
            button.setAccessibleDescription(missing)
        self.gear.rename(_("Actions for {name}").format(name=selected.name) if selected else _("Actions"))
        self.gear.set_actions(self._changes())

    def _actions(self) -> tuple[Action, ...]:
        return Action(_("Open"), self._on_open), *self._changes()

    def _changes(self) -> tuple[Action, ...]:
        """What the gear and the context menu offer for the selected schedule."""
        selected = self._selected()
        if selected is None or not self._may_change:
            return ()
        copy, rename = Action(_("Copy"), self._on_copy), Action(_("Rename"), self._on_rename)
        # Where nothing else waits, what is the default one stays it by itself.
        stays = selected.is_default and not any(row.next_default for row in self._rows)
        return (copy, rename) if stays else (copy, rename, Action(_("Make default"), self._on_make_default))

    def _on_open(self) -> None:
        selected = self._selected()
        if selected is not None:
            self.context.navigate("price_schedule", schedule=selected.id)

    def _on_create(self) -> None:
        from cpdesk.ui.pages.prices.schedule_dialogs import CreateScheduleDialog

        present = next((row.currency for row in self._rows if row.is_default), "")
        dialog = CreateScheduleDialog(self, self.context, present)
        dialog.succeeded.connect(self._on_created)
        dialog.open()

    def _on_copy(self) -> None:
        from cpdesk.ui.pages.prices.schedule_dialogs import CopyScheduleDialog

        selected = self._selected()
        if selected is not None:
            self._ask(CopyScheduleDialog(self, self.context, selected), _("{schedule} is created."))

    def _on_rename(self) -> None:
        from cpdesk.ui.pages.prices.schedule_dialogs import RenameScheduleDialog

        selected = self._selected()
        if selected is not None:
            self._ask(
                RenameScheduleDialog(self, self.context, selected), _("The price schedule is called {schedule} now.")
            )

    def _on_make_default(self) -> None:
        from cpdesk.ui.pages.prices.schedule_dialogs import MakeDefaultDialog

        selected = self._selected()
        if selected is not None:
            present = next((row.name for row in self._rows if row.is_default), "")
            dialog = MakeDefaultDialog(self, self.context, selected, present)
            self._ask(dialog, _("{schedule} is the default schedule from the chosen date on."))

    def _ask(self, dialog: WorkDialog, done: str) -> None:
        dialog.succeeded.connect(partial(self._on_changed_schedule, done))
        dialog.open()

    def _on_created(self, row: ScheduleRow) -> None:
        self.context.navigate("price_schedule", schedule=row.id)

    def _on_changed_schedule(self, text: str, row: ScheduleRow) -> None:
        self.context.notices.clear()
        self.context.notices.success(text.format(schedule=row.name))

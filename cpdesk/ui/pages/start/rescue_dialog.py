"""What can be done about a damaged database: put what could be saved, or a backup, in its place.

Nobody is signed in, as there is nothing to sign in to: who asks has to be a reseller administrator of what can still
be read, or of the backup. Until then nothing is said of what is in it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.formats import format_instant, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.backups import RestorePreview
from cpdesk.domain.rows import Done
from cpdesk.domain.salvage import BackupChoice, Salvage, SalvagedItem, SalvagedTable
from cpdesk.domain.salvage_words import fate_name, item_text, missing_text, summary, table_name
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.start.sheet import LAST_EMAIL
from cpdesk.ui.parts.factor_form import FactorForm
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.remembering import text_of
from cpdesk.ui.texts import path_text
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.columns import Align, Column
from cpdesk.ui.widgets.dialog import Side
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.file_window import ask_where_to_save
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.progress_line import ProgressLine
from cpdesk.ui.widgets.table import DataTable

_WIDTH = 980
_ROWS_SEEN = 6


class RescueDialog(WorkDialog):
    """Asks who it is, reads, shows what would be in the place of the database, and puts it there when told to."""

    help_topic = "damaged-database"

    found = Signal()
    """What can be done is shown."""

    def __init__(self, parent: QWidget, context: PageContext, title: str, file: Path) -> None:
        super().__init__(parent, context, title, path_text(file), _WIDTH)
        self._lead = Label(wrap=True)
        self.form = Form(
            (
                Field("email", lambda: _("E-mail address"), required=True),
                Field("password", lambda: _("Password"), FieldKind.PASSWORD, required=True),
            )
        )
        self.factor = FactorForm()
        self._line = ProgressLine()
        self._told = QWidget()
        self.told: QVBoxLayout = vbox()
        self.why = reason_form()
        self.put = self.add_button(danger(self.put_text()))
        self.leave = self.add_button(secondary(_("Leave everything as it is")))
        self.look = self.add_button(primary(self.look_text()))
        self._progress: Progress | None = None
        self._lay_out()
        self._connect()

    def look_text(self) -> str:
        """What the button says that reads."""
        raise NotImplementedError

    def put_text(self) -> str:
        """What the button says that puts it in place."""
        raise NotImplementedError

    def reading(self, email: str, password: str, code: str) -> Callable[[Callable[[int, int], None]], Any]:
        """What reads, given how to tell how far it is."""
        raise NotImplementedError

    def putting(
        self, email: str, password: str, code: str, reason: str
    ) -> Callable[[Callable[[int, int], None]], Done[Any]]:
        """What puts it in place."""
        raise NotImplementedError

    def show_found(self, value: Any) -> None:
        """Fill `told` with what was read."""
        raise NotImplementedError

    def first_focus(self) -> QWidget | None:
        return self.form.editor("password" if self.form.values()["email"] else "email")

    def submit(
        self, work: Callable[[], Done[Any]], done: Callable[[Done[Any]], None], failed: Callable[[Exception], None]
    ) -> None:
        """The database is replaced: nobody else may have it open."""
        self.context.jobs.exclusive(self, work, done, failed)

    def refused(self, error: Exception) -> None:
        """Say why it cannot be read, or was not put in place."""
        self.refusal.set_kind(Kind.ERROR)
        self._show_busy("")
        self._lock_form(locked=False)
        if isinstance(error, Cancelled):
            self.say(_("Cancelled. Nothing was changed."))
        elif not self.factor.asks(error):
            super().refused(error)

    def say_lines(self, lines: list[str]) -> None:
        """Add sentences to what is shown."""
        self.told.addWidget(Label(" ".join(lines), wrap=True))

    def _lay_out(self) -> None:
        self._lead.setText(
            _("Only a reseller administrator may see what is in it. The password is that of the file that is read.")
        )
        self.form.set_values({"email": text_of(self.context.settings, LAST_EMAIL)})
        self._told.setLayout(self.told)
        self.told.setContentsMargins(0, 0, 0, 0)
        for part in (self._lead, self.form, self.factor, self._line, self._told, self.why):
            self.content.addWidget(part)
        for later in (self._line, self._told, self.why, self.put):
            later.hide()

    def _connect(self) -> None:
        self.form.submitted.connect(self._on_look)
        self.factor.submitted.connect(self._on_look)
        self.look.clicked.connect(self._on_look)
        self.put.clicked.connect(self._on_put)
        self._line.cancelled.connect(self._on_cancelled)
        self.set_safe(self.leave)

    def _work(self, work: Callable[[Callable[[int, int], None]], Any]) -> Callable[[], Any]:
        self._progress = self.context.jobs.progress(self, self._on_progress)
        return partial(work, self._progress.report)

    def _lock_form(self, *, locked: bool) -> None:
        self.form.setEnabled(not locked)
        self.factor.setEnabled(not locked)
        self.look.setEnabled(not locked)

    def _on_look(self) -> None:
        self.say("")
        if not (self.form.validate() and self.factor.validate()):
            return
        values = self.form.values()
        self._lock_form(locked=True)
        self._show_busy(_("Everything that can be read is being read."))
        work = self._work(self.reading(values["email"], values["password"], self.factor.code))
        self.context.jobs.exclusive(self, work, self._on_found, self.refused)

    def _on_found(self, value: Any) -> None:
        self._show_busy("")
        for done in (self._lead, self.form, self.factor, self.look):
            done.hide()
        self.show_found(value)
        for part in (self._told, self.why, self.put):
            part.show()
        if self.isVisible():
            self.fit()
        self.leave.setFocus()
        self.found.emit()

    def _on_put(self) -> None:
        values = self.form.values()
        self._show_busy(_("The present database is put aside, and the other one takes its place."))
        work = self.putting(values["email"], values["password"], self.factor.code, self.why.values()["reason"])
        self.change(self._work(work), self.put, self.leave)

    def _on_progress(self, told: tuple[int, int]) -> None:
        self._line.show_progress(self._line.text.text(), *told)

    def _on_cancelled(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _show_busy(self, text: str) -> None:
        self._line.setVisible(bool(text))
        if text:
            self._line.begin()
            self._line.show_progress(text, 0, 0)
            self._line.bar.setRange(0, 0)
        if self.isVisible():
            self.fit()


class SalvageDialog(RescueDialog):
    """Saves what can be read, and names what is missing."""

    def __init__(self, parent: QWidget, context: PageContext, file: Path) -> None:
        self.salvage: Salvage | None = None
        super().__init__(parent, context, _("Save what can be read"), file)
        self._save = self.add_button(secondary(_("Save the list")), Side.START)
        self._save.hide()
        self._save.clicked.connect(self._on_save)

    def look_text(self) -> str:
        return _("Read the damaged database")

    def put_text(self) -> str:
        return _("Put in place of the database")

    def reading(self, email: str, password: str, code: str) -> Callable[[Callable[[int, int], None]], Any]:
        return partial(self.context.services.salvaging.preview, email, password, code=code)

    def putting(
        self, email: str, password: str, code: str, reason: str
    ) -> Callable[[Callable[[int, int], None]], Done[Any]]:
        return partial(self.context.services.salvaging.put_in_place, email, password, reason, code=code)

    def show_found(self, value: Salvage) -> None:
        self.salvage = value
        self.told.addWidget(_headline(value))
        self.say_lines(_what_holds(value))
        tables = [table for table in value.tables if not table.is_whole]
        if tables:
            figures: DataTable[SalvagedTable] = DataTable(_table_columns(), lambda row: row.table, inline=True)
            figures.setAccessibleName(_("What is missing, in figures"))
            figures.set_rows(tables)
            self.told.addWidget(figures)
        if value.items:
            items: DataTable[SalvagedItem] = DataTable(_item_columns(), id)
            items.setAccessibleName(_("What is missing or rebuilt"))
            items.set_rows(value.items)
            items.setMinimumHeight(self.context.theme.fonts.scaled(40 * _ROWS_SEEN))
            items.fold_texts()
            self.told.addWidget(items)
        self._save.setVisible(bool(value.items or value.findings))

    def _on_save(self) -> None:
        kinds = _("CSV file (*.csv)"), _("JSON file (*.json)")
        ask_where_to_save(self, _("Save the list"), "cpdesk-missing.csv", self.write, kinds=kinds)

    def write(self, name: str) -> None:
        """Write the list to a path."""
        from cpdesk.gateways.salvage_files import write_salvage

        assert self.salvage is not None
        work = partial(write_salvage, self.salvage, Path(name))
        self.context.jobs.exclusive(self, work, partial(self._on_written, name), self.refused)

    def _on_written(self, name: str, _nothing: object) -> None:
        self.refusal.set_kind(Kind.SUCCESS)
        self.say(_("The list is saved: {path}").format(path=path_text(Path(name))))


class RestoreInsteadDialog(RescueDialog):
    """Restores a backup where the database cannot be used."""

    def __init__(self, parent: QWidget, context: PageContext, choice: BackupChoice) -> None:
        self._choice = choice
        super().__init__(parent, context, _("Restore a backup"), choice.row.path)

    def look_text(self) -> str:
        return _("Read the backup")

    def put_text(self) -> str:
        return _("Restore the backup")

    def reading(self, email: str, password: str, code: str) -> Callable[[Callable[[int, int], None]], Any]:
        look = self.context.services.backups.preview_rescue
        return lambda _tell: look(self._choice.row.path, email, password, code)

    def putting(
        self, email: str, password: str, code: str, reason: str
    ) -> Callable[[Callable[[int, int], None]], Done[Any]]:
        rescue = self.context.services.backups.rescue
        return lambda _tell: rescue(self._choice.row.path, email, password, reason, code=code)

    def show_found(self, value: RestorePreview) -> None:
        zone = usual_time_zone()
        lines = [
            _("The backup was made on {instant}.").format(instant=format_instant(value.made_at, zone)),
            ngettext("It has {number} account.", "It has {number} accounts.", len(value.accounts)).format(
                number=format_number(len(value.accounts))
            ),
        ]
        if self._choice.lacking:
            text = ngettext(
                "{number} entry of the audit log was written since then, and is missing once it is restored.",
                "{number} entries of the audit log were written since then, and are missing once it is restored.",
                self._choice.lacking,
            )
            lines.append(text.format(number=format_number(self._choice.lacking)))
        lines.append(_("The damaged file is kept beside the backups. What has come due since is completed at once."))
        self.say_lines(lines)


def _headline(salvage: Salvage) -> Notice:
    """How much is missing first, then all else that is to be said of it."""
    missing = missing_text(salvage)
    certain = salvage.is_exact and not salvage.strays
    kind = Kind.ERROR if salvage.missing else Kind.SUCCESS if certain else Kind.PENDING
    return Notice(kind, " ".join(line for line in summary(salvage) if line != missing), missing)


def _what_holds(salvage: Salvage) -> list[str]:
    lines = []
    if salvage.findings:
        text = ngettext(
            "The check of the books finds {number} thing that is not right; it stands in the list.",
            "The check of the books finds {number} things that are not right; they stand in the list.",
            len(salvage.findings),
        )
        lines.append(text.format(number=format_number(len(salvage.findings))))
    lines.append(_("The damaged file is kept beside the backups, with the list of what is missing."))
    return lines


def _table_columns() -> tuple[Column[SalvagedTable], ...]:
    return (
        Column("table", lambda: _("Kind"), lambda row: table_name(row.table), strong=True, stretch=1, min_width=160),
        Column(
            "kept",
            lambda: _("Read"),
            lambda row: row.kept,
            text=lambda row: format_number(row.kept),
            align=Align.END,
            min_width=90,
        ),
        Column(
            "rebuilt",
            lambda: _("Rebuilt"),
            lambda row: row.rebuilt,
            text=lambda row: format_number(row.rebuilt),
            align=Align.END,
            min_width=90,
        ),
        Column(
            "missing",
            lambda: _("Missing"),
            lambda row: row.missing,
            text=_missing_text,
            align=Align.END,
            min_width=120,
        ),
    )


def _missing_text(row: SalvagedTable) -> str:
    number = format_number(row.missing)
    return number if row.is_exact else _("at least {number}").format(number=number)


def _item_columns() -> tuple[Column[SalvagedItem], ...]:
    return (
        Column("account", lambda: _("Account"), lambda row: row.account, strong=True, stretch=2, min_width=140),
        Column("table", lambda: _("Kind"), lambda row: table_name(row.table), stretch=1, min_width=130),
        Column(
            "number",
            lambda: _("Number"),
            lambda row: row.number,
            text=lambda row: "" if row.number is None else str(row.number),
            align=Align.END,
            min_width=80,
        ),
        Column("fate", lambda: _("What became of it"), lambda row: fate_name(row.fate), stretch=2, min_width=150),
        Column("known", lambda: _("What is known of it"), item_text, stretch=4, min_width=200),
    )

"""The database cannot be opened: what happened, where, what to do."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import CodedError
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.base.messages import message
from cpdesk.base.paths import BACKUP_FOLDER
from cpdesk.domain.backups import BackupRow, newest_first, read_name
from cpdesk.ui.pages.start.sheet import SheetPage
from cpdesk.ui.texts import path_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox

if TYPE_CHECKING:
    from collections.abc import Callable


_BEYOND_USE = frozenset({"database_damaged", "not_a_database"})


class DatabaseTroublePage(SheetPage):
    """Opened with `error` (a CodedError) and `retry`, which opens the database again."""

    sheet_width = 640

    def _build(self) -> None:
        super()._build()
        self._what_to_do = Label(wrap=True)
        self._copy = secondary()
        self._retry = primary()
        self.sheet.body.addWidget(self._what_to_do)
        self.sheet.body.addSpacing(spacing.S)
        self.sheet.body.addLayout(hbox(self._retry, self._copy, None, space=spacing.S))

    def _wire(self) -> None:
        self._copy.clicked.connect(self._on_copy)
        self._retry.clicked.connect(self._on_retry)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        self.retranslate()

    def retranslate(self) -> None:
        error = self.params.get("error")
        if not isinstance(error, CodedError):
            return
        self.set_heading(_title(error.code), message(error))
        self._what_to_do.setText(" ".join(part for part in (_what_to_do(error.code), self._way_back()) if part))
        self._copy.setVisible(bool(self._path()))
        self._copy.setText(_("Copy path"))
        self._retry.setText(_("Try again"))

    def first_focus(self) -> QWidget | None:
        return self._retry

    def _path(self) -> str:
        error = self.params.get("error")
        return str(error.params.get("path", "")) if isinstance(error, CodedError) else ""

    def _way_back(self) -> str:
        """The newest backup, where the database itself is beyond use."""
        error = self.params.get("error")
        if not isinstance(error, CodedError) or error.code not in _BEYOND_USE or not self._path():
            return ""
        newest = _newest_backup(Path(self._path()).parent / BACKUP_FOLDER)
        if newest is None:
            return ""
        text = _(
            'The newest backup is of {day}. What is there now is kept when it is restored: cpdesk restore "{file}"'
        )
        return text.format(day=format_date(newest.made_at.astimezone().date()), file=path_text(newest.path))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._path())

    def _on_retry(self) -> None:
        cast("Callable[[], object]", self.params["retry"])()


def _newest_backup(folder: Path) -> BackupRow | None:
    """As their names say; nothing is opened."""
    try:
        rows = [read_name(path, path.stat().st_size) for path in folder.iterdir()]
    except OSError:
        return None
    return next(iter(newest_first(row for row in rows if row is not None)), None)


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
        "not_a_database": _("Move the file away, or start cpdesk with another folder: cpdesk --data FOLDER"),
        "demo_database": _("Move the file away, or start cpdesk with another folder: cpdesk --data FOLDER"),
        "upgrade_needs_backup": _("Make room on the disk, or give yourself permission to write to the folder."),
        "database_not_reachable": _("Check that the folder is there and that you may read and write it."),
    }
    return " ".join((advice.get(code, ""), _("Nothing was changed."))).strip()

"""The backups and the dialog that restores one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.backups import AccountModes, BackupKind, BackupRow, Restored, RestorePreview, file_name
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services.backups import Backups
from cpdesk.services.encryption import Encryption
from cpdesk.ui.context import PageContext
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import NOW, Picture, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.backups.page import BackupsPage
from cpdesk.ui.pages.backups.restore_dialog import RestoreDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.table import DataTable

_ALL = ("german", "large_text", "rtl")

FOLDER = Path("/home/dana/.local/share/cpdesk/backups")


def backup(kind: BackupKind, made_at: datetime, size: int = 48_300_000, schema: int = 4) -> BackupRow:
    """A backup under the name that the program gives it."""
    return BackupRow(FOLDER / file_name(kind, made_at, schema), kind, made_at, size, schema)


_MORNING = datetime(2026, 11, 23, 13, 2, 11, tzinfo=UTC)
BACKUPS = (
    *(backup(BackupKind.DAILY, _MORNING - timedelta(days=day), 48_300_000 - 90_000 * day) for day in range(6)),
    backup(BackupKind.MANUAL, datetime(2026, 11, 19, 16, 40, 5, tzinfo=UTC), 47_900_000),
    backup(BackupKind.RESTORE, datetime(2026, 11, 12, 9, 15, 0, tzinfo=UTC), 46_200_000),
    backup(BackupKind.UPGRADE, datetime(2026, 11, 2, 8, 0, 44, tzinfo=UTC), 45_800_000, 3),
    *(backup(BackupKind.DAILY, datetime(2026, month, 28, 13, 0, tzinfo=UTC), 39_000_000, 3) for month in (8, 9, 10)),
)
CHANGING = (
    AccountModes(ACCOUNTS[0].id, ACCOUNTS[0].name, ACCOUNTS[0].domain, Mode.PURCHASE, Mode.USAGE),
    AccountModes(
        ACCOUNTS[1].id, ACCOUNTS[1].name, ACCOUNTS[1].domain, Mode.PURCHASE, Mode.PURCHASE, date(2026, 12, 1), None
    ),
    AccountModes(ACCOUNTS[2].id, ACCOUNTS[2].name, ACCOUNTS[2].domain, Mode.USAGE, None),
)
SAME = AccountModes(ACCOUNTS[3].id, ACCOUNTS[3].name, ACCOUNTS[3].domain, Mode.USAGE, Mode.USAGE)


def preview(row: BackupRow = BACKUPS[3], accounts: Sequence[AccountModes] = (*CHANGING, SAME), **facts: Any) -> Any:
    """What restoring a backup would change; `facts` replace those of a usual one."""
    usual: dict[str, Any] = {
        "last_recorded": row.made_at - timedelta(minutes=48),
        "older_schema": False,
        "set_aside": 1_204,
        "same_history": True,
        **facts,
    }
    return RestorePreview(row.path, row.made_at, size=row.size, schema=row.schema, accounts=tuple(accounts), **usual)


def backup_services(rows: Sequence[BackupRow] | Exception = BACKUPS, *, unlock: object = None, **answers: Any) -> Any:
    """Services that know these backups; `unlock` is what a passphrase is answered by, `answers` replace methods of
    `Backups`.
    """
    made = backup(BackupKind.MANUAL, NOW)
    known: dict[str, Any] = {
        "folder": FOLDER,
        "rows": list(rows) if not isinstance(rows, Exception) else rows,
        "make": Done(made, topics.BACKUPS),
        "preview": preview(),
        "restore": Done(Restored(backup(BackupKind.RESTORE, NOW).path, CHANGING, 1_204), topics.EVERYTHING),
        **answers,
    }
    return services(backups=StandIn(Backups, **known), encryption=StandIn(Encryption, unlock=unlock))


def _page(stage: Stage, bundle: Any, session: Session = RESELLER) -> Window:
    return stage.window(all_pages(), "backups", services=bundle, session=session)


def _context(window: Window) -> PageContext:
    assert window.page is not None
    return window.page.context


@scene("backups", variants=_ALL)
def backups(stage: Stage) -> QWidget:
    """Some of each kind, one selected."""
    window = _page(stage, backup_services())
    table = window.findChild(DataTable)
    assert isinstance(table, DataTable)
    table.select(BACKUPS[3].path)
    return window


@scene("backups_one", variants=("german",))
def backups_one(stage: Stage) -> QWidget:
    """The second day."""
    return _page(stage, backup_services(BACKUPS[:1]))


@scene("backups_empty", variants=_ALL)
def backups_empty(stage: Stage) -> QWidget:
    """None yet."""
    return _page(stage, backup_services(()))


@scene("backups_thousands")
def backups_thousands(stage: Stage) -> QWidget:
    """Somebody makes one every hour."""
    rows = tuple(backup(BackupKind.MANUAL, NOW - timedelta(hours=hour)) for hour in range(3000))
    return _page(stage, backup_services(rows))


@scene("backups_error", variants=("german",))
def backups_error(stage: Stage) -> QWidget:
    """The folder cannot be reached."""
    return _page(stage, backup_services(KnownError("disk_trouble", path=str(FOLDER), reason="Input/output error")))


@scene("backups_full")
def backups_full(stage: Stage) -> QWidget:
    """No room for another one."""
    window = _page(stage, backup_services(make=KnownError("disk_full", path=str(FOLDER))))
    assert isinstance(window.page, BackupsPage)
    window.page.make.click()
    return window


@scene("backups_auditor", variants=("german",))
def backups_auditor(stage: Stage) -> QWidget:
    """Reads everything, changes nothing."""
    return _page(stage, backup_services(), AUDITOR)


def _restoring(stage: Stage, row: BackupRow = BACKUPS[3], **answers: Any) -> tuple[Window, RestoreDialog]:
    window = _page(stage, backup_services(**answers))
    dialog = RestoreDialog(window, _context(window), row.path, FOLDER)
    dialog.read()
    return window, dialog


@scene("backup_restore", variants=_ALL)
def backup_restore(stage: Stage) -> Picture:
    """Three accounts are another way then."""
    return _restoring(stage)


@scene("backup_restore_locked", variants=_ALL)
def backup_restore_locked(stage: Stage) -> Picture:
    """It is under a passphrase of before, and the first try was wrong."""
    needed = KnownError("passphrase_needed", path=str(BACKUPS[3].path))
    window, dialog = _restoring(stage, preview=needed, unlock=UserError("wrong_passphrase"))
    dialog.passphrase.set_values({"passphrase": "something else"})
    dialog.unlock.click()
    return window, dialog


@scene("backup_restore_same", variants=("german",))
def backup_restore_same(stage: Stage) -> Picture:
    """Made this morning: nothing of weight has happened since."""
    return _restoring(stage, BACKUPS[0], preview=preview(BACKUPS[0], (SAME,), set_aside=3))


@scene("backup_restore_foreign", variants=("german",))
def backup_restore_foreign(stage: Stage) -> Picture:
    """Of another database, from an older version, with other operators."""
    shown = preview(
        BACKUPS[8],
        older_schema=True,
        same_history=False,
        returning=("kim.osei@reseller.example",),
        leaving=("robin.vance@reseller.example", "morgan.ellis@contoso-freight.example"),
    )
    return _restoring(stage, BACKUPS[8], preview=shown)


@scene("backup_restore_many", variants=("large_text",))
def backup_restore_many(stage: Stage) -> Picture:
    """More accounts than there is room for."""
    many = [
        AccountModes(number, f"Customer {number}", f"customer{number}.example", Mode.USAGE, Mode.PURCHASE)
        for number in range(1, 200)
    ]
    return _restoring(stage, preview=preview(accounts=many))


@scene("backup_restore_refused", variants=("german",))
def backup_restore_refused(stage: Stage) -> Picture:
    """Not a database at all."""
    return _restoring(stage, preview=KnownError("not_a_database", path=str(BACKUPS[3].path)))


@scene("backup_restore_used")
def backup_restore_used(stage: Stage) -> Picture:
    """Another process has the present database open."""
    refusal = KnownError("database_in_use", path="/home/dana/.local/share/cpdesk/cpdesk.db")
    window, dialog = _restoring(stage, restore=refusal)
    dialog.restore.click()
    return window, dialog

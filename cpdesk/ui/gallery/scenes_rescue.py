"""A damaged database: what there is to choose from, and what can be saved."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.domain import topics
from cpdesk.domain.backups import BackupKind, Restored
from cpdesk.domain.rows import Done, Finding
from cpdesk.domain.salvage import (
    BackupChoice,
    Condition,
    Fate,
    Salvage,
    Salvaged,
    SalvagedItem,
    SalvagedTable,
)
from cpdesk.services.backups import Backups
from cpdesk.services.bundle import Services
from cpdesk.services.salvaging import Salvaging
from cpdesk.ui.gallery.samples import ACCOUNTS
from cpdesk.ui.gallery.scene import NOW, Picture, Stage, scene
from cpdesk.ui.gallery.scenes_backups import BACKUPS, FOLDER, backup, preview
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.start.rescue_dialog import RescueDialog
from cpdesk.ui.pages.start.trouble import DatabaseTroublePage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
PATH = FOLDER.parent / DATABASE_FILE

CHOICES = [
    BackupChoice(backup(BackupKind.DAILY, NOW - timedelta(hours=2)), Condition.DAMAGED, None),
    BackupChoice(BACKUPS[1], Condition.GOOD, 37),
    *(BackupChoice(row, Condition.UNCHECKED, None) for row in BACKUPS[2:5]),
]


def _item(fate: Fate, table: str, number: int | None, place: int | None, **known: str) -> SalvagedItem:
    account = ACCOUNTS[place] if place is not None else None
    return SalvagedItem(fate, table, number, account.id if account else None, account.name if account else "", known)


ITEMS = (
    _item(Fate.LOST, "audit_entry", 8_114, None),
    _item(Fate.LOST, "audit_entry", 8_115, 0),
    _item(Fate.LOST, "audit_entry", 8_116, 0),
    _item(Fate.DOUBTFUL, "user", 211, 0, upn="ines.berg@harborlight.example", display_name="Ines Berg"),
    _item(Fate.LEFT_OUT, "assignment", None, 1, user_id="212", product_id="Microsoft 365 Business Premium"),
    _item(Fate.LOST, "price", None, None, product_id="Microsoft 365 E3", effective_on="2026-10-01"),
)
SALVAGE = Salvage(
    PATH,
    (
        SalvagedTable("account", 24, 0, 0, is_exact=True),
        SalvagedTable("audit_entry", 8_402, 0, 3, is_exact=True),
        SalvagedTable("user", 1_966, 1, 0, is_exact=True),
        SalvagedTable("assignment", 2_310, 0, 1, is_exact=True),
        SalvagedTable("price", 410, 0, 1, is_exact=False),
    ),
    ITEMS,
    (Finding("audit_gap", "error", "audit entry 8117", "after 8113"),),
    8_405,
    NOW - timedelta(hours=3),
)
WHOLE = Salvage(
    PATH,
    (SalvagedTable("user", 1_940, 26, 0, is_exact=True),),
    tuple(
        _item(Fate.REBUILT, "user", number, 0, upn=f"user{number}@harborlight.example", display_name=f"User {number}")
        for number in range(26)
    ),
    (),
    8_405,
    NOW - timedelta(hours=3),
)
MANY = Salvage(
    PATH,
    (SalvagedTable("seat_entry", 31_000, 0, 4_000, is_exact=True),),
    tuple(
        _item(Fate.LOST, "seat_entry", number, number % 5, product_id="Microsoft 365 E3", seats="1", assigned="1")
        for number in range(4_000)
    ),
    (),
    52_000,
    NOW - timedelta(hours=3),
)


def rescue_services(
    salvage: Salvage | Exception = SALVAGE, choices: list[BackupChoice] | Exception = CHOICES
) -> Services:
    """What the page and its dialogs ask."""
    kept = FOLDER / "cpdesk-damaged-20261123T130211Z.db"
    done = salvage if isinstance(salvage, Exception) else Salvaged(kept, salvage, kept.with_suffix(".csv"))
    saving = StandIn(
        Salvaging, backups=choices, preview=salvage, put_in_place=lambda *_a, **_n: Done(done, topics.EVERYTHING)
    )
    restored = Done(Restored(kept, (), 0), topics.EVERYTHING)
    backups = StandIn(Backups, preview_rescue=preview(BACKUPS[1]), rescue=restored)
    return services(salvaging=saving, backups=backups)


def trouble_window(stage: Stage, given: Services, code: str = "database_damaged", path: Path = PATH) -> Window:
    """The page as the start shows it."""
    error = KnownError(code, path=str(path))
    return stage.window(all_pages(), "trouble", services=given, session=None, error=error, retry=stage.jobs.close)


def _dialog(stage: Stage, salvage: Salvage | Exception, *, read: bool = True) -> tuple[Window, RescueDialog]:
    window = trouble_window(stage, rescue_services(salvage))
    page = window.page
    assert isinstance(page, DatabaseTroublePage)
    dialog = page.open_salvage()
    dialog.form.set_values({"email": "dana.reyes@reseller.example", "password": "correct horse"})
    if read:
        dialog.look.click()
    return window, dialog


@scene("trouble_damaged", variants=_ALL)
def trouble_damaged(stage: Stage) -> QWidget:
    """The newest backup is damaged too; the one before is good."""
    return trouble_window(stage, rescue_services())


@scene("trouble_damaged_no_backup")
def trouble_damaged_no_backup(stage: Stage) -> QWidget:
    """There is no backup at all."""
    return trouble_window(stage, rescue_services(choices=[]))


@scene("trouble_foreign_file")
def trouble_foreign_file(stage: Stage) -> QWidget:
    """Something else lies where the database belongs, and the folder of the backups cannot be read."""
    trouble = KnownError("disk_trouble", path=str(FOLDER), reason="Input/output error")
    return trouble_window(stage, rescue_services(choices=trouble), "not_a_database")


@scene("salvage_sign_in", variants=_ALL)
def salvage_sign_in(stage: Stage) -> Picture:
    """Nobody is told anything before it is known who it is."""
    return _dialog(stage, SALVAGE, read=False)


@scene("salvage_code", variants=_ALL)
def salvage_code(stage: Stage) -> Picture:
    """The password was right, and what is read asks for a second factor."""
    return _dialog(stage, UserError("code_needed"))


@scene("salvage", variants=_ALL)
def salvage_found(stage: Stage) -> Picture:
    """Some things are missing."""
    return _dialog(stage, SALVAGE)


@scene("salvage_whole")
def salvage_whole(stage: Stage) -> Picture:
    """Everything could be read or rebuilt."""
    return _dialog(stage, WHOLE)


@scene("salvage_thousands")
def salvage_thousands(stage: Stage) -> Picture:
    """Thousands of rows are missing."""
    return _dialog(stage, MANY)


@scene("salvage_nothing")
def salvage_nothing(stage: Stage) -> Picture:
    """There is nothing in it that could be saved."""
    return _dialog(stage, UserError("nothing_to_salvage", path=str(PATH)))


@scene("rescue_by_backup", variants=_ALL)
def rescue_by_backup(stage: Stage) -> Picture:
    """A backup is about to take the place of the damaged database."""
    window = trouble_window(stage, rescue_services())
    page = window.page
    assert isinstance(page, DatabaseTroublePage)
    dialog = page.open_restore(CHOICES[1])
    dialog.form.set_values({"email": "dana.reyes@reseller.example", "password": "correct horse"})
    dialog.look.click()
    return window, dialog

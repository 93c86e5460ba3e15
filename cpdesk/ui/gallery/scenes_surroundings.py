"""Banners about what lies around the program."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.jobs import Daily
from cpdesk.services.surroundings import DataFolder, FolderKind, Surroundings
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_backups import FOLDER, backup_services
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.backup_banner import BackupBanner
from cpdesk.ui.shell.fault_banner import FaultBanner
from cpdesk.ui.shell.folder_warning import FolderWarning
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")


def _window(stage: Stage) -> Window:
    return stage.window(all_pages(), "backups", services=backup_services(), session=RESELLER)


@scene("banner_folder", variants=_ALL)
def banner_folder(stage: Stage) -> QWidget:
    """The data lies on a network drive."""
    window = _window(stage)
    area = StandIn(Surroundings, folder=DataFolder(FOLDER.parent, FolderKind.NETWORK))
    FolderWarning(window, stage.jobs, services(surroundings=area), stage.settings).look()
    return window


@scene("banner_backup", variants=_ALL)
def banner_backup(stage: Stage) -> QWidget:
    """No room for the backup of the day."""
    window = _window(stage)
    daily = Daily(stage.jobs, stage.clock, _refuse, window)
    BackupBanner(window, stage.jobs, daily)
    daily.look()
    return window


def _with_fault(stage: Stage, code: str) -> Window:
    window = _window(stage)
    path = FOLDER.parent / DATABASE_FILE
    FaultBanner(window, stage.jobs, path, _refuse)
    stage.jobs.troubled.emit(KnownError(code, path=str(path)))
    return window


@scene("banner_disk_full", variants=_ALL)
def banner_disk_full(stage: Stage) -> QWidget:
    """No room for changes while the program runs."""
    return _with_fault(stage, "disk_full")


@scene("banner_database_gone", variants=_ALL)
def banner_database_gone(stage: Stage) -> QWidget:
    """The folder was moved away under the program."""
    return _with_fault(stage, "database_gone")


@scene("banner_database_damaged", variants=_ALL)
def banner_database_damaged(stage: Stage) -> QWidget:
    """A page of the file turned out to be damaged."""
    return _with_fault(stage, "database_damaged")


def _refuse() -> None:
    raise KnownError("disk_full", path=str(FOLDER))

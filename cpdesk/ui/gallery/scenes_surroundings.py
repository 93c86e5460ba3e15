"""Banners about what lies around the program."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.jobs import Daily
from cpdesk.services.surroundings import DataFolder, FolderKind, Surroundings
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_backups import FOLDER, backup_services
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.backup_banner import BackupBanner
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


def _refuse() -> None:
    raise KnownError("disk_full", path=str(FOLDER))

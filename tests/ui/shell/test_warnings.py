"""Banners about the surroundings: the backup of the day, and the place of the data folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError
from cpdesk.domain import topics
from cpdesk.jobs import Daily
from cpdesk.services.surroundings import DataFolder, FolderKind, Surroundings
from cpdesk.ui.gallery.samples import CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.shell.backup_banner import BackupBanner
from cpdesk.ui.shell.folder_warning import FolderWarning
from cpdesk.ui.shell.registry import Registry
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme

FULL = KnownError("disk_full", path="/data/backups")


@pytest.fixture
def stage(theme: Theme) -> Stage:
    return Stage(theme)


@pytest.fixture
def window(stage: Stage) -> Iterator[Window]:
    made = stage.window(Registry(), "nowhere", session=None)
    yield made
    made.close()
    made.deleteLater()


def buttons(window: Window) -> dict[str, QPushButton]:
    shown = (button for button in window.banners.findChildren(QPushButton) if not button.isHidden())
    return {button.text(): button for button in shown if button.text()}


# The backup of the day


class Made:
    """What making the backup of the day comes to."""

    def __init__(self, outcome: object) -> None:
        self.outcome = outcome

    def __call__(self) -> object:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def daily(window: Window, stage: Stage, outcome: object) -> tuple[Daily, Made]:
    made = Made(outcome)
    backup = Daily(stage.jobs, stage.clock, made, window)
    BackupBanner(window, stage.jobs, backup)
    return backup, made


def test_a_backup_that_was_made_is_not_worth_a_word(window: Window, stage: Stage) -> None:
    backup, _made = daily(window, stage, None)
    backup.look()
    assert window.banners.text("backup") == ""


def test_lists_of_backups_hear_of_a_new_one(window: Window, stage: Stage, qtbot: QtBot) -> None:
    backup, _made = daily(window, stage, "a row")
    with qtbot.waitSignal(stage.jobs.changed) as heard:
        backup.look()
    assert heard.args[0] == topics.BACKUPS


def test_one_that_failed_is_said_until_one_is_made(window: Window, stage: Stage) -> None:
    backup, made = daily(window, stage, FULL)
    backup.look()
    assert window.banners.text("backup").startswith("The backup of today could not be made. The disk is full:")
    made.outcome = None
    buttons(window)["Try again"].click()
    assert window.banners.text("backup") == ""


def test_the_way_to_the_backups_is_offered_to_who_may_see_them(window: Window, stage: Stage) -> None:
    backup, _made = daily(window, stage, FULL)
    backup.look()
    assert list(buttons(window)) == ["Try again"]
    window.sign_in(RESELLER)
    assert list(buttons(window)) == ["Try again", "Show backups"]
    window.sign_in(CUSTOMER)
    assert list(buttons(window)) == ["Try again"]


# The place of the data folder


def warned(window: Window, stage: Stage, kind: FolderKind, folder: str = "/data") -> str:
    """What is said at the start with a folder."""
    area = StandIn(Surroundings, folder=DataFolder(Path(folder), kind))
    FolderWarning(window, stage.jobs, services(surroundings=area), stage.settings).look()
    return window.banners.text("folder")


def test_a_folder_on_a_disk_of_this_computer_is_not_worth_a_word(window: Window, stage: Stage) -> None:
    assert warned(window, stage, FolderKind.LOCAL) == ""


@pytest.mark.parametrize("kind", [kind for kind in FolderKind if kind is not FolderKind.LOCAL])
def test_any_other_one_is_warned_about(window: Window, stage: Stage, kind: FolderKind) -> None:
    assert str(Path("/data")) in warned(window, stage, kind)


def test_who_has_heard_enough_is_not_warned_again_about_this_folder(window: Window, stage: Stage) -> None:
    assert warned(window, stage, FolderKind.DROPBOX)
    buttons(window)["Do not warn again"].click()
    assert warned(window, stage, FolderKind.DROPBOX) == ""
    assert warned(window, stage, FolderKind.NETWORK)
    window.banners.clear("folder")
    assert warned(window, stage, FolderKind.DROPBOX, "/other")

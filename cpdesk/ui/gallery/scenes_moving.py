"""Moving to another computer."""

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.ui.gallery.moving_samples import AWAY, MOVE_FILE
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_settings import settings_services, settings_window
from cpdesk.ui.gallery.scenes_start import setup_window
from cpdesk.ui.pages.settings.move_out_dialog import MoveOutDialog, TakeBackDialog
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.parts.move_in import BringInDialog, BringInFreshDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")


def _settings(stage: Stage, **answers: object) -> tuple[Window, SettingsPage]:
    window = settings_window(stage, settings_services(**answers), section="moving")  # type: ignore[arg-type]
    assert isinstance(window.page, SettingsPage)
    return window, window.page


@scene("settings_moving", variants=_ALL)
def settings_moving(stage: Stage) -> QWidget:
    """The section of the settings."""
    return _settings(stage)[0]


@scene("settings_moved", variants=_ALL)
def settings_moved(stage: Stage) -> QWidget:
    """The database went to another computer."""
    return _settings(stage, moved=AWAY)[0]


def _leaving(stage: Stage) -> tuple[QWidget, MoveOutDialog]:
    window, page = _settings(stage)
    dialog = MoveOutDialog(page, page.context, MOVE_FILE)
    dialog.form.set_values({"aside": True})
    dialog.open()
    return window, dialog


@scene("move_out", variants=_ALL)
def move_out(stage: Stage) -> tuple[QWidget, QDialog]:
    """What goes along, with the tick."""
    return _leaving(stage)


@scene("move_out_progress", variants=("german",))
def move_out_progress(stage: Stage) -> tuple[QWidget, QDialog]:
    """It takes long."""
    window, dialog = _leaving(stage)
    dialog.tell((31_000_000, 96_600_000))
    dialog.show_line()
    return window, dialog


@scene("move_back", variants=("german",))
def move_back(stage: Stage) -> tuple[QWidget, QDialog]:
    """The way back."""
    window, page = _settings(stage, moved=AWAY)
    dialog = TakeBackDialog(page, page.context)
    dialog.open()
    return window, dialog


def _bringing(stage: Stage) -> tuple[QWidget, BringInDialog]:
    window, page = _settings(stage)
    dialog = BringInDialog(page, page.context, MOVE_FILE)
    dialog.open()
    return window, dialog


@scene("move_in", variants=_ALL)
def move_in(stage: Stage) -> tuple[QWidget, QDialog]:
    """What the file holds, and what it takes the place of."""
    window, dialog = _bringing(stage)
    dialog.read()
    return window, dialog


@scene("move_in_damaged", variants=("german",))
def move_in_damaged(stage: Stage) -> tuple[QWidget, QDialog]:
    """The file was cut on the way."""
    window, dialog = _bringing(stage)
    dialog.refused(UserError("move_damaged", path=str(MOVE_FILE)))
    return window, dialog


@scene("move_in_locked", variants=("german",))
def move_in_locked(stage: Stage) -> tuple[QWidget, QDialog]:
    """The database in the file is encrypted."""
    window, dialog = _bringing(stage)
    dialog.refused(KnownError("passphrase_needed", path=str(MOVE_FILE)))
    return window, dialog


@scene("move_in_code", variants=_ALL)
def move_in_code(stage: Stage) -> tuple[QWidget, QDialog]:
    """The password was right, and the file asks for a second factor."""
    window, page = setup_window(stage)
    dialog = BringInFreshDialog(page, page.context, MOVE_FILE, frozenset())
    dialog.form.set_values({"email": "dana.reyes@reseller.example", "password": "correct horse"})
    dialog.open()
    dialog.refused(UserError("code_needed"))
    return window, dialog


@scene("move_in_fresh", variants=_ALL)
def move_in_fresh(stage: Stage) -> tuple[QWidget, QDialog]:
    """Nothing is here yet."""
    window, page = setup_window(stage)
    dialog = BringInFreshDialog(page, page.context, MOVE_FILE, frozenset())
    dialog.open()
    return window, dialog

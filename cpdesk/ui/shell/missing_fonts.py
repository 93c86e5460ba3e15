"""The word about a computer without fonts, where the window shows no letters."""

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontInfo, QGuiApplication

from cpdesk.base.i18n import _
from cpdesk.ui.context import Kind

if TYPE_CHECKING:
    from cpdesk.ui.shell.window import Window

_log = logging.getLogger(__name__)


def tell_missing_fonts(window: "Window") -> None:
    """Say so wherever it may be read or heard, if there is no font to write with."""
    # The names of families would not tell: without any font Qt still lists some, and draws boxes.
    if QFontInfo(QGuiApplication.font()).family():
        return
    text = _("No font is installed: the window shows boxes for letters. Install one, DejaVu Sans for example.")
    _log.warning("there is no font")
    # A screen reader reads the banner, and who started the program in a terminal reads this.
    window.banners.set("fonts", Kind.ERROR, text)
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")

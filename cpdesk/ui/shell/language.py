"""Puts the whole window into a language: our texts, Qt's own, numbers, and the direction of reading."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.base import i18n

SETTING = "ui/language"


class _Installed:
    translator: QTranslator | None = None


def apply_language(app: QApplication, code: str | None) -> str:
    """Use the language nearest to `code` (None: the system's); every window is told. Returns its code."""
    used = i18n.set_language(code)
    QLocale.setDefault(QLocale("en_US" if used == i18n.SOURCE_LANGUAGE else used))
    _install_qt_texts(app, used)
    rtl = i18n.is_right_to_left()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    _tell_windows(app)
    return used


def _tell_windows(app: QApplication) -> None:
    """Ask anew for each: one that is told may throw away others, such as the list that belongs to a box of its own."""
    told: set[int] = set()
    while (window := next((one for one in app.topLevelWidgets() if _address(one) not in told), None)) is not None:
        told.add(_address(window))
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def _address(window: QWidget) -> int:
    # What Qt made by itself, Python does not hear the end of: a second look at its object would be fatal.
    address: int = shiboken6.getCppPointer(window)[0]
    return address


def _install_qt_texts(app: QApplication, code: str) -> None:
    """Qt's own words, in the context menu of a text field for example."""
    if _Installed.translator is not None:
        app.removeTranslator(_Installed.translator)
        _Installed.translator = None
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != i18n.SOURCE_LANGUAGE and translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)
        _Installed.translator = translator

"""What this program is, and what it is made with."""

import platform
from collections.abc import Iterable
from importlib import metadata

from PySide6.QtGui import QGuiApplication

import cpdesk
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.ui.pages.settings.setting_row import SettingsCard
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox

_USED = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("peewee", "MIT"),
    ("Babel", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("tzdata", "Apache-2.0"),
    ("argon2-cffi", "MIT"),
    ("segno", "BSD-3-Clause"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("sqlcipher3", "Zlib"),
)
"""Distributions that the program needs to run, and their licenses."""


class AboutCard(SettingsCard):
    """Versions, to be copied into a report, and licenses."""

    def __init__(self) -> None:
        super().__init__()
        self._versions = Label(wrap=True, selectable=True)
        self.copy = secondary()
        self._used = Label(role=TextRole.STRONG)
        self._facts = Facts()
        self.body.addLayout(hbox(self._versions, self.copy))
        self.body.addWidget(self._used)
        self.body.addWidget(self._facts)
        self.copy.clicked.connect(self._on_copy)

    def show_used(self, used: Iterable[tuple[str, str]]) -> None:
        """Show what the program is made with, and under which license."""
        self._facts.clear()
        for name, its_license in used:
            self._facts.add(name, its_license)

    def retranslate(self) -> None:
        self.set_title(_("About"))
        self._versions.setText(versions())
        self.copy.setText(_("Copy versions"))
        self._used.setText(_("Made with"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(versions())
        self.copy.setText(_("Copied"))


def used() -> tuple[tuple[str, str], ...]:
    """What the program is made with, each with its version and license. Reads files: not for the GUI thread."""
    libraries = ((f"{name} {_version(name)}".strip(), its_license) for name, its_license in _USED)
    return (*libraries, (f"Python {platform.python_version()}", "PSF-2.0"), (_sqlite(), "Public Domain"))


def versions() -> str:
    """The program and what it runs on, for a report."""
    from PySide6.QtCore import qVersion

    parts = (f"cpdesk {cpdesk.__version__}", f"Qt {qVersion()}", f"Python {platform.python_version()}", _system())
    return beside(*parts)


def _system() -> str:
    return f"{platform.system()} {platform.release()}"


def _sqlite() -> str:
    import sqlite3

    return f"SQLite {sqlite3.sqlite_version}"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""  # a packaged program may carry no metadata

"""What operators choose for themselves in their menu at the end of the top bar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.ui.shell import language
from cpdesk.ui.theme import Appearance

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.top_bar import TopBar

SETTINGS = "settings"
"""The key of the page with what a person can set."""


class Personal(QObject):
    """Language, appearance, password, the way to the settings."""

    def __init__(self, window: QWidget, bar: "TopBar", context: "Callable[[], PageContext]") -> None:
        """`context` is asked each time: it is another one after somebody signed in."""
        super().__init__(window)
        self._window = window
        self._context = context
        bar.password_asked.connect(self._on_password_asked)
        bar.settings_asked.connect(self._on_settings_asked)
        bar.appearance_chosen.connect(self._on_appearance_chosen)
        bar.language_chosen.connect(self._on_language_chosen)

    def _on_password_asked(self) -> None:
        from cpdesk.ui.parts.change_password import ChangePasswordDialog

        ChangePasswordDialog(self._window, self._context()).open()

    def _on_settings_asked(self) -> None:
        self._context().navigate(SETTINGS)

    def _on_appearance_chosen(self, choice: str) -> None:
        self._context().theme.set_appearance(Appearance(choice))

    def _on_language_chosen(self, code: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._context().settings.setValue(language.SETTING, code)
        language.apply_language(app, code)

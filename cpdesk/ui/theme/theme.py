"""The theme in use: light or dark, following the system unless a person chose one."""

import os
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from cpdesk.ui.theme import fonts, spacing
from cpdesk.ui.theme.palette import palette
from cpdesk.ui.theme.stylesheet import stylesheet
from cpdesk.ui.theme.tokens import DARK, LIGHT, Tokens

if TYPE_CHECKING:
    from cpdesk.ui.context import Settings

STYLE_VARIABLE = "QT_STYLE_OVERRIDE"
STYLE = "Fusion"
"""Set the variable to it before there is an application: to do so later costs 10 ms."""

_APPEARANCE = "ui/appearance"
_DENSE = "ui/dense_rows"
_STILL = "ui/reduced_motion"


class Appearance(StrEnum):
    """What a person can choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Owns how the application looks. `changed` fires after colours or text size have changed, `changing` before."""

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication, settings: "Settings | None" = None) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._appearance = _stored(settings)
        self._dense = _is_set(settings, _DENSE)
        self._still = _is_set(settings, _STILL)
        self._text_scale = 1.0
        self._applied: tuple[Tokens, float] | None = None
        self.fonts = fonts.system_fonts()
        self.tokens: Tokens = LIGHT
        _Current.theme = self
        if os.environ.get(STYLE_VARIABLE) != STYLE:
            app.setStyle(STYLE)
        self._tell_system()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def appearance(self) -> Appearance:
        """What was chosen; `dark` says what that means right now."""
        return self._appearance

    @property
    def dark(self) -> bool:
        return self.tokens is DARK

    @property
    def reduced_motion(self) -> bool:
        """Whether a person or the system asks for no animations (the system's wish is known from Qt 6.11 on)."""
        return self._still or self._system_reduces_motion()

    @property
    def motion_reduced_by_choice(self) -> bool:
        """Whether a person asked for no animations, whatever the system says."""
        return self._still

    @property
    def dense(self) -> bool:
        """Whether a person chose lists with low rows."""
        return self._dense

    @property
    def row_height(self) -> int:
        """How high the rows of lists are at the present text size."""
        return self.fonts.scaled(spacing.DENSE_ROW if self._dense else spacing.ROW)

    def set_dense(self, *, dense: bool) -> None:
        """Show lists with low rows, or with usual ones; remembered."""
        self._dense = dense
        self._remember(_DENSE, dense)
        self.changed.emit()

    def set_reduced_motion(self, *, reduced: bool) -> None:
        """Animate nothing even if the system would allow it; remembered."""
        self._still = reduced
        self._remember(_STILL, reduced)

    def _remember(self, key: str, value: bool) -> None:
        if self._settings is not None:
            self._settings.setValue(key, "1" if value else "0")

    def _system_reduces_motion(self) -> bool:
        style = self._app.styleHints()  # kept by name: its hints die with the last reference to it
        if not hasattr(style, "accessibility"):
            return False
        wish = getattr(style.accessibility(), "motionPreference", None)
        return wish is not None and wish().name == "ReducedMotion"

    def set_appearance(self, appearance: Appearance) -> None:
        """Follow the system or force light or dark; remembered."""
        self._appearance = appearance
        if self._settings is not None:
            self._settings.setValue(_APPEARANCE, appearance.value)
        self._tell_system()
        self._apply()

    def set_text_scale(self, scale: float) -> None:
        """Enlarge all texts: 1.0 is the system's size, 2.0 is 200 %."""
        self._text_scale = scale
        self._apply()

    def icon(self, name: str, tone: str = "soft") -> QIcon:
        """The icon `name` in the colour of the token `tone`, for as long as it lives."""
        # The empty window needs none.
        from cpdesk.ui.theme import icons

        def colour(mode: QIcon.Mode, _state: QIcon.State) -> str:
            return self.colour("outline" if mode is QIcon.Mode.Disabled else tone)

        return QIcon(icons.TintedIcon(name, colour))

    def colour(self, token: str) -> str:
        """The colour of a token by its name."""
        return str(getattr(self.tokens, token))

    def _apply(self) -> None:
        tokens = DARK if self._wants_dark() else LIGHT
        looks = (tokens, self._text_scale)
        if looks == self._applied:
            return  # a new style sheet makes every widget think anew, which takes a while
        self._applied = looks
        self.changing.emit()
        self.tokens = tokens
        self.fonts = fonts.system_fonts(self._text_scale)
        # Qt looks up another sheet for each widget once for every widget around it, a new one just once.
        self._app.setStyleSheet("")
        self._app.setPalette(palette(self.tokens))
        self._app.setFont(self.fonts.font(fonts.TextRole.BODY))
        self._app.setStyleSheet(stylesheet(self.tokens, self.fonts))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._appearance is Appearance.SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._appearance is Appearance.DARK

    def _tell_system(self) -> None:
        """Title bars and native dialogs follow where the platform can; our own drawing does not need it."""
        scheme = {Appearance.LIGHT: Qt.ColorScheme.Light, Appearance.DARK: Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(scheme.get(self._appearance, Qt.ColorScheme.Unknown))

    def _on_system_changed(self) -> None:
        if self._wants_dark() != self.dark:
            self._apply()


class _Current:
    theme: Theme | None = None


def current() -> Theme:
    """The theme of the application, made on first use: what widgets ask when they paint."""
    if _Current.theme is None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise RuntimeError("there is no application to have a theme")
        Theme(app)
    assert _Current.theme is not None
    return _Current.theme


def _is_set(settings: "Settings | None", key: str) -> bool:
    return settings is not None and str(settings.value(key, "")) == "1"


def _stored(settings: "Settings | None") -> Appearance:
    stored = settings.value(_APPEARANCE) if settings is not None else None
    return next((choice for choice in Appearance if choice == stored), Appearance.SYSTEM)

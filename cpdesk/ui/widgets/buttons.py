"""Buttons by what they are for. A page has one primary action."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from cpdesk.ui import theme
from cpdesk.ui.widgets.layout import restyle
from cpdesk.ui.widgets.tips import set_tip


class ButtonKind(StrEnum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    QUIET = "quiet"
    LINK = "link"
    CHIP = "chip"
    """A small round one that filters; usually checkable."""


def button(kind: ButtonKind, text: str = "", parent: QWidget | None = None) -> QPushButton:
    """A push button; Enter presses it too, wherever it stands."""
    made = QPushButton(text, parent)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(True)
    made.setProperty("kind", kind.value)
    if kind in (ButtonKind.LINK, ButtonKind.PRIMARY):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def primary(text: str = "") -> QPushButton:
    """The one main action."""
    return button(ButtonKind.PRIMARY, text)


def secondary(text: str = "") -> QPushButton:
    """Any other action."""
    return button(ButtonKind.SECONDARY, text)


def danger(text: str = "") -> QPushButton:
    """An action that loses something."""
    return button(ButtonKind.DANGER, text)


def quiet(text: str = "") -> QPushButton:
    """An action without a frame."""
    return button(ButtonKind.QUIET, text)


def link(text: str = "") -> QPushButton:
    """A way to another place, in the flow of the text."""
    return button(ButtonKind.LINK, text)


def filter_chip(text: str = "") -> QPushButton:
    """A checkable button that narrows a list."""
    made = button(ButtonKind.CHIP, text)
    made.setCheckable(True)
    return made


def set_kind(target: QPushButton, kind: ButtonKind) -> None:
    """Change what a button is for."""
    restyle(target, "kind", kind.value)


def icon_button(icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """A button that shows only an icon; `name` is its tooltip and what a screen reader says."""
    made = QToolButton(parent)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setProperty("kind", ButtonKind.QUIET.value)
    made.setIcon(theme.current().icon(icon))
    side = theme.current().fonts.scaled(20)
    made.setIconSize(QSize(side, side))
    rename(made, name)
    return made


def rename(target: QToolButton, name: str) -> None:
    """Give an icon button another name."""
    set_tip(target, name)
    target.setAccessibleName(name)

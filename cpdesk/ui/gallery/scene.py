"""What the gallery renders: functions that make a widget, a window, or a window with a dialog over it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, cast

from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from cpdesk.base.clock import MovableClock
from cpdesk.domain.operators import Role, Session
from cpdesk.jobs import InlineJobs
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.shell.registry import Registry
from cpdesk.ui.shell.window import Window, WindowParts
from cpdesk.ui.theme import Theme, spacing
from cpdesk.ui.widgets.surfaces import surface

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""What the clock says in all pictures."""

OPERATOR = Session(operator_id=1, email="dana.reyes@northwind.example", role=Role.RESELLER, account_id=None)

Picture = QWidget | tuple[QWidget, QDialog]


class Variant(StrEnum):
    """What a scene may ask for besides light and dark in two sizes."""

    GERMAN = "german"
    LARGE_TEXT = "large_text"
    RTL = "rtl"


@dataclass(slots=True)
class Stage:
    """Hands a scene what it needs, one stage a picture."""

    theme: Theme
    settings: MemorySettings = field(default_factory=MemorySettings)
    clock: MovableClock = field(default_factory=lambda: MovableClock(NOW))
    jobs: InlineJobs = field(default_factory=InlineJobs)

    def window(
        self,
        registry: Registry,
        at: str,
        *,
        services: Any = None,
        session: Session | None = OPERATOR,
        **params: object,
    ) -> Window:
        """The real window at a page; `services` may be any stand-in that has the methods the page calls."""
        parts = WindowParts(
            registry=registry,
            services=cast("Any", services),
            jobs=self.jobs,
            clock=self.clock,
            home=lambda _session: (at, params),
            sign_in_key=at,
        )
        window = Window(self.settings, self.theme)
        window.furnish(parts)
        if session is not None:
            window.sign_in(session)
        window.navigate(at, **params)
        return window

    def ground(self, content: QWidget) -> QWidget:
        """A piece of a page on the page's background."""
        made = surface("window")
        column = QVBoxLayout(made)
        column.setContentsMargins(spacing.XL, spacing.L, spacing.XL, spacing.XL)
        column.addWidget(content)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(made)
        return area


@dataclass(frozen=True, slots=True)
class Scene:
    """A registered scene."""

    name: str
    make: Callable[[Stage], Picture]
    variants: tuple[Variant, ...]


SCENES: dict[str, Scene] = {}


def scene(
    name: str, variants: tuple[str, ...] = ()
) -> Callable[[Callable[[Stage], Picture]], Callable[[Stage], Picture]]:
    """Register a function as a scene. A name twice is a mistake: ValueError."""

    def register(make: Callable[[Stage], Picture]) -> Callable[[Stage], Picture]:
        if name in SCENES:
            raise ValueError(f"scene {name!r} is there already")
        SCENES[name] = Scene(name, make, tuple(Variant(variant) for variant in variants))
        return make

    return register

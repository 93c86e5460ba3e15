"""What tests of pages get: the real window on stand-in services, everything at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.domain.operators import Session
from cpdesk.services.bundle import Services
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme

OpenPage = Callable[..., Window]
Show = Callable[[Window], Window]
Navigations = Callable[[Page | None], list[tuple[str, dict[str, object]]]]


@pytest.fixture
def stage(theme: Theme) -> Stage:
    """Inline jobs, a clock that stands still, settings that are forgotten."""
    return Stage(theme)


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Show a window as on a usual screen; it and its dialogs are closed in the end."""
    windows: list[Window] = []

    def show(window: Window) -> Window:
        windows.append(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
        return window

    yield show
    for window in windows:
        for dialog in window.findChildren(QWidget):
            if dialog.isWindow():
                dialog.close()
        window.close()
        window.deleteLater()


@pytest.fixture
def open_page(stage: Stage, show: Show) -> OpenPage:
    """Open the window at a page: `open_page("customers", services(...), session=AUDITOR)`."""

    def open_page(key: str, services: Services, session: Session | None = RESELLER, **params: object) -> Window:
        return show(stage.window(all_pages(), key, services=services, session=session, **params))

    return open_page


@pytest.fixture
def navigations(monkeypatch: pytest.MonkeyPatch) -> Navigations:
    """Where a page leads from now on, instead of going there."""

    def navigations(page: Page | None) -> list[tuple[str, dict[str, object]]]:
        assert page is not None
        gone: list[tuple[str, dict[str, object]]] = []

        def navigate(key: str, /, **params: object) -> bool:
            gone.append((key, params))
            return True

        monkeypatch.setattr(page, "context", replace(page.context, navigate=navigate))
        return gone

    return navigations

"""What tests of pages get: the real window on stand-in services, everything at once."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cpdesk.domain.operators import Session
from cpdesk.services.bundle import Services
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme import Theme

OpenPage = Callable[..., Window]


@pytest.fixture
def stage(theme: Theme) -> Stage:
    """Inline jobs, a clock that stands still, settings that are forgotten."""
    return Stage(theme)


@pytest.fixture
def open_page(stage: Stage, qtbot: QtBot) -> Iterator[OpenPage]:
    """Open the window at a page: `open_page("customers", services(...), session=AUDITOR)`."""
    windows: list[Window] = []

    def open_page(key: str, services: Services, session: Session | None = RESELLER, **params: object) -> Window:
        window = stage.window(all_pages(), key, services=services, session=session, **params)
        windows.append(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
        return window

    yield open_page
    for window in windows:
        for dialog in window.findChildren(QWidget):
            if dialog.isWindow():
                dialog.close()
        window.close()
        window.deleteLater()

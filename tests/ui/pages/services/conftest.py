"""What tests of the services page get: the page of a sample account in the real window."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.service_samples import Sample
from cpdesk.ui.pages.services.page import ServicesPage
from cpdesk.ui.shell.window import Window

if TYPE_CHECKING:
    from cpdesk.ui.gallery.stand_ins import StandIn

T = TypeVar("T", bound=QDialog)


class Opened:
    """The page, and what its account's services were asked."""

    def __init__(self, window: Window, bundle: Any, qtbot: QtBot) -> None:
        assert isinstance(window.page, ServicesPage)
        self.window = window
        self.page = window.page
        self.modes: StandIn = bundle.modes
        self.licenses: StandIn = bundle.licenses
        self._qtbot = qtbot

    def dialog(self, kind: type[T]) -> T:
        """The dialog of a kind that is open, once it has the keyboard."""
        (found,) = (dialog for dialog in self.window.findChildren(kind) if dialog.isVisible())
        self._qtbot.waitUntil(found.isActiveWindow)
        return found

    def is_open(self, kind: type[QDialog]) -> bool:
        return any(dialog.isVisible() for dialog in self.window.findChildren(kind))


Open = Callable[..., Opened]


@pytest.fixture
def open_services(open_page: Callable[..., Window], qtbot: QtBot) -> Open:
    """`open_services(sample, "tools", session=AUDITOR, keep=UserError(...))`."""

    def open_services(sample: Sample, tab: str = "tools", session: Session = RESELLER, **answers: Any) -> Opened:
        bundle = sample.services(**answers)
        return Opened(open_page("services", bundle, session=session, account=7, tab=tab), bundle, qtbot)

    return open_services

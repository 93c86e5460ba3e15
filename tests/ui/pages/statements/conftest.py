"""What tests of statements get: the page of a sample account in the real window."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.billing_samples import NOTHING_ELSE, BillingSample
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.pages.statements.page import StatementPage
from cpdesk.ui.shell.window import Window
from tests.support.fixtures import folder, template, world
from tests.ui.pages.conftest import OpenPage

__all__ = ["folder", "template", "world"]

T = TypeVar("T", bound=QDialog)


class Opened:
    """The page, and what its account's services were asked."""

    def __init__(self, window: Window, bundle: Any, qtbot: QtBot) -> None:
        assert isinstance(window.page, StatementPage)
        self.window = window
        self.page = window.page
        self.services = bundle
        self._qtbot = qtbot

    def dialog(self, kind: type[T]) -> T:
        """The dialog of a kind that is open, once it has the keyboard."""
        (found,) = (dialog for dialog in self.window.findChildren(kind) if dialog.isVisible())
        self._qtbot.waitUntil(found.isActiveWindow)
        return found


Open = Callable[..., Opened]


@pytest.fixture
def open_statement(open_page: OpenPage, qtbot: QtBot) -> Open:
    """`open_statement(sample, session=AUDITOR, month="2026-11", answers={"statements.show": ...})`."""

    def open_statement(
        sample: BillingSample,
        session: Session = RESELLER,
        month: str = "2026-10",
        answers: Mapping[str, Any] = NOTHING_ELSE,
    ) -> Opened:
        bundle = sample.services(answers)
        return Opened(open_page("statement", bundle, session=session, account=7, month=month), bundle, qtbot)

    return open_statement

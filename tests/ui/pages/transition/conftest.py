"""What tests of the import get: the page on an account and a file that a person chose."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.services.bundle import Services
from cpdesk.ui.gallery.import_samples import SampleImport
from cpdesk.ui.gallery.samples import RESELLER, account
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.pages.transition.page import TransitionPage
from cpdesk.ui.shell.window import Window
from tests.support.fixtures import folder, template, world

__all__ = ["folder", "template", "world"]

OpenPage = Callable[..., Window]

USAGE = SampleImport(account("Northwind Traders", "northwind.example", users=2, seats=2))
POOL = SampleImport(account("Contoso", "contoso.example", Mode.PURCHASE, users=2, seats=3, assigned=2), pool=1)
FOREIGN = SampleImport(account("Northwind Traders", "northwind.example", users=2, seats=2), domain="fabrikam.example")
FRESH = SampleImport(account("Relecloud", "relecloud.example", active=False))


@dataclass(frozen=True)
class Opened:
    """The page, and what stands behind it."""

    window: Window
    page: TransitionPage
    services: Services
    file: Path

    @property
    def imports(self) -> StandIn:
        found = self.services.imports
        assert isinstance(found, StandIn)
        return found

    @property
    def step(self) -> str:
        return self.page.wizard.current

    def choose(self) -> None:
        """Choose the file."""
        assert self.page.steps.file.drop.take(self.file)

    def next(self) -> None:
        self.page.wizard.next_button.click()

    def to_products(self) -> None:
        self.choose()
        self.next()
        QCoreApplication.processEvents()

    def to_preview(self) -> None:
        """Skip what is not known and go on."""
        self.to_products()
        skip = button(self.page, "Skip all of them")
        assert skip is not None
        skip.click()
        self.next()

    def named(self, method: str) -> dict[str, Any]:
        """The keyword arguments of the latest call of a method of Imports."""
        return [named for called, _args, named in self.imports.calls if called == method][-1]


Open = Callable[..., Opened]


@pytest.fixture
def open_import(open_page: OpenPage, tmp_path: Path) -> Open:
    """Open the page: `open_import(POOL, session=CUSTOMER, run=UserError(...))`."""
    file = tmp_path / "users.csv"
    file.write_text("Display name,User principal name,Licenses\n", encoding="utf-8")

    def open_import(of: SampleImport = USAGE, session: Session = RESELLER, **answers: Any) -> Opened:
        services = of.services(**answers)
        window = open_page("transition", services, session=session, account=of.account.id)
        page = window.page
        assert isinstance(page, TransitionPage)
        return Opened(window, page, services, file)

    return open_import


def button(widget: QWidget, text: str) -> QPushButton | None:
    """A button that is seen, by its text; what was put into a layout is shown by the event loop."""
    QCoreApplication.processEvents()
    return next((one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible()), None)


def texts(widget: QWidget) -> list[str]:
    """All texts that are seen."""
    seen = (label for label in widget.findChildren(QLabel) if label.isVisible())
    return [label.accessibleName() or label.text() for label in seen]

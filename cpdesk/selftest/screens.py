"""Every page, for everybody who may open it, in every language: can it be opened, and is anything to be seen?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.app import home
from cpdesk.base.errors import KnownError
from cpdesk.demo import team
from cpdesk.domain.operators import Session
from cpdesk.jobs import InlineJobs
from cpdesk.jobs.request import Request
from cpdesk.selftest.books import Books
from cpdesk.selftest.results import Broken, described
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.language import apply_language
from cpdesk.ui.shell.registry import PageSpec, Registry
from cpdesk.ui.shell.window import Window, WindowParts
from cpdesk.ui.theme import Theme
from cpdesk.ui.widgets.tabs import Tabs

NOBODY = ""
WHO = {"nobody": NOBODY, "reseller": team.ADMINISTRATOR, "customer": team.CUSTOMER, "auditor": team.AUDITOR}
"""Who may sit before the window, and how they sign in."""

_SIZE = QSize(1280, 800)
_ROUNDS = 2
"""Of events, until layouts have come to rest."""
_COLOURS = 12
"""What is written has edges in many shades; an empty page has two or three."""
_EVERY = 7
"""Looking at some of the pixels is enough."""


class WatchedJobs(InlineJobs):
    """Everything at once, and a failure is remembered though the page has found a word for it."""

    def __init__(self) -> None:
        super().__init__(self._keep)
        self.errors: list[Exception] = []

    def take(self) -> list[Exception]:
        """The failures since the last time."""
        errors, self.errors = self.errors, []
        return errors

    def _answer(self, request: Request[Any]) -> None:
        if request.error is not None:
            self._keep(request.error)
        super()._answer(request)

    def _keep(self, error: Exception) -> None:
        if error not in self.errors:
            self.errors.append(error)


@dataclass
class Tour:
    """Goes through all pages as one operator."""

    books: Books
    theme: Theme
    session: Session | None
    jobs: WatchedJobs = field(default_factory=WatchedJobs)
    registry: Registry = field(default_factory=all_pages)
    faults: list[str] = field(default_factory=list)
    pages: int = 0
    pictures: int = 0

    def go(self) -> str:
        """Open everything; raises Broken with all that is wrong."""
        with self._window() as window:
            for spec in filter(self._admits, self.registry.all()):
                self.pages += 1
                self._try(spec.key, partial(self._visit, window, spec))
        if not self.pages:
            self.faults.append("no page can be opened")
        if self.faults:
            raise Broken("; ".join(self.faults))
        return f"{self.pages} pages, {self.pictures} pictures"

    @contextmanager
    def _window(self) -> Iterator[Window]:
        window = Window(MemorySettings(), self.theme)
        window.furnish(
            WindowParts(
                registry=self.registry,
                services=self.books.services,
                jobs=self.jobs,
                clock=self.books.clock,
                home=home,
            )
        )
        window.crashed.connect(self.jobs.errors.append)
        window.resize(_SIZE)
        window.show()
        if self.session is not None:
            window.sign_in(self.session)
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _admits(self, spec: PageSpec) -> bool:
        if self.session is None:
            return spec.public or spec.everywhere
        return not spec.public and spec.admits(self.session.role)

    def _try(self, name: str, look: Callable[[], None]) -> None:
        try:
            look()
        except Broken as broken:
            self.faults.append(f"{name}: {broken}")
        except Exception as error:  # noqa: BLE001 - the other pages are looked at, too
            self.faults.append(f"{name}: {described(error)}")

    def _visit(self, window: Window, spec: PageSpec) -> None:
        if not window.navigate(spec.key, **self._params(spec)) or window.page is None:
            raise Broken("cannot be opened")
        self._look_at(window.page)
        for tabs in window.page.findChildren(Tabs):
            for place in range(1, tabs.bar.count()):
                tabs.bar.setCurrentIndex(place)
                self._look_at(window.page)

    def _look_at(self, page: QWidget) -> None:
        for _round in range(_ROUNDS):
            QApplication.processEvents()
        errors = self.jobs.take()
        if errors:
            raise Broken(", ".join(map(described, errors)))
        self.pictures += 1
        require_painted(page)

    def _params(self, spec: PageSpec) -> dict[str, object]:
        """What a page has to be opened with."""
        params: dict[str, object] = {}
        account = self.books.account(team.CUSTOMER_DOMAIN)
        if spec.needs_account:
            params["account"] = account
        if spec.key == "user":
            params["user"] = self.books.services.users.rows(self.books.by, account)[0].id
        if spec.key == "subscription":
            params["product"] = self.books.services.licenses.rows(self.books.by, account)[0].product_id
        if spec.key == "statement":
            params["month"] = f"{self.books.clock.now():%Y-%m}"
        if spec.key == "unlock":
            params["failures"] = 0
        if spec.key == "trouble":
            params |= {"error": KnownError("database_locked", path="cpdesk.db"), "retry": _nothing}
        return params


def check_pages(books: Books, theme: Theme, app: QApplication, language: str, who: str) -> str:
    """Every page that this operator may open, in this language; `who` is one of WHO."""
    apply_language(app, language)
    email = WHO[who]
    session = books.services.operators.sign_in(email, team.PASSWORD) if email else None
    return Tour(books, theme, session).go()


def require_painted(page: QWidget) -> None:
    """Raise Broken where nothing is to be seen on a page."""
    image = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = len(set(memoryview(image.constBits()).cast("I")[::_EVERY]))
    if colours < _COLOURS:
        raise Broken(f"nothing is to be seen ({image.width()}x{image.height()}, {colours} colours)")


def _nothing() -> None:
    return None

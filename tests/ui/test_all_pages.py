"""Every page of the program, for everybody who may open it, in every look: nothing cut, nameless or out of reach.

Complete by construction: a page that is registered is opened here. One that needs more than an account to be opened
has its parameters in PARAMS.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.app import home
from cpdesk.base.clock import DemoClock
from cpdesk.base.errors import KnownError
from cpdesk.composition import compose
from cpdesk.demo import team
from cpdesk.demo.moments import END
from cpdesk.jobs import InlineJobs
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.language import apply_language
from cpdesk.ui.shell.registry import PageSpec
from cpdesk.ui.shell.window import Window, WindowParts
from cpdesk.ui.theme import Theme
from tests.ui.faults import cut, misplaced_focus, nameless, outside, overlapping, unreached

pytestmark = pytest.mark.long

Params = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """How somebody has the window before them."""

    language: str
    width: int
    height: int
    scale: float = 1.0
    rtl: bool = False

    def __str__(self) -> str:
        return f"{'rtl' if self.rtl else self.language} {self.width}x{self.height} {self.scale:.0%}"


LOOKS = [
    Look("en", 1280, 800),
    Look("de", 1024, 640),
    Look("en", 1024, 640, rtl=True),
    Look("de", 1280, 800, scale=2.0),
    Look("en", 1280, 800, scale=2.0, rtl=True),
]
"""Right-to-left has the English texts: what has room there has it the other way round, too."""

_FEW = LOOKS[:2]
"""Enough for those who see the same pages as the reseller, or less of them."""

_BY_LOOKING = (nameless, cut, outside, overlapping)

_ROUNDS = 3
"""Of events, until layouts have come to rest."""

WHO = {
    "nobody": None,
    "reseller": team.ADMINISTRATOR,
    "customer": team.CUSTOMER,
    "auditor": team.AUDITOR,
}
"""Who may sit before the window, and how they sign in."""


class Desk:
    """The window on a database of the demo, everything at once."""

    def __init__(self, folder: Path, theme: Theme, who: str | None) -> None:
        self.looks = _FEW if who in (team.CUSTOMER, team.AUDITOR) else LOOKS
        clock = DemoClock(END, elapsed=lambda: 0.0)
        self._store, services = compose(folder, clock)
        self._store.open()
        self._registry = all_pages()
        self._session = services.operators.sign_in(who, team.PASSWORD) if who else None
        admin = services.operators.sign_in(team.ADMINISTRATOR, team.PASSWORD)
        domain = team.CUSTOMER_DOMAIN
        self._account = next(row.id for row in services.accounts.rows(admin) if row.domain == domain)
        self._product = services.licenses.rows(admin, self._account)[0].product_id
        self._user = services.users.rows(admin, self._account)[0].id
        self.window = Window(MemorySettings(), theme)
        self.window.furnish(
            WindowParts(registry=self._registry, services=services, jobs=InlineJobs(), clock=clock, home=home)
        )

    def show(self, qtbot: QtBot) -> None:
        with qtbot.waitActive(self.window):
            self.window.show()
        self.enter()

    def enter(self) -> None:
        """Begin anew, with pages that are made anew."""
        self.window.sign_out()
        if self._session is not None:
            self.window.sign_in(self._session)

    def places(self) -> list[tuple[str, Params]]:
        """Every page that may be opened, with each set of parameters that it has to be opened with."""
        return [
            (spec.key, {**self._account_of(spec), **params})
            for spec in self._registry.all()
            if self._admits(spec)
            for params in self._params(spec.key)
        ]

    def open(self, key: str, params: Params) -> None:
        self.window.activateWindow()
        assert self.window.navigate(key, **params), key
        for _round in range(_ROUNDS):
            QApplication.processEvents()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._store.disconnect()

    def _admits(self, spec: PageSpec) -> bool:
        if self._session is None:
            return spec.public or spec.everywhere
        return not spec.public and spec.admits(self._session.role)

    def _account_of(self, spec: PageSpec) -> Params:
        return {"account": self._account} if spec.needs_account else {}

    def _params(self, key: str) -> tuple[Params, ...]:
        path = "/home/dana/cpdesk/cpdesk.db"
        trouble = tuple(
            {"error": KnownError(code, path=path), "retry": lambda: None}
            for code in ("database_locked", "database_damaged")
        )
        known: dict[str, tuple[Params, ...]] = {
            "services": tuple({"tab": tab} for tab in ("subscriptions", "users", "billing", "tools")),
            "reports": tuple({"tab": tab} for tab in ("costs", "idle", "low", "blocked", "overlapping", "trend")),
            "account_reports": tuple({"tab": tab} for tab in ("idle", "low", "blocked", "overlapping", "trend")),
            "statement": tuple({"month": f"{month:%Y-%m}"} for month in (END, END - timedelta(days=END.day))),
            "price_schedule": ({"tab": "prices"}, {"tab": "costs"}, {"tab": "proration"}),
            "user": ({"user": self._user, "tab": "details"}, {"user": self._user, "tab": "services"}),
            "subscription": tuple({"product": self._product, "tab": tab} for tab in ("history", "idle", "chart")),
            "trouble": trouble,
            "unlock": ({"failures": 0},),
        }
        return known.get(key, ({},))


@pytest.fixture
def desk(request: pytest.FixtureRequest, made: Path, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    opened = Desk(Path(shutil.copytree(made, tmp_path / "demo")), theme, WHO[request.param])
    opened.show(qtbot)
    yield opened
    opened.close()


def _put_on(app: QApplication, theme: Theme, desk: Desk, look: Look) -> None:
    """Language and size change under the open pages; another text size is that of the next start."""
    if theme.fonts.scale != look.scale:
        theme.set_text_scale(look.scale)
        desk.enter()
    apply_language(app, look.language)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if look.rtl else Qt.LayoutDirection.LeftToRight)
    desk.window.resize(look.width, look.height)


def _faults(desk: Desk, look: Look) -> Iterator[str]:
    """What is wrong in a look; the keyboard goes the same way in all of them."""
    for key, params in desk.places():
        desk.open(key, params)
        page = desk.window.page
        assert page is not None
        by_keyboard = (misplaced_focus, unreached) if look is LOOKS[0] else ()
        for fault in chain.from_iterable(
            chain((find(desk.window) for find in by_keyboard), (find(page) for find in _BY_LOOKING))
        ):
            yield f"{key} {params.get('tab', '')} ({look}): {fault}"


@pytest.mark.parametrize("desk", WHO, indirect=True)
def test_every_page_is_whole_named_and_in_reach(qapp: QApplication, theme: Theme, desk: Desk) -> None:
    found: list[str] = []
    for look in desk.looks:
        _put_on(qapp, theme, desk, look)
        found += _faults(desk, look)
    assert not found, "\n".join(found)

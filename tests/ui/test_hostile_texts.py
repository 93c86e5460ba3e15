"""Every page over a database whose every text wants to be something else."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.demo import team
from cpdesk.ui.theme import Theme
from tests.support.hostile import LONG, TURNING_MARKUP, spoil
from tests.ui.faults import outside
from tests.ui.interpreted import interpreted
from tests.ui.test_all_pages import Desk

_NAMED = {"my_services", "services", "users", "edit_company", "statement", "create_user", "transition"}
"""Pages of an account that say in different ways whose they are."""
_MOST_SECONDS = 3.0
"""Of computing: three times what it may be, as the machine may be a slow one."""


@pytest.fixture
def desk(request: pytest.FixtureRequest, made: Path, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    folder = Path(shutil.copytree(made, tmp_path / "demo"))
    spoil(folder / "cpdesk.db", request.param)
    opened = Desk(folder, theme, team.ADMINISTRATOR)
    opened.window.resize(1280, 800)
    opened.show(qtbot)
    yield opened
    opened.close()


@pytest.mark.long
@pytest.mark.parametrize("desk", [TURNING_MARKUP, LONG], ids=["markup", "long"], indirect=True)
@pytest.mark.usefixtures("qapp")
def test_nothing_is_interpreted_and_nothing_blown_up(desk: Desk, request: pytest.FixtureRequest) -> None:
    found: list[str] = []
    places = desk.places()
    if "long" in request.node.name:
        # The name of the account alone is another one.
        places = [place for place in places if place[0] in _NAMED]
    for key, params in places:
        began = time.process_time()
        desk.open(key, params)
        took = time.process_time() - began
        page = desk.window.page
        assert page is not None
        where = f"{key} {params.get('tab', '')}"
        found += [f"{where}: {fault}" for fault in interpreted(desk.window, page)]
        found += [f"{where}: {fault[:200]}" for fault in outside(page)]
        if desk.window.width() > 1280 or desk.window.minimumSizeHint().width() > 1280:
            found.append(f"{where}: the window is {desk.window.width()} wide")
        if took > _MOST_SECONDS:
            found.append(f"{where}: took {took:.1f} s")
    assert not found, "\n".join(found)

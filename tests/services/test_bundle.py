"""The bundle of services loads what is asked for, once."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.introspection import AREAS
from tests.support.world import World


@pytest.mark.parametrize("area", AREAS)
def test_an_area_is_made_once(world: World, area: str) -> None:
    assert getattr(world.services, area) is getattr(world.services, area)


def test_opening_and_settling_loads_little_else(folder: Path) -> None:
    """In a process of its own: here everything has been loaded long ago."""
    script = (
        "import sys, pathlib, cpdesk.composition, cpdesk.base.clock\n"
        "store, services = cpdesk.composition.compose(pathlib.Path(sys.argv[1]), cpdesk.base.clock.SystemClock())\n"
        "store.open(); services.settler.apply_due(); store.disconnect()\n"
        "needless = {'playhouse.migrations', 'cpdesk.services.imports', 'cpdesk.services.checks', 'argon2'}\n"
        "print(','.join(sorted(needless & set(sys.modules))))"
    )
    words = [sys.executable, "-c", script, str(folder)]
    told = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert told.stdout.strip() == ""

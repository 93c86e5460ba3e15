"""Writing a database anew with another key: what disks do meanwhile is told as what it is."""

from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.store import connection, recoding
from tests.support.world import World

pytest.importorskip("sqlcipher3", reason="encryption is an extra")

_FULL = Path("/dev/full")


@pytest.mark.skipif(not _FULL.exists(), reason="only Linux has a file that is always full")
def test_a_disk_that_is_full_is_no_fault_of_the_program(world: World) -> None:
    world.close()
    with (
        recoding.hold(world.store.path) as held,
        pytest.raises(KnownError, match="disk_full"),
        connection.known_errors(_FULL),
    ):
        recoding._attached(held.plain, _FULL, None, recoding._export)

"""Sample customers in a database that is meant to be used."""

from pathlib import Path

from cpdesk.demo.samples import add_samples
from cpdesk.domain.modes import Mode
from tests.support.world import START, World


def test_a_handful_of_customers_without_an_invented_past(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.set_up()
    assert add_samples(world.services, world.by).value == 5
    rows = world.services.accounts.rows(world.by)
    assert [row.name.partition(": ")[0] for row in rows] == ["Sample"] * 5
    assert {row.mode for row in rows} == set(Mode)
    assert sum(row.pending is not None for row in rows) == 1
    assert {row.recorded_at for row in world.services.audit.rows(world.by)} == {START}
    assert world.problems() == []
    assert not world.store.demo
    world.close()

"""The wish that the system completes due changes by itself."""

from datetime import timedelta

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.services.scheduling import ScheduleState
from tests.support.world import START, World, dump


def test_it_is_switched_on_and_off_with_an_entry_for_each(world: World) -> None:
    on = world.services.scheduling.switch_on(world.by)
    assert on.value.state is world.services.scheduling.look(world.by).state is ScheduleState.ON
    off = world.services.scheduling.switch_off(world.by)
    assert off.value.state is world.services.scheduling.look(world.by).state is ScheduleState.OFF
    entries = world.services.audit.rows(world.by, limit=2)
    assert [(entry.action, entry.before, entry.after) for entry in entries] == [
        ("schedule.switched_off", {"scheduled": True}, {"scheduled": False}),
        ("schedule.switched_on", {"scheduled": False}, {"scheduled": True}),
    ]
    assert world.services.checks.run() == []


def test_what_the_system_refuses_is_not_written_down(world: World) -> None:
    world.scheduler.trouble = KnownError("scheduler_refused", command="systemctl", reason="no")
    before = dump(world.store.path)
    with pytest.raises(KnownError, match="scheduler_refused"):
        world.services.scheduling.switch_on(world.by)
    assert dump(world.store.path) == before


def test_the_last_run_is_remembered(world: World) -> None:
    assert world.services.scheduling.look(world.by).last_run is None
    world.clock.set(START + timedelta(hours=3))
    world.services.scheduling.ran()
    assert world.services.scheduling.look(world.by).last_run == START + timedelta(hours=3)

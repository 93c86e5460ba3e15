"""What is planned in the demo, and what becomes of it."""

from cpdesk.demo import team
from cpdesk.demo.moving import Mover, first_of_next_month
from cpdesk.domain.planned import PlanState
from tests.demo.conftest import Demo


def test_some_changes_wait_and_one_has_left_something_undone(demo: Demo) -> None:
    rows = demo.services.planning.rows(demo.by)
    assert {row.domain for row in rows} == {team.CUSTOMER_DOMAIN}
    assert [str(row.kind) for row in rows if row.waits] == ["leaver", "joiner", "reduction"]
    (seen_to,) = [row for row in rows if row.alarms]
    assert seen_to.state in {PlanState.PARTLY, PlanState.SKIPPED}


def test_they_are_carried_out_on_time_as_the_clock_is_moved(demo: Demo) -> None:
    settled = Mover(demo.clock, demo.services.settler).move(first_of_next_month)
    assert [str(one.kind) for one in settled.plans] == ["leaver", "joiner", "reduction"]
    assert not any(one.late for one in settled.plans)
    assert demo.services.checks.run() == []

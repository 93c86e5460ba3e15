"""A second factor in the demo: telephones do not follow its clock."""

from cpdesk.base.clock import SystemClock
from cpdesk.demo.team import PASSWORD
from cpdesk.domain import second_factor
from tests.demo.conftest import Demo


def test_the_code_is_that_of_a_real_telephone(demo: Demo) -> None:
    enrolment = demo.services.factors.begin(demo.by)
    code = second_factor.code_at(enrolment.secret, second_factor.step_at(SystemClock().now()))
    assert demo.services.factors.turn_on(demo.by, PASSWORD, enrolment, code).value
    assert demo.services.factors.state(demo.by).since is not None

"""An authenticator app, for whoever has a second factor."""

from datetime import timedelta

from cpdesk.domain import second_factor
from tests.support.world import PASSWORD, World


class App:
    """An authenticator app on a telephone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.secret = ""
        self.codes: tuple[str, ...] = ()

    def code(self, steps: int = 0) -> str:
        return second_factor.code_at(self.secret, second_factor.step_at(self.world.clock.now()) + steps)

    def set_up(self) -> None:
        enrolment = self.world.services.factors.begin(self.world.by)
        self.secret = enrolment.secret
        done = self.world.services.factors.turn_on(self.world.by, PASSWORD, enrolment, self.code())
        self.codes = done.value
        self.next()

    def next(self) -> None:
        self.world.clock.advance(timedelta(seconds=30))

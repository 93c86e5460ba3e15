"""Whoever creates, edits, closes and reopens accounts in whatever order, a domain has one keeper.

A few examples by default, the same ones each time; CPDESK_THOROUGH in the environment makes it many, at random.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cpdesk.base.errors import UserError
from tests.support.thorough import THOROUGH
from tests.support.world import World

DOMAINS = ("a.example", "b.example", "c.example", "d.example")


@dataclass
class Customer:
    """What the model knows of an account, whose zone is UTC."""

    domains: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """Domains that others took after it was closed."""
    free_on: date | None = None
    """None while it is open."""

    def keeps(self, domain: str) -> bool:
        return domain in self.domains and domain not in self.lost


def next_first(now: datetime) -> date:
    return (now.replace(day=1) + timedelta(days=32)).date().replace(day=1)


class Machine(RuleBasedStateMachine):
    """Every rule lets some days pass, then does one thing."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        self.world = World(Path(shutil.copytree(self.template, Path(self._place.name) / "books")))
        self.world.open()
        self.customers: dict[int, Customer] = {}

    days = st.integers(0, 20)
    wanted = st.lists(st.sampled_from(DOMAINS), min_size=1, max_size=3, unique=True)
    which = st.integers(0, 20)

    @property
    def now(self) -> datetime:
        return self.world.clock.now().astimezone(UTC)

    def _claimed(self, domains: Sequence[str], by: Customer | None) -> str | None:
        """Why the domains cannot be had; where they can, closed accounts lose them."""
        leaving = []
        for domain in domains:
            for other in self.customers.values():
                if other is by or not other.keeps(domain):
                    continue
                if other.free_on is None:
                    return "domain_taken"
                if self.now.date() < other.free_on:
                    return "domain_not_yet_free"
                leaving.append((other, domain))
        for other, domain in leaving:
            other.lost.add(domain)
        return None

    def _do(self, expected: str | None, real: Callable[[], Any]) -> Any:
        told, result = None, None
        try:
            result = real()
        except UserError as error:
            told = error.code
        assert told == expected
        return result

    def _pick(self, which: int) -> tuple[int, Customer]:
        return list(self.customers.items())[which % len(self.customers)]

    @rule(days=days, domains=wanted)
    def create(self, days: int, domains: list[str]) -> None:
        self.world.clock.advance(timedelta(days=days))
        own, *others = domains
        made = self._do(
            self._claimed(domains, None),
            lambda: (
                self.world.services.accounts.create(
                    self.world.by, "Contoso", own, aliases=others, time_zone="UTC"
                ).value
            ),
        )
        if made:
            self.customers[made.id] = Customer(domains)

    @precondition(lambda self: self.customers)
    @rule(days=days, which=which, domains=wanted)
    def edit(self, days: int, which: int, domains: list[str]) -> None:
        self.world.clock.advance(timedelta(days=days))
        account, customer = self._pick(which)
        own, *others = domains
        expected = "account_closed" if customer.free_on else self._claimed(domains, customer)
        self._do(
            expected,
            lambda: self.world.services.accounts.edit(self.world.by, account, domain=own, aliases=others),
        )
        if expected is None:
            customer.domains = domains

    @precondition(lambda self: self.customers)
    @rule(days=days, which=which)
    def shut(self, days: int, which: int) -> None:
        self.world.clock.advance(timedelta(days=days))
        account, customer = self._pick(which)
        self._do("account_closed" if customer.free_on else None, lambda: self.world.shut(account))
        customer.free_on = customer.free_on or next_first(self.now)

    @precondition(lambda self: self.customers)
    @rule(days=days, which=which)
    def open_again(self, days: int, which: int) -> None:
        self.world.clock.advance(timedelta(days=days))
        account, customer = self._pick(which)
        expected = self._claimed(customer.domains, customer) if customer.free_on else "not_closed"
        self._do(expected, lambda: self.world.open_again(account))
        if expected is None:
            customer.free_on, customer.lost = None, set()

    @invariant()
    def domains_are_kept_as_the_model_says(self) -> None:
        stored = self.world.stored("SELECT account_id, domain, kept FROM account_domain ORDER BY account_id, position")
        assert stored == [
            (account, domain, int(customer.keeps(domain)))
            for account, customer in sorted(self.customers.items())
            for domain in customer.domains
        ]

    @invariant()
    def check_finds_nothing(self) -> None:
        assert self.world.problems() == []

    def teardown(self) -> None:
        self.world.close()
        self._place.cleanup()


@pytest.mark.long
@pytest.mark.timeout(1800 if THOROUGH else 300)
def test_a_domain_has_one_keeper(template: Path) -> None:
    Machine.template = template
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=300 if THOROUGH else 10,
            stateful_step_count=40 if THOROUGH else 20,
            derandomize=not THOROUGH,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

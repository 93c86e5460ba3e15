"""The month-end pack: the statements of all accounts, or of some."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.own_company import OwnCompany
from tests.support.refusals import refused
from tests.support.world import World, dump

pytestmark = pytest.mark.usefixtures("accounts", "qapp")  # what draws statements needs an application

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def accounts(world: World) -> dict[str, int]:
    """Three accounts with seats since November 10 and one without; it is December 3 now."""
    made = {name: world.pool(name, seats=place) for place, name in enumerate(("Zeta", "alpha", "Mid"), start=2)}
    made["Empty"] = world.account("Empty")
    world.services.issuing.save_own_company(world.by, OwnCompany("Northwind", tax_rate=Decimal(19)))
    world.clock.set(datetime(2026, 12, 3, 12, tzinfo=UTC))
    return made


def test_it_says_before_what_it_will_hold(world: World, accounts: dict[str, int]) -> None:
    figures = world.services.month_end.prepare(world.by, NOVEMBER)
    assert [one.account for one in figures.accounts] == ["alpha", "Mid", "Zeta"]
    assert (figures.skipped, figures.unpriced, figures.provisional, figures.lines) == (1, 0, 0, 3)
    shown = [world.services.issuing.document(world.by, accounts[one.account], NOVEMBER) for one in figures.accounts]
    assert [one.total for one in figures.accounts] == [document.total for document in shown]
    (total,) = figures.totals
    assert (total.currency, total.accounts) == ("USD", 3)
    assert total.total == sum(document.total for document in shown)


def test_what_is_written_is_what_was_said(world: World, tmp_path: Path) -> None:
    said = world.services.month_end.prepare(world.by, NOVEMBER)
    before = dump(world.store.path)
    summary = world.services.month_end.write(world.by, NOVEMBER, tmp_path)
    assert summary.figures == said
    assert summary.folder == tmp_path / "cpdesk-2026-11"
    assert sorted(summary.files) == sorted(summary.folder.iterdir())
    assert len(summary.files) == 2 + 3
    assert dump(world.store.path) == before


def test_an_issued_statement_goes_out_as_it_was_issued(world: World, accounts: dict[str, int]) -> None:
    issued = world.services.issuing.issue(world.by, accounts["Mid"], NOVEMBER).value
    world.services.issuing.correct(
        world.by, accounts["Mid"], NOVEMBER, CorrectionKind.CREDIT, "Goodwill", Decimal(5), "Ticket 7"
    )
    world.services.issuing.save_own_company(world.by, OwnCompany("Adatum"))
    figures = world.services.month_end.prepare(world.by, NOVEMBER)
    found = {one.account: one for one in figures.accounts}
    assert (found["Mid"].number, found["Mid"].tax) == (issued.number, issued.document.tax)
    assert (found["Mid"].corrections, found["Mid"].total) == (Decimal(-5), issued.total - 5)
    assert found["Zeta"].tax == 0


def test_a_selection_and_a_month_that_is_not_over(world: World, accounts: dict[str, int]) -> None:
    some = [accounts["Zeta"], accounts["Empty"]]
    figures = world.services.month_end.prepare(world.by, DECEMBER, some)
    assert [(one.account, one.provisional) for one in figures.accounts] == [("Zeta", True)]
    assert (figures.skipped, figures.provisional) == (1, 1)


def test_months_without_statements_are_refused(world: World, tmp_path: Path) -> None:
    with refused("month_not_begun"):
        world.services.month_end.prepare(world.by, date(2027, 1, 1))
    with refused("nothing_charged"):
        world.services.month_end.write(world.by, date(2026, 10, 1), tmp_path)
    with refused("unknown_account"):
        world.services.month_end.prepare(world.by, NOVEMBER, [4711])
    assert list(tmp_path.glob("cpdesk*")) == []
    assert list(tmp_path.glob(".cpdesk*")) == []


class StopError(Exception):
    """What a person's wish to stop comes as."""


def test_it_tells_how_far_it_is_and_can_be_stopped(world: World, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise StopError

    with pytest.raises(StopError):
        world.services.month_end.write(world.by, NOVEMBER, tmp_path / "packs", None, tell)
    assert told == [(0, 4), (1, 4), (2, 4)]
    assert not (tmp_path / "packs").exists()


def test_it_tells_that_it_is_over(world: World) -> None:
    told: list[tuple[int, int]] = []
    world.services.month_end.prepare(world.by, NOVEMBER, None, lambda *steps: told.append(steps))
    assert told[-1] == (4, 4)

"""A switch that is due counts from its due instant, also while it cannot be written down: whoever asks."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.domain.own_company import OwnCompany
from cpdesk.store import connection
from tests.support.world import World

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
ADA = "ada@contoso.example"
ONE_AT_USAGE = Decimal("26.40")

ANSWERS: dict[str, Callable[[World, int], object]] = {
    "the statement": lambda world, account: world.services.statements.show(world.by, account, DECEMBER),
    "its lines": lambda world, account: world.services.statements.explain(world.by, account, DECEMBER, 0).line,
    "all months": lambda world, account: world.services.statements.months(world.by, account),
    "the forecast": lambda world, account: world.services.statements.forecast(world.by, account),
    "the document": lambda world, account: world.services.issuing.document(world.by, account, DECEMBER),
    "the sheet": lambda world, account: world.services.issuing.sheet(world.by, account, DECEMBER),
    "the month-end pack": lambda world, _account: world.services.month_end.prepare(world.by, DECEMBER),
    "advice": lambda world, account: world.services.advisor.advise(world.by, account).by_month,
    "advice on all": lambda world, _a: {
        one.account: one.by_month for one in world.services.advisor.advise_all(world.by)
    },
    "the trend": lambda world, account: world.services.reports.trend(world.by, account, 3),
    "seats over time": lambda world, account: world.services.timelines.seats(world.by, account, months=3),
}


@pytest.fixture
def contoso(world: World) -> int:
    """Nine seats bought, one assigned; a change to Usage Mode is pending. Another account stays as it is."""
    account = world.pool("Contoso", ADA, seats=8)
    world.buy(account, 1)
    world.assign(account, ADA)
    world.request_usage(account)
    world.request_usage(world.pool("Fabrikam", seats=3))
    world.pool("Adatum", seats=2)
    world.services.issuing.save_own_company(world.by, OwnCompany("Northwind"))
    return account


@pytest.fixture
def read_only(world: World, contoso: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """The database cannot be written since before the switches were due; call it to end that."""
    assert world.show(contoso).pending is not None
    world.close()
    world.clock.set(datetime(2027, 1, 5, 12, tzinfo=UTC))
    with monkeypatch.context() as patch:
        patch.setattr(connection, "_writable", lambda _path: False)
        world.store.open()
        yield lambda: _open_again(world, patch)


def _open_again(world: World, patch: pytest.MonkeyPatch) -> None:
    world.close()
    patch.undo()
    world.reopen()


@pytest.mark.parametrize("asked", ANSWERS)
def test_it_is_the_same_before_and_after_it_is_written_down(
    world: World, contoso: int, read_only: Callable[[], None], asked: str
) -> None:
    before = ANSWERS[asked](world, contoso)
    assert world.show(contoso).mode is Mode.PURCHASE
    read_only()
    assert ANSWERS[asked](world, contoso) == before
    assert world.show(contoso).mode is Mode.USAGE


@pytest.mark.usefixtures("read_only")
def test_amounts_agree_while_it_cannot_be_written_down(world: World, contoso: int) -> None:
    shown = world.services.statements.show(world.by, contoso, DECEMBER)
    assert [(row.mode, row.seats, row.amount) for row in shown.lines] == [(Mode.USAGE, 1, ONE_AT_USAGE)]
    rows = {row.month: row.total for row in world.services.statements.months(world.by, contoso)}
    packed = {one.account: one.total for one in world.services.month_end.prepare(world.by, DECEMBER).accounts}
    assert rows[DECEMBER] == ONE_AT_USAGE
    assert packed == {"Contoso": ONE_AT_USAGE, "Adatum": Decimal("46.20")}


@pytest.mark.usefixtures("read_only")
def test_one_that_is_not_due_does_not_count_yet(world: World, contoso: int) -> None:
    world.clock.set(datetime(2026, 11, 30, 12, tzinfo=UTC))
    packed = {one.account: one.lines for one in world.services.month_end.prepare(world.by, NOVEMBER).accounts}
    assert packed == {"Contoso": 1, "Fabrikam": 1, "Adatum": 1}
    assert [row.month for row in world.services.statements.months(world.by, contoso)] == [NOVEMBER]

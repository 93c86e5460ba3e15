"""The opening balance of a customer who is in Purchase Mode already."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

import pytest

from cpdesk.domain.accounts import OpeningLine
from cpdesk.domain.modes import Mode
from cpdesk.domain.seats import MOST_SEATS
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, START, STORAGE, Counts, World, dump

SINCE = date(2024, 3, 1)


def opened(world: World, account: int, *lines: OpeningLine, reason: str = "") -> None:
    world.services.accounts.opening_balance(world.by, account, lines, reason=reason)


def test_the_account_is_in_purchase_mode_with_the_pool_from_today_on(world: World) -> None:
    account = world.account("Contoso", "ada@contoso.example")
    opened(world, account, OpeningLine(PREMIUM, 12, SINCE), OpeningLine(STORAGE, MOST_SEATS, date(2026, 11, 10)))
    row, completed = world.services.modes.show(world.by, account)
    assert (row.mode, world.counts(account), world.counts(account, STORAGE)) == (
        *(Mode.PURCHASE, Counts(12, 0)),
        Counts(MOST_SEATS, 0),
    )
    assert completed
    assert (completed.effective_on, completed.due_at) == (date(2026, 11, 10), START)
    entries = world.stored("SELECT kind, seats, effective_at = recorded_at FROM seat_entry ORDER BY id")
    assert entries == [("add", 12, 1), ("add", MOST_SEATS, 1)]
    world.assign(account, "ada@contoso.example")


def test_since_when_the_customer_has_them_is_kept_in_the_log(world: World) -> None:
    account = world.account()
    opened(world, account, OpeningLine("Microsoft 365 Business Premium", 12, SINCE), reason="Contract 12")
    balance, switch, *_ = world.services.audit.rows(world.by, account)
    assert (balance.action, balance.reason, switch.action) == (
        *("account.opening_balance", "Contract 12"),
        "mode.completed",
    )
    assert balance.after
    (line,) = cast("list[dict[str, object]]", balance.after["pool"])
    assert (line["product"], line["seats"], line["since"]) == (PREMIUM, 12, "2024-03-01")


def test_the_way_back_is_that_of_every_pool(world: World) -> None:
    account = world.account()
    opened(world, account, OpeningLine(PREMIUM, 12, SINCE))
    pending = world.request_usage(account).pending
    assert pending
    assert pending.effective_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([OpeningLine(PREMIUM, 0, SINCE)], "bad_count"),
        ([OpeningLine(PREMIUM, -1, SINCE)], "bad_count"),
        ([OpeningLine(PREMIUM, MOST_SEATS + 1, SINCE)], "count_too_large"),
        ([OpeningLine(PREMIUM, 1, SINCE), OpeningLine("microsoft 365 business premium", 1, SINCE)], "product_twice"),
        ([OpeningLine(E3, 1, SINCE), OpeningLine("Nonesuch", 1, SINCE)], "unknown_product"),
        ([OpeningLine(PREMIUM, 1, date(2026, 11, 11))], "since_in_future"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(world: World, lines: list[OpeningLine], code: str) -> None:
    account = world.account()
    before = dump(world.store.path)
    with refused(code):
        opened(world, account, *lines)
    assert dump(world.store.path) == before


def test_today_is_today_in_the_accounts_zone(world: World) -> None:
    account = world.account(zone="Pacific/Kiritimati")
    opened(world, account, OpeningLine(PREMIUM, 1, date(2026, 11, 11)))


def _seats(world: World) -> int:
    account = world.account("Contoso", "ada@contoso.example")
    world.assign(account, "ada@contoso.example")
    world.unassign(account, "ada@contoso.example")
    return account


def _switched(world: World) -> int:
    account = world.account()
    world.to_purchase(account)
    world.request_usage(account)
    world.clock.advance(timedelta(days=30))
    return account


def _purchase(world: World) -> int:
    account = world.account()
    world.to_purchase(account)
    return account


def _opened(world: World) -> int:
    account = world.account()
    opened(world, account)
    return account


@pytest.mark.parametrize("arrange", [_seats, _switched, _purchase, _opened])
def test_it_is_for_accounts_without_a_past(world: World, arrange: Callable[[World], int]) -> None:
    account = arrange(world)
    with refused("opening_balance_too_late"):
        opened(world, account, OpeningLine(PREMIUM, 1, SINCE))


def test_it_needs_microsoft_365(world: World) -> None:
    account = world.account(active=False)
    with refused("service_not_active"):
        opened(world, account, OpeningLine(PREMIUM, 1, SINCE))


def test_a_suspended_or_closed_account_has_none(world: World) -> None:
    account = world.account()
    world.suspend(account)
    with refused("account_suspended"):
        opened(world, account, OpeningLine(PREMIUM, 1, SINCE))
    world.shut(account)
    with refused("account_closed"):
        opened(world, account, OpeningLine(PREMIUM, 1, SINCE))

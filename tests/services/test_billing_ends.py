"""Rule 11: where whole months are charged, what is told of seats that leave names the first of the next month."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.bulk.report import BulkOptions
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.people import UserQuery
from cpdesk.domain.statements import Proration
from tests.support.refusals import refused
from tests.support.world import PREMIUM, World

DEFAULT = 1
ADA, BOB = "ada@contoso.example", "bob@contoso.example"
JANUARY = date(2027, 1, 1)


def contoso(world: World) -> int:
    """Two users with a license each."""
    account = world.account("Contoso", ADA, BOB)
    for upn in (ADA, BOB):
        world.assign(account, upn)
    return account


@pytest.fixture
def whole(world: World) -> int:
    """The account on December 10, and December is charged whole."""
    account = contoso(world)
    world.services.prices.set_proration(world.by, DEFAULT, date(2026, 12, 1), Proration.NONE)
    world.clock.advance(timedelta(days=30))
    return account


def test_by_the_day_the_bill_falls_the_same_day(world: World) -> None:
    account = contoso(world)
    (ada, _bob) = world.services.users.find_ids(world.by, account, UserQuery())
    assert world.services.statements.falls_later(world.by, account) is None
    assert world.services.licenses.sheet(world.by, account, [ada]).falls_later is None
    assert world.services.accounts.closing(world.by, account).falls_later is None
    assert world.unassign(account, ADA).value.falls_later is None
    assert world.services.users.remove(world.by, account, BOB).value.falls_later is None


def test_what_is_shown_before_a_change_names_the_day(world: World, whole: int) -> None:
    (ada, _bob) = world.services.users.find_ids(world.by, whole, UserQuery())
    sheet = world.services.licenses.sheet(world.by, whole, [ada])
    wish = LicenseWish(remove=(sheet.lines[0].guid,))
    assert sheet.falls_later == JANUARY
    assert world.services.licenses.plan(world.by, whole, [ada], wish).falls_later == JANUARY
    assert world.services.statements.falls_later(world.by, whole) == JANUARY
    assert world.services.accounts.closing(world.by, whole).falls_later == JANUARY


def test_what_is_told_after_a_change_names_the_day(world: World, whole: int) -> None:
    assert world.unassign(whole, ADA).value.falls_later == JANUARY
    assert world.assign(whole, ADA).value.falls_later is None
    assert world.services.users.remove(world.by, whole, ADA).value.falls_later == JANUARY
    world.to_purchase(whole)
    world.buy(whole, 1)
    assert world.give_back(whole, 1).value.falls_later == JANUARY
    left = world.services.users.leave(world.by, whole, world.services.users.find_ids(world.by, whole, UserQuery()))
    assert left.value.falls_later == JANUARY


@pytest.mark.parametrize("change", [BulkChange.UNASSIGN, BulkChange.REMOVE])
def test_a_file_names_the_day(world: World, whole: int, change: BulkChange) -> None:
    path = Path(world.folder) / "list.csv"
    path.write_text(f"UserPrincipalName,SkuPartNumber\n{ADA},{PREMIUM}\n", encoding="utf-8")
    file = world.services.bulk.read(path, change)
    shown = world.services.bulk.preview(world.by, whole, file, options=BulkOptions())
    assert shown.falls_later == JANUARY
    assert world.services.bulk.run(world.by, whole, file, options=BulkOptions()).value == shown


def test_who_was_shown_another_day_is_asked_again_before_closing(world: World, whole: int) -> None:
    world.clock.advance(timedelta(days=22))
    shown = world.services.accounts.closing(world.by, whole)
    assert shown.falls_later is None
    world.clock.advance(timedelta(days=1))
    with refused("closing_changed"):
        world.services.accounts.close(world.by, whole, shown)

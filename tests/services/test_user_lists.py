"""Long lists of users: found, sorted and counted without reading all of them."""

import pytest

from cpdesk.domain.people import UserFields, UserFilter, UserQuery, UserSort
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, World

ADA, BOB, CY, DAN = (f"{name}@contoso.example" for name in ("ada", "bob", "cy", "dan"))
EXCHANGE, ROOMS = "EXCHANGESTANDARD", "Microsoft_Teams_Rooms_Pro"
GUEST = "eve_partner.example#EXT#@contoso.example"


@pytest.fixture
def account(world: World) -> int:
    """Five users: Ada holds two licenses, Bob one, Dan one though blocked; Cy and a guest hold none."""
    account = world.account("Contoso", CY, BOB, ADA, GUEST)
    world.services.users.add(world.by, account, DAN, "álvaro", fields=UserFields("", "", blocked=True))
    for upn, product in ((ADA, PREMIUM), (ADA, E3), (BOB, E3), (DAN, PREMIUM)):
        world.assign(account, upn, product)
    other = world.account("Fabrikam", ADA)
    world.assign(other, ADA)
    return account


def found(world: World, account: int, query: UserQuery) -> list[str]:
    """The user principal names that a query finds, by their part before the @."""
    users = world.services.users
    rows = users.some(world.by, account, users.find_ids(world.by, account, query))
    return [row.upn.partition("@")[0].partition("_")[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (UserQuery(), ["ada", "bob", "cy", "eve", "dan"]),
        (UserQuery(descending=True), ["dan", "eve", "cy", "bob", "ada"]),
        (UserQuery(sort=UserSort.UPN), ["ada", "bob", "cy", "dan", "eve"]),
        (UserQuery(sort=UserSort.UPN, descending=True), ["eve", "dan", "cy", "bob", "ada"]),
        (UserQuery(sort=UserSort.LICENSES), ["cy", "eve", "bob", "dan", "ada"]),
        (UserQuery(sort=UserSort.LICENSES, descending=True), ["ada", "bob", "dan", "cy", "eve"]),
        (UserQuery(show=frozenset({UserFilter.LICENSED})), ["ada", "bob", "dan"]),
        (UserQuery(show=frozenset({UserFilter.UNLICENSED})), ["cy", "eve"]),
        (UserQuery(show=frozenset({UserFilter.BLOCKED_LICENSED})), ["dan"]),
        (UserQuery(show=frozenset({UserFilter.GUESTS})), ["eve"]),
        (UserQuery(show=frozenset({UserFilter.OVERLAPPING})), []),
        (UserQuery(show=frozenset({UserFilter.ROOMS})), []),
        (UserQuery(show=frozenset({UserFilter.GUESTS, UserFilter.UNLICENSED})), ["eve"]),
        (UserQuery(show=frozenset({UserFilter.GUESTS, UserFilter.LICENSED})), []),
        (UserQuery(show=frozenset({UserFilter.BLOCKED_LICENSED}), product=E3), []),
        (UserQuery(lacks=PREMIUM), ["bob", "cy", "eve"]),
        (UserQuery(lacks=PREMIUM, sort=UserSort.WAITING), ["cy", "eve", "bob"]),
        (UserQuery(sort=UserSort.WAITING), ["cy", "eve", "bob", "dan", "ada"]),
        (UserQuery(product=PREMIUM), ["ada", "dan"]),
        (UserQuery(product="NO_SUCH_PRODUCT"), []),
        (UserQuery(text="LVAR"), ["dan"]),
        (UserQuery(text="dan@"), ["dan"]),
        (UserQuery(text=" ÁLVARO "), ["dan"]),
        (UserQuery(text="%"), []),
        (UserQuery(text="b", show=frozenset({UserFilter.LICENSED}), product=E3, sort=UserSort.LICENSES), ["bob"]),
    ],
)
def test_a_query_finds_users_in_its_order(world: World, account: int, query: UserQuery, names: list[str]) -> None:
    assert found(world, account, query) == names


def test_those_of_one_name_stand_in_the_order_of_their_ids(world: World) -> None:
    account = world.account("Contoso")
    for upn in (CY, ADA, BOB):
        world.services.users.add(world.by, account, upn, "Room" if upn == CY else "room")
    assert found(world, account, UserQuery()) == ["cy", "ada", "bob"]


def test_each_filter_says_how_many_it_shows(world: World, account: int) -> None:
    counts = world.services.users.counts(world.by, account)
    assert counts == {
        shown: len(world.services.users.find_ids(world.by, account, UserQuery(show=frozenset({shown}))))
        for shown in UserFilter
    }
    assert counts[UserFilter.ALL] == 5


def test_overlaps_are_those_of_the_report(world: World) -> None:
    """Exchange Online is part of both suites; Ada's other account is not asked."""
    account = world.account("Contoso", ADA, BOB, CY, DAN)
    for upn, product in ((ADA, PREMIUM), (ADA, EXCHANGE), (BOB, EXCHANGE), (CY, PREMIUM), (DAN, E3), (DAN, EXCHANGE)):
        world.assign(account, upn, product)
    query = UserQuery(show=frozenset({UserFilter.OVERLAPPING}))
    reported = {row.upn.partition("@")[0] for row in world.services.reports.overlapping(world.by, account)}
    assert set(found(world, account, query)) == reported
    assert "ada" in reported
    assert "bob" not in reported
    assert world.services.users.counts(world.by, account)[UserFilter.OVERLAPPING] == len(reported)
    world.unassign(account, ADA, PREMIUM)
    assert "ada" not in found(world, account, query)


def test_rooms_are_who_holds_a_product_for_accounts_that_are_no_people(world: World) -> None:
    account = world.account("Contoso", ADA, BOB, CY)
    for upn, product in ((ADA, PREMIUM), (BOB, ROOMS), (CY, "MCOCAP")):
        world.assign(account, upn, product)
    assert found(world, account, UserQuery(show=frozenset({UserFilter.ROOMS}))) == ["bob", "cy"]
    assert world.services.users.counts(world.by, account)[UserFilter.ROOMS] == 2


def test_rows_come_in_the_order_asked_for_without_strangers(world: World, account: int) -> None:
    ids = world.services.users.find_ids(world.by, account, UserQuery())
    foreign = world.services.users.find_ids(world.by, world.account("Tailspin", ADA), UserQuery())
    world.services.users.remove(world.by, account, BOB)
    rows = world.services.users.some(world.by, account, [*reversed(ids), *foreign, 4711])
    assert [row.upn for row in rows] == [DAN, GUEST, CY, ADA]
    assert rows == [row for row in world.services.users.rows(world.by, account)[::-1] if row.id in ids]


def test_a_deleted_user_is_found_no_longer_and_a_restored_one_again(world: World, account: int) -> None:
    world.services.users.remove(world.by, account, ADA)
    assert "ada" not in found(world, account, UserQuery())
    world.services.users.restore(world.by, account, ADA)
    assert found(world, account, UserQuery(product=E3)) == ["ada", "bob"]


def test_a_user_is_shown_with_all_that_is_known(world: World, account: int) -> None:
    shown = world.services.users.find(world.by, account, ADA.upper())
    assert world.services.users.show(world.by, account, shown.id) == shown
    assert shown.fields == UserFields("Ada", ADA)
    assert [held.part_number for held in shown.licenses] == [PREMIUM, E3]
    assert {held.since for held in shown.licenses} == {world.clock.now()} == {shown.created_at}
    with refused("unknown_user"):
        world.services.users.show(world.by, account, 4711)
    foreign = world.services.users.find_ids(world.by, world.account("Tailspin", "tom@tailspin.example"), UserQuery())[0]
    with refused("unknown_user") as refusal:
        world.services.users.show(world.by, account, foreign)
    assert refusal.params == {"upn": str(foreign)}


def test_more_users_than_fit_into_one_statement(world: World, account: int) -> None:
    ids = world.services.users.find_ids(world.by, account, UserQuery())
    asked = [*range(100_000, 140_000), *ids]
    assert [row.id for row in world.services.users.some(world.by, account, asked)] == list(ids)

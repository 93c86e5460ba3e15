"""Rule 14: users, and what becomes of their seats."""

import pytest

from cpdesk.domain.modes import Mode
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, Counts, World, dump

ADA = "ada@contoso.example"


def test_a_user_is_added_without_licenses(world: World) -> None:
    account = world.account()
    row = world.services.users.add(world.by, account, f" {ADA} ", " Ada Lovelace ").value
    assert (row.upn, row.display_name, row.licenses, row.blocked, row.guest) == (ADA, "Ada Lovelace", (), False, False)
    assert world.services.users.rows(world.by, account) == [row]


def test_a_guest_is_marked(world: World) -> None:
    account = world.account()
    upn = "ada_fabrikam.example#EXT#@contoso.example"
    assert world.services.users.add(world.by, account, upn, "Ada").value.guest


def test_a_upn_is_unique_among_the_active_users_whatever_the_case(world: World) -> None:
    account = world.account("Contoso", ADA)
    for upn in (ADA, ADA.upper(), f" {ADA.title()} "):
        with refused("upn_taken"):
            world.user(account, upn)
    assert len(world.licenses(account)) == 1


def test_a_upn_is_the_same_in_every_spelling_of_its_domain(world: World) -> None:
    account = world.account("Contoso")
    world.user(account, "ada@xn--bcher-kva.example")
    with refused("upn_taken"):
        world.user(account, "ada@bücher.example")
    world.assign(account, "ADA@xn--bcher-kva.example")
    assert world.licenses(account) == {"ada@bücher.example": (PREMIUM,)}


def test_another_account_may_hold_the_same_upn_and_nothing_tells(world: World) -> None:
    contoso, fabrikam = world.account("Contoso", ADA), world.account("Fabrikam")
    world.user(fabrikam, ADA)
    world.assign(contoso, ADA)
    assert (world.licenses(contoso), world.licenses(fabrikam)) == ({ADA: (PREMIUM,)}, {ADA: ()})
    world.services.users.remove(world.by, fabrikam, ADA)
    assert world.licenses(contoso) == {ADA: (PREMIUM,)}


@pytest.mark.parametrize(
    ("upn", "name", "code"),
    [
        ("ada", "Ada", "bad_upn"),
        ("", "Ada", "bad_upn"),
        ("a\x00da@contoso.example", "Ada", "bad_upn"),
        ("a\udcffda@contoso.example", "Ada", "bad_upn"),
        (ADA, " ", "text_empty"),
        (ADA, "x" * 300, "text_too_long"),
        (ADA, "Ada\x00", "text_not_printable"),
        (ADA, "Ada\udcff", "text_not_printable"),
    ],
)
def test_what_is_no_user_is_refused(world: World, upn: str, name: str, code: str) -> None:
    account = world.account()
    before = dump(world.store.path)
    with refused(code):
        world.services.users.add(world.by, account, upn, name)
    assert dump(world.store.path) == before


def test_deleting_in_usage_mode_takes_the_seats_out_of_the_tenant(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.assign(account, ADA, E3)
    removed = world.services.users.remove(world.by, account, ADA.upper()).value
    assert (removed.upn, removed.mode, removed.freed) == (ADA, Mode.USAGE, (E3, PREMIUM))
    assert (world.counts(account), world.counts(account, E3)) == (Counts(0, 0), Counts(0, 0))
    assert world.licenses(account) == {}


def test_deleting_in_purchase_mode_puts_the_seats_back_into_the_pool(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=2)
    world.assign(account, ADA)
    removed = world.services.users.remove(world.by, account, ADA).value
    assert (removed.mode, removed.freed) == (Mode.PURCHASE, (PREMIUM,))
    assert world.counts(account) == Counts(2, 0)


def test_deleting_an_unknown_user_is_refused(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.services.users.remove(world.by, account, ADA)
    for upn in (ADA, "", "nobody@contoso.example", "\udcff"):
        with refused("unknown_user"):
            world.services.users.remove(world.by, account, upn)


def test_adding_a_deleted_upn_makes_a_new_user(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    world.user(account, ADA)
    assert world.licenses(account) == {ADA: ()}
    assert world.stored("SELECT id, deleted_at IS NULL FROM user ORDER BY id") == [(1, 0), (2, 1)]
    assert world.show(account).users == 1


def test_a_user_can_come_and_go_many_times(world: World) -> None:
    account = world.pool("Contoso", seats=1)
    for _ in range(5):
        world.user(account, ADA)
        world.assign(account, ADA)
        world.services.users.remove(world.by, account, ADA)
    assert world.counts(account) == Counts(1, 0)
    assert len(world.stored("SELECT id FROM user")) == 5


def test_the_audit_log_keeps_who_was_deleted(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    entry = world.services.audit.rows(world.by, account)[0]
    assert entry.action == "user.removed"
    assert entry.before
    assert (entry.before["upn"], entry.before["licenses"]) == (ADA, [PREMIUM])

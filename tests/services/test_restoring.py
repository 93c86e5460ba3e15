"""Rule 14: a deleted user comes back within 30 days, with the licenses under the present mode's rules."""

from datetime import timedelta

from cpdesk.domain.modes import Mode
from tests.support.refusals import refused
from tests.support.world import E3, PREMIUM, Counts, World

ADA = "ada@contoso.example"
BOB = "bob@contoso.example"


def restore(world: World, account: int, *, without_missing: bool = False) -> tuple[str, ...]:
    return world.services.users.restore(world.by, account, ADA.upper(), without_missing=without_missing).value.assigned


def test_in_usage_mode_the_tenant_gains_the_seats_again(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.assign(account, ADA, E3)
    world.services.users.remove(world.by, account, ADA)
    assert restore(world, account) == (E3, PREMIUM)
    assert world.licenses(account) == {ADA: (E3, PREMIUM)}
    assert world.counts(account) == Counts(1, 1)


def test_only_what_was_held_at_the_end_comes_back(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.assign(account, ADA, E3)
    world.unassign(account, ADA, E3)
    world.services.users.remove(world.by, account, ADA)
    assert restore(world, account) == (PREMIUM,)


def test_in_purchase_mode_the_seats_come_from_the_pool(world: World) -> None:
    account = world.pool("Contoso", ADA, seats=1)
    world.assign(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    assert restore(world, account) == (PREMIUM,)
    assert world.counts(account) == Counts(1, 1)


def test_what_has_no_seat_is_named_first_and_left_out_only_if_accepted(world: World) -> None:
    account = world.pool("Contoso", ADA, BOB, seats=1)
    world.assign(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    world.assign(account, BOB)
    with refused("restore_lacks_seats") as refusal:
        restore(world, account)
    assert refusal.params["missing"] == ["Microsoft 365 Business Premium"]
    assert world.licenses(account) == {BOB: (PREMIUM,)}
    assert restore(world, account, without_missing=True) == ()
    assert world.licenses(account) == {ADA: (), BOB: (PREMIUM,)}


def test_the_present_mode_counts_not_the_one_at_the_deletion(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.services.users.remove(world.by, account, ADA)
    world.to_purchase(account)
    with refused("restore_lacks_seats"):
        restore(world, account)
    assert world.mode(account) is Mode.PURCHASE


def test_thirty_days_and_not_a_moment_longer(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.services.users.remove(world.by, account, ADA)
    world.clock.advance(timedelta(days=30, microseconds=1))
    with refused("restore_too_late"):
        restore(world, account)
    world.clock.advance(timedelta(microseconds=-1))
    assert restore(world, account) == ()


def test_a_new_user_of_that_name_stands_in_the_way(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.services.users.remove(world.by, account, ADA)
    world.user(account, ADA)
    with refused("upn_taken"):
        restore(world, account)
    with refused("no_deleted_user"):
        world.services.users.restore(world.by, account, BOB)


def test_the_log_tells_who_came_back_with_what_and_why(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    world.services.users.remove(world.by, account, ADA, reason="left, INC-7")
    world.services.users.restore(world.by, account, ADA, reason=" came back, INC-8 ")
    back, gone = world.services.audit.rows(world.by, account)[:2]
    assert (back.action, back.reason, back.after) == (
        "user.restored",
        "came back, INC-8",
        {"upn": ADA, "licenses": [PREMIUM], "without": []},
    )
    assert (gone.action, gone.reason) == ("user.removed", "left, INC-7")


def test_a_reason_of_control_characters_is_refused_and_nothing_done(world: World) -> None:
    account = world.account("Contoso", ADA)
    with refused("text_not_printable"):
        world.services.licenses.assign(world.by, account, ADA, PREMIUM, reason="INC\x00")
    assert world.licenses(account) == {ADA: ()}

"""A database with some months behind it: both modes, all ends of a switch, churn, tenant products, a clock set back."""

from dataclasses import replace
from datetime import timedelta

from cpdesk.domain.operators import Role
from tests.support.world import E3, STORAGE, World


def live(world: World) -> None:
    """Let three accounts live from November 2026 to February 2027, and end with one switch pending."""
    contoso = world.account("Contoso", "ada@contoso.example", "bob@contoso.example", "cy@contoso.example")
    _assign(world, contoso, "ada@contoso.example", "bob@contoso.example", "cy@contoso.example")
    world.to_purchase(contoso)
    world.buy(contoso, 5)
    world.buy(contoso, 2, STORAGE)
    world.request_usage(contoso)
    _churn(world)
    world.clock.advance(timedelta(days=24, minutes=7))
    world.services.modes.apply_due()
    world.clock.advance(-timedelta(hours=3))
    world.unassign(contoso, "bob@contoso.example")
    world.services.operators.add(world.by, "auditor@reseller.example", Role.AUDITOR, None, "secret")
    world.to_purchase(contoso)
    world.clock.advance(timedelta(days=50))
    world.request_usage(contoso)
    world.buy(contoso, 3)


def _churn(world: World) -> None:
    """A pool from which somebody leaves, whose switch is withdrawn, and an account that never switches."""
    fabrikam = world.pool("Fabrikam", "dan@fabrikam.example", "eve@fabrikam.example", seats=4)
    _assign(world, fabrikam, "dan@fabrikam.example", "eve@fabrikam.example")
    world.services.users.remove(world.by, fabrikam, "dan@fabrikam.example")
    world.give_back(fabrikam, 1)
    world.request_usage(fabrikam)
    world.keep(fabrikam)
    _second_thoughts(world, fabrikam, "eve@fabrikam.example")
    tailspin = world.account("Tailspin", "fay@tailspin.example")
    world.assign(tailspin, "fay@tailspin.example", E3)
    world.unassign(tailspin, "fay@tailspin.example", E3)


def _second_thoughts(world: World, account: int, upn: str) -> None:
    """Somebody is renamed, deleted and brought back, twice; seats are bought and given back."""
    users, undo = world.services.users, world.services.licenses.undo
    known = users.find(world.by, account, upn)
    users.edit(world.by, account, known.id, replace(known.fields, display_name="Évelyn", blocked=True))
    users.remove(world.by, account, upn)
    users.restore(world.by, account, upn)
    for done in (
        users.remove_many(world.by, account, [known.id]),
        world.services.licenses.add_seats(world.by, account, "SPB", 3),
    ):
        assert done.undo
        undo(world.by, done.undo)


def _assign(world: World, account: int, *users: str) -> None:
    for upn in users:
        world.assign(account, upn)

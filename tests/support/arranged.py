"""What has to be there before each of the tasks of `tests.support.crashes`."""

from collections.abc import Callable
from datetime import UTC, datetime

from cpdesk.domain.people import UserFields, UserQuery
from tests.support.crashes import ACCOUNTS, EXPORT, LEAVING, PLANNED_FOR
from tests.support.exports import E3_NAME, PREMIUM_NAME, person, write
from tests.support.world import DUE, E3, STORAGE, World


def three_due(world: World) -> None:
    for name in ("Contoso", "Fabrikam", "Tailspin"):
        account = world.pool(name, "ada@contoso.example", seats=3)
        world.assign(account, "ada@contoso.example")
        world.buy(account, 2, STORAGE)
        world.request_usage(account)
    world.clock.set(DUE)


def one_due(world: World) -> None:
    world.request_usage(world.pool(seats=3))
    world.clock.set(DUE)


def assigned(world: World) -> None:
    world.assign(world.account("Contoso", LEAVING), LEAVING)


def pooled(world: World) -> None:
    world.pool(seats=3)


def pending(world: World) -> None:
    world.request_usage(world.pool(seats=3))


def about_to_leave(world: World) -> None:
    account = world.pool("Contoso", LEAVING, seats=1)
    for product in (E3, STORAGE):
        world.buy(account, 1, product)
    world.assign(account, LEAVING)
    world.assign(account, LEAVING, E3)


def about_to_hand_on(world: World) -> None:
    about_to_leave(world)
    world.user(world.services.accounts.find(world.by, "Contoso").id, "other@contoso.example")


def about_to_change(world: World) -> None:
    account = world.pool("Contoso", LEAVING, "other@contoso.example", seats=2)
    world.buy(account, 2, E3)
    for upn in (LEAVING, "other@contoso.example"):
        world.assign(account, upn)


def deleted(world: World) -> None:
    about_to_leave(world)
    account = world.services.accounts.rows(world.by)[0].id
    world.user(account, "other@contoso.example")
    ids = world.services.users.find_ids(world.by, account, UserQuery())
    world.services.users.remove_many(world.by, account, ids)


def about_to_import(world: World) -> None:
    about_to_leave(world)
    people = [person(f"user{number}@contoso.example", PREMIUM_NAME, E3_NAME) for number in range(3)]
    write(world.folder / EXPORT, person(LEAVING, E3_NAME, name="Renamed"), *people)


def about_to_create(world: World) -> None:
    text = "name,domain,mode\nA,a.example,purchase\nB,b.example,usage\n"
    (world.folder / ACCOUNTS).write_text(text, encoding="utf-8")


def new(world: World) -> None:
    world.account()


def about_to_close(world: World) -> None:
    about_to_leave(world)
    world.request_usage(world.services.accounts.find(world.by, "Contoso").id)


def due_while_closed(world: World) -> None:
    about_to_close(world)
    world.shut(world.services.accounts.find(world.by, "Contoso").id)
    world.clock.set(DUE)


def domain_set_free(world: World) -> None:
    """The account that comes first by number takes the domain of a closed one."""
    _, closed = sorted([world.account("One"), world.account("Other")])
    world.services.accounts.edit(world.by, closed, domain="fabrikam.example")
    world.shut(closed)
    world.clock.set(DUE)


def planned_and_due(world: World) -> None:
    """A leaver, a joiner who gets one of two licenses, with a seat that is added for it, and a reduction."""
    about_to_leave(world)
    account = world.services.accounts.rows(world.by)[0].id
    leaver = world.services.users.find(world.by, account, LEAVING).id
    planning = world.services.planning
    planning.leave(world.by, account, PLANNED_FOR, [leaver])
    joiner = UserFields("Joiner", "joiner@contoso.example")
    planning.join(world.by, account, PLANNED_FOR, joiner, licenses=["SPB", "VISIOCLIENT"], add_seats=True)
    planning.reduce(world.by, account, PLANNED_FOR, E3, 1)
    world.clock.set(datetime(2026, 11, 20, 12, tzinfo=UTC))


ARRANGED: dict[str, Callable[[World], None]] = {
    "apply_due": three_due,
    "carry_out": planned_and_due,
    "plan": about_to_change,
    "list": three_due,
    "refused": one_due,
    "to_purchase": assigned,
    "to_usage": pooled,
    "keep": pending,
    "buy": pooled,
    "remove_user": about_to_leave,
    "remove_users": about_to_change,
    "leave": about_to_hand_on,
    "edit_user": about_to_leave,
    "restore_user": deleted,
    "change_licenses": about_to_change,
    "undo": deleted,
    "bulk": about_to_change,
    "import": about_to_import,
    "import_accounts": about_to_create,
    "opening_balance": new,
    "close": about_to_close,
    "reopen": due_while_closed,
    "take_domain": domain_set_free,
}

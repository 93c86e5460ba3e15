"""What is recorded and crashed: how a data folder comes to be, and what is done to it then."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from cpdesk.base.errors import KnownError, UserError
from cpdesk.composition import write_statement
from cpdesk.domain.issuing import CorrectionKind
from cpdesk.domain.own_company import OwnCompany
from cpdesk.gateways.scheduling.job import write
from cpdesk.store import connection
from tests.support.arranged import ARRANGED
from tests.support.crashes import TASKS
from tests.support.dying import BACKUP, MOVED, OTHER_PASSPHRASE, PASSPHRASE
from tests.support.price_files import prices_file
from tests.support.stored import stored
from tests.support.world import ADMIN, DUE, E3, PASSWORD, World
from tests.support.wrecks import break_page

NOVEMBER = date(2026, 11, 1)
OUTPUT = "output"
"""In the data folder: where files for people are written, which are whole or not there, and there once it was said."""


class Act(NamedTuple):
    """One use case: after it the program says that it is done."""

    name: str
    do: Callable[[World], object]
    """In one transaction at most: after a crash the database is as it was before, or as it was after."""


class Scenario(NamedTuple):
    """A data folder, and what is done to it by one process."""

    arrange: Callable[[Path], World]
    """Makes the folder, at this path; the world that it gives is closed."""
    acts: tuple[Act, ...]
    opens: bool = True
    """Whether the database is opened first; otherwise the acts see to that."""
    recover: Callable[[World], None] | None = None
    """What a person does after a crash where the database does not open by itself; None where it has to."""
    keeps: bool = False
    """Whether what was there before is kept among the backups."""


def _account(world: World) -> int:
    return world.services.accounts.find(world.by, "Contoso").id


def _day(*, pages: int | None = None) -> tuple[Act, ...]:
    """One thing after the other, with a checkpoint after so many pages in the log."""
    upn = "bob@contoso.example"

    def begin(world: World) -> None:
        if pages is not None:
            connection.database.pragma("wal_autocheckpoint", pages)
        world.account()

    return (
        Act("create an account", begin),
        Act("add a user", lambda world: world.user(_account(world), upn)),
        Act("assign", lambda world: world.assign(_account(world), upn)),
        Act("to Purchase Mode", lambda world: world.to_purchase(_account(world))),
        Act("buy seats", lambda world: world.buy(_account(world), 3)),
        Act("buy others", lambda world: world.buy(_account(world), 2, E3)),
        Act("ask for Usage Mode", lambda world: world.request_usage(_account(world))),
        Act("keep Purchase Mode", lambda world: world.keep(_account(world))),
        Act("ask again", lambda world: world.request_usage(_account(world))),
        Act("time passes", lambda world: world.clock.set(DUE)),
        Act("settle", lambda world: world.services.modes.apply_due()),
        Act("delete a user", lambda world: world.services.users.remove(world.by, _account(world), upn)),
    )


def _issue(world: World) -> None:
    world.services.issuing.issue(world.by, _account(world), NOVEMBER)


def _correct(world: World) -> None:
    kind = CorrectionKind.CREDIT
    world.services.issuing.correct(world.by, _account(world), NOVEMBER, kind, "Goodwill", Decimal(1), "Ticket 7")


def _write_statement(suffix: str, month: date = NOVEMBER) -> Callable[[World], None]:
    def write(world: World) -> None:
        document = world.services.issuing.document(world.by, _account(world), month)
        write_statement(document, world.folder / OUTPUT / f"statement{suffix}")

    return write


def _write_unit(world: World) -> None:
    write(world.folder / OUTPUT / "cpdesk.service", b"[Service]\n" * 100)


def _import_prices(world: World) -> None:
    world.services.prices.import_prices(world.by, 1, world.folder / "prices.csv")


# What is there before


def _new(folder: Path) -> World:
    """A database that has just been set up, and nothing pending."""
    world = World(folder)
    world.set_up()
    world.close()
    return world


def _with(arrange: Callable[[World], object]) -> Callable[[Path], World]:
    def arranged(folder: Path) -> World:
        world = _new(folder)
        world.open()
        arrange(world)
        world.close()
        return world

    return arranged


def _billed(world: World) -> None:
    world.pool()
    world.services.issuing.save_own_company(world.by, OwnCompany("Northwind"))
    (world.folder / OUTPUT).mkdir()
    (world.folder / OUTPUT / "statement.csv").write_text("what was there before\n", encoding="utf-8")
    world.clock.set(DUE)


def _backed_up(world: World) -> None:
    """In the backup a switch is pending that is due by now; the database has moved on."""
    account = world.pool("Contoso", "ada@contoso.example", seats=4)
    world.request_usage(account)
    world.services.backups.make_unattended(world.folder / BACKUP)
    world.keep(account)
    world.account("Since")
    world.clock.set(DUE)


def _damaged(folder: Path) -> World:
    world = _with(_backed_up)(folder)
    world.store.path.write_bytes(b"damaged" * 900)
    return world


def _broken(folder: Path) -> World:
    """A database that opens, with users on a page that cannot be read."""
    world = _with(lambda made: made.pool("Contoso", "ada@contoso.example"))(folder)
    break_page(world, "user")
    return world


def _encrypted(arrange: Callable[[World], object]) -> Callable[[Path], World]:
    def arranged(world: World) -> None:
        arrange(world)
        _encrypt(world)

    return _with(arranged)


def _arrived(arrange: Callable[[World], object]) -> Callable[[Path], World]:
    """A data folder with a file from another computer in it."""

    def arranged(folder: Path) -> World:
        there = _with(lambda world: world.pool("Tailspin", "zoe@tailspin.example"))(folder.with_name("there"))
        there.open()
        there.services.moving.out(there.by, folder.with_name(MOVED))
        there.close()
        shutil.rmtree(there.folder)
        here = World(folder)
        folder.mkdir()
        arrange(here)
        here.close()
        folder.with_name(MOVED).rename(folder / MOVED)
        return here

    return arranged


def _inhabited(world: World) -> None:
    world.set_up()
    world.pool("Contoso", "ada@contoso.example", seats=4)


def _older(step: str) -> Callable[[Path], World]:
    return lambda folder: stored(step, folder)


def _nothing(folder: Path) -> World:
    """Not even the folder."""
    return World(folder)


def _task(name: str) -> Scenario:
    return Scenario(_with(ARRANGED[name]), (Act(name, TASKS[name]),))


def _open(world: World) -> None:
    world.store.open()


def _set_up(world: World) -> None:
    world.store.open(create=True)
    world.services.setup.set_up(ADMIN, PASSWORD)


def _restore(world: World) -> None:
    world.services.backups.restore(world.by, world.folder / BACKUP)


def _rescue(world: World) -> None:
    world.services.backups.rescue(world.folder / BACKUP, ADMIN, PASSWORD)


def _bring_in(world: World) -> None:
    world.services.moving.bring_in(world.by, world.folder / MOVED)


def _bring_in_fresh(world: World) -> None:
    world.services.moving.bring_in_fresh(world.folder / MOVED, ADMIN, PASSWORD)


def _bring_in_again(world: World) -> None:
    try:
        world.open()
    except UserError:
        _bring_in_fresh(world)
        world.open()


def _move_out(world: World) -> None:
    world.services.moving.out(world.by, world.folder / OUTPUT / MOVED)


def _set_up_again(world: World) -> None:
    world.open(create=True)
    if world.services.setup.needed():
        world.services.setup.set_up(ADMIN, PASSWORD)
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by


def _rescue_again(world: World) -> None:
    try:
        world.open()
    except KnownError:
        _rescue(world)
        world.open()


def _salvage(world: World) -> None:
    world.services.salvaging.put_in_place(ADMIN, PASSWORD)


def _salvage_again(world: World) -> None:
    try:
        world.open()
        is_sound = not world.problems()
    except KnownError:
        is_sound = False
    if not is_sound:
        world.close()
        _salvage(world)
        world.open()


def _encrypt(world: World) -> None:
    world.services.encryption.turn_on(world.by, PASSPHRASE)


def _decrypt(world: World) -> None:
    world.services.encryption.turn_off(world.by, PASSPHRASE)


def _change_passphrase(world: World) -> None:
    world.services.encryption.change_passphrase(world.by, PASSPHRASE, OTHER_PASSPHRASE)


def _make_daily(world: World) -> None:
    assert world.services.backups.make_daily()


def _copy(world: World) -> None:
    world.services.backups.make(world.by, world.folder / OUTPUT / "copy.db")


def _write_pack(world: World) -> None:
    from PySide6.QtGui import QGuiApplication

    drawing = QGuiApplication.instance() or QGuiApplication([])
    world.services.month_end.write(world.by, NOVEMBER, world.folder / OUTPUT)
    del drawing


SCENARIOS: dict[str, Scenario] = {
    "day": Scenario(_new, _day()),
    "day with checkpoints": Scenario(_new, _day(pages=6)),
    **{name: _task(name) for name in ARRANGED},
    "set_up": Scenario(_nothing, (Act("set up", _set_up),), opens=False, recover=_set_up_again),
    "issue": Scenario(_with(_billed), (Act("issue", _issue), Act("correct", _correct))),
    "prices": Scenario(_with(lambda world: prices_file(world.folder)), (Act("import", _import_prices),)),
    "backups": Scenario(_with(_billed), (Act("daily", _make_daily), Act("copy", _copy))),
    "files": Scenario(_with(_billed), (Act("csv", _write_statement(".csv")), Act("xlsx", _write_statement(".xlsx")))),
    "scheduler": Scenario(_with(_billed), (Act("switch on", _write_unit),)),
    "pack": Scenario(_with(_billed), (Act("pack", _write_pack),)),
    "restore": Scenario(_with(_backed_up), (Act("restore", _restore),), keeps=True),
    "rescue": Scenario(_damaged, (Act("rescue", _rescue),), opens=False, recover=_rescue_again, keeps=True),
    "salvage": Scenario(_broken, (Act("salvage", _salvage),), opens=False, recover=_salvage_again),
    "move out": Scenario(_with(_billed), (Act("move out", _move_out),)),
    "bring in": Scenario(_arrived(_inhabited), (Act("bring in", _bring_in),), keeps=True),
    "bring in fresh": Scenario(
        _arrived(lambda _world: None), (Act("bring in", _bring_in_fresh),), opens=False, recover=_bring_in_again
    ),
    "upgrade 1": Scenario(_older("0001_initial"), (Act("upgrade", _open),), opens=False, keeps=True),
    "upgrade 5": Scenario(_older("0005_prices"), (Act("upgrade", _open),), opens=False, keeps=True),
}

if find_spec("sqlcipher3"):
    SCENARIOS |= {
        "encrypt": Scenario(_with(lambda world: world.pool()), (Act("encrypt", _encrypt),)),
        "decrypt": Scenario(_encrypted(lambda world: world.pool()), (Act("decrypt", _decrypt),)),
        "change passphrase": Scenario(
            _encrypted(lambda world: world.pool()), (Act("change passphrase", _change_passphrase),)
        ),
        "encrypted day": Scenario(_encrypted(lambda _world: None), _day(pages=20)),
    }


def unlock(world: World) -> None:
    """Have the database opened if it is encrypted."""
    with suppress(UserError):
        world.services.encryption.unlock(PASSPHRASE)
        return
    world.services.encryption.unlock(OTHER_PASSPHRASE)

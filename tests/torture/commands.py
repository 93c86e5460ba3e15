"""Command lines that are killed and starved, and the data folder that they work on."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from cpdesk.domain.own_company import OwnCompany
from tests.support.dying import PASSPHRASE
from tests.support.exports import E3_NAME, PREMIUM_NAME, person, write
from tests.support.price_files import prices_file
from tests.support.stored import LATER, stored
from tests.support.world import DUE, E3, PREMIUM, START, World
from tests.support.wrecks import break_page
from tests.torture.recording import Rows
from tests.torture.scenarios import unlock

CONTOSO, FABRIKAM = "contoso.example", "fabrikam.example"
ADA, BOB = f"ada@{CONTOSO}", f"bob@{CONTOSO}"
MOVED = "moved.cpdesk-move"
"""A file from another computer, beside the data folder."""
OUTPUT = "output"
"""Beside the data folder: where commands write files."""
_A_DAY = timedelta(days=1)


TRACES = frozenset({"audit_entry", "setting"})
"""The tables in which it stands that something was begun and given up."""


class Line(NamedTuple):
    """A command line."""

    words: tuple[str, ...]
    """{root} is the folder above the data folder."""
    folder: Callable[[Path], None]
    """Makes the data folder "books" in a folder, and what else it needs beside it."""
    instant: datetime = START + _A_DAY
    changes: bool = True
    """Whether it changes the database."""
    traces: frozenset[str] = frozenset()
    """The tables that may tell of what was given up."""

    def at(self, root: Path) -> list[str]:
        """The words for a command under this root."""
        return [word.format(root=root) for word in self.words]


def _customers(root: Path) -> None:
    """Contoso has a pool with idle seats; Fabrikam a change to Usage Mode that is pending."""
    world = World(root / "books")
    world.set_up()
    world.pool("Contoso", ADA, BOB, seats=4)
    contoso = world.services.accounts.find(world.by, CONTOSO).id
    world.assign(contoso, ADA)
    world.buy(contoso, 3, E3)
    world.request_usage(world.pool("Fabrikam", f"eve@{FABRIKAM}"))
    world.services.issuing.save_own_company(world.by, OwnCompany("Northwind"))
    world.services.backups.make_unattended(root / "backup.db")
    world.user(contoso, f"since@{CONTOSO}")
    world.close()
    (root / OUTPUT).mkdir()
    (root / OUTPUT / "statement.csv").write_text("what was there before\n", encoding="utf-8")
    prices_file(root)
    write(root / "users.csv", *[person(f"user{n}@{CONTOSO}", PREMIUM_NAME, E3_NAME) for n in range(3)])
    (root / "list.csv").write_text(f"UPN,Product\n{ADA},{E3}\n{BOB},{PREMIUM}\n", encoding="utf-8")


def _damaged(root: Path) -> None:
    _customers(root)
    (root / "books" / "cpdesk.db").write_bytes(b"damaged" * 900)


def _moved(root: Path) -> None:
    """Beside the customers a file from another computer."""
    _customers(root)
    _move_out(root)


def _only_moved(root: Path) -> None:
    _move_out(root)
    (root / OUTPUT).mkdir()


def _move_out(root: Path) -> None:
    world = World(root / "there")
    world.set_up()
    world.account("Tailspin", "zoe@tailspin.example")
    world.services.moving.out(world.by, root / MOVED)
    world.close()
    shutil.rmtree(world.folder)


def _encrypted(root: Path) -> None:
    _customers(root)
    world = World(root / "books")
    world.open()
    world.services.encryption.turn_on(world.by, PASSPHRASE)
    world.close()


def _broken(root: Path) -> None:
    """A page cannot be read on which users stand."""
    _customers(root)
    break_page(World(root / "books"), "user")


def _older(root: Path) -> None:
    stored("0005_prices", root / "books")


def _nothing(_root: Path) -> None:
    return None


def _line(text: str, instant: datetime = START + _A_DAY, *, changes: bool = True) -> Line:
    return Line(tuple(text.split()), _customers, instant, changes)


LINES: dict[str, Line] = {
    "create": _line("accounts create Tailspin --domain tailspin.example --activate"),
    "add user": _line(f"users add {CONTOSO} new@{CONTOSO} --name New"),
    "remove user": _line(f"users remove {CONTOSO} {ADA}"),
    "assign": _line(f"licenses assign {CONTOSO} {BOB} SPB"),
    "assign by file": _line(f"licenses assign {CONTOSO} --file {{root}}/list.csv"),
    "buy": _line(f"seats add {CONTOSO} SPB 5"),
    "give back": _line(f"seats remove {CONTOSO} SPB 2"),
    "to usage": _line(f"mode change {CONTOSO} usage --yes"),
    "keep": _line(f"mode keep {FABRIKAM}"),
    "settle": _line("apply-due", DUE + _A_DAY),
    "import users": _line(f"users import {CONTOSO} {{root}}/users.csv --add-seats"),
    "import prices": _line("prices import {root}/prices.csv --schedule Default"),
    "backup": _line("backup {root}/output/copy.db", changes=False),
    "restore": _line("restore {root}/backup.db --yes"),
    "rescue": Line(("restore", "{root}/backup.db", "--yes"), _damaged),
    "upgrade": Line(("apply-due",), _older, LATER),
    "set up": Line(("setup", "--admin", "admin@reseller.example"), _nothing),
    "statement": _line(f"statement {CONTOSO} --month 2026-11 --output {{root}}/output/statement.csv", changes=False),
    "workbook": _line(f"statement {CONTOSO} --month 2026-11 --output {{root}}/output/statement.xlsx", changes=False),
    "move out": _line("move out {root}/output/all.cpdesk-move")._replace(traces=TRACES),
    "bring in": Line(("move", "in", f"{{root}}/{MOVED}", "--yes"), _moved),
    "bring in fresh": Line(("move", "in", f"{{root}}/{MOVED}", "--yes"), _only_moved),
    "salvage": Line(("rescue", "--yes"), _broken),
    "check": _line("check", changes=False),
    "list": _line(f"users list {CONTOSO}", changes=False),
}

if find_spec("sqlcipher3"):
    LINES |= {
        "encrypt": _line("encryption on --yes"),
        "decrypt": Line(("encryption", "off"), _encrypted),
        "change passphrase": Line(("encryption", "change-passphrase"), _encrypted),
        "encrypted buy": Line(tuple(f"seats add {CONTOSO} SPB 5".split()), _encrypted),
    }


class Templates:
    """The data folders of the command lines, each made once and copied for each use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[Callable[[Path], None], Path] = {}

    def copy(self, line: Line, root: Path) -> Path:
        """A fresh copy at `root`, which goes if it is there; the data folder in it."""
        made = self._made.get(line.folder)
        if made is None:
            made = self._made[line.folder] = self._folder / str(len(self._made))
            made.mkdir(parents=True)
            line.folder(made)
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(made, root)
        return root / "books"


def is_as_before(line: Line, before: Rows | None, after: Rows | None) -> bool:
    """Whether a command has left everything as it found it."""
    before, after = without(line.traces, before), without(line.traces, after)
    # An older database may have been brought to the present schema, and a new one be there without an administrator.
    return after == before or (line.words[0] == "setup" and not (after or {}).get("operator"))


def without(tables: frozenset[str], rows: Rows | None) -> Rows | None:
    """The rows of the other tables."""
    return None if rows is None else {name: found for name, found in rows.items() if name not in tables}


def problems_of(folder: Path, line: Line) -> Iterator[str]:
    """What the program finds wrong in a data folder when it opens it."""
    world = World(folder, line.instant)
    try:
        unlock(world)
        world.open()
        for problem in world.problems():
            yield f"check: {problem}"
    finally:
        world.close()


def counts_of(rows: Rows | None) -> dict[str, int]:
    """The rows of each table."""
    return {name: len(found) for name, found in (rows or {}).items()}

"""Databases that are damaged on purpose, and what stood on each of their pages before."""

import random
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpdesk.store import connection
from cpdesk.store.migrate import HISTORY
from cpdesk.store.pages import Pages
from cpdesk.store.wreck import shapes
from tests.support.crowd import crowd
from tests.support.exports import write
from tests.support.world import World

PAGE = 4096

Rows = dict[int, tuple[Any, ...]]


def populate(world: World, people: int = 260) -> None:
    """Make so much that the large tables have many pages, and free some of them again."""
    account = world.account("Crowded", domain="crowded.example")
    file = write(world.folder / "people.csv", *crowd(people))
    world.services.imports.run(world.by, account, file)
    # Some builds of SQLite wipe out what is deleted; most leave it where it was.
    connection.database.pragma("secure_delete", 0)
    for number in range(people // 2):
        world.services.users.remove(world.by, account, f"user{number:06}@crowded.example")
    pool = world.pool("Contoso", "ada@contoso.example", "ben@contoso.example", seats=4)
    world.assign(pool, "ada@contoso.example")
    world.request_usage(pool)
    for number in range(5):
        world.account(f"Small {number}", f"eve@small{number}.example", domain=f"small{number}.example")


def break_page(world: World, table: str) -> None:
    """Have the first page of a table say nothing any more; the world is closed."""
    ((page,),) = world.stored("SELECT rootpage FROM sqlite_master WHERE name = ?", table)
    content = bytearray(world.store.path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    world.store.path.write_bytes(content)


def plain_copy(world: World, target: Path) -> Path:
    """The database of a closed world as one file."""
    with closing(sqlite3.connect(world.store.path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    return target


@dataclass(frozen=True)
class Twin:
    """The undamaged database."""

    data: bytes
    rows: dict[str, Rows]
    """By table and row number."""
    places: dict[str, dict[int, frozenset[int]]]
    """The pages on which each row stands."""
    trunks: frozenset[int]
    """The pages that tell which pages are free."""

    @property
    def pages(self) -> int:
        return len(self.data) // PAGE

    def unharmed(self, damaged: Collection[int]) -> dict[str, set[int]]:
        """Numbers of the rows that stand on none of these pages."""
        return {
            table: {row for row, pages in places.items() if not pages & set(damaged)}
            for table, places in self.places.items()
        }


def twin_of(path: Path) -> Twin:
    """Learn where everything stands."""
    with closing(sqlite3.connect(path)) as plain, Pages(path) as pages:
        tables = [shape.name for shape in shapes(plain) if shape.name != HISTORY]
        rows = {table: content(plain, table) for table in tables}
        roots = dict(plain.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"))
        places = {table: dict(_places(pages, roots[table])) for table in tables}
        return Twin(path.read_bytes(), rows, places, frozenset(_trunks(pages)))


def content(plain: sqlite3.Connection, table: str) -> Rows:
    return {row[0]: row[1:] for row in plain.execute(f'SELECT rowid, * FROM "{table}"')}


def damaged(data: bytes, numbers: Collection[int], seed: int) -> bytes:
    """The same with these pages zeroed or overwritten."""
    rng = random.Random(seed)
    changed = bytearray(data)
    for number in numbers:
        noise = rng.choice([bytes(PAGE), rng.randbytes(PAGE), bytes(512) + data[(number - 1) * PAGE :][: PAGE - 512]])
        changed[(number - 1) * PAGE : number * PAGE] = noise
    return bytes(changed)


def _places(pages: Pages, root: int) -> Iterator[tuple[int, frozenset[int]]]:
    waiting = [root]
    while waiting:
        number = waiting.pop()
        node = pages.node(number)
        if not node.is_leaf:
            waiting += [*(cell.child for cell in node.cells), node.right]
            continue
        for cell in node.cells:
            yield cell.rowid, frozenset({number, *pages.record(cell)[1]})


def _trunks(pages: Pages) -> Iterator[int]:
    trunk = int.from_bytes(pages.raw(1)[32:36], "big")
    while trunk:
        yield trunk
        trunk = int.from_bytes(pages.raw(trunk)[:4], "big")

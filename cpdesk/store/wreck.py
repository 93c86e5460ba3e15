"""What still stands in a damaged database file, table by table, and what does not.

The pages of each table are found from its root. Below a damaged page they hang on nothing: they are known by their
rows, which have to fill the gap that the damaged page left. What stands on pages that were given free, or might have
been, is left alone: it was deleted.
"""

import errno
import math
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cpdesk.base.progress import Tell
from cpdesk.store.pages import INTERIOR_TABLE, LEAF_TABLE, Cell, DamagedPageError, Node, Pages, Record

Gap = tuple[float, float]
"""Row numbers above the first and up to the second are not reached."""

_EVERY = 20
"""Pages between two tellings of the progress."""
_EVERYTHING: Gap = (-math.inf, math.inf)
_MASTER = 1
_KINDS_OF = {"INTEGER": int, "REAL": float, "BLOB": bytes}
"""What values are, by the declared type of their column; else they are text."""
_KINDS = frozenset({"table", "index", "view", "trigger"})


@dataclass(frozen=True, slots=True)
class Index:
    """An index as the schema has it."""

    name: str
    columns: tuple[int | None, ...]
    """Places of its columns in the table; None for the row number itself."""
    is_full: bool
    """Whether every row of the table is in it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as the schema has it."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[type, ...]
    """What the values of each column are."""
    optional: tuple[bool, ...]
    number: int | None
    """The place of the column that is the row number, if there is one."""
    indexes: tuple[Index, ...]

    def row(self, rowid: int, record: Record) -> Record | None:
        """The values of a row; None where they can be none of this table."""
        if len(record) != len(self.columns):
            return None
        values = list(record)
        if self.number is not None:
            if values[self.number] is not None:
                return None
            values[self.number] = rowid
        fitting = all(
            optional if value is None else type(value) is kind
            for value, kind, optional in zip(values, self.kinds, self.optional, strict=True)
        )
        return tuple(values) if fitting else None


def shapes(reference: sqlite3.Connection) -> tuple[Shape, ...]:
    """The tables of an undamaged database with the same schema, but for the full-text indexes and what SQLite keeps."""
    named = reference.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    virtual = tuple(f"{name}_" for name, sql in named if sql.startswith("CREATE VIRTUAL"))
    return tuple(
        _shape(reference, name)
        for name, sql in named
        if not sql.startswith("CREATE VIRTUAL") and not (virtual and name.startswith(virtual))
    )


def _shape(reference: sqlite3.Connection, table: str) -> Shape:
    columns = reference.execute(
        'SELECT name, upper(type), "notnull", pk FROM pragma_table_info(?) ORDER BY cid', (table,)
    ).fetchall()
    keys = [place for place, column in enumerate(columns) if column[3]]
    number = keys[0] if len(keys) == 1 and columns[keys[0]][1] == "INTEGER" else None
    indexes = reference.execute("SELECT name, partial FROM pragma_index_list(?)", (table,)).fetchall()
    return Shape(
        table,
        tuple(column[0] for column in columns),
        tuple(_KINDS_OF.get(column[1], str) for column in columns),
        tuple(not column[2] and place != number for place, column in enumerate(columns)),
        number,
        tuple(_index(reference, name, number, is_full=not partial) for name, partial in indexes),
    )


def _index(reference: sqlite3.Connection, name: str, number: int | None, *, is_full: bool) -> Index:
    places = [cid for (cid,) in reference.execute("SELECT cid FROM pragma_index_info(?) ORDER BY seqno", (name,))]
    return Index(name, tuple(None if place in (-1, number) else place for place in places), is_full)


@dataclass
class Tree:
    """The pages that were found of a table."""

    shape: Shape
    leaves: list[int] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def is_lacking(self, rowid: int) -> bool:
        """Whether a row of this number may have stood on a damaged page."""
        return any(low < rowid <= high for low, high in self.gaps)


@dataclass(frozen=True, slots=True)
class Lost:
    """Rows of a table that cannot be read."""

    rows: Mapping[int, Mapping[str, object]]
    """By row number: what an index still knows of it."""
    is_exact: bool
    """Whether these are all; else there are at least so many."""


class Wreck:
    """The tables of a damaged file."""

    def __init__(
        self,
        pages: Pages,
        shape: Sequence[Shape],
        proven: frozenset[str] = frozenset(),
        tell: Tell | None = None,
    ) -> None:
        """`proven` names tables whose every row something else vouches for: their rows are taken from pages of
        which nobody can tell any more whether they were given free. `tell` is told the pages that were looked at."""
        self._pages = pages
        self._tell = tell
        self._claimed: set[int] = set()
        self._free = pages.free()
        self._proven = proven
        self._roots = self._read_roots()
        self.trees = {one.name: self._tree(one) for one in shape}
        """By the name of the table."""
        self._entries: dict[str, tuple[dict[int, Record], bool]] = {}
        self._claim_others({one.name for one in shape})
        self._read = 0
        self.strays = self._adopt()
        """Pages with rows of which nobody can tell the table."""

    def rows(self, table: str) -> Iterator[tuple[int, Record | None]]:
        """The rows of a table that can be read, by row number; None where one cannot, though its page can.

        Raises OSError where a page could be read before and cannot any more: the next look counts it as lost.
        """
        tree = self.trees[table]
        for page in tree.leaves:
            self._read += 1
            for cell in self._again(page).cells:
                yield cell.rowid, self._row(tree.shape, cell)

    def _again(self, page: int) -> Node:
        try:
            return self._pages.node(page)
        except DamagedPageError as error:
            raise OSError(errno.EIO, os.strerror(errno.EIO)) from error

    @property
    def progress(self) -> tuple[int, int]:
        """How many pages with rows have been read, of how many."""
        return self._read, sum(len(tree.leaves) for tree in self.trees.values())

    def lost(self, table: str, found: "frozenset[int] | set[int]", unread: Sequence[int]) -> Lost:
        """What is lost of a table of which rows were found; `unread` are those whose page could be read."""
        tree = self.trees[table]
        if not tree.gaps and not unread:
            return Lost({}, is_exact=True)
        known: dict[int, dict[str, object]] = {rowid: {} for rowid in unread}
        whole = not tree.gaps
        for index in tree.shape.indexes:
            entries, intact = self.entries(index)
            whole = whole or (intact and index.is_full)
            for rowid, values in entries.items():
                if rowid not in found and (tree.is_lacking(rowid) or rowid in known):
                    known.setdefault(rowid, {}).update(_named(tree.shape, index, values))
        return Lost(dict(sorted(known.items())), is_exact=whole)

    def entries(self, index: Index) -> tuple[dict[int, Record], bool]:
        """What stands in an index, by row number, and whether that is all of it."""
        if index.name not in self._entries:
            self._entries[index.name] = self._walk_index(self._roots.get(index.name, 0), len(index.columns))
        return self._entries[index.name]

    def _row(self, shape: Shape, cell: Cell) -> Record | None:
        try:
            return shape.row(cell.rowid, self._pages.record(cell)[0])
        except DamagedPageError:
            return None

    def _node(self, page: int) -> Node:
        """A page that belongs to one tree only."""
        if page in self._claimed or (self._free and page in self._free):
            raise DamagedPageError(page)
        if self._tell and len(self._claimed) % _EVERY == 0:
            self._tell(len(self._claimed), self._pages.count)
        node = self._pages.node(page)
        self._claimed.add(page)
        return node

    def _read_roots(self) -> dict[str, int]:
        """Root pages by the names of tables and indexes."""
        leaves: list[int] = []
        gaps: list[Gap] = []
        self._walk_table(_MASTER, leaves, gaps)
        found: dict[str, int] = {}
        for page in leaves:
            found |= self._roots_on(page) or {}
        for page in range(2, self._pages.count + 1 if gaps else 0):
            if page not in self._claimed and (roots := self._roots_on(page)) is not None:
                self._claimed.add(page)
                found = roots | found
        return found

    def _roots_on(self, page: int) -> dict[str, int] | None:
        """None where a page is none of the schema's."""
        try:
            node = self._pages.node(page)
            if node.kind != LEAF_TABLE:
                return None
            records = [self._pages.record(cell)[0] for cell in node.cells]
        except DamagedPageError:
            return None
        if not all(len(one) == 5 and one[0] in _KINDS and isinstance(one[3], int) for one in records):
            return None
        return {str(one[1]): int(one[3]) for one in records if isinstance(one[3], int)} if records else None

    def _tree(self, shape: Shape) -> Tree:
        tree = Tree(shape)
        self._walk_table(self._roots.get(shape.name, 0), tree.leaves, tree.gaps, shape)
        return tree

    def _walk_table(self, root: int, leaves: list[int], gaps: list[Gap], shape: Shape | None = None) -> None:
        waiting: list[tuple[int, Gap]] = [(root, _EVERYTHING)]
        while waiting:
            page, (low, high) = waiting.pop()
            node = self._node_between(page, (low, high), shape)
            if node is None:
                gaps.append((low, high))
                continue
            if node.is_leaf:
                leaves.append(page)
                continue
            bounds = [low, *(cell.rowid for cell in node.cells), high]
            children = [*(cell.child for cell in node.cells), node.right]
            below = [(child, (bounds[at], bounds[at + 1])) for at, child in enumerate(children)]
            waiting.extend(reversed(below))

    def _node_between(self, page: int, gap: Gap, shape: Shape | None) -> Node | None:
        """A page of a table whose rows have these numbers; None where that does not stand there."""
        try:
            node = self._node(page)
        except DamagedPageError:
            return None
        strange = node.kind not in (LEAF_TABLE, INTERIOR_TABLE) or (shape and self._is_foreign(shape, node))
        if strange or any(not gap[0] < cell.rowid <= gap[1] for cell in node.cells):
            self._claimed.discard(page)
            return None
        return node

    def _is_foreign(self, shape: Shape, node: Node) -> bool:
        """Whether none of the rows on a page is one of the table."""
        return node.is_leaf and bool(node.cells) and all(self._row(shape, cell) is None for cell in node.cells)

    def _walk_index(self, root: int, columns: int) -> tuple[dict[int, Record], bool]:
        found: dict[int, Record] = {}
        intact = True
        waiting = [root]
        while waiting:
            try:
                node = self._node(waiting.pop())
                records = [self._pages.record(cell)[0] for cell in node.cells]
            except DamagedPageError:
                intact = False
                continue
            for record in records:
                # The row number ends each entry.
                number = record[-1] if len(record) == columns + 1 else None
                if isinstance(number, int):
                    found[number] = record
                else:
                    intact = False
            if not node.is_leaf:
                waiting += [*(cell.child for cell in node.cells), node.right]
        return found, intact

    def _claim_others(self, tables: set[str]) -> None:
        """What belongs to tables that nobody asks for, the full-text indexes, is none of those that are looked for."""
        known = tables | {index.name for tree in self.trees.values() for index in tree.shape.indexes}
        for name, root in self._roots.items():
            if name not in known and root:
                self._claim(root)

    def _claim(self, root: int) -> None:
        waiting = [root]
        while waiting:
            try:
                node = self._node(waiting.pop())
            except DamagedPageError:
                continue
            if not node.is_leaf:
                waiting += [*(cell.child for cell in node.cells), node.right]

    def _adopt(self) -> tuple[int, ...]:
        """Find the tables of pages that hang on nothing."""
        lacking = [tree for tree in self.trees.values() if tree.gaps]
        if not lacking:
            return ()
        strays = []
        for page, node in self._unclaimed():
            fitting = [tree for tree in lacking if self._fits(tree, node)]
            if len(fitting) > 1:
                fitting = [tree for tree in fitting if self._is_vouched_for(tree, node)]
            if len(fitting) == 1:
                fitting[0].leaves.append(page)
            else:
                strays.append(page)
        return tuple(strays)

    def _unclaimed(self) -> Iterator[tuple[int, Node]]:
        """Pages with rows that hang on nothing and were not given free, as far as anybody knows."""
        for page in range(2, self._pages.count + 1):
            if page in self._claimed or (self._free and page in self._free):
                continue
            try:
                node = self._pages.node(page)
            except DamagedPageError:
                continue
            if node.kind == LEAF_TABLE and node.cells:
                yield page, node

    def _fits(self, tree: Tree, node: Node) -> bool:
        """Whether rows can be those of a gap: all of their numbers are in it, and all are of the table's shape."""
        if self._free is None and not (tree.shape.name in self._proven and self._is_vouched_for(tree, node)):
            return False
        low, high = node.cells[0].rowid, node.cells[-1].rowid
        if not any(begin < low and high <= end for begin, end in tree.gaps):
            return False
        rows = [self._row(tree.shape, cell) for cell in node.cells]
        return any(rows) and sum(row is None for row in rows) <= len(rows) // 2

    def _is_vouched_for(self, tree: Tree, node: Node) -> bool:
        """Whether an index has each of these rows as it stands here."""
        for index in tree.shape.indexes:
            entries, _intact = self.entries(index)
            if all(self._agrees(tree.shape, index, entries.get(cell.rowid), cell) for cell in node.cells):
                return True
        return False

    def _agrees(self, shape: Shape, index: Index, entry: Record | None, cell: Cell) -> bool:
        row = self._row(shape, cell)
        if entry is None or row is None:
            return entry is not None
        return all(row[place] == value for place, value in zip(index.columns, entry, strict=False) if place is not None)


def _named(shape: Shape, index: Index, entry: Record) -> dict[str, object]:
    return {
        shape.columns[place]: value for place, value in zip(index.columns, entry, strict=False) if place is not None
    }

"""What a disk may hold after the power failed.

Content is on the disk once its file was synchronised, a name once its folder was. Of everything else any part may be
there or not: each name that was given or taken, each sector of each write, each change of a size, with zeros or
garbage where a file has grown but what was written has not arrived. No file system loses all of that; what survives
here survives on each of them.

Where a synchronisation failed, the system counts what was to be written as written: programs go on seeing it, nobody
writes it again, and one that succeeds later says nothing about it.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.torture.disk import Op, Record

SECTOR = 512
_TRUNCATES, _CREATES = 0o1000, 0o100
"""O_TRUNC and O_CREAT of Linux."""

Image = Mapping[str, bytes | None]
"""The files under the root by their names; None is a folder."""


class Written(NamedTuple):
    """Bytes that were written to a file."""

    offset: int
    data: bytes


class Resized(NamedTuple):
    """A file that was cut off, or made longer."""

    size: int


@dataclass(eq=False)
class Node:
    """A file, or a folder."""

    folder: bool = False
    content: bytes = b""
    """What is on the disk."""
    layers: list["Layer"] = field(default_factory=list)
    """What was done since then up to the latest synchronisation, once one has failed."""
    pending: list[Written | Resized] = field(default_factory=list)
    """What was done since."""
    names: dict[str, "Node"] = field(default_factory=dict)
    """Of a folder: as programs see them."""
    durable: dict[str, "Node"] = field(default_factory=dict)
    """Of a folder: those on the disk."""


class Layer(NamedTuple):
    """What was done to a file from one synchronisation to the next."""

    changes: list[Written | Resized]
    failed: bool
    """Whether the synchronisation failed: any of it may be lost. Otherwise it is there, whatever is below it."""


class Naming(NamedTuple):
    """Names that are given or taken (None) at once: a rename does both."""

    changes: tuple[tuple[Node, str, Node | None], ...]


class Loss:
    """What of the pending changes is lost. This one: nothing."""

    name = "nothing"

    def namings(self, pending: list[Naming]) -> list[Naming]:
        """Those that arrived."""
        return pending

    def changes(self, pending: list[Written | Resized]) -> Iterable[Written | Resized]:
        """The changes of one file that arrived, or parts of them."""
        return pending


class Everything(Loss):
    """Nothing that was not synchronised arrived."""

    name = "everything"

    def namings(self, pending: list[Naming]) -> list[Naming]:
        return pending[:0]

    def changes(self, pending: list[Written | Resized]) -> Iterable[Written | Resized]:
        return pending[:0]


class AllContent(Everything):
    """The names arrived, and nothing of the content: as after a rename without a synchronisation."""

    name = "content"

    def namings(self, pending: list[Naming]) -> list[Naming]:
        return pending


class AllNames(Everything):
    """The content arrived, and none of the names."""

    name = "names"

    def changes(self, pending: list[Written | Resized]) -> Iterable[Written | Resized]:
        return pending


class Earlier(Loss):
    """Of each file the last change only: what was done later arrived before."""

    name = "the earlier"

    def namings(self, pending: list[Naming]) -> list[Naming]:
        return pending[-1:]

    def changes(self, pending: list[Written | Resized]) -> Iterable[Written | Resized]:
        return pending[-1:]


class Sizes(Loss):
    """Files are as long as they were made, and filled with zeros where they have grown."""

    name = "all but sizes"

    def changes(self, pending: list[Written | Resized]) -> Iterable[Written | Resized]:
        for change in pending:
            yield change if isinstance(change, Resized) else Written(change.offset + len(change.data), b"")


class Chance(Loss):
    """Any part of it."""

    def __init__(self, seed: int) -> None:
        self.name = f"chance {seed}"
        self._dice = random.Random(seed)
        self._keeps = self._dice.choice((0.1, 0.5, 0.9))

    def namings(self, pending: list[Naming]) -> list[Naming]:
        if self._dice.random() < 0.5:
            # As a journal keeps them: in their order.
            return pending[: self._dice.randint(0, len(pending))]
        return [naming for naming in pending if self._kept()]

    def changes(self, pending: list[Written | Resized]) -> Iterable[Written | Resized]:
        for change in pending:
            if isinstance(change, Resized):
                yield from [change] if self._kept() else []
            elif self._dice.random() < 0.5:
                yield from self._torn(change)
            elif self._kept():
                yield change
            elif self._dice.random() < 0.3:
                yield self._grown(change)

    def _kept(self) -> bool:
        return self._dice.random() < self._keeps

    def _torn(self, change: Written) -> Iterator[Written]:
        begin, end = change.offset, change.offset + len(change.data)
        while begin < end:
            next_sector = min(end, (begin // SECTOR + 1) * SECTOR)
            if self._kept():
                yield Written(begin, change.data[begin - change.offset : next_sector - change.offset])
            begin = next_sector

    def _grown(self, change: Written) -> Written:
        return Written(change.offset + len(change.data), b"")


class Disk:
    """The files under a root, as they change; they begin wholly on the disk."""

    def __init__(self, start: Image) -> None:
        self._root = Node(folder=True)
        self._open: dict[int, Node] = {}
        self._namings: list[Naming] = []
        for name in sorted(start):
            content = start[name]
            folder, last = self._place(name)
            folder.names[last] = Node(content is None, content or b"")
            folder.durable[last] = folder.names[last]

    def apply(self, record: Record) -> None:
        """Do what a program did."""
        act = _ACTS.get(record.op)
        if act is not None:
            act(self, record)

    def image(self, loss: Loss) -> dict[str, bytes | None]:
        """What is there after a loss."""
        folders: dict[Node, dict[str, Node]] = {}
        for naming in loss.namings(self._namings):
            for folder, name, node in naming.changes:
                names = folders.setdefault(folder, dict(folder.durable))
                if node is None:
                    names.pop(name, None)
                else:
                    names[name] = node
        # One file may have two names.
        contents: dict[Node, bytes] = {}
        return dict(_walk(self._root, "", folders, contents, loss))

    def is_folder(self, file: int) -> bool:
        """Whether a descriptor is that of a folder."""
        return self._open[file].folder

    def pending(self) -> bool:
        """Whether anything can be lost."""
        return bool(self._namings) or any(node.pending or node.layers for node in _files(self._root))

    def _opened(self, record: Record) -> None:
        node = self._find(record.name)
        if node is None:
            node = Node()
            self._name(record.name, node)
        elif record.other & _TRUNCATES and not node.folder:
            node.pending.append(Resized(0))
        self._open[record.file] = node

    def _closed(self, record: Record) -> None:
        self._open.pop(record.file, None)

    def _copied(self, record: Record) -> None:
        self._open[record.other] = self._open[record.file]

    def _wrote(self, record: Record) -> None:
        self._open[record.file].pending.append(Written(record.offset, record.data))

    def _truncated(self, record: Record) -> None:
        self._open[record.file].pending.append(Resized(record.offset))

    def _synchronised(self, record: Record) -> None:
        node = self._open[record.file]
        if node.layers:
            node.layers.append(Layer(node.pending, failed=False))
            node.pending = []
            return
        if not node.folder:
            node.content, node.pending = _content(node.content, node.pending), []
            return
        here = [naming for naming in self._namings if any(folder is node for folder, *_ in naming.changes)]
        for naming in here:
            self._namings.remove(naming)
            for folder, name, target in naming.changes:
                if target is None:
                    folder.durable.pop(name, None)
                else:
                    folder.durable[name] = target

    def _not_synchronised(self, record: Record) -> None:
        node = self._open[record.file]
        if node.pending:
            node.layers.append(Layer(node.pending, failed=True))
            node.pending = []

    def _renamed(self, record: Record) -> None:
        # What comes from outside of the root is not ours to follow, and nothing does.
        node = self._find(record.name)
        assert node is not None, record.name
        (old, before), (new, after) = self._place(record.name), self._place(record.target)
        del old.names[before]
        new.names[after] = node
        self._namings.append(Naming(((new, after, node), (old, before, None))))

    def _linked(self, record: Record) -> None:
        node = self._find(record.name)
        assert node is not None, record.name
        self._name(record.target, node)

    def _removed(self, record: Record) -> None:
        folder, last = self._place(record.name)
        del folder.names[last]
        self._namings.append(Naming(((folder, last, None),)))

    def _made_folder(self, record: Record) -> None:
        self._name(record.name, Node(folder=True))

    def _name(self, name: str, node: Node) -> None:
        folder, last = self._place(name)
        folder.names[last] = node
        self._namings.append(Naming(((folder, last, node),)))

    def _find(self, name: str) -> Node | None:
        if name == ".":
            return self._root
        folder, last = self._place(name)
        return folder.names.get(last)

    def _place(self, name: str) -> tuple[Node, str]:
        *folders, last = name.split("/")
        node = self._root
        for folder in folders:
            node = node.names[folder]
        return node, last


_ACTS = {
    Op.OPEN: Disk._opened,
    Op.CLOSE: Disk._closed,
    Op.DUP: Disk._copied,
    Op.WRITE: Disk._wrote,
    Op.TRUNCATE: Disk._truncated,
    Op.SYNC: Disk._synchronised,
    Op.UNSYNCED: Disk._not_synchronised,
    Op.RENAME: Disk._renamed,
    Op.LINK: Disk._linked,
    Op.UNLINK: Disk._removed,
    Op.RMDIR: Disk._removed,
    Op.MKDIR: Disk._made_folder,
}


def _walk(
    folder: Node, prefix: str, folders: Mapping[Node, Mapping[str, Node]], contents: dict[Node, bytes], loss: Loss
) -> Iterator[tuple[str, bytes | None]]:
    for name, node in folders.get(folder, folder.durable).items():
        if node.folder:
            yield prefix + name, None
            yield from _walk(node, f"{prefix}{name}/", folders, contents, loss)
        else:
            if node not in contents:
                contents[node] = _present(node, loss)
            yield prefix + name, contents[node]


def _files(folder: Node) -> Iterator[Node]:
    for node in folder.names.values():
        yield from _files(node) if node.folder else [node]


def _present(node: Node, loss: Loss) -> bytes:
    content = node.content
    for changes, failed in node.layers:
        content = _content(content, loss.changes(changes) if failed else changes)
    return _content(content, loss.changes(node.pending))


def _content(before: bytes, changes: Iterable[Written | Resized]) -> bytes:
    after = bytearray(before)
    for change in changes:
        if isinstance(change, Resized):
            _resize(after, change.size)
        else:
            if change.offset > len(after):
                _resize(after, change.offset)
            after[change.offset : change.offset + len(change.data)] = change.data
    return bytes(after)


def _resize(content: bytearray, size: int) -> None:
    if size < len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def taken(root: Path) -> dict[str, bytes | None]:
    """The files under a folder."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in sorted(root.rglob("*"))
    }


def lay_out(image: Image, root: Path) -> None:
    """Make these files under a folder, which may not be there yet."""
    root.mkdir()
    for name in sorted(image):
        content = image[name]
        if content is None:
            (root / name).mkdir()
        else:
            (root / name).write_bytes(content)

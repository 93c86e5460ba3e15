"""The file that everything moves to another computer in: written whole or not at all, and read only if it is whole."""

import errno
import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from cpdesk.base import private
from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import moving
from cpdesk.domain.moving import MANIFEST, Manifest, MovedAway, MovedFile
from cpdesk.store import connection, settings
from cpdesk.store.store import MOVED_KEY

_PIECE = 1 << 20
_INTO: Final = "w"
"""How a file inside the archive is opened."""
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What reading a ZIP raises that was cut, altered, or made by something else."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others make Python ask for as much memory as a file likes, and raise what a broken disk raises."""


def moved_away() -> MovedAway | None:
    """Where this database went, if it did."""
    try:
        return moving.read_moved(settings.get(MOVED_KEY))
    except ValueError as error:
        raise KnownError("database_damaged", path=str(connection.opened_path())) from error


def put_aside(away: MovedAway) -> None:
    """Have nothing changed here from now on."""
    settings.put(MOVED_KEY, away.as_text())


def take_up_again() -> None:
    """Let changes be made here."""
    settings.forget(MOVED_KEY)


def listed(files: Mapping[str, Path]) -> tuple[MovedFile, ...]:
    """The files that go along, by their names inside, measured."""
    return tuple(MovedFile(name, path.stat().st_size, _digest(path)) for name, path in files.items())


def write(part: Path, manifest: Manifest, files: Mapping[str, Path], tell: Tell | None) -> None:
    """Write all into a file. `tell` is told bytes; what it raises ends it."""
    whole, done = sum(one.size for one in manifest.files), 0
    with open(part, "wb", opener=private.opener) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest.as_text())
        for name, path in files.items():
            with path.open("rb") as source, archive.open(name, _INTO, force_zip64=True) as target:
                while piece := source.read(_PIECE):
                    target.write(piece)
                    done += len(piece)
                    if tell is not None:
                        tell(done, whole)


def read_manifest(path: Path) -> Manifest:
    """What a file says of itself.

    Raises UserError `move_not_found`, `file_unreadable`, `move_foreign` for a file of another kind, `move_newer`, or
    `move_damaged`.
    """
    with _opened(path) as archive:
        return _manifest(archive, path)


def unpack(path: Path, manifest: Manifest, folder: Path, tell: Tell | None = None) -> dict[str, Path]:
    """Put what is in a file into a folder, and prove that it is what was put in; the files by their names inside.

    Raises UserError `move_damaged`, KnownError `disk_full` or `disk_trouble`.
    """
    found = {one.name: folder / one.name for one in manifest.files}
    with _opened(path) as archive:
        for one, told in _in_turn(manifest, tell):
            with connection.known_errors(found[one.name]), open(found[one.name], "xb", opener=private.opener) as copy:
                _check(one, _pieces(archive, one, path), path, told, copy)
    return found


def prove(path: Path, tell: Tell | None = None) -> None:
    """Read a file that was just written. Raises UserError `move_damaged` where it is not as it was meant."""
    with _opened(path) as archive:
        for one, told in _in_turn(_manifest(archive, path), tell):
            _check(one, _pieces(archive, one, path), path, told)


def _in_turn(manifest: Manifest, tell: Tell | None) -> Iterator[tuple[MovedFile, Callable[[int], None]]]:
    """Each file, and whom to tell how many bytes of it are behind us."""
    whole, done = sum(one.size for one in manifest.files), 0
    for one in manifest.files:

        def told(size: int, before: int = done) -> None:
            if tell is not None:
                tell(before + size, whole)

        yield one, told
        done += one.size


def _pieces(archive: zipfile.ZipFile, one: MovedFile, path: Path) -> Iterator[bytes]:
    with _damage(path), archive.open(one.name) as source:
        while piece := source.read(_PIECE):
            yield piece


def _check(
    one: MovedFile, pieces: Iterator[bytes], path: Path, told: Callable[[int], None], copy: BinaryIO | None = None
) -> None:
    """Read, and write into `copy`, never more than there ought to be; it has to be what the manifest says."""
    sealed, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > one.size:
            break
        sealed.update(piece)
        if copy is not None:
            copy.write(piece)
        told(size)
    if size != one.size or sealed.hexdigest() != one.sha256:
        raise UserError("move_damaged", path=str(path))


def keep_window(found: Mapping[str, Path], folder: Path) -> None:
    """Have the window remember what it did on the other computer."""
    source, target = found.get(moving.WINDOW), folder / moving.WINDOW
    if source is None:
        return
    with connection.known_errors(target):
        private.write(target, source.read_bytes())


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    if not path.is_file():
        raise UserError("move_not_found", path=str(path))
    with _damage(path, "move_foreign"):
        archive = zipfile.ZipFile(path)
    with archive:
        yield archive


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    inside = {info.filename: info for info in archive.infolist()}
    named = inside.pop(MANIFEST, None)
    if named is None or named.file_size > moving.MOST_MANIFEST:
        raise UserError("move_foreign", path=str(path))
    if not {info.compress_type for info in archive.infolist()} <= _METHODS:
        raise UserError("move_damaged", path=str(path))
    with _damage(path):
        text = archive.read(MANIFEST)
    try:
        newer = moving.is_newer(text.decode("utf-8"))
    except ValueError as error:
        raise UserError("move_foreign", path=str(path)) from error
    if newer:
        raise UserError("move_newer", path=str(path))
    try:
        manifest = moving.read_manifest(text.decode("utf-8"))
    except ValueError as error:
        raise UserError("move_damaged", path=str(path)) from error
    if {name: info.file_size for name, info in inside.items()} != {one.name: one.size for one in manifest.files}:
        raise UserError("move_damaged", path=str(path))
    return manifest


@contextmanager
def _damage(path: Path, code: str = "move_damaged") -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise UserError(code, path=str(path)) from error
    except OSError as error:
        if error.errno == errno.EINVAL:
            # It says that something stands before its beginning.
            raise UserError(code, path=str(path)) from error
        raise UserError("file_unreadable", file=str(path), reason=error.strerror or "") from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

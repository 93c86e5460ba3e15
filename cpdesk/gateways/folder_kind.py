"""Where a folder lies: inside what a service synchronises, on another computer, or on a disk of this one.

A database wants a disk of its own. What copies it while it is written may copy half a change, and a change made on
two computers at once is one that each of them loses; locks over a network cannot be relied on.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from cpdesk.gateways.folder_probes import is_remote_drive, mount_table
from cpdesk.services.surroundings import FolderKind

_NETWORKS: Final = frozenset(
    [
        "9p",
        "afpfs",
        "afs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.davfs2",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "fuse.glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
        "vmhgfs",
        "fuse.vmhgfs-fuse",
        "webdav",
    ]
)
_CLOUDS: Final = {
    "fuse.onedriver": FolderKind.ONEDRIVE,
    "fuse.google-drive-ocamlfuse": FolderKind.GOOGLE_DRIVE,
}
_ONEDRIVE: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_ON_MAC: Final = {
    "OneDrive": FolderKind.ONEDRIVE,
    "Dropbox": FolderKind.DROPBOX,
    "GoogleDrive": FolderKind.GOOGLE_DRIVE,
    "iCloud": FolderKind.ICLOUD,
}
"""How the folders of services in ~/Library/CloudStorage begin."""
_GOOGLE_MARK: Final = ".shortcut-targets-by-id"
"""Lies at the root of the drive that Google Drive shows on Windows."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system in the tree of folders."""

    place: PurePath
    type: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to decide by."""

    clouds: Sequence[tuple[PurePath, FolderKind]] = ()
    """Folders that a service synchronises."""
    mounts: Sequence[Mount] = ()
    remote: bool = False
    """The system itself says that the folder's drive is one of a network."""
    any_case: bool = False
    """Whether names that differ in case alone are one name."""


def kind_of(folder: Path) -> FolderKind:
    """Where a folder lies. Looks at the system, which can take a moment; what cannot be found out counts as local."""
    real = Path(os.path.realpath(folder))
    clouds = cloud_folders(sys.platform, os.environ, Path.home(), real)
    mounts = read_mounts(mount_table())
    return decide(real, Facts(list(clouds), mounts, is_remote_drive(real), sys.platform in {"win32", "darwin"}))


def decide(folder: PurePath, facts: Facts) -> FolderKind:
    """Where a folder lies by these facts."""
    for root, kind in facts.clouds:
        if _inside(folder, root, any_case=facts.any_case):
            return kind
    mount = _mount_of(folder, facts.mounts)
    if mount is not None and mount.type in _CLOUDS:
        return _CLOUDS[mount.type]
    on_network = facts.remote or _is_share(folder) or (mount is not None and mount.type in _NETWORKS)
    return FolderKind.NETWORK if on_network else FolderKind.LOCAL


def cloud_folders(
    system: str, environment: Mapping[str, str], home: Path, folder: Path
) -> Iterator[tuple[Path, FolderKind]]:
    """The folders that services synchronise on a system (`sys.platform`); `folder` is the one that is asked about."""
    for name in _ONEDRIVE:
        if environment.get(name):
            yield Path(environment[name]), FolderKind.ONEDRIVE
    yield from ((path, FolderKind.DROPBOX) for path in _dropbox(_dropbox_files(system, environment, home)))
    if system == "darwin":
        yield from ((path, FolderKind.ICLOUD) for path in _icloud(home))
        yield from _cloud_storage(home / "Library" / "CloudStorage")
    elif system == "win32":
        yield home / "iCloudDrive", FolderKind.ICLOUD
        if _exists(Path(folder.anchor, _GOOGLE_MARK)):
            yield Path(folder.anchor), FolderKind.GOOGLE_DRIVE
    elif _exists(home / ".config" / "onedrive"):
        yield home / "OneDrive", FolderKind.ONEDRIVE


def read_mounts(table: str) -> list[Mount]:
    """The file systems of a table as Linux keeps it (`/proc/mounts`) or as macOS prints it (`mount`)."""
    return [mount for line in table.splitlines() if (mount := _mount(line)) is not None]


def _mount(line: str) -> Mount | None:
    on_mac = re.fullmatch(r".+? on (?P<place>/.*) \((?P<type>\w+).*\)", line)
    if on_mac:
        return Mount(PurePath(on_mac["place"]), on_mac["type"])
    parts = line.split(" ")
    return Mount(PurePath(_unescaped(parts[1])), parts[2]) if len(parts) >= 4 else None


def _unescaped(place: str) -> str:
    """Linux writes blanks and the like as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)


def _mount_of(folder: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    """The innermost one; of several at one place the last, which covers the others."""
    holding = [mount for mount in mounts if folder.is_relative_to(mount.place)]
    return max(reversed(holding), key=lambda mount: len(mount.place.parts), default=None)


def _inside(folder: PurePath, root: PurePath, *, any_case: bool) -> bool:
    ours, theirs = folder.parts, root.parts
    if any_case:
        ours, theirs = (tuple(part.casefold() for part in parts) for parts in (ours, theirs))
    return bool(theirs) and ours[: len(theirs)] == theirs


def _is_share(folder: PurePath) -> bool:
    r"""Whether it is a path of Windows to another computer: \\server\share or \\?\UNC\server\share."""
    start = str(folder).replace("/", "\\")
    return start.startswith("\\\\?\\UNC\\") or (start.startswith("\\\\") and start[2:3] not in {"?", "."})


def _dropbox_files(system: str, environment: Mapping[str, str], home: Path) -> list[Path]:
    """Where Dropbox says which folders it synchronises."""
    if system != "win32":
        return [home / ".dropbox" / "info.json"]
    bases = (environment.get(name) for name in ("APPDATA", "LOCALAPPDATA"))
    return [Path(base) / "Dropbox" / "info.json" for base in bases if base]


def _dropbox(files: Iterable[Path]) -> Iterator[Path]:
    for file in files:
        with suppress(OSError, ValueError, AttributeError, LookupError, TypeError):
            for account in json.loads(file.read_text(encoding="utf-8")).values():
                yield Path(account["path"])


def _icloud(home: Path) -> Iterator[Path]:
    """Its own folder, and the two of everybody's that it may have been given."""
    own = home / "Library" / "Mobile Documents"
    yield own
    for name in ("Desktop", "Documents"):
        if _exists(own / "com~apple~CloudDocs" / name):
            yield home / name


def _cloud_storage(folder: Path) -> Iterator[tuple[Path, FolderKind]]:
    found: list[Path] = []
    with suppress(OSError):
        found = sorted(folder.iterdir())
    for path in found:
        for start, kind in _ON_MAC.items():
            if path.name.startswith(start):
                yield path, kind


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False

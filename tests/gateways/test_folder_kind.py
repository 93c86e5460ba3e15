"""Folders that are bad for a database are recognised, on all systems."""

import json
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from cpdesk.gateways.folder_kind import Facts, Mount, cloud_folders, decide, kind_of, read_mounts
from cpdesk.gateways.folder_probes import mount_table
from cpdesk.services.surroundings import FolderKind

LINUX = r"""
proc /proc proc rw,nosuid 0 0
/dev/sda2 / ext4 rw,relatime 0 0
/dev/sda3 /home ext4 rw,relatime 0 0
server:/export /home/dana/team nfs4 rw,vers=4.2 0 0
//nas/data /mnt/the\040nas cifs rw,uid=1000 0 0
tmpfs /mnt/the\040nas/here tmpfs rw 0 0
dana@host:/srv /home/dana/far fuse.sshfs rw 0 0
C: /mnt/c 9p rw,aname=drvfs 0 0
onedriver /home/dana/cloud fuse.onedriver rw 0 0
"""
MAC = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)
//dana@nas._smb._tcp.local/Team on /Volumes/Team on air (smbfs, nodev, nosuid, mounted by dana)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/dana/.local/share/cpdesk", FolderKind.LOCAL),
        ("/home/dana/team/cpdesk", FolderKind.NETWORK),
        ("/home/dana/team", FolderKind.NETWORK),
        ("/home/dana/teamwork", FolderKind.LOCAL),
        ("/mnt/the nas/cpdesk", FolderKind.NETWORK),
        ("/mnt/the nas/here/cpdesk", FolderKind.LOCAL),
        ("/home/dana/far/cpdesk", FolderKind.NETWORK),
        ("/mnt/c/Users/dana/cpdesk", FolderKind.NETWORK),
        ("/home/dana/cloud/cpdesk", FolderKind.ONEDRIVE),
    ],
)
def test_the_mount_table_of_linux_decides(folder: str, kind: FolderKind) -> None:
    assert decide(PurePosixPath(folder), Facts(mounts=read_mounts(LINUX))) is kind


def test_the_mount_table_of_macos_decides() -> None:
    facts = Facts(mounts=read_mounts(MAC))
    assert decide(PurePosixPath("/Volumes/Team on air/cpdesk"), facts) is FolderKind.NETWORK
    assert decide(PurePosixPath("/Users/dana/Library/Application Support/cpdesk"), facts) is FolderKind.LOCAL


def test_of_two_mounts_at_one_place_the_later_covers_the_earlier() -> None:
    place = PurePosixPath("/data")
    mounts = [Mount(place, "nfs"), Mount(place, "ext4")]
    assert decide(place / "cpdesk", Facts(mounts=mounts)) is FolderKind.LOCAL


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        (r"\\server\share\cpdesk", FolderKind.NETWORK),
        (r"\\?\UNC\server\share\cpdesk", FolderKind.NETWORK),
        (r"\\?\C:\Users\dana\cpdesk", FolderKind.LOCAL),
        (r"C:\Users\dana\AppData\Local\cpdesk", FolderKind.LOCAL),
    ],
)
def test_shares_of_windows_are_known_by_their_path(folder: str, kind: FolderKind) -> None:
    assert decide(PureWindowsPath(folder), Facts()) is kind


def test_a_drive_that_windows_calls_remote_is_one_of_a_network() -> None:
    assert decide(PureWindowsPath(r"Z:\cpdesk"), Facts(remote=True)) is FolderKind.NETWORK


def test_what_a_service_synchronises_counts_before_all_else() -> None:
    root = PureWindowsPath(r"C:\Users\Dana\OneDrive - Contoso")
    facts = Facts(clouds=[(root, FolderKind.ONEDRIVE)], remote=True, any_case=True)
    assert decide(PureWindowsPath(r"c:\users\dana\onedrive - contoso\cpdesk"), facts) is FolderKind.ONEDRIVE
    assert decide(PureWindowsPath(r"C:\Users\Dana\OneDrive - Contoso 2"), facts) is FolderKind.NETWORK


def clouds(system: str, home: Path, **environment: str) -> dict[PurePath, FolderKind]:
    return dict(cloud_folders(system, environment, home, home))


def test_onedrive_says_in_the_environment_where_it_is(tmp_path: Path) -> None:
    found = clouds("win32", tmp_path, OneDrive="C:/Dana/OneDrive", OneDriveCommercial="C:/Dana/Work")
    assert found[Path("C:/Dana/OneDrive")] is found[Path("C:/Dana/Work")] is FolderKind.ONEDRIVE


@pytest.mark.parametrize(
    ("system", "place"), [("linux", ".dropbox"), ("darwin", ".dropbox"), ("win32", "AppData/Dropbox")]
)
def test_dropbox_says_in_a_file_where_it_is(system: str, place: str, tmp_path: Path) -> None:
    file = tmp_path / place / "info.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"personal": {"path": "/a/Dropbox"}, "business": {"path": "/b/Dropbox (Work)"}}))
    found = clouds(system, tmp_path, APPDATA=str(tmp_path / "AppData"))
    assert found[Path("/a/Dropbox")] is found[Path("/b/Dropbox (Work)")] is FolderKind.DROPBOX


@pytest.mark.parametrize("text", ["", "{", "[]", '{"personal": 1}', '{"personal": {}}', '{"personal": {"path": null}}'])
def test_a_file_of_dropbox_that_says_nothing_stops_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(text)
    assert clouds("linux", tmp_path) == {}


def test_macos_has_a_place_for_what_is_synchronised(tmp_path: Path) -> None:
    storage = tmp_path / "Library" / "CloudStorage"
    for name in ("OneDrive-Contoso", "Dropbox", "GoogleDrive-dana@contoso.example", "Something-else"):
        (storage / name).mkdir(parents=True)
    assert clouds("darwin", tmp_path) == {
        tmp_path / "Library" / "Mobile Documents": FolderKind.ICLOUD,
        storage / "OneDrive-Contoso": FolderKind.ONEDRIVE,
        storage / "Dropbox": FolderKind.DROPBOX,
        storage / "GoogleDrive-dana@contoso.example": FolderKind.GOOGLE_DRIVE,
    }


def test_icloud_can_have_the_documents_of_macos(tmp_path: Path) -> None:
    assert tmp_path / "Documents" not in clouds("darwin", tmp_path)
    (tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs" / "Documents").mkdir(parents=True)
    assert clouds("darwin", tmp_path)[tmp_path / "Documents"] is FolderKind.ICLOUD
    assert tmp_path / "Desktop" not in clouds("darwin", tmp_path)


def test_on_linux_a_client_of_onedrive_has_its_usual_folder(tmp_path: Path) -> None:
    assert clouds("linux", tmp_path) == {}
    (tmp_path / ".config" / "onedrive").mkdir(parents=True)
    assert clouds("linux", tmp_path) == {tmp_path / "OneDrive": FolderKind.ONEDRIVE}


def test_a_folder_that_leads_into_a_synchronised_one_by_a_link_is_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "OneDrive" / "cpdesk"
    real.mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(real, target_is_directory=True)
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        monkeypatch.delenv(name, raising=False)
    assert kind_of(link) is not FolderKind.ONEDRIVE
    monkeypatch.setenv("OneDrive", str((tmp_path / "OneDrive").resolve()))
    assert kind_of(link) is FolderKind.ONEDRIVE
    assert kind_of(tmp_path / "OneDrive" / "not" / "there" / "yet") is FolderKind.ONEDRIVE


def test_this_system_can_be_asked() -> None:
    assert all(mount.type for mount in read_mounts(mount_table()))

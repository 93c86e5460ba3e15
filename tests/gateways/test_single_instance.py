"""One window for a data folder, whatever becomes of the first process."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from cpdesk.base.file_lock import FileLock
from cpdesk.gateways import single_instance
from cpdesk.gateways.single_instance import SingleInstance

pytestmark = pytest.mark.usefixtures("qapp")
"""A socket needs an application."""


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for locks and sockets; the path of a socket has 107 bytes at most, and pytest's are longer."""
    with tempfile.TemporaryDirectory(prefix="cpdesk-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def first(tmp_path: Path) -> Iterator[SingleInstance]:
    """The first start."""
    instance = SingleInstance(tmp_path)
    assert instance.take()
    yield instance
    instance.release()


_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from cpdesk.gateways.single_instance import SingleInstance
app = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]))
sys.exit(9 if second.take() else 0 if second.show_first() else 3)
"""


def second_start(folder: Path) -> "subprocess.Popen[bytes]":
    """Another process on a data folder: 0 it has shown the first, 3 that does not answer, 9 it is the first."""
    return subprocess.Popen([sys.executable, "-c", _SECOND, str(folder)])


def ended(process: "subprocess.Popen[bytes]", qtbot: QtBot) -> int:
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=15_000)
    return int(process.returncode)


def test_the_second_start_shows_the_first(first: SingleInstance, tmp_path: Path, qtbot: QtBot) -> None:
    first.listen()
    with qtbot.waitSignal(first.raised, timeout=15_000):
        process = second_start(tmp_path)
    assert ended(process, qtbot) == 0


def test_the_second_start_waits_for_the_first_to_be_painted(
    first: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    process = second_start(tmp_path)
    with qtbot.waitSignal(first.raised, timeout=15_000):
        qtbot.wait(300)
        first.listen()
    assert ended(process, qtbot) == 0


@pytest.mark.usefixtures("first")
def test_a_first_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "_PATIENCE_MS", 50)
    second = SingleInstance(tmp_path)
    assert not second.take()
    assert not second.show_first()


@pytest.mark.usefixtures("first")
def test_each_folder_has_a_window_of_its_own(tmp_path: Path) -> None:
    other = SingleInstance(tmp_path / "other")
    assert other.take()
    other.release()


@pytest.mark.usefixtures("first")
def test_the_same_folder_by_another_way_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert not SingleInstance(tmp_path / "link").take()


def test_after_a_crash_the_next_start_is_the_first(tmp_path: Path, runtime: Path, qtbot: QtBot) -> None:
    crash = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from cpdesk.gateways.single_instance import SingleInstance; app = QCoreApplication([]);"
        "one = SingleInstance(Path(sys.argv[1])); assert one.take(); one.listen(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crash, str(tmp_path)], check=False)
    assert len(list(runtime.iterdir())) == 2, "what the crash left"
    after = SingleInstance(tmp_path)
    assert after.take()
    after.listen()
    with qtbot.waitSignal(after.raised, timeout=15_000):
        process = second_start(tmp_path)
    assert ended(process, qtbot) == 0
    after.release()


@pytest.mark.parametrize("said", [b"", b"quit\n\n", b"RAISE\n", b"raise; rm -rf /\n", b"x" * 100_000])
def test_nothing_else_is_taken(said: bytes, first: SingleInstance, qtbot: QtBot) -> None:
    first.listen()
    raised: list[bool] = []
    first.raised.connect(lambda: raised.append(True))
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.disconnected, timeout=15_000):
        socket.connectToServer(str(first._place))
        assert socket.waitForConnected(1000)
        socket.write(said)
        socket.flush()
    assert raised == []
    assert bytes(socket.readAll().data()) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_the_socket_is_for_one_person(first: SingleInstance) -> None:
    first.listen()
    assert first._place.stat().st_mode & 0o077 == 0
    assert first._place.with_suffix(".lock").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="only root can give files away")
def test_a_lock_that_somebody_else_put_there_locks_nobody_out(tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path)
    lock = instance._place.with_suffix(".lock")
    lock.touch()
    os.chown(lock, 65534, 65534)
    stranger = os.open(lock, os.O_RDWR)
    assert instance.take()
    os.close(stranger)


def test_without_a_place_for_the_lock_there_is_a_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    instance = SingleInstance(tmp_path)
    assert instance.take()
    instance.listen()
    assert instance._server is None


def test_qts_network_is_not_loaded_before_it_is_needed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from cpdesk.gateways.single_instance import SingleInstance;"
        f"assert SingleInstance(Path({str(tmp_path)!r})).take(); print('PySide6.QtNetwork' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_a_lock_is_held_once_and_can_be_taken_again(tmp_path: Path) -> None:
    one, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert (one.take(), other.take()) == (True, False)
    one.release()
    assert (one.held, other.take(), other.held) == (False, True, True)
    other.release()


def test_the_place_is_short_enough_for_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    place = single_instance._place(Path("/home") / ("a-very-long-name-" * 20))
    assert len(str(place)) < 80

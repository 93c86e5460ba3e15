"""The real program as a process: its streams, its exit code, and what it does not load."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

TOP = Path(__file__).parents[2]
NAME = "Škoda 漢字 😀"
Start = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def start(cli: Cli) -> Start:
    """Run cpdesk on a database with many accounts; a keyword is an environment variable."""
    cli.json("accounts", "create", NAME, "--domain", "skoda.example")

    def start(*words: str, stdout: int = subprocess.PIPE, **variables: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "cpdesk", *words],
            cwd=TOP,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )

    return start


def test_a_command_needs_neither_qt_nor_babel(start: Start) -> None:
    done = start("accounts", "list", "--json", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    loaded = {line.rpartition(b"|")[2].strip().partition(b".")[0] for line in done.stderr.splitlines()}
    assert b"peewee" in loaded
    assert not loaded & {b"PySide6", b"shiboken6", b"babel"}


def test_help_does_not_load_the_database_either(start: Start) -> None:
    done = start("--help", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert b"peewee" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_no_encoding_of_the_terminal_stops_a_result(start: Start, encoding: str) -> None:
    done = start("accounts", "list", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert NAME.encode(encoding, "backslashreplace") in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_json_is_whole_in_any_encoding(start: Start, encoding: str) -> None:
    done = start("accounts", "list", "--json", PYTHONIOENCODING=encoding)
    assert NAME in [row["name"] for row in json.loads(done.stdout)]


@pytest.mark.parametrize("words", [("accounts", "list"), ("audit", "list", "--json"), ("--help",)])
def test_a_reader_that_has_gone_is_no_trouble(start: Start, words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = start(*words, stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_the_result_is_the_surroundings_fault(start: Start) -> None:
    with open("/dev/full", "wb") as full:
        done = start("accounts", "list", stdout=full.fileno())
    assert done.returncode == 3
    assert b"cannot be written" in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="closes a stream as POSIX shells do")
@pytest.mark.usefixtures("cli")
def test_a_closed_stream_is_no_trouble() -> None:
    command = f'exec "{sys.executable}" -m cpdesk accounts list >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], cwd=TOP, check=False).returncode == 0


def test_a_refusal_is_on_standard_error(start: Start) -> None:
    done = start("accounts", "show", "nowhere.example")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b'There is no account "nowhere.example".' in done.stderr

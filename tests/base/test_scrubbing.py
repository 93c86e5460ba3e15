"""What is logged and reported says nothing about people."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.scrubbing import GONE, described, masked

PERSON = "Dana Reyes"
UPN = "dana.reyes@contoso-freight.example"
DOMAIN = "contoso-freight.example"
SECRETS = ("Dana", "Reyes", "reyes", "contoso", "Contoso", "freight", "Łukasz", "Żółw", "5550143", "4471")


def raised(error: Exception) -> Exception:
    def fail() -> NoReturn:
        raise error

    with pytest.raises(type(error)) as caught:
        fail()
    return caught.value


def head(error: Exception) -> str:
    return described(raised(error)).partition("\n")[0]


NASTY = [
    PERSON,
    UPN,
    f"<{UPN}>",
    f"user {PERSON} of {DOMAIN} has no mailbox",
    f"no account '{PERSON}'",
    f'no account "{PERSON}"',
    f"it's not {PERSON}'s mailbox, nor 'dana's'",
    "O'Reyes said 'contoso'",
    f"cannot open /home/dana/Contoso Freight/{UPN}.csv",
    "cannot open C:\\Users\\Dana Reyes\\Contoso.csv",
    "cannot open \\\\server\\contoso\\Dana.csv",
    f"https://{DOMAIN}/users?upn={UPN}",
    "DANA REYES",
    "Łukasz Żółw",
    "+1 5550143",
    "ticket 44711234",
    f"{PERSON};{UPN};{DOMAIN}" * 100,
    f"line one\nline two of {PERSON}",
    "can't find 'reyes of contoso' there",
    "can't find b'reyes of contoso' there",
    "no such row: '" + "reyes of contoso " * 100 + "'",
]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", [ValueError, KeyError, RuntimeError, TypeError, LookupError, sqlite3.IntegrityError])
def test_no_error_carries_a_person_out(kind: type[Exception], text: str) -> None:
    told = head(kind(text))
    assert kind.__name__ in told
    assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize("text", NASTY)
def test_nor_do_errors_that_led_to_it(text: str) -> None:
    inner = raised(KeyError(text))
    outer = RuntimeError("broken")
    outer.__cause__ = inner
    told = described(raised(ExceptionGroup("several", [outer, ValueError(text)])))
    assert told.count("KeyError") == told.count("RuntimeError") == told.count("ValueError") == 1
    assert not [secret for secret in SECRETS if secret in told]


def test_our_own_errors_give_their_code_and_the_names_of_their_facts() -> None:
    assert head(UserError("no_seats_available", upn=UPN, count=3)) == (
        "cpdesk.base.errors.UserError: no_seats_available (count, upn)"
    )
    assert head(KnownError("disk_full")).endswith("KnownError: disk_full")


def test_the_system_gives_its_sentence_without_the_file() -> None:
    assert head(FileNotFoundError(2, "No such file or directory", f"/home/dana/{UPN}.csv")) == (
        "FileNotFoundError: [Errno 2] No such file or directory"
    )


def attribute() -> None:
    sys.missing_attribute  # type: ignore[attr-defined] # noqa: B018


def mixed() -> None:
    1 + "a"  # type: ignore[operator] # noqa: B018


def unknown() -> None:
    sqlite3.connect(":memory:").execute("SELECT * FROM missing")


@pytest.mark.parametrize(
    ("fail", "told"),
    [
        (attribute, "AttributeError: module 'sys' has no attribute 'missing_attribute'"),
        (mixed, "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),
        (unknown, "sqlite3.OperationalError SQLITE_ERROR: no such table: missing"),
    ],
)
def test_what_says_something_of_the_code_stays(fail: Callable[[], None], told: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is
        fail()
    assert described(caught.value).partition("\n")[0] == told


@pytest.mark.parametrize(
    "text",
    [
        "Error calling Python override of QLabel::changeEvent(): broken",
        "Internal C++ object (PySide6.QtWidgets.QLabel) already deleted.",
        "not enough values to unpack (expected 2, got 1)",
        "dictionary changed size during iteration",
    ],
)
def test_what_qt_and_python_say_stays(text: str) -> None:
    assert head(RuntimeError(text)) == f"RuntimeError: {text}"


def test_places_are_told_without_where_the_program_is_installed() -> None:
    told = described(raised(ValueError(PERSON)))
    assert 'File "tests/base/test_scrubbing.py", line' in told
    assert str(Path.home()) not in told
    assert str(Path(__file__).parents[2]) not in told


def test_an_error_that_cannot_say_what_it_is_is_told_all_the_same() -> None:
    class Mute(Exception):  # noqa: N818
        def __str__(self) -> str:
            raise RuntimeError

    assert "Mute" in head(Mute())


def test_errors_in_a_circle_come_to_an_end() -> None:
    first, second = ValueError("one"), ValueError("two")
    first.__cause__, second.__cause__ = second, first
    assert described(first).count("ValueError") == 2


@pytest.mark.parametrize(
    ("home", "text", "told"),
    [
        ("/home/dana", "kept in /home/dana/.local/x", "kept in ~/.local/x"),
        ("/home/dana", "kept in /home/DANA", "kept in ~"),
        ("/home/dana", "kept in /home/danae/x", "kept in /home/danae/x"),
        ("/home/dana", "the profile of dana is broken", f"the profile of {GONE} is broken"),
        ("/root", "the root of /root/x", f"the {GONE} of ~/x"),
        ("/", "kept in /var/x", "kept in /var/x"),
        ("/home/dana", f"mail to {UPN} failed", f"mail to {GONE} failed"),
        ("/home/dana", 'File "/home/dana/x/site-packages/peewee.py", line 3', 'File "peewee.py", line 3'),
    ],
)
def test_a_text_of_ours_names_neither_folder_nor_person(
    home: str, text: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("USERPROFILE", home)
    monkeypatch.setenv("USER", "")
    assert masked(text) == told


def test_whoever_runs_the_program_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERNAME" if sys.platform == "win32" else "USER", "dreyes")
    assert masked("the session of DReyes") == f"the session of {GONE}"
    assert masked("dreyes2") == "dreyes2"

"""Passwords, codes and keys stand nowhere: not in what is printed, logged, reported or stored, nor in a title."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cpdesk.base import scrubbing
from cpdesk.cli.failures import keep
from cpdesk.domain import second_factor
from cpdesk.gateways.secret_vault import SystemVault
from cpdesk.services.operators import Operators
from tests.cli.conftest import ADMIN, AUDITOR, PASSWORD, Cli

CHOSEN = "a chosen sentence 4711"
GIVEN = "a given sentence 4712"
WRONG = "a wrong sentence 4713"
TYPED_AS_NAME = "a misplaced sentence 4714"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemVault, "_keyring", lambda _self: None)


def everything(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """What stands in all files under some folders: database, write-ahead log, backups, logs, crash reports."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and path.name != "cpdesk-second-factors.json":
                yield path, path.read_bytes()


def assert_nowhere(cli: Cli, tmp_path: Path, printed: str, *secrets: str) -> None:
    for secret in secrets:
        assert secret not in printed
        for path, content in everything(cli.folder, tmp_path):
            assert secret.encode() not in content, path


def test_nothing_that_is_secret_is_left_behind(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = []

    def run(email: str, password: str, *words: str) -> None:
        cli.sign_in(email, password)
        result = cli(*words)
        printed.append(result.out + result.err)

    monkeypatch.setenv("CPDESK_NEW_PASSWORD", GIVEN)
    run(ADMIN, PASSWORD, "operators", "reset-password", AUDITOR)
    run(AUDITOR, GIVEN, "accounts", "list")
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", CHOSEN)
    run(AUDITOR, GIVEN, "operators", "password", AUDITOR)
    monkeypatch.setenv("CPDESK_CODE", "424242")
    run(AUDITOR, CHOSEN, "accounts", "list")
    for _time in range(6):
        run(AUDITOR, WRONG, "accounts", "list")
        run(TYPED_AS_NAME, WRONG, "accounts", "list")
    run(ADMIN, PASSWORD, "audit", "list", "--json")
    run(ADMIN, PASSWORD, "backup", str(tmp_path / "kept.db"))
    assert_nowhere(cli, tmp_path, "".join(printed), GIVEN, CHOSEN, WRONG, TYPED_AS_NAME, PASSWORD)


def test_a_second_factor_leaves_its_key_in_its_own_place_alone(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = second_factor.new_secret()
    monkeypatch.setattr(second_factor, "new_secret", lambda: secret)
    monkeypatch.setattr("sys.stdin", _Line(second_factor.code_at(secret, second_factor.step_at(cli.clock.now()))))
    codes = cli.json("operators", "factor", "on")["recovery_codes"]
    cli.clock.advance(timedelta(seconds=30))
    monkeypatch.setenv("CPDESK_CODE", codes[0])
    printed = cli("audit", "list", "--json").out
    assert_nowhere(cli, tmp_path, printed, secret, *codes)


class _Line:
    """Standard input with one line."""

    def __init__(self, text: str) -> None:
        self._text = text

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return f"{self._text}\n"


def test_a_crash_while_somebody_signs_in_tells_no_secret(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_self: Operators, _email: str, password: str, code: str, _new: str) -> None:
        raise RuntimeError(f"no operator with {password!r} and {code!r}")

    monkeypatch.setattr(Operators, "sign_in", crash)
    monkeypatch.setenv("CPDESK_CODE", "K7QF-2M9X-RT4B-WHCN")
    cli.sign_in(ADMIN, CHOSEN)
    result = cli("accounts", "list")
    assert result.code == 4
    assert_nowhere(cli, tmp_path, result.out + result.err, CHOSEN, "K7QF-2M9X-RT4B-WHCN")
    assert keep(RuntimeError("as before")) is not None, "there is a report in which to look"


def test_the_report_of_an_error_has_no_values_of_variables() -> None:
    def compared(password: str) -> None:
        raise ValueError(f"not this one: {password!r}")

    with pytest.raises(ValueError, match="not this one") as caught:
        compared(CHOSEN)
    assert CHOSEN not in scrubbing.described(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_no_argument_and_no_title_of_a_process_holds_a_secret(cli: Cli) -> None:
    code = (
        "import pathlib, sys; from cpdesk.cli.main import run; run(['accounts', 'list']);"
        "told = [pathlib.Path('/proc/self', name).read_text() for name in ('cmdline', 'comm')];"
        "sys.stdout.write(' '.join(told))"
    )
    environment = {**os.environ, "CPDESK_DATA": str(cli.folder), "CPDESK_OPERATOR": ADMIN, "CPDESK_PASSWORD": WRONG}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert "accounts" in done.stdout
    assert WRONG not in done.stdout + done.stderr


def test_no_command_takes_a_secret_as_an_argument() -> None:
    from cpdesk.cli import grammar

    told = grammar.build().format_help()
    assert not {"--password", "--code", "--secret"} & set(told.replace("=", " ").split())


def test_the_interpreters_own_report_of_a_crash_has_places_only(tmp_path: Path) -> None:
    code = (
        "import faulthandler, os, pathlib, sys; from cpdesk.base import crash_files;"
        "crash_files.listen(pathlib.Path(sys.argv[1]));"
        f"password = {CHOSEN!r};"
        "(lambda password: os.abort())(password)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False)
    (report,) = tmp_path.glob("crash*.log")
    text = report.read_text(encoding="utf-8")
    assert "Fatal Python error" in text
    assert CHOSEN not in text

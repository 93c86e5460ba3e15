"""A command line on a database of its own: set up once, copied for each test."""

import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from cpdesk.base.clock import MovableClock
from cpdesk.cli.main import Wanted, run
from cpdesk.composition import compose
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.gateways.passwords import Argon2Passwords
from tests.support.world import dump

START = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
ADMIN = "admin@reseller.example"
AUDITOR = "auditor@reseller.example"
CUSTOMER = "it@contoso.example"
CONTOSO = "contoso.example"
ANNA = "anna@contoso.example"
BOB = "bob@contoso.example"
PREMIUM = "Microsoft 365 Business Premium"


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code and what it printed."""

    code: int | Wanted
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


class Cli:
    """Runs commands in this process, as an operator."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.file = folder / "cpdesk.db"
        self.clock = MovableClock(START)
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def sign_in(self, email: str | None, password: str | None = PASSWORD) -> None:
        """Run the following commands as this operator; None leaves a variable unset."""
        for name, value in (("CPDESK_OPERATOR", email), ("CPDESK_PASSWORD", password)):
            if value is None:
                self._monkeypatch.delenv(name, raising=False)
            else:
                self._monkeypatch.setenv(name, value)

    def __call__(self, *words: str | Path) -> Result:
        self._capsys.readouterr()
        code = run([str(word) for word in words], clock=self.clock)
        printed = self._capsys.readouterr()
        return Result(code, printed.out, printed.err)

    def json(self, *words: str | Path) -> Any:
        """The document of a command that succeeds."""
        result = self(*words, "--json")
        assert result.code == 0, result.err
        return result.document

    def text(self, *words: str | Path) -> str:
        """The text of a command that succeeds."""
        result = self(*words)
        assert result.code == 0, result.err
        return result.out

    def content(self) -> list[str]:
        """Everything in the database."""
        return [f"{table}: {row!r}" for table, rows in dump(self.file).items() for row in rows]

    def alter(self, sql: str) -> None:
        """Change the database behind the program's back."""
        with closing(sqlite3.connect(self.file)) as database, database:
            database.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Real hashing with parameters that take no time."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(Argon2Passwords, "_hasher", lambda _self: quick)
        yield


@pytest.fixture(scope="session")
def _template(_quick_passwords: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two accounts: Contoso with two users, one of whom has a license, and Fabrikam with nothing."""
    folder = tmp_path_factory.mktemp("template")
    store, services = compose(folder, MovableClock(START))
    store.open(create=True)
    by = services.setup.set_up(ADMIN, PASSWORD, time_zone="America/New_York").session
    contoso = services.accounts.create(by, "Contoso Ltd", CONTOSO, activate=True).value.id
    services.accounts.create(by, "Fabrikam", "fabrikam.example", country="DE", currency="EUR")
    services.users.add(by, contoso, ANNA, "Anna")
    services.users.add(by, contoso, BOB, "Bob")
    services.licenses.assign(by, contoso, ANNA, "SPB")
    services.operators.add(by, AUDITOR, Role.AUDITOR, None, PASSWORD)
    services.operators.add(by, CUSTOMER, Role.CUSTOMER, contoso, PASSWORD)
    store.disconnect()
    return folder


@pytest.fixture(scope="session")
def _template_in_purchase_mode(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder with Contoso in Purchase Mode: a pool of three seats, one assigned, and a tenant product."""
    folder = Path(shutil.copytree(_template, tmp_path_factory.mktemp("purchase") / "data"))
    store, services = compose(folder, MovableClock(START))
    store.open()
    by = services.operators.sign_in(ADMIN, PASSWORD)
    contoso = services.accounts.find(by, CONTOSO).id
    services.modes.change(by, contoso, Mode.PURCHASE, services.modes.forecast(by, contoso, Mode.PURCHASE))
    services.licenses.add_seats(by, contoso, "SPB", 2)
    services.licenses.add_seats(by, contoso, "SHAREPOINTSTORAGE", 4)
    store.disconnect()
    return folder


@pytest.fixture
def empty_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A command line without a database, without an operator, and with nobody at the terminal."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return Cli(tmp_path / "data", monkeypatch, capsys)


@pytest.fixture
def cli(empty_cli: Cli, _template: Path) -> Cli:
    """A command line on a database of its own, used by the reseller administrator."""
    shutil.copytree(_template, empty_cli.folder)
    empty_cli.sign_in(ADMIN)
    return empty_cli


@pytest.fixture
def purchase_cli(empty_cli: Cli, _template_in_purchase_mode: Path) -> Cli:
    """The same with Contoso in Purchase Mode: a pool of three seats, one assigned, and a tenant product."""
    shutil.copytree(_template_in_purchase_mode, empty_cli.folder)
    empty_cli.sign_in(ADMIN)
    return empty_cli

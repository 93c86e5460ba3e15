"""Rule 17 on the command line: what a customer administrator is told is the same with and without other accounts."""

import re
import shutil
from pathlib import Path

import pytest

from cpdesk.gateways.passwords import Argon2Passwords
from tests.cli.conftest import Cli, Result
from tests.support.fixtures import template
from tests.support.neighbours import OTHER, Customer, live
from tests.support.passwords import CheapPasswords
from tests.support.role_cases import ADA, OWN_ADMIN
from tests.support.world import PASSWORD, PREMIUM, World

__all__ = ["template"]

OWN, FOREIGN, NOTHING = "contoso.example", "fabrikam.example", "nothing.example"
READS = (
    *("accounts list", f"accounts show {OWN}", f"users list {OWN}", f"licenses list {OWN}", f"mode show {OWN}"),
    *(f"mode change {OWN} usage", f"statement {OWN} --month 2026-11", f"statement {OWN} --month 2026-12"),
    *(f"advise {OWN}", "advise --all", "audit list", f"audit list {OWN}", "plan list", f"plan list {OWN}"),
    *("report idle-seats", "report low-seats", "report blocked", "report overlapping", "report costs", "report trend"),
    *("operators list", "prices list", "prices overview", "products list", "month-end --month 2026-11 --output x"),
)
IN_ACCOUNT = (
    *("accounts show {}", "accounts activate {}", "users list {}", f"users add {{}} {OTHER} --name Eve"),
    *(f"users remove {{}} {OTHER}", f"users restore {{}} {OTHER}", f"users edit {{}} {OTHER} --name X"),
    *("licenses list {}", f"licenses assign {{}} {OTHER} {PREMIUM}", f"licenses remove {{}} {OTHER} {PREMIUM}"),
    *(f"seats add {{}} {PREMIUM} 1", f"seats remove {{}} {PREMIUM} 1", f"seats threshold {{}} {PREMIUM} 3"),
    *("mode show {}", "mode change {} usage", "mode change {} usage --yes", "mode keep {}", "advise {}"),
    *("statement {} --month 2026-11", "audit list {}", "plan list {}", "report costs --account {}"),
    f"plan leave {{}} {OTHER} --on 2027-05-01",
)
CHANGES = (
    *(f"users add {OWN} dee@contoso.example --name Dee", f"licenses remove {OWN} {ADA} {PREMIUM}"),
    *(f"seats add {OWN} {PREMIUM} 2", f"mode change {OWN} usage --yes", f"mode keep {OWN}"),
)


class _Shell:
    """The command line of the customer administrator, on one database after another."""

    def __init__(self, cli: Cli, lived: dict[str, tuple[Path, Customer]]) -> None:
        self._cli = cli
        self._lived = lived
        self._own = 0

    def enter(self, kind: str) -> None:
        folder, customer = self._lived[kind]
        shutil.rmtree(self._cli.folder, ignore_errors=True)
        shutil.copytree(folder, self._cli.folder)
        self._cli.clock.set(customer.world.clock.now())
        self._cli.sign_in(OWN_ADMIN, PASSWORD)
        self._own = customer.own

    def told(self, command: str) -> tuple[object, str, str]:
        """Exit code and output, without the number of the account, and those of statements and backups."""
        result: Result = self._cli(*command.split())
        return result.code, self._plain(result.out), self._plain(result.err)

    def _plain(self, text: str) -> str:
        # A number in a table makes its column wider or narrower.
        text = re.sub(r"2026-\d{6}|\"digest\": \"\w+\"", "NUMBER", text.replace(str(self._own), "OWN"))
        return re.sub(r"[ ─]+", " ", text)


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Customer]]:
    """Folders of the account alone and among others, and who is in them."""
    made = {}
    for kind in ("alone", "among"):
        world = World(Path(shutil.copytree(template, tmp_path_factory.mktemp(kind) / "books")))
        world.open()
        made[kind] = (world.folder, live(world, among_others=kind == "among"))
        world.close()
    return made


@pytest.fixture
def shell(empty_cli: Cli, lived: dict[str, tuple[Path, Customer]], monkeypatch: pytest.MonkeyPatch) -> _Shell:
    for name in ("hash", "verify", "spend"):
        monkeypatch.setattr(Argon2Passwords, name, getattr(CheapPasswords, name))
    return _Shell(empty_cli, lived)


@pytest.mark.parametrize("form", ["", " --json"])
def test_nothing_that_is_printed_depends_on_others(shell: _Shell, form: str) -> None:
    found = []
    for kind in ("alone", "among"):
        shell.enter(kind)
        found.append({command: shell.told(command + form) for command in (*READS, *CHANGES)})
    assert {command: (told, found[1][command]) for command, told in found[0].items() if told != found[1][command]} == {}


@pytest.mark.parametrize("form", ["", " --json"])
def test_an_account_of_others_is_refused_like_none(shell: _Shell, form: str) -> None:
    shell.enter("among")
    for command in IN_ACCOUNT:
        foreign, none = (shell.told(command.format(name) + form) for name in (FOREIGN, NOTHING))
        assert foreign[0] == 1
        assert [str(part).replace(FOREIGN, NOTHING) for part in foreign] == [str(part) for part in none], command

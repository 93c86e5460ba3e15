"""Only a database that the demo made has a clock that can be moved, and nothing makes another one so."""

import ast
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import cpdesk
from cpdesk.base.clock import DemoClock, SystemClock
from cpdesk.base.errors import KnownError
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.cli.main import run
from cpdesk.composition import compose
from cpdesk.demo.moments import END
from tests.support.world import World


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The folder of a database of somebody's business."""
    world = World(tmp_path / "real")
    world.set_up()
    world.account("Contoso")
    world.close()
    return world.folder


def refusal(folder: Path, clock: DemoClock | SystemClock) -> str:
    store, _services = compose(folder, clock)
    with pytest.raises(KnownError) as refused:
        store.open()
    assert not (folder / f"{DATABASE_FILE}-wal").exists()
    return refused.value.code


def test_a_real_database_is_not_opened_under_the_demos_clock(real: Path) -> None:
    assert refusal(real, DemoClock(END)) == "not_a_demo_database"


def test_a_demo_is_not_opened_under_the_clock_of_the_computer(made: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(made, tmp_path / "copied"))
    assert refusal(copied, SystemClock()) == "demo_database"


@pytest.mark.parametrize("row", [("demo", "true"), ("demo_clock", "2027-01-01"), ("clock", "movable")])
def test_a_settings_row_makes_no_demo(real: Path, row: tuple[str, str]) -> None:
    with closing(sqlite3.connect(real / DATABASE_FILE)) as database, database:
        database.execute("INSERT INTO setting (key, value) VALUES (?, ?)", row)
    assert refusal(real, DemoClock(END)) == "not_a_demo_database"


def test_a_mark_that_was_put_in_by_hand_is_found(real: Path) -> None:
    with closing(sqlite3.connect(real / DATABASE_FILE)) as database, database:
        database.execute("""UPDATE audit_entry SET after = '{"demo":true,' || substr(after, 2) WHERE id = 1""")
    store, services = compose(real, SystemClock())
    store.open(any_clock=True)
    assert "audit_hash" in {finding.code for finding in services.checks.run()}
    store.disconnect()


@pytest.mark.parametrize(
    "words",
    [
        ["accounts", "list"],
        ["apply-due"],
        ["users", "list", "contoso.example"],
        ["mode", "change", "contoso-freight.example", "usage", "--yes"],
        ["setup", "--admin", "me@reseller.example"],
    ],
)
def test_commands_refuse_a_copied_demo(
    words: list[str], made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = Path(shutil.copytree(made, tmp_path / "copied"))
    before = (copied / DATABASE_FILE).read_bytes()
    assert run(["--data", str(copied), *words]) == 3
    assert "is a database of the demo" in capsys.readouterr().err
    assert (copied / DATABASE_FILE).read_bytes() == before


def test_check_looks_at_a_demo_too(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied = Path(shutil.copytree(made, tmp_path / "copied"))
    assert run(["--data", str(copied), "--json", "check"]) == 0
    assert '"ok": true' in capsys.readouterr().out


def test_the_demo_takes_no_data_folder(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(real), "demo"]) == 2
    assert run(["demo", "--data", str(real)]) == 2
    assert run(["demo", "--json"]) == 2
    assert "throw-away database" in capsys.readouterr().err


def test_only_throw_away_databases_have_a_clock_that_can_be_moved() -> None:
    package = Path(cpdesk.__file__).parent
    makers = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("DemoClock")
    }
    demo = {Path("app_demo.py"), Path("demo/history.py"), Path("demo/opening.py")}
    self_test = {Path("selftest/books.py"), Path("selftest/database.py"), Path("selftest/starting.py")}
    assert makers == {str(path) for path in demo | self_test}

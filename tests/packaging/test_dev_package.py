"""What `dev.py package` refuses, and what it takes for a fault. The whole runs in that command itself."""

import sys
from pathlib import Path

import build
import dev_package
import dev_system
import pytest


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where cpdesk may be installed."""
    monkeypatch.setattr(dev_system, "privilege", list)
    monkeypatch.setattr(dev_package, "_is_installed", lambda: False)


@pytest.mark.usefixtures("free")
def test_without_root_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_system, "privilege", lambda: None)
    with pytest.raises(SystemExit, match="takes root"):
        dev_package.main()


@pytest.mark.usefixtures("free")
def test_somebodys_own_cpdesk_is_never_purged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_package, "_is_installed", lambda: True)
    with pytest.raises(SystemExit, match="is installed here"):
        dev_package.main()


@pytest.mark.usefixtures("free")
def test_what_cannot_be_built_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "build", lambda _commands: 1)
    monkeypatch.setattr(dev_package, "_meet", lambda _prefix: pytest.fail("installed"))
    assert dev_package.main() == 1


@pytest.mark.parametrize("code", ["print('a word', file=sys.stderr)", "sys.exit(3)"])
def test_what_the_program_has_to_complain_of_is_a_fault(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "cpdesk"
    program.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(dev_package.Unfit, match="cpdesk ended with"):
        dev_package._run(around={"PATH": str(tmp_path)})


def test_a_step_that_fails_is_told_with_its_words() -> None:
    with pytest.raises(dev_package.Unfit, match="the reason"):
        dev_package._demand(sys.executable, "-c", "print('the reason'); raise SystemExit(2)")

import sys
from pathlib import Path

import dev
import dev_environment
import dev_system
import pytest

PASSING = dev.Step("passing", [sys.executable, "-c", "print('quiet')"])
FAILING = dev.Step("failing", [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"])


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Everything that dev.py would start, on a machine that lacks nothing; each succeeds."""
    made: list[list[str]] = []

    def call(words: list[str], **_where: object) -> int:
        made.append(words[1:])
        return 0

    monkeypatch.setattr(dev, "_call", call)
    monkeypatch.setattr(dev, "_wait_through_interrupts", call)
    monkeypatch.setattr(dev, "steps", lambda: [PASSING])
    monkeypatch.setattr(dev, "COMPILED", Path(__file__))
    monkeypatch.setattr(dev_system, "provide", lambda command: made.append(["system", command]))
    monkeypatch.setattr(dev_environment, "provide", lambda extra: made.append(["environment", extra]))
    return made


def test_run_hands_its_arguments_to_cpdesk(calls: list[list[str]]) -> None:
    assert dev.main(["run", "--", "--json", "check"]) == 0
    assert calls == [["system", "run"], ["environment", ""], ["-m", "cpdesk", "--json", "check"]]


def test_test_ends_with_pytest(calls: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["test"]) == 0
    assert calls == [["system", "test"], ["environment", "test"], ["-m", "pytest", *dev.SIDE_BY_SIDE]]
    assert "passing      ok" in capsys.readouterr().out


def test_a_fresh_checkout_is_compiled_before_many_processes_do_it(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "COMPILED", tmp_path / "__pycache__")
    assert dev.main(["test"]) == 0
    assert calls[-2:] == [["-m", "pytest", "--collect-only", "-qq"], ["-m", "pytest", *dev.SIDE_BY_SIDE]]


def test_tests_keep_what_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment = dev._for_tests()
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment["QT_QPA_PLATFORM"] == "offscreen"


def test_test_with_arguments_is_pytest_alone(calls: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["test", "tests/base", "-x"]) == 0
    assert calls[-1] == ["-m", "pytest", "tests/base", "-x"]
    assert "passing" not in capsys.readouterr().out


def test_torture_hands_its_arguments_on(calls: list[list[str]]) -> None:
    assert dev.main(["torture", "--minutes", "3", "--only", "kills"]) == 0
    assert calls[-1] == ["-m", "tests.torture", "--minutes", "3", "--only", "kills"]


def test_a_failed_check_fails_the_whole(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "steps", lambda: [FAILING, PASSING])
    assert dev.main(["test"]) == 1
    shown = capsys.readouterr()
    assert calls[-1] == ["-m", "pytest", *dev.SIDE_BY_SIDE]
    assert "the reason" in shown.out
    assert shown.err == "dev: FAILED: failing\n"


def test_what_passes_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.passes(PASSING)
    assert "quiet" not in capsys.readouterr().out


def test_failed_tests_are_named_with_failed_checks(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "steps", lambda: [FAILING])
    monkeypatch.setattr(dev, "_call", lambda *_, **__: 1)
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err == "dev: FAILED: failing, pytest\n"
    assert calls


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--help"], 0), (["dance"], 2)])
def test_usage(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(arguments) == code
    assert "packaging/dev.py test" in capsys.readouterr().out


def test_every_command_is_documented() -> None:
    assert dev.__doc__
    assert all(f"dev.py {command}" in dev.__doc__ for command in dev._COMMANDS)


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"needs Python 99\.0 or newer"):
        dev.main(["test"])

import json
from pathlib import Path

import dev_environment
import pytest


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A checkout with the two files that decide what is installed."""
    (tmp_path / "packaging").mkdir()
    (tmp_path / "pyproject.toml").write_text("one", encoding="utf-8")
    (tmp_path / "packaging" / "constraints.txt").write_text("two", encoding="utf-8")
    return tmp_path


@pytest.fixture
def commands(top: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What `provide` starts for that checkout; a made environment has a python."""
    made: list[list[str]] = []

    def call(words: list[str]) -> None:
        made.append(words)
        python = Path(dev_environment.program("python", top / ".venv"))
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(dev_environment, "TOP", top)
    monkeypatch.setattr(dev_environment, "FOLDER", top / ".venv")
    monkeypatch.setattr(dev_environment, "_call", call)
    return made


def test_a_fresh_checkout_gets_an_environment(commands: list[list[str]]) -> None:
    dev_environment.provide("test")
    assert commands[0][1:4] == ["-m", "venv", "--clear"]
    assert commands[-1][-1].endswith("[test]")
    assert all("--constraint" in words for words in commands[1:])


def test_nothing_is_done_twice(commands: list[list[str]]) -> None:
    dev_environment.provide("test")
    commands.clear()
    dev_environment.provide("test")
    dev_environment.provide("")
    assert commands == []


def test_what_the_tests_have_is_enough_for_a_build(commands: list[list[str]]) -> None:
    dev_environment.provide("build")
    dev_environment.provide("")
    commands.clear()
    dev_environment.provide("test")
    assert commands[-1][-1].endswith("[test]")
    commands.clear()
    dev_environment.provide("build")
    assert commands == []


def test_tests_need_more_than_running(commands: list[list[str]]) -> None:
    dev_environment.provide("")
    commands.clear()
    dev_environment.provide("test")
    assert [words[2] for words in commands] == ["pip", "pip"]


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/constraints.txt"])
def test_a_changed_file_is_installed_again(name: str, top: Path, commands: list[list[str]]) -> None:
    dev_environment.provide("test")
    commands.clear()
    (top / name).write_text("three", encoding="utf-8")
    dev_environment.provide("test")
    assert [words[2] for words in commands] == ["pip", "pip"]


def test_an_environment_of_another_place_or_python_is_made_anew(top: Path, commands: list[list[str]]) -> None:
    dev_environment.provide("test")
    stamp = next((top / ".venv").glob("*.json"))
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "top": "/elsewhere"}), encoding="utf-8")
    commands.clear()
    dev_environment.provide("test")
    assert "venv" in commands[0]


def test_an_interrupted_installation_is_begun_again(
    top: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_extra: str) -> None:
        raise KeyboardInterrupt

    dev_environment.provide("test")
    (top / "pyproject.toml").write_text("changed", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(dev_environment, "_install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            dev_environment.provide("test")
    commands.clear()
    dev_environment.provide("test")
    assert commands


@pytest.mark.parametrize("text", ["", "[]", "{", '"text"'])
def test_a_damaged_stamp_counts_as_none(text: str, top: Path, commands: list[list[str]]) -> None:
    dev_environment.provide("test")
    next((top / ".venv").glob("*.json")).write_text(text, encoding="utf-8")
    commands.clear()
    dev_environment.provide("test")
    assert "venv" in commands[0]

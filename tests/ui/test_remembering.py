"""What the window remembered is read even where it was damaged."""

from pathlib import Path

import pytest

from cpdesk.ui.context import MemorySettings
from cpdesk.ui.pages.records import verifying
from cpdesk.ui.parts import months_choice
from cpdesk.ui.remembering import documents, folder_of, text_of
from cpdesk.ui.shell import geometry, idle
from cpdesk.ui.shell.jump.recent import Recent


def remembering(key: str, value: object) -> MemorySettings:
    settings = MemorySettings()
    settings.setValue(key, value)
    return settings


@pytest.mark.parametrize("value", [None, 7, ["de", "en"], b"de"])
def test_only_a_text_is_one(value: object) -> None:
    assert text_of(remembering("a", value), "a") == ""


@pytest.mark.parametrize("name", ["", "\0", "/" + "x" * 5000, "/not/there"])
def test_a_folder_that_cannot_be_is_not_opened(name: str, tmp_path: Path) -> None:
    there = tmp_path / "exports"
    there.mkdir()
    assert folder_of(remembering("a", str(there)), "a") == there
    assert folder_of(remembering("a", name), "a") == documents()


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "1e400", ""])
def test_numbers_without_end_are_none(number: str) -> None:
    assert idle.idle_limit(remembering("lock/minutes", number)) == idle._USUAL
    assert months_choice._number(number) == months_choice.USUAL
    assert geometry._read(f"{number},0,10,10,1") in (None, [-1, 0, 10, 10, 1])
    assert Recent(remembering("jump/a", [number, f"1/{number}"]), "a").targets() == ()


@pytest.mark.parametrize("text", ["[" * 50_000, '[Infinity, "2026-11-10T00:00:00+00:00", ""]', "7", ""])
def test_the_latest_look_at_the_chain_may_be_unknown(text: str) -> None:
    assert verifying._read(text) is None

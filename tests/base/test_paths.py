from pathlib import Path

import pytest

from cpdesk.base.paths import DATA_VARIABLE, cache_dir, data_dir, log_dir


def test_the_data_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "mine"))
    assert data_dir() == tmp_path / "mine"
    assert log_dir() == tmp_path / "mine" / "logs"


def test_a_tilde_means_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, "~/mine")
    assert data_dir() == Path.home() / "mine"


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_choice_the_platform_decides(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if value is None:
        monkeypatch.delenv(DATA_VARIABLE)
    else:
        monkeypatch.setenv(DATA_VARIABLE, value)
    assert data_dir().name == "cpdesk"
    assert "cpdesk" in log_dir().parts
    assert not data_dir().exists()
    assert not log_dir().exists()


def test_what_can_be_made_again_is_kept_apart_from_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = cache_dir()
    monkeypatch.delenv(DATA_VARIABLE)
    assert cache_dir() == elsewhere != data_dir()

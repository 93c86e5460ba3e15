from pathlib import Path

import pytest

from cpdesk.base import assets


@pytest.fixture(autouse=True)
def _fresh() -> None:
    assets.root.cache_clear()


def test_resources_of_a_checkout_are_found() -> None:
    assert (assets.root() / "locale" / "de" / "LC_MESSAGES" / "cpdesk.po").is_file()


def test_resources_inside_the_package_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cpdesk" / "_resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "cpdesk")
    assert assets.root() == tmp_path / "cpdesk" / "_resources"
    assets.root.cache_clear()


def test_a_broken_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "cpdesk")
    with pytest.raises(FileNotFoundError, match="_resources"):
        assets.root()

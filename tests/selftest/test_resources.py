"""What is missing from an installation is found."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from cpdesk.base import assets, i18n
from cpdesk.selftest import resources
from cpdesk.selftest.results import Broken
from cpdesk.ui.theme import Theme

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The resources as they ship, from which a test takes something."""
    copy = tmp_path / "resources"
    shutil.copytree(assets.root(), copy, ignore=shutil.ignore_patterns("pictures"))
    monkeypatch.setattr(assets, "root", lambda: copy)
    return copy


@pytest.mark.parametrize(
    ("check", "missing"),
    [
        (resources.check_icons, "icons/customers.svg"),
        (resources.check_catalogues, "catalog/products.csv"),
        (resources.check_catalogues, "catalog/published.csv"),
        (resources.check_catalogues, "catalog/service_plans.csv"),
        (resources.check_catalogues, "catalog/seat_limits.csv"),
        (resources.check_languages, "locale/de"),
        (resources.check_help, "help/en/users.md"),
        (resources.check_help, "help/de/users.md"),
    ],
)
def test_what_is_missing_is_found(check: Callable[[], str], missing: str, installed: Path) -> None:
    assert check()
    target = installed / missing
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink()
    with pytest.raises((Broken, FileNotFoundError)):
        check()


def test_an_empty_catalogue_is_found(installed: Path) -> None:
    catalogue = installed / "locale" / "de" / "LC_MESSAGES" / "cpdesk.po"
    catalogue.write_text("", encoding="utf-8")
    with pytest.raises(Broken, match="de has no texts"):
        resources.check_languages()


def test_texts_of_qt_are_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "_qt_texts", lambda: str(tmp_path))
    with pytest.raises(Broken, match="Qt has no texts in de"):
        resources.check_languages()


def test_the_language_is_as_before() -> None:
    i18n.set_language("de")
    resources.check_languages()
    assert i18n.language() == "de"
    i18n.set_language("en")


def test_time_zones_and_fonts(theme: Theme) -> None:
    assert theme is not None
    assert resources.check_time_zones().endswith(" zones")
    assert resources.check_fonts()


def test_a_computer_without_fonts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", list)
    with pytest.raises(Broken, match="there is no font"):
        resources.check_fonts()

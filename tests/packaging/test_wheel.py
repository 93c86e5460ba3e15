"""The wheel carries what is not Python code: resources with compiled translations, and migrations."""

import gettext
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=TOP, check=True, capture_output=True)
    (packed,) = folder.glob("cpdesk-*.whl")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_resources_are_inside_the_package(wheel: Path) -> None:
    shipped = {path.relative_to(wheel / "cpdesk" / "_resources") for path in wheel.rglob("_resources/**/*.*")}
    here = {path.relative_to(TOP / "resources") for path in (TOP / "resources").rglob("*.*")}
    assert here <= shipped


def test_translations_are_compiled(wheel: Path) -> None:
    compiled = wheel / "cpdesk" / "_resources" / "locale" / "de" / "LC_MESSAGES" / "cpdesk.mo"
    with compiled.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Purchase Mode") == "Kaufmodus"


def test_migrations_are_shipped(wheel: Path) -> None:
    assert list((wheel / "cpdesk" / "store" / "migrations").glob("0001_*.py"))


def test_nothing_else_is_shipped(wheel: Path) -> None:
    assert {path.name.partition("-")[0] for path in wheel.iterdir()} == {"cpdesk"}

"""The command that opens exported files with LibreOffice, with something else in LibreOffice's place."""

import sys
from pathlib import Path

import pytest

from tests import spreadsheets

pytestmark = pytest.mark.usefixtures("qapp")

OFFICE = """#!{python}
import csv, sys
from pathlib import Path
from openpyxl import load_workbook
file, into = Path(sys.argv[-1]), Path(sys.argv[-2])
into.mkdir(parents=True)
print("Warning: failed to read path from javaldx", file=sys.stderr)
{said}
if file.suffix == ".csv":
    (into / file.name).write_bytes(file.read_bytes())
else:
    for page in load_workbook(file).worksheets:
        with (into / f"{{file.stem}}-{{page.title}}.csv").open("w", newline="") as text:
            csv.writer(text).writerows({rows})
"""
ALL = "page.iter_rows(values_only=True)"


def office(folder: Path, monkeypatch: pytest.MonkeyPatch, said: str = "", rows: str = ALL) -> None:
    """Put a program in LibreOffice's place that reads files by other means."""
    program = folder / "soffice"
    program.write_text(OFFICE.format(python=sys.executable, said=said, rows=rows))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_files_that_open_without_a_word_are_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office(tmp_path, monkeypatch)
    assert spreadsheets.main() == 0
    assert "10 files, 0 complaints" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("print('Warning: the file is corrupt and was repaired')", ALL),
        ("raise SystemExit(3)", ALL),
        ("", f"list({ALL})[1:]"),
    ],
)
def test_a_complaint_or_a_missing_row_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, rows: str
) -> None:
    office(tmp_path, monkeypatch, said, rows)
    file = next(file for file in spreadsheets.export(tmp_path / "exported") if file.name == "list.xlsx")
    (complaint,) = spreadsheets.check(str(tmp_path / "soffice"), file, tmp_path / "opened")
    assert complaint.startswith("list.xlsx: ")


def test_without_libreoffice_it_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert spreadsheets.main() == 2
    assert "libreoffice-calc" in capsys.readouterr().err

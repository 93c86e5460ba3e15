"""Opens what cpdesk exports with LibreOffice, without a screen, and fails on whatever it has to say about it.

    python3 packaging/dev.py spreadsheets

Needs LibreOffice's `soffice` (Debian and Ubuntu: libreoffice-calc-nogui; others: the LibreOffice installer). The tests
look at the same files with openpyxl; only this command knows what a spreadsheet program thinks of them.
"""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from cpdesk.domain import month_end
from cpdesk.gateways.documents import write_statement
from cpdesk.gateways.documents.pack import PackFolder
from cpdesk.gateways.exports import Sheet, write_csv, write_xlsx
from tests.support import statements

NEEDED: Final = "LibreOffice is not installed: its soffice is needed (Debian and Ubuntu: libreoffice-calc-nogui)."

_ALL_SHEETS: Final = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Comma, quotation mark, UTF-8, from the first row, values as they are shown, every sheet in a file of its own."""
_COMPLAINT: Final = re.compile(r"warn|error|repair|corrupt|damaged|could not|failed", re.IGNORECASE)
_JAVA: Final = "javaldx"
"""What looks for a Java runtime, which opening a file does not need, and says so where there is none."""
_PATIENCE_SECONDS: Final = 120


def main() -> int:
    """The exit code: 0 where all files open without a word, 1 where one does not, 2 without LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        _say(NEEDED)
        return 2
    with tempfile.TemporaryDirectory(prefix="cpdesk-spreadsheets-") as folder:
        files = export(Path(folder) / "exported")
        complaints = [text for file in files for text in check(office, file, Path(folder) / "opened")]
    for text in complaints:
        _say(f"FAILED {text}")
    _say(f"{len(files)} files, {len(complaints)} complaints")
    return 1 if complaints else 0


def export(folder: Path) -> list[Path]:
    """Write a list, statements in currencies with 0, 2 and 3 decimals, and a month-end pack; the files."""
    folder.mkdir(parents=True)
    rows = [("=1+1", 5, Decimal("1.50"), date(2026, 11, 1), None), ("Müller\n& Söhne", -3, Decimal(0), None, "@x")]
    sheet = Sheet("List", ("Text", "Number", "Amount", "Date", "More"), rows)
    write_csv(folder / "list.csv", sheet)
    write_xlsx(folder / "list.xlsx", sheet)
    shown = [statements.statement(9, currency=currency, unpriced=(2,)) for currency in ("USD", "JPY", "KWD")]
    documents = [statements.document(one) for one in shown]
    for document in documents:
        for ending in ("csv", "xlsx"):
            write_statement(document, folder / f"statement-{document.currency}.{ending}")
    with PackFolder(folder, statements.OCTOBER, statements.NOW) as pack:
        for document in documents:
            pack.add(document)
        pack.finish(month_end.figures(statements.OCTOBER, map(month_end.of_document, documents), len(documents)))
    return sorted(file for file in folder.rglob("*") if file.suffix in {".csv", ".xlsx"})


def check(office: str, file: Path, opened: Path) -> Iterator[str]:
    """What LibreOffice has to say about a file, and what it reads otherwise than it was written."""
    into = opened / f"{file.stem}-{file.suffix[1:]}"
    profile = f"-env:UserInstallation={(opened / 'profile').as_uri()}"
    words = [
        office,
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        _ALL_SHEETS,
        "--outdir",
        str(into),
        str(file),
    ]
    done = subprocess.run(
        words, capture_output=True, encoding="utf-8", errors="replace", timeout=_PATIENCE_SECONDS, check=False
    )
    said = "\n".join(line for line in (done.stdout + done.stderr).splitlines() if _JAVA not in line)
    if done.returncode or _COMPLAINT.search(said):
        yield f"{file.name}: exit code {done.returncode}, {said.strip()}"
        return
    read = sorted(len(_rows(path)) for path in into.glob("*.csv"))
    written = sorted(_lengths(file))
    if read != written:
        yield f"{file.name}: sheets of {written} rows were read as {read}"


def _lengths(file: Path) -> Sequence[int]:
    """How many rows the sheets of a file have."""
    if file.suffix == ".csv":
        return [len(_rows(file))]
    return [page.max_row for page in load_workbook(file).worksheets]


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def _say(text: str) -> None:
    sys.stderr.write(f"spreadsheets: {text}\n")


if __name__ == "__main__":
    sys.exit(main())

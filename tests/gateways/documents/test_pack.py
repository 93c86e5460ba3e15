"""A month-end pack on the disk: whole, or not there at all."""

import csv
import errno
import io
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cpdesk.base.errors import KnownError
from cpdesk.domain import month_end
from cpdesk.domain.billing import Statement
from cpdesk.gateways.documents.pack import PackFolder
from tests.support import statements
from tests.support.refusals import refused

pytestmark = pytest.mark.usefixtures("qapp")

FEW = (
    statements.statement(3, account="Contoso", number=1),
    statements.statement(2, account="Fabrikam", currency="JPY", number=2),
    statements.statement(5, account="Adatum", unpriced=(1,), number=3),
)


def pack(folder: Path, listed: Sequence[Statement] = FEW) -> tuple[Path, ...]:
    with PackFolder(folder, statements.OCTOBER, statements.NOW) as made:
        documents = [statements.document(one) for one in listed]
        for document in documents:
            made.add(document)
        figures = month_end.figures(statements.OCTOBER, map(month_end.of_document, documents), len(documents))
        return made.finish(figures)


def everything(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_a_pack_is_a_folder_with_statements_a_workbook_and_a_csv(tmp_path: Path) -> None:
    files = pack(tmp_path)
    assert [file.name for file in files] == [
        "statements-2026-10.xlsx",
        "statements-2026-10.csv",
        "Contoso (contoso.example) 2026-10.pdf",
        "Fabrikam (fabrikam.example) 2026-10.pdf",
        "Adatum (adatum.example) 2026-10.pdf",
    ]
    assert {file.parent for file in files} == {tmp_path / "cpdesk-2026-10"}
    assert everything(tmp_path) == sorted(["cpdesk-2026-10", *(file.name for file in files)])
    assert all(file.read_bytes().startswith(b"%PDF") for file in files[2:])


def test_workbook_and_csv_have_all_lines_and_the_sums_of_each_currency(tmp_path: Path) -> None:
    workbook, table, *_statements = pack(tmp_path)
    book = load_workbook(workbook)
    assert book.sheetnames == ["Totals", "Statements", "Lines"]
    lines = [[line.amount for line in statements.document(one).lines] for one in FEW]
    amounts = [amount for listed in lines for amount in listed]
    captions, *rows = book["Lines"].iter_rows(values_only=True)
    place = captions.index("Amount")
    assert [None if row[place] is None else Decimal(str(row[place])) for row in rows] == amounts
    totals = {row[0]: row[1:] for row in book["Totals"].iter_rows(min_row=2, values_only=True)}
    assert totals.keys() == {"JPY", "USD"}
    assert totals["USD"][:2] == (2, 8)
    assert Decimal(str(totals["JPY"][5])) == statements.document(FEW[1]).total
    assert {page.freeze_panes for page in book.worksheets} == {"A2"}
    written = list(csv.DictReader(io.StringIO(table.read_bytes().decode("utf-8-sig"))))
    assert [row["Amount"] for row in written if row["Entry"] == "Line"] == [
        "" if amount is None else str(amount) for amount in amounts
    ]
    dollars = sum(Decimal(row["Amount"] or 0) for row in written if row["Currency"] == "USD")
    assert dollars == sum(statements.document(one).total for one in FEW if one.currency == "USD")


def test_accounts_of_the_same_name_have_files_of_their_own(tmp_path: Path) -> None:
    same = [statements.statement(1, account=name, number=place) for place, name in enumerate(("A/S", "a s", "A|S"))]
    files = pack(tmp_path, same)[2:]
    assert len({file.name.casefold() for file in files}) == 3
    assert all(file.exists() for file in files)


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    assert pack(tmp_path / "a" / "b")[0].parent == tmp_path / "a" / "b" / "cpdesk-2026-10"


def test_a_pack_replaces_no_other_but_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "cpdesk-2026-10").mkdir()
    files = pack(tmp_path)
    before = {file: file.read_bytes() for file in files}
    with refused("pack_exists"):
        pack(tmp_path)
    assert {file: file.read_bytes() for file in files} == before
    assert everything(tmp_path) == sorted(["cpdesk-2026-10", *(file.name for file in files)])


def test_of_two_at_a_time_the_first_one_stays_and_the_other_is_refused(tmp_path: Path) -> None:
    with refused("pack_exists"), PackFolder(tmp_path, statements.OCTOBER, statements.NOW) as slower:
        slower.add(statements.document())
        files = pack(tmp_path)
        slower.finish(month_end.figures(statements.OCTOBER, (), 0))
    assert everything(tmp_path) == sorted(["cpdesk-2026-10", *(file.name for file in files)])


def test_what_a_killed_run_left_stands_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".cpdesk-2026-10.{os.getpid()}.part").mkdir()
    assert pack(tmp_path)


def test_what_stops_it_leaves_nothing_behind(tmp_path: Path) -> None:
    for stop in (KeyboardInterrupt, RuntimeError):
        with pytest.raises(stop):
            _stopped(tmp_path / "new", stop)
        assert everything(tmp_path) == []


def _stopped(folder: Path, stop: type[BaseException]) -> None:
    with PackFolder(folder, statements.OCTOBER, statements.NOW) as made:
        made.add(statements.document())
        raise stop


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file can grow beyond ten kilobytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        pack(tmp_path)
    assert caught.value.code == "disk_full"
    assert everything(tmp_path) == []


@pytest.mark.parametrize("name", ["xlsxwriter.workbook.ZipFile", "pathlib.Path.rename", "pathlib.Path.mkdir"])
@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EACCES, "file_not_writable"), (errno.EIO, "disk_trouble")]
)
def test_trouble_anywhere_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, code: str
) -> None:
    def refuse(*_words: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(name, refuse)
        with pytest.raises(KnownError) as caught:
            pack(tmp_path)
    assert caught.value.code == code
    assert everything(tmp_path) == []


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(KnownError) as caught:
        pack(tmp_path / "file")
    assert (caught.value.code, caught.value.params) == ("folder_is_file", {"path": str(tmp_path / "file")})
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes")
def test_a_pack_has_the_rights_that_the_operators_umask_gives(tmp_path: Path) -> None:
    kept = os.umask(0o027)
    try:
        files = pack(tmp_path / "new")
    finally:
        os.umask(kept)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o640}
    assert files[0].parent.stat().st_mode & 0o777 == files[0].parent.parent.stat().st_mode & 0o777 == 0o750

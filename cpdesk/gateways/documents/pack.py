"""A month-end pack on the disk: written beside its place under a hidden name, and put there when it is whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from xlsxwriter import Workbook

from cpdesk.base import durable, private
from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain.documents import StatementDocument
from cpdesk.domain.month_end import MonthEndFigures
from cpdesk.gateways.documents import cells, csv, month_cells, xlsx
from cpdesk.gateways.documents.file_names import Unique, safe_name
from cpdesk.gateways.documents.pdf import as_pdf
from cpdesk.gateways.exports import as_the_disk_said, known_trouble, let_go, unfinished_name


class PackFolder:
    """The files of one month, added statement by statement; a context that leaves nothing unless it was finished."""

    def __init__(self, folder: Path, month: date, made_at: datetime) -> None:
        """`folder`: in which the pack's own folder is made; `made_at` in UTC."""
        self.path = folder / f"cpdesk-{month:%Y-%m}"
        self._stem = f"statements-{month:%Y-%m}"
        self._part = folder / unfinished_name()
        self._made = _missing(folder)
        self._month = month
        self._made_at = made_at
        self._names = Unique()
        self._files: list[str] = []

    def __enter__(self) -> "PackFolder":
        with self._telling():
            _require_room(self.path)
            durable.make_folders(self._part, private.FOLDER)
            try:
                self._open()
            except BaseException:
                self._abandon()
                raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        if self._part.exists():
            self._abandon()

    def add(self, document: StatementDocument) -> None:
        """Write a statement: its PDF, and its lines into workbook and CSV."""
        wanted = f"{safe_name(f'{document.account} ({document.domain})')} {document.month:%Y-%m}"
        name = f"{self._names.name(wanted)}.pdf"
        with self._telling():
            (self._part / name).write_bytes(as_pdf(document))
            self._lines.write(cells.lines(document))
            csv.write_rows(self._csv, cells.lines(document))
            csv.write_rows(self._csv, cells.additions(document))
        self._files.append(name)

    def finish(self, figures: MonthEndFigures) -> tuple[Path, ...]:
        """Write the totals and put the pack in its place; its files, workbook and CSV first."""
        with self._telling():
            self._accounts.write(map(month_cells.account_row, figures.accounts))
            self._totals.write(map(month_cells.total_row, figures.totals))
            for table in (self._totals, self._accounts, self._lines):
                table.close()
            self._book.close()
            self._csv.close()
            self._put()
        return tuple(self.path / name for name in (f"{self._stem}.xlsx", f"{self._stem}.csv", *self._files))

    def _open(self) -> None:
        self._csv = (self._part / f"{self._stem}.csv").open("x", encoding=csv.ENCODING, errors="replace", newline="")
        csv.write_head(self._csv)
        # Row by row through temporary files, which go with everything else.
        options = {"constant_memory": True, "tmpdir": str(self._part)}
        self._book = Workbook(str(self._part / f"{self._stem}.xlsx"), options)
        xlsx.describe(self._book, _("Statements {month}").format(month=f"{self._month:%Y-%m}"), self._made_at)
        formats = xlsx.Formats(self._book)
        self._totals = xlsx.Table(
            self._book, formats, _("Totals"), month_cells.total_captions(), month_cells.TOTAL_WIDTHS
        )
        self._accounts = xlsx.Table(
            self._book, formats, _("Statements"), month_cells.account_captions(), month_cells.ACCOUNT_WIDTHS
        )
        self._lines = xlsx.lines_table(self._book, formats)

    def _put(self) -> None:
        """In the place of an empty folder or of none. Raises UserError `pack_exists`: another one was faster."""
        for file in self._part.iterdir():
            durable.flush_file(file)
        durable.flush_folder(self._part)
        try:
            with suppress(FileNotFoundError):
                self.path.rmdir()
            private.set_rights(self._part, private.rights_of_new(0o777))
            self._part.rename(self.path)
        except OSError:
            _require_room(self.path)
            raise
        durable.flush_folder(self.path.parent)

    def _abandon(self) -> None:
        with suppress(OSError, AttributeError):
            self._csv.close()
        with suppress(AttributeError):
            let_go(self._book)
        shutil.rmtree(self._part, ignore_errors=True)
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            with as_the_disk_said():
                yield
        except OSError as error:
            raise known_trouble(error, self.path) from error


def _missing(folder: Path) -> list[Path]:
    """The folders that have to be made first, the innermost first."""
    return [place for place in (folder, *folder.parents) if not place.exists()]


def _require_room(path: Path) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UserError("pack_exists", path=str(path))

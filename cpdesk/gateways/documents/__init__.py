"""Statements as files: PDF, workbook and CSV. They lay out what `cpdesk.domain.documents` says, and decide nothing.

Qt, which draws PDF, and XlsxWriter are loaded when they are needed.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpdesk.base.errors import UserError
from cpdesk.gateways.exports import write_whole

if TYPE_CHECKING:
    from cpdesk.domain.documents import StatementDocument

SUFFIXES: Final = (".pdf", ".xlsx", ".csv")
"""The kinds of file that a statement can be written to."""


def require_format(path: Path) -> None:
    """Raise UserError `unknown_document_format` for a file that is none of `SUFFIXES`."""
    if path.suffix.casefold() not in SUFFIXES:
        raise UserError("unknown_document_format", file=path.name, suffixes=list(SUFFIXES))


def write_statement(document: "StatementDocument", path: Path) -> None:
    """Write a statement in the format that the file's name asks for, in the place of what was there.

    Raises UserError `unknown_document_format`, KnownError `file_not_writable`, `file_folder_missing`, `disk_full` or
    `disk_trouble`; nothing half-written is left.
    """
    require_format(path)
    write_whole(path, lambda: content(document, path.suffix.casefold()))


def content(document: "StatementDocument", suffix: str) -> bytes:
    """The file of a statement, by one of `SUFFIXES`."""
    if suffix == ".pdf":
        from cpdesk.gateways.documents.pdf import as_pdf

        return as_pdf(document)
    if suffix == ".xlsx":
        from cpdesk.gateways.documents.xlsx import as_xlsx

        return as_xlsx(document)
    from cpdesk.gateways.documents.csv import as_csv

    return as_csv(document)

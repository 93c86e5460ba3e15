"""What a file of exported users says, row by row."""

from dataclasses import dataclass
from typing import NamedTuple


class ExportRow(NamedTuple):
    """A user as the file describes it. None: the file has no such column, so it says nothing about it.

    A tuple, as whatever there is a hundred thousand of: it is made in a third of the time of a frozen class.
    """

    row: int
    """Line of the file as a spreadsheet numbers it; the header is usually 1."""
    upn: str
    object_id: str | None
    """Lower case; None also where the cell is empty."""
    display_name: str | None
    """None also where the cell is empty."""
    first_name: str | None
    last_name: str | None
    usage_location: str | None
    """Upper case."""
    job_title: str | None
    department: str | None
    blocked: bool | None
    guest: bool
    deleted: bool
    """In the tenant's bin: never active, never billed as a user, and perhaps without a UPN."""
    licenses_text: str
    """Display names joined by `+`, or `Unlicensed`, or nothing."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of exported users that could be read."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    delimiter: str
    rows: tuple[ExportRow, ...]
    """In the order of the file, deleted users included."""

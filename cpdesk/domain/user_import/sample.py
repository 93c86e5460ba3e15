"""The beginning of a file as it was read, for a person to see whether its letters are right."""

from dataclasses import dataclass
from typing import Final

from cpdesk.domain.user_import.rows import ExportFile, ExportRow

_ROWS: Final = 6


@dataclass(frozen=True, slots=True)
class FileSample:
    """What a file looks like, before it is compared with anything."""

    name: str
    """Without its folder."""
    encoding: str
    """How its bytes were read, by Python's name for it."""
    certain: bool
    """Whether the bytes themselves or an operator said so; otherwise it is the likeliest of several."""
    users: int
    deleted: int
    """Rows of users in the tenant's bin, who are not counted as users."""
    rows: tuple[ExportRow, ...]
    """Some of the active users, in the order of the file: those first whose letters an encoding could spoil."""


def sample(file: ExportFile, *, certain: bool) -> FileSample:
    """Pick the rows worth a look."""
    active = [row for row in file.rows if not row.deleted]
    telling = [row for row in active if _is_telling(row)][:_ROWS]
    others = [row for row in active[:_ROWS] if row not in telling][: _ROWS - len(telling)]
    rows = sorted((*telling, *others), key=lambda row: row.row)
    return FileSample(file.name, file.encoding, certain, len(active), len(file.rows) - len(active), tuple(rows))


def _is_telling(row: ExportRow) -> bool:
    return not all((text or "").isascii() for text in (row.display_name, row.job_title, row.department))

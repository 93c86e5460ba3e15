"""Anchors of the audit log as small files."""

from pathlib import Path

from cpdesk.domain import anchors
from cpdesk.domain.anchors import Anchor


def write_anchor(path: Path, anchor: Anchor) -> Path:
    """Write an anchor, and return the path. Raises KnownError as `write_csv` does."""
    from cpdesk.gateways.exports import write_whole

    write_whole(path, lambda: anchors.as_text(anchor).encode("ascii"))
    return path


def read_anchor(path: Path) -> Anchor:
    """Read an anchor. Raises UserError `not_an_anchor`, or what `read_text` raises of the file as such."""
    from cpdesk.base.errors import UserError
    from cpdesk.gateways.text_files import read_text

    try:
        text = read_text(path)
    except UserError as error:
        # What is no text, or a workbook, is no anchor: how else it could be imported does not help here.
        if error.code in {"file_binary", "file_is_workbook", "file_encoding_unknown", "file_not_in_encoding"}:
            raise UserError("not_an_anchor", file=path.name) from None
        raise
    return anchors.from_text(text.text, path.name)

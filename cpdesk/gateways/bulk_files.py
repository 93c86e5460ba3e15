"""Files that name many users, or standard input: from bytes to rows."""

from pathlib import Path

from cpdesk.base.progress import Tell
from cpdesk.domain.bulk.file import BulkChange, BulkFile, parse_bulk
from cpdesk.gateways.text_files import read_standard_input, read_text


def read_bulk(
    path: Path | None, change: BulkChange, encoding: str | None = None, progress: Tell | None = None
) -> BulkFile:
    """Read a file, or standard input without one; `encoding` overrules what the bytes say about themselves.

    `progress` is told the lines that are read. Raises what `read_text`, `read_standard_input` and `parse_bulk` refuse.
    """
    file = read_standard_input(encoding) if path is None else read_text(path, encoding)
    titles, rows = parse_bulk(file.text, file.name, change, progress)
    return BulkFile(file.name, file.encoding, change, titles, rows)

"""Files of exported users on disk: from bytes to rows."""

from pathlib import Path

from cpdesk.base.progress import Tell
from cpdesk.domain.user_import.reading import parse_export
from cpdesk.domain.user_import.rows import ExportFile
from cpdesk.gateways.text_files import open_text


def read_export(path: Path, encoding: str | None = None, progress: Tell | None = None) -> ExportFile:
    """Read a file of exported users; `encoding` overrules what the bytes say about themselves.

    `progress` is told the lines that are read. Raises what `open_text` and `parse_export` refuse.
    """
    file = open_text(path, encoding)
    delimiter, rows = parse_export(file.lines, path.name, progress)
    return ExportFile(file.name, file.encoding, delimiter, rows)

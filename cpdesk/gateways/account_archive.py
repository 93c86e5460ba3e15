"""The file of one account: a ZIP of JSON and CSV with a manifest, written whole or not at all."""

import codecs
import csv
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO, Final

import cpdesk
from cpdesk.domain.account_export import CONTENTS, FORMAT, VERSION, ExportPart
from cpdesk.gateways.exports import harmless, write_in_place

_LIST: Final = "; "
"""Between the members of a list that stands in one cell."""
_INTO: Final = "w"
"""How a file inside the archive is opened."""


def write_account(path: Path, facts: Mapping[str, object], parts: Iterable[ExportPart]) -> dict[str, int]:
    """Write a part after the other, row by row; how many rows each has, by its name (1 for one that is no list).

    Raises what `exports.write_csv` raises, and what making the parts raises.
    """
    counts: dict[str, int] = {}

    def fill(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            files = [dict(about) for part in parts for about in _written(archive, part, counts)]
            manifest = {"format": FORMAT, "version": VERSION, "program": cpdesk.__version__, **facts, "files": files}
            archive.writestr("manifest.json", _json(manifest))

    write_in_place(path, fill)
    return counts


def _written(archive: zipfile.ZipFile, part: ExportPart, counts: dict[str, int]) -> Iterator[dict[str, object]]:
    """Write what a part consists of; what the manifest says of each."""
    for name, pieces in _files(part):
        sealed, size = hashlib.sha256(), 0
        with archive.open(name, _INTO, force_zip64=True) as target:
            for rows, piece in pieces:
                target.write(piece)
                sealed.update(piece)
                size += len(piece)
                counts[part.name] = rows
        about = {"rows": counts[part.name], "about": CONTENTS[part.name]}
        yield {"name": name, "size": size, "sha256": sealed.hexdigest(), **about}


_Pieces = Iterator[tuple[int, bytes]]
"""What a file is made of, each piece with how many rows there are up to it."""


def _files(part: ExportPart) -> Iterator[tuple[str, _Pieces]]:
    if isinstance(part.rows, Mapping):
        yield f"{part.name}.json", iter([(1, _json(part.rows))])
    else:
        yield f"{part.name}.json", _json_rows(part.rows())
        yield f"{part.name}.csv", _csv_rows(part.rows())


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _json_rows(rows: Iterable[Mapping[str, Any]]) -> _Pieces:
    """A line for each."""
    number = 0
    for number, row in enumerate(rows, start=1):
        text = json.dumps(row, ensure_ascii=False)
        yield number, (b"[\n" if number == 1 else b",\n") + text.encode("utf-8", "replace")
    yield number, b"\n]" if number else b"[]"


def _csv_rows(rows: Iterable[Mapping[str, Any]]) -> _Pieces:
    text = StringIO(newline="")
    writer = csv.writer(text)
    columns: list[str] = []
    number = 0
    for number, row in enumerate(rows, start=1):
        if number == 1:
            columns = list(row)
            writer.writerow(columns)
        writer.writerow([_cell(row.get(column)) for column in columns])
        yield number, (codecs.BOM_UTF8 if number == 1 else b"") + text.getvalue().encode("utf-8", "replace")
        text.seek(0)
        text.truncate()
    if not number:
        # A list of nothing has a line without columns.
        yield 0, codecs.BOM_UTF8 + b"\r\n"


def _cell(value: Any) -> str | int | None:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return harmless(_LIST.join(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return harmless(value) if isinstance(value, str) else value

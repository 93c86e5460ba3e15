"""The file of one account: a ZIP of JSON and CSV with a manifest, written whole or not at all."""

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final

import cpdesk
from cpdesk.domain.account_export import CONTENTS, FORMAT, VERSION, ExportPart
from cpdesk.gateways.exports import harmless, write_whole

_LIST: Final = "; "
"""Between the members of a list that stands in one cell."""


def write_account(path: Path, facts: Mapping[str, object], parts: Iterator[ExportPart]) -> None:
    """Write a part after the other; raises what `exports.write_csv` raises, and what making the parts raises."""
    write_whole(path, lambda: _archive(facts, parts))


def _archive(facts: Mapping[str, object], parts: Iterator[ExportPart]) -> bytes:
    made, files = BytesIO(), []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            for name, content in _files(part):
                archive.writestr(name, content)
                about = {"rows": len(part.rows) if part.is_list else 1, "about": CONTENTS[part.name]}
                sealed = hashlib.sha256(content).hexdigest()
                files.append({"name": name, "size": len(content), "sha256": sealed, **about})
        manifest = {"format": FORMAT, "version": VERSION, "program": cpdesk.__version__, **facts, "files": files}
        archive.writestr("manifest.json", _json(manifest))
    return made.getvalue()


def _files(part: ExportPart) -> Iterator[tuple[str, bytes]]:
    yield f"{part.name}.json", _json(part.rows)
    if not isinstance(part.rows, Mapping):
        yield f"{part.name}.csv", _csv(part.rows)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    columns = list(rows[0]) if rows else []
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Any) -> str | int | None:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return harmless(_LIST.join(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return harmless(value) if isinstance(value, str) else value

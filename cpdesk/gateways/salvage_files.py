"""The list of what is missing in a salvaged database, as a file."""

import json
from pathlib import Path

from cpdesk.base.i18n import _
from cpdesk.domain.salvage import Salvage
from cpdesk.domain.salvage_words import fate_name, item_text, table_name
from cpdesk.gateways.exports import Cell, Sheet, write_csv, write_whole


def write_salvage(salvage: Salvage, path: Path, rights: int | None = None) -> None:
    """Write all items and what `check` finds as CSV, or as JSON where the file's name ends so.

    It gets these `rights`, or those of any file that somebody exports to a place of their choice. Raises what
    `exports.write_csv` raises.
    """
    if path.suffix.casefold() == ".json":
        write_whole(path, lambda: json.dumps(document(salvage), indent=2, ensure_ascii=False).encode(), rights)
    else:
        write_csv(path, _sheet(salvage), rights=rights)


def document(salvage: Salvage) -> dict[str, object]:
    """The list for programs."""
    return {
        "file": str(salvage.path),
        "whole": salvage.is_whole,
        "exact": salvage.is_exact,
        "kept": salvage.kept,
        "rebuilt": salvage.rebuilt,
        "missing": salvage.missing,
        "latest_entry": salvage.latest_entry,
        "tables": [
            {
                "table": one.table,
                "kept": one.kept,
                "rebuilt": one.rebuilt,
                "missing": one.missing,
                "exact": one.is_exact,
            }
            for one in salvage.tables
        ],
        "items": [
            {
                "fate": str(one.fate),
                "table": one.table,
                "number": one.number,
                "account_id": one.account_id,
                "account": one.account or None,
                "known": dict(one.known),
            }
            for one in salvage.items
        ],
        "findings": [{"code": one.code, "where": one.where, "detail": one.detail} for one in salvage.findings],
    }


def _sheet(salvage: Salvage) -> Sheet:
    captions = (_("What became of it"), _("Kind"), _("Number"), _("Account"), _("What is known of it"))
    rows: list[tuple[Cell, ...]] = [
        (fate_name(one.fate), table_name(one.table), one.number, one.account, item_text(one)) for one in salvage.items
    ]
    rows += [
        (_("Found by the check"), one.code, None, "", f"{one.where} {one.detail}".strip()) for one in salvage.findings
    ]
    return Sheet(_("Missing"), captions, rows)

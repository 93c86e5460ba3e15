"""Texts that want to be something else, and a database that is full of them."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

MARKUP = '<b>x</b><a href="http://x">y</a>'
MNEMONIC = "A&Z"
"""Shown whole, or as AZ with a line under the Z."""
OVERRIDE = "\u202etxt.exe\u202c"
SHALOM = "\u05e9\u05dc\u05d5\u05dd"
"""Reads from the right, and would take what stands behind it along."""
TURNING_MARKUP = f"{SHALOM} {MARKUP} {MNEMONIC}"
LONG = "W" * 10_000
"""Longer than anybody could have typed it: an older version, or another program, has let it in."""
_PLAIN: tuple[str, ...] = (
    MARKUP,
    "&lt;i&gt;",
    OVERRIDE,
    f"\u200f{SHALOM} & \u202b\u05e2\u05d5\u05dc\u05dd",
    "=cmd|'/c calc'!A0",
    f"+1 {MARKUP}",
    "-2+3",
    "@SUM(1)",
    "a\nb\tc\r" + MARKUP,
    "\x01\x07NUL?\x00after",
    "'; DROP TABLE account; --",
    "../../../etc/passwd",
    "C:\\con.txt:stream",
    "👨‍👩‍👧 🏴‍☠️",
    "Z̸̧̛͎͇̲̥͚̓̈́̐͗a̷̢̛͉͎̮̗̎͑̇͝ļ̵̗̗̦̪̈́̎̀ğ̵̙͕̳̻̓o",
    "{0} {name} %s %(x)s %n",
    "[*]",
    "<img src=file:///etc/passwd>",
)
TEXTS: tuple[str, ...] = (*(f"{text} {MNEMONIC}" for text in _PLAIN), LONG)
"""Each of them has been trouble to some program."""

_NAMES: dict[str, Sequence[str]] = {
    "user": ("upn", "display_name", "first_name", "last_name", "job_title", "department", "usage_location"),
    "product": ("name",),
    "price_schedule": ("name",),
    "audit_entry": ("operator", "reason"),
    "mode_switch": ("requested_by", "ended_by"),
    "planned_change": ("planned_by", "reason", "ended_by"),
    "statement_correction": ("text", "reason"),
}
"""Columns of texts that people, or their files, have chosen."""
_DOCUMENTS: dict[str, Sequence[str]] = {"audit_entry": ("before", "after"), "issued_statement": ("content",)}
"""Columns of JSON in which such texts stand."""
_CHOSEN = {"name", "upn", "reason", "text", "account", "by", "display_name", "job_title", "department", "note"}


def spoil(database: Path, first: str = TURNING_MARKUP) -> None:
    """Put hostile texts in the place of all that are shown; `first` is the name of every account but a few."""
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.create_function("hostile", 2, _hostile)
        opened.create_function("hostile_json", 2, _hostile_json)
        for table, columns in _NAMES.items():
            # So that two that have to differ do.
            changes = ", ".join(f"{column} = hostile(rowid, {column})" for column in columns)
            opened.execute(f"UPDATE {table} SET {changes}")
        for table, columns in _DOCUMENTS.items():
            changes = ", ".join(f"{column} = hostile_json(rowid, {column})" for column in columns)
            opened.execute(f"UPDATE {table} SET {changes}")
        # By their domains: the ids of accounts are random.
        domains = [domain for (domain,) in opened.execute("SELECT domain FROM account ORDER BY domain")]
        named = [(_hostile(place, domain) if place % 3 == 1 else first, domain) for place, domain in enumerate(domains)]
        opened.executemany("UPDATE account SET name = ? WHERE domain = ?", named)


def _hostile(number: int, known: str | None) -> str | None:
    if not known:
        return known
    text = TEXTS[number % len(TEXTS)]
    # Ten thousand letters in each twentieth of thousands of rows would be a test of the disk.
    return text if text is not LONG or number % 200 == len(TEXTS) - 1 else MARKUP


def _hostile_json(number: int, known: str | None) -> str | None:
    return json.dumps(_spoilt(json.loads(known), number), separators=(",", ":")) if known else known


def _spoilt(value: Any, number: int, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _spoilt(one, number, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_spoilt(one, number, key) for one in value]
    return _hostile(number, value) if isinstance(value, str) and key in _CHOSEN else value

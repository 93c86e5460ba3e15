"""Files that somebody might really have, made worse: cells, rows, columns, encodings and bytes by the throw of dice."""

import codecs
import random
from collections.abc import Callable, Sequence

LONG = "x" * 10_000
"""Longer than anything may be."""
HUGE = "y" * 140_000
"""Longer than the reader of CSV takes a value."""
LARGEST = 400_000
"""Bytes of an input: what is slow with these is far too slow with a real file."""

CELLS: tuple[str, ...] = (
    "",
    " ",
    "\u00a0",
    "\ufeff",
    "\u200b",
    "\x00",
    "a\x00b",
    "\x07",
    "\x1a",
    '"',
    '""',
    "'",
    "'=1",
    "a\nb",
    "a\rb",
    "a\tb",
    "\u2028",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(1)",
    "<b>x</b>",
    '<a href="http://x">y</a>',
    "&amp;",
    "A&B",
    "%s%n{0}{name}",
    "'; DROP TABLE user; --",
    "../../etc/passwd",
    "C:\\con",
    "\u202eevil",
    "\u2067rtl",
    "\u05d0\u05d1@\u05d2.example",
    "e\u0301\u0327\u0327\u0327",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ud7ff\ue000\uffff",
    "\U0010ffff",
    "İstanbul",
    "ﬃ",
    "0",
    "1",
    "-0",
    "1e400",
    "1E+9",
    "NaN",
    "Infinity",
    "9" * 400,
    "0." + "9" * 400,
    "1.005",
    "1,5",
    "1.234,56",
    "\u0661\u0662",
    "\uff11\uff12",
    "²",
    "½",
    "1_000",
    "0x10",
    "2026-02-30",
    "2026-11-10",
    "9999-12-31T23:59:59.9999999Z",
    "0001-01-01T00:00:00+14:00",
    "2026-11-10T00:00:00",
    "11/10/2026 1:00:00 AM",
    "True",
    "FALSE",
    "wahr",
    "usage",
    "Purchase Mode",
    "US",
    "us",
    "XX",
    "United States",
    "USD",
    "XXX",
    "America/New_York",
    "../UTC",
    "Etc/GMT+12",
    "anna@contoso.example",
    "ANNA@CONTOSO.EXAMPLE",
    "new@contoso.example",
    "@",
    "a@b",
    "a@b@c",
    "anna_gmail.com#EXT#@contoso.onmicrosoft.com",
    "00000000-0000-0000-0000-000000000000",
    "SPB",
    "spb",
    "Microsoft 365 Business Premium",
    "Microsoft 365 Business Premium+Office 365 E3",
    "Microsoft 365 Business Premium + Office 365 E3",
    "+",
    "++++",
    "Unlicensed",
    "SHAREPOINTSTORAGE",
    "P1M",
    "P1Y",
    "Monthly",
    "Commercial",
    LONG,
)
"""Cells that have been trouble somewhere, and some that mean something here."""

ENCODINGS: tuple[str, ...] = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "utf-7")
_LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\r\r\n", "\u2028", "\x0b", "")
_DELIMITERS = (",", ";", "\t", "|", ", ")
_BYTES = (
    b"\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b'"',
    b"\r",
    b",",
    b"PK\x03\x04",
)

Table = list[list[str]]
Worsen = Callable[[bytes, random.Random, Sequence[bytes]], bytes]
"""Does something to a file; the others are of its kind, to take pieces of."""


def worsened(data: bytes, dice: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """A file with something done to it; `others` are files of the same kind, to take pieces of."""
    if others and dice.random() < 0.1:
        data = _spliced(data, dice.choice(others), dice)
    if dice.random() < 0.75:
        data = _worse_table(data, dice)
    while dice.random() < 0.3:
        data = _worse_bytes(data, dice)
    return data[:LARGEST]


def _worse_table(data: bytes, dice: random.Random) -> bytes:
    text = read(data)
    delimiter = max(_DELIMITERS[:3], key=text.partition("\n")[0].count)
    table = [line.split(delimiter) for line in text.splitlines()] or [[""]]
    while True:
        dice.choice(_TABLE_CHANGES)(table, dice)
        if dice.random() < 0.4:
            break
    return written(table, dice, delimiter)


def written(table: Table, dice: random.Random, delimiter: str = ",") -> bytes:
    """A table as a file, nearly always a usual one."""
    delimiter = dice.choice(_DELIMITERS) if dice.random() < 0.05 else delimiter
    end = dice.choice(_LINE_ENDS) if dice.random() < 0.1 else "\r\n"
    quoted = dice.random() < 0.1
    lines = (delimiter.join(_cell(cell, delimiter, dice, quoted=quoted) for cell in row) for row in table)
    encoding = dice.choice(ENCODINGS) if dice.random() < 0.2 else "utf-8"
    return encoded(end.join(lines) + end, encoding)


def encoded(text: str, encoding: str) -> bytes:
    """Bytes, whatever is in a text."""
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf-") and "7" not in encoding else "replace")


def read(data: bytes) -> str:
    """A text, whatever the bytes are."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return data.decode("utf-8-sig", "replace")


def _cell(cell: str, delimiter: str, dice: random.Random, *, quoted: bool) -> str:
    special = any(letter in cell for letter in (delimiter, "\n", "\r", '"'))
    already = cell.startswith('"') and cell.endswith('"') and len(cell) > 1
    # Once in a while as somebody writes it who does not know how.
    if already or not (special or quoted) or dice.random() < 0.05:
        return cell
    return f'"{cell.replace(chr(34), chr(34) * 2)}"'


def dirty_cell(dice: random.Random) -> str:
    """A cell, sometimes made of several."""
    cell = dice.choice(CELLS)
    while dice.random() < 0.15:
        cell += dice.choice(("", " ", "+", ";", "@", ".")) + dice.choice(CELLS)
    if dice.random() < 0.002:
        cell = HUGE
    return cell[: len(HUGE)]


def _place(table: Table, dice: random.Random) -> tuple[list[str], int]:
    row = dice.choice(table)
    if not row:
        row.append("")
    return row, dice.randrange(len(row))


def _put_cell(table: Table, dice: random.Random) -> None:
    row, at = _place(table, dice)
    row[at] = dirty_cell(dice)


def _append_to_cell(table: Table, dice: random.Random) -> None:
    row, at = _place(table, dice)
    row[at] = dice.choice((row[at] + dirty_cell(dice), dirty_cell(dice) + row[at], row[at].swapcase()))


def _move_cell(table: Table, dice: random.Random) -> None:
    (row, at), (other, there) = _place(table, dice), _place(table, dice)
    row[at], other[there] = other[there], row[at]


def _lose_cell(table: Table, dice: random.Random) -> None:
    row, at = _place(table, dice)
    del row[at]


def _gain_cell(table: Table, dice: random.Random) -> None:
    row, at = _place(table, dice)
    row.insert(at, dirty_cell(dice))


def _repeat_row(table: Table, dice: random.Random) -> None:
    row = dice.choice(table)
    times = 2000 if dice.random() < 0.01 and len("".join(row)) < 300 else 1
    table[dice.randrange(len(table) + 1) :] = [list(row) for _time in range(times)]


def _lose_row(table: Table, dice: random.Random) -> None:
    if len(table) > 1:
        del table[dice.randrange(len(table))]


def _shuffle_rows(table: Table, dice: random.Random) -> None:
    dice.shuffle(table)


def _repeat_column(table: Table, dice: random.Random) -> None:
    at = dice.randrange(max(map(len, table)) or 1)
    for row in table:
        row.append(row[at] if at < len(row) else "")


def _dirty_column(table: Table, dice: random.Random) -> None:
    at = dice.randrange(max(map(len, table)) or 1)
    for row in table[1:]:
        if at < len(row):
            row[at] = dirty_cell(dice)


_TABLE_CHANGES: tuple[Callable[[Table, random.Random], None], ...] = (
    _put_cell,
    _put_cell,
    _put_cell,
    _append_to_cell,
    _append_to_cell,
    _move_cell,
    _lose_cell,
    _gain_cell,
    _repeat_row,
    _lose_row,
    _shuffle_rows,
    _repeat_column,
    _dirty_column,
)


def _worse_bytes(data: bytes, dice: random.Random) -> bytes:
    if not data:
        return bytes(dice.randrange(256) for _byte in range(dice.randrange(20)))
    at = dice.randrange(len(data))
    length = min(1 << dice.randrange(10), len(data) - at)
    piece = data[at : at + length]
    return dice.choice(
        (
            data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :],
            data[:at] + dice.choice(_BYTES) + data[at:],
            data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :],
            data[:at] + data[at + length :],
            data[:at] + piece * dice.randrange(2, 6) + data[at:],
            data[:at],
        )
    )


def _spliced(data: bytes, other: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]

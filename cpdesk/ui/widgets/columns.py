"""How the columns of a list are described."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

from cpdesk.base.formats import format_number
from cpdesk.ui.widgets.chips import ChipLook
from cpdesk.ui.widgets.layout import Text, text_of

Row = TypeVar("Row")
Cell = str | int | float | Decimal | date | None
"""What a cell holds outside of the list; an instant is an aware datetime."""
_SIGNED = re.compile(r"[-+]\W?\d[\d.,()\s\u2019/-]*(?:\s?[A-Z]{3}|\s?\W)?")
"""A number or a phone number, maybe with its currency."""


class Align(Enum):
    """Numbers stand at the end, everything else at the start."""

    START = "start"
    END = "end"


@dataclass(frozen=True)  # no slots: Column[Row](...) needs a place for its parameter
class Column(Generic[Row]):
    """One column over rows of a type.

    `value` is what is sorted by; `text`, if given, is what is shown, searched, copied and read aloud.
    """

    key: str
    title: Text
    value: Callable[[Row], Any]
    text: Callable[[Row], str] | None = None
    align: Align = Align.START
    chip: Callable[[Row], ChipLook | None] | None = None
    """Shown instead of the text where it gives one."""
    badge: Callable[[Row], ChipLook | None] | None = None
    """Shown after the text where it gives one, and read aloud with it."""
    tooltip: Callable[[Row], str] | None = None
    check: Callable[[Row], Qt.CheckState] | None = None
    """A tick box before the text; for lists that let one tick, see `check_table`."""
    export: Callable[[Row], Cell] | None = None
    """What is written into files, where that is neither the number or date sorted by nor the text."""
    copy: Callable[[Row], str] | None = None
    """What is copied, where that is more than what there is room to show."""
    strong: bool = False
    soft: bool = False
    stretch: int = 0
    """Share of the width that is left over."""
    min_width: int = 64
    yields: bool = False
    """In a list whose texts fold: is cut short, down to `min_width` or its title, before any row takes two lines."""

    def show(self, row: Row) -> str:
        """The text of a cell."""
        if self.text is not None:
            return self.text(row)
        value = self.value(row)
        return "" if value is None else str(value)

    def copied(self, row: Row) -> str:
        """The text of a cell outside of the list, on one line."""
        return " ".join((self.copy or self.show)(row).split())

    def exported(self, row: Row) -> Cell:
        """What a cell is in a file: numbers and dates as such, all else as it is copied."""
        if self.export is not None:
            return self.export(row)
        value = self.value(row)
        number = self.align is Align.END and isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        typed: Cell = value if number or isinstance(value, date) else self.copied(row)
        return typed

    def caption(self) -> str:
        """The title in the language in use."""
        return text_of(self.title)

    def sort_key(self, row: Row) -> tuple[bool, Any]:
        """Orders rows: nothing comes last, letters without regard to case, accents beside their letter."""
        value = self.value(row)
        if isinstance(value, str):
            # Most texts have nothing to take apart, and a long list has many of them.
            value = (value if value.isascii() else unicodedata.normalize("NFKD", value)).casefold()
        return value is None, value


def number_column(
    key: str,
    title: Text,
    value: Callable[[Row], int],
    *,
    tooltip: Callable[[Row], str] | None = None,
    min_width: int = Column.min_width,
) -> Column[Row]:
    """A count, with its thousands apart, at the end of its column."""

    def text(row: Row) -> str:
        return format_number(value(row))

    return Column(key, title, value, text, Align.END, tooltip=tooltip, min_width=min_width)


def as_tsv(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> str:
    """Rows as tab separated lines of what the columns show; plain Python, on any thread.

    A spreadsheet takes what is pasted for something typed: what would be a formula gets an apostrophe, as in a CSV.
    """
    lines = ([_pasted(column.copied(row)) for column in columns] for row in rows)
    return "\n".join("\t".join(cells) for cells in lines)


def _pasted(text: str) -> str:
    """A cell that stays one. A number with a sign, a phone's for instance, is none of the formulas."""
    from cpdesk.gateways.exports import harmless

    line = text if text.isprintable() else " ".join(text.split())
    return line if _SIGNED.fullmatch(line) else harmless(line)

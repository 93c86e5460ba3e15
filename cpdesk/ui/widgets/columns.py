"""How the columns of a list are described."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from cpdesk.ui.widgets.chips import ChipLook
from cpdesk.ui.widgets.layout import Text, text_of

Row = TypeVar("Row")


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
    strong: bool = False
    soft: bool = False
    stretch: int = 0
    """Share of the width that is left over."""
    min_width: int = 64

    def show(self, row: Row) -> str:
        """The text of a cell."""
        if self.text is not None:
            return self.text(row)
        value = self.value(row)
        return "" if value is None else str(value)

    def caption(self) -> str:
        """The title in the language in use."""
        return text_of(self.title)

    def sort_key(self, row: Row) -> tuple[bool, Any]:
        """Orders rows: nothing comes last, letters without regard to case, accents beside their letter."""
        value = self.value(row)
        if isinstance(value, str):
            value = unicodedata.normalize("NFKD", value).casefold()
        return value is None, value

"""The system's own font in the sizes of the type scale."""

import sys
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QFont, QFontDatabase


class TextRole(StrEnum):
    """What a text is, which decides its size, weight and colour."""

    BODY = "body"
    STRONG = "strong"
    SOFT = "soft"
    CAPTION = "caption"
    TITLE = "title"
    SECTION = "section"
    FIGURE = "figure"
    CODE = "code"
    """What is copied out letter by letter, in letters of equal width."""
    CHIP = "chip"
    EYEBROW = "eyebrow"
    """A caption over a group of menu entries."""
    BRAND = "brand"
    ERROR = "error"


SCALE: dict[TextRole, tuple[int, int]] = {
    TextRole.BODY: (14, 400),
    TextRole.STRONG: (14, 600),
    TextRole.SOFT: (14, 400),
    TextRole.CAPTION: (13, 400),
    TextRole.TITLE: (22, 600),
    TextRole.SECTION: (14, 600),
    TextRole.FIGURE: (26, 600),
    TextRole.CODE: (15, 500),
    TextRole.CHIP: (12, 600),
    TextRole.EYEBROW: (11, 600),
    TextRole.BRAND: (16, 700),
    TextRole.ERROR: (13, 400),
}
"""Pixels at normal text size, and weight."""

_FIXED = QFontDatabase.SystemFont.FixedFont
_MAC = sys.platform == "darwin"
_BASE_DPI = 72 if _MAC else 96
# The sizes in points a desktop has before anybody asks for larger or smaller text.
_USUAL = {"win32": (9.0, 9.0), "darwin": (13.0, 13.0)}.get(sys.platform, (9.0, 11.0))


@dataclass(frozen=True, slots=True)
class Fonts:
    """Fonts by role; `scale` is 1.0 at normal text size, 2.0 at 200 %."""

    base: QFont
    scale: float
    _made: dict[tuple[TextRole, bool], QFont] = field(default_factory=dict, repr=False)

    def points(self, pixels: float) -> float:
        """The size in points of what is `pixels` high at normal text size."""
        return round(pixels * 72 / _BASE_DPI * self.scale, 2)

    def font(self, role: TextRole, *, tabular: bool = False) -> QFont:
        """The font of a role; tabular: figures of equal width. Kept: painting a list asks a thousand times."""
        if (role, tabular) not in self._made:
            self._made[role, tabular] = self._make(role, tabular=tabular)
        return self._made[role, tabular]

    def scaled(self, pixels: int) -> int:
        """A length that has to grow with the text, such as a row height."""
        return round(pixels * self.scale)

    def _make(self, role: TextRole, *, tabular: bool) -> QFont:
        pixels, weight = SCALE[role]
        made = QFontDatabase.systemFont(_FIXED) if role is TextRole.CODE else QFont(self.base)
        made.setPointSizeF(self.points(pixels))
        made.setWeight(QFont.Weight(weight))
        if tabular:
            made.setFeature(QFont.Tag("tnum"), 1)
        return made


def system_fonts(text_scale: float = 1.0) -> Fonts:
    """The system's font; grows with the system's text size, and by `text_scale` on top."""
    base = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return Fonts(base, _system_scale(base.pointSizeF()) * text_scale)


def _system_scale(points: float) -> float:
    low, high = _USUAL
    if points <= 0 or low <= points <= high:
        return 1.0
    return points / (high if points > high else low)

"""When the side menu is folded: by width, unless the person decided otherwise. No widgets."""

from dataclasses import dataclass

NARROW = 1100
"""Below this width of the window, at normal text size, the menu folds by itself."""


@dataclass(slots=True)
class Folding:
    """Remembers what the person wants in a wide window, and for how long it holds in a narrow one."""

    folded_when_wide: bool = False
    unfolded_when_narrow: bool = False
    narrow: bool = False

    @property
    def folded(self) -> bool:
        return not self.unfolded_when_narrow if self.narrow else self.folded_when_wide

    def resize(self, width: int, text_scale: float = 1.0) -> None:
        """The window has this width now. Unfolding a narrow one is forgotten once it was wide."""
        self.narrow = width < NARROW * text_scale
        if not self.narrow:
            self.unfolded_when_narrow = False

    def toggle(self) -> None:
        """The person folds or unfolds it."""
        if self.narrow:
            self.unfolded_when_narrow = not self.unfolded_when_narrow
        else:
            self.folded_when_wide = not self.folded_when_wide

"""The columns of a list on the screen: widths from the contents at first, then everything as the person left it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QStyleOptionViewItem

from cpdesk.ui import theme
from cpdesk.ui.remembering import text_of
from cpdesk.ui.widgets import column_state
from cpdesk.ui.widgets.cells_model import CellsModel
from cpdesk.ui.widgets.row_delegate import RowDelegate

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtWidgets import QTableView

    from cpdesk.ui.context import Settings
    from cpdesk.ui.widgets.table_header import TableHeader

_LEGIBLE = 112
_SAMPLE = 30
"""Rows looked at for a first width: looking at all of a long list would take seconds."""


class ColumnWidths(QObject):
    """Fits columns to contents and room until somebody drags one; remembers widths, order, sorting, what is hidden."""

    fitted = Signal()
    """Columns may have other widths now."""

    def __init__(self, view: "QTableView", header: "TableHeader", settings: "Settings | None", name: str) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._settings = settings
        self._path = f"columns/{name}"
        self._restored = False
        self._natural: list[int] = []
        self._folded: list[int] = []
        """How narrow columns can be in a list whose texts may take two lines; of other lists nothing."""
        self._by_hand = False
        self._dragging = False
        header.viewport().installEventFilter(self)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._save)
        header.sortIndicatorChanged.connect(self._save)

    def restore(self) -> None:
        """Bring back what was saved for the same columns; from now on changes are saved."""
        stored = text_of(self._settings, self._path) if self._settings is not None else ""
        if stored.startswith(self._signature):
            state = stored[len(self._signature) :]
            self._by_hand = column_state.restore(self._header, state[1:]) and state[0] == "1"
            self._header.forget_last()
        self._restored = True

    @property
    def folding(self) -> bool:
        """Whether some texts need their second line."""
        if not self._folded:
            return False
        kept = [place for place in self._header.shown() if not self._model.columns[place].yields]
        return any(self._header.sectionSize(place) < self._natural[place] for place in kept)

    @property
    def changed(self) -> bool:
        """Whether the columns stand otherwise than they came."""
        header = self._header
        moved = any(header.visualIndex(place) != place for place in range(header.count()))
        return self._by_hand or moved or len(header.shown()) < header.count()

    def is_shown(self, key: str) -> bool:
        """Whether a column is shown."""
        return not self._header.isSectionHidden(self._model.place_of(key))

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show a column, or hide it; the last one that is shown stays."""
        place = self._model.place_of(key)
        if not shown and self._header.shown() == [place]:
            return
        self._header.setSectionHidden(place, not shown)
        self._by_hand = False
        self.measure()
        self._save()

    def reset(self) -> None:
        """All columns, in the order and with the widths they came with."""
        for place in range(self._header.count()):
            self._header.setSectionHidden(place, False)
            self._header.moveSection(self._header.visualIndex(place), place)
        self._by_hand = False
        self.measure()
        self._save()

    def measure(self) -> None:
        """Look at the contents again, then fit."""
        self._natural = [self._wanted_by(place) for place in range(len(self._model.columns))]
        self._folded = self._folded_widths()
        self.fit()

    def widen(self) -> None:
        """Make room for what other rows need more; nothing gets narrower, so that typing moves no column to and fro."""
        wanted = [self._wanted_by(place) for place in range(len(self._model.columns))]
        self._natural = [max(pair) for pair in zip(self._natural, wanted, strict=True)]
        self.fit()

    def measure_last(self) -> None:
        """Look again at the column that stands last: it has to leave more free now, or less."""
        for place in self._header.shown()[-1:]:
            self._natural[place] = self._wanted_by(place)
        self._folded = self._folded_widths()
        self.fit()

    def fit(self) -> None:
        """Share the width out, unless somebody has set widths by hand."""
        if not self._by_hand and self._natural:
            self._share_out()
        self.fitted.emit()

    def _share_out(self) -> None:
        shown, least = self._header.shown(), self._narrowest()
        columns = [self._model.columns[place] for place in shown]
        natural = [self._natural[place] for place in shown]
        spare = self._view.viewport().width() - sum(natural)
        if spare < 0 and self._folded and (cut := self._cut(shown)):
            self._resize(shown, cut)
            return
        shares = [column.stretch for column in columns]
        if spare < 0:
            # A chip cut short would leave only its colour.
            shares = [0 if column.chip else column.stretch for column in columns]
        if spare < 0 and self._folded:
            # Each gives of what it can do without.
            shares = [self._natural[place] - least[place] for place in shown]
        if not any(shares):
            shares = [1] * len(columns)
        widths = _shared_out(natural, shares, spare, [least[place] for place in shown])
        self._resize(shown, widths)

    def _resize(self, shown: Sequence[int], widths: Sequence[int]) -> None:
        for place, width in zip(shown, widths, strict=True):
            self._header.resizeSection(place, width)

    def _cut(self, shown: Sequence[int]) -> list[int]:
        """Widths at which some texts are cut short: of columns that yield, where all else fits on one line then, and of
        any column of text, where two lines are not enough. Nothing where it need not be, for folding shows all.
        """
        room = self._view.viewport().width()
        natural, folded = ([widths[place] for place in shown] for widths in (self._natural, self._folded))
        yielding, legible = ([floor(place) for place in shown] for floor in (self._yielding, self._cut_short))
        floors = [least or width for least, width in zip(yielding, natural, strict=True)]
        if sum(floors) <= room:
            return _narrowed(natural, floors, sum(natural) - room)
        if sum(folded) <= room:
            return []
        floors = [least or width for least, width in zip(yielding, folded, strict=True)]
        made = _narrowed(folded, floors, sum(folded) - room)
        return _narrowed(made, [min(pair) for pair in zip(legible, made, strict=True)], sum(made) - room)

    def _yielding(self, place: int) -> int:
        """How far a column gives way first; 0: it does not."""
        return self._titled(place) if self._model.columns[place].yields else 0

    def _cut_short(self, place: int) -> int:
        """How far a column of text gives way before the list scrolls sideways; numbers and chips do not."""
        column = self._model.columns[place]
        if not column.stretch or column.chip:
            return self._folded[place]
        return max(self._titled(place), theme.current().fonts.scaled(_LEGIBLE))

    def _titled(self, place: int) -> int:
        """The least width of a column that shows its whole title."""
        return max(self._least()[place], self._header.caption_width(place, bare=True))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._dragging = True
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._dragging = False
            self._save()
            self.fitted.emit()
        return super().eventFilter(watched, event)

    @property
    def _model(self) -> "CellsModel[Any]":
        model = self._view.model()
        assert isinstance(model, CellsModel)
        return model

    @property
    def _signature(self) -> str:
        return ",".join(column.key for column in self._model.columns) + ":"

    def _wanted_by(self, place: int) -> int:
        delegate, option = self._view.itemDelegate(), QStyleOptionViewItem()
        hints = (delegate.sizeHint(option, self._model.index(row, place)).width() for row in self._sample)
        return max(self._least_of(place), *hints, 0)

    def _folded_widths(self) -> list[int]:
        delegate = self._view.itemDelegate()
        if not isinstance(delegate, RowDelegate) or not delegate.folds:
            return []
        return [max(self._titled(place), 0, *self._cells(delegate, place)) for place in range(len(self._model.columns))]

    def _cells(self, delegate: RowDelegate, place: int) -> Iterable[int]:
        return (delegate.narrowest(self._model.index(row, place)) for row in self._sample)

    @property
    def _sample(self) -> range:
        return range(min(self._model.rowCount(), _SAMPLE))

    def _least_of(self, place: int) -> int:
        return max(self._header.caption_width(place), self._least()[place] + self._header.end_room_of(place))

    def _least(self) -> list[int]:
        scaled = theme.current().fonts.scaled
        return [max(scaled(column.min_width), self._header.minimumSectionSize()) for column in self._model.columns]

    def _narrowest(self) -> list[int]:
        """How far columns give way before the list scrolls sideways."""
        if self._folded:
            return self._folded
        legible = theme.current().fonts.scaled(_LEGIBLE)
        return [max(least, legible) + self._header.end_room_of(place) for place, least in enumerate(self._least())]

    def _on_resized(self) -> None:
        if self._dragging:
            self._by_hand = True

    def _save(self) -> None:
        if self._settings is None or not self._restored:
            return
        state = column_state.state_of(self._header)
        self._settings.setValue(self._path, f"{self._signature}{int(self._by_hand)}{state}")


def _shared_out(natural: list[int], shares: list[int], spare: int, least: list[int]) -> list[int]:
    """Add spare width by shares; take missing width from the stretching columns, down to their least."""
    total = sum(shares)
    floors = [min(width, floor) if share else width for width, share, floor in zip(natural, shares, least, strict=True)]
    widths = [
        max(width + spare * share // total, floor) for width, share, floor in zip(natural, shares, floors, strict=True)
    ]
    last = max(place for place, share in enumerate(shares) if share)
    widths[last] += max(0, sum(natural) + spare - sum(widths))
    return _narrowed(widths, floors, sum(widths) - sum(natural) - spare)


def _narrowed(widths: list[int], floors: list[int], over: int) -> list[int]:
    """Take what some columns could not give from those that have most to give."""
    for place in sorted(range(len(widths)), key=lambda n: floors[n] - widths[n]):
        given = max(min(widths[place] - floors[place], over), 0)
        widths[place] -= given
        over -= given
    return widths

"""A list of rows that fit in memory."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Generic

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import Settings
from cpdesk.ui.widgets.columns import Column, Row
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.list_view import ListView
from cpdesk.ui.widgets.rows_model import RowsModel


class DataTable(ListView[Row], Generic[Row]):
    """A sortable, searchable list of frozen rows. Enter or a double click activates a row.

    inline: for inside a card; shows all its rows and never scrolls by itself.
    name: under which the columns are remembered in `settings`.
    codes: what a row is found by besides its texts, such as the GUID of its product.
    """

    rows: RowsModel[Row]

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        name: str = "",
        settings: Settings | None = None,
        inline: bool = False,
        empty: EmptyState | None = None,
        codes: Callable[[Row], Sequence[str]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._needle = ""
        model = RowsModel(columns, key, codes)
        super().__init__(model, name=name, settings=settings, inline=inline, empty=empty, parent=parent)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; selection, current row and scroll position stay."""
        first = self.rows.total == 0
        self.rows.set_rows(rows)
        if first:
            self.widths.measure()
        self._show_state()

    def set_filter(self, needle: str) -> None:
        """Show only rows that contain all words of `needle`."""
        self._needle = needle
        self.rows.set_filter(needle)
        self._show_state()

    def set_predicate(self, predicate: Callable[[Row], bool] | None) -> None:
        """Show only rows for which `predicate` holds."""
        self.rows.set_predicate(predicate)
        self.widths.widen()
        self._show_state()

    def reading(self) -> Callable[[], Sequence[Row]]:
        return partial(tuple, [self.rows.row_at(place) for place in range(self.rows.rowCount())])

    def _what_was_sought(self) -> str:
        if self._needle:
            return _("No row contains “{text}”.").format(text=self._needle)
        return super()._what_was_sought()

"""Texts that take a second line instead of losing their end."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from cpdesk.ui import theme
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.columns import Align, Column
from cpdesk.ui.widgets.folding import folded, folded_width
from cpdesk.ui.widgets.table import DataTable

pytestmark = pytest.mark.usefixtures("theme")

UPN = "morgan.ellis@contoso-freight.example"


@pytest.fixture
def metrics() -> QFontMetrics:
    return QFontMetrics(theme.current().fonts.font(TextRole.BODY))


def test_what_fits_stays_on_one_line(metrics: QFontMetrics) -> None:
    assert folded(UPN, metrics, metrics.horizontalAdvance(UPN)) == (UPN,)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (UPN, ("morgan.ellis@contoso-", "freight.example")),
        (f"{UPN}: Microsoft 365 Business Premium", (f"{UPN}:", "Microsoft 365 Business Premium")),
        ("Mode change completed", ("Mode change", "completed")),
        ("Dec\u00a01,\u00a02026, 00:00", ("Dec\u00a01,\u00a02026,", "00:00")),
        ("alpineskihouse.example", ("alpineskihouse", ".example")),
        ("Unbreakable", ("Unbreakable",)),
    ],
)
def test_the_narrowest_room_shows_all_in_two_lines(metrics: QFontMetrics, text: str, lines: Sequence[str]) -> None:
    assert folded(text, metrics, folded_width(text, metrics.horizontalAdvance)) == lines


def test_what_stands_behind_the_text_stands_behind_its_last_line(metrics: QFontMetrics) -> None:
    text, chip = "Mode change completed", 60
    room = folded_width(text, metrics.horizontalAdvance, chip)
    assert room == metrics.horizontalAdvance("completed") + chip
    assert folded(text, metrics, room + 1, chip) == ("Mode change", "completed")
    whole = metrics.horizontalAdvance(text)
    assert len(folded(text, metrics, whole, chip)) == 2


def test_what_has_no_room_in_two_lines_ends_in_an_ellipsis(metrics: QFontMetrics) -> None:
    lines = folded("Mode change completed and then some more", metrics, metrics.horizontalAdvance("Mode change"))
    assert lines[0] == "Mode change"
    assert lines[1].endswith("…")


def test_rows_are_higher_only_while_the_columns_are_too_narrow(qtbot: QtBot) -> None:
    columns = [Column[str](key, key, lambda row: row, stretch=1) for key in ("one", "two", "three")]
    table = DataTable(columns, lambda row: row)
    qtbot.addWidget(table)
    table.set_rows([UPN])
    table.fold_texts()
    heights = []
    for width in (1600, 700, 1600):
        table.resize(QSize(width, 400))
        table.show()
        table.widths.fit()
        heights.append(table.rowHeight(0))
        assert table.horizontalHeader().length() <= table.viewport().width()
    assert heights[0] == heights[2] == theme.current().row_height < heights[1]


def test_numbers_stay_whole_where_two_lines_are_not_enough_for_a_name(qtbot: QtBot) -> None:
    name = Column[str]("name", "name", lambda _row: "Rindfleischetikettierung" * 4, stretch=1)
    money = Column[str]("money", "money", lambda _row: "$1,340.70", align=Align.END)
    table = DataTable([name, money], lambda row: row)
    qtbot.addWidget(table)
    table.set_rows([UPN])
    table.fold_texts()
    table.resize(QSize(320, 400))
    table.show()
    table.widths.fit()
    needed = table.itemDelegate().sizeHint(QStyleOptionViewItem(), table.rows.index(0, 1)).width()
    assert table.columnWidth(1) >= needed
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_what_yields_is_cut_short_before_others_fold(qtbot: QtBot) -> None:
    columns = [Column[str](key, key, lambda row: row, stretch=1, yields=key == "two") for key in ("one", "two")]
    table = DataTable(columns, lambda row: row)
    qtbot.addWidget(table)
    table.set_rows([UPN])
    table.fold_texts()
    table.resize(QSize(1600, 400))
    table.show()
    table.widths.fit()
    natural = table.itemDelegate().sizeHint(QStyleOptionViewItem(), table.rows.index(0, 0)).width()
    table.resize(QSize(natural + 100, 400))
    table.widths.fit()
    assert table.columnWidth(0) >= natural > table.columnWidth(1)
    assert table.rowHeight(0) == theme.current().row_height
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_few_of_many_words_are_measured() -> None:
    measured: list[str] = []

    def width_of(text: str) -> int:
        measured.append(text)
        return len(text)

    assert folded_width("ab " * 160 + "ab", width_of) == 242
    assert len(measured) < 30

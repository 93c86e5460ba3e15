"""The charts: what they say by hand, by keyboard and by ear, and as a table or a picture."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cpdesk.domain.modes import Mode
from cpdesk.ui.charts import (
    ChartCard,
    ChartSwitch,
    CostChart,
    CostFigures,
    CostPoint,
    SeatChart,
    SeatFigures,
    SeatPoint,
)
from cpdesk.ui.charts import chart as chart_module
from cpdesk.ui.charts.chart import Chart
from cpdesk.ui.gallery.scenes_charts import cost_figures, seat_figures
from cpdesk.ui.theme import Appearance, Theme

W = TypeVar("W", bound=QWidget)
Shown = Callable[[W], W]

SWITCH = ChartSwitch(date(2026, 11, 10), Mode.PURCHASE)
COSTS = CostFigures(
    "USD",
    (
        CostPoint(date(2026, 9, 1), Decimal(400), Decimal(520), Decimal(400), Mode.USAGE),
        CostPoint(date(2026, 10, 1), Decimal(480), None, Decimal(480), Mode.USAGE),
        CostPoint(date(2026, 11, 1), Decimal("610.5"), Decimal(600), Decimal(600), Mode.PURCHASE, provisional=True),
    ),
    (SWITCH,),
)
SEATS = SeatFigures(
    date(2026, 11, 23),
    (
        SeatPoint(date(2026, 11, 1), 10, 10, Mode.USAGE),
        SeatPoint(date(2026, 11, 10), 20, 11, Mode.PURCHASE),
        SeatPoint(date(2026, 11, 23), 20, 14, Mode.PURCHASE),
    ),
    (SWITCH,),
)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told."""
    told: list[str] = []
    monkeypatch.setattr(chart_module, "announce", lambda _widget, text: told.append(text))
    return told


def press(chart: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(chart, key)


def title_of(chart: Chart) -> str:
    assert chart.pointed is not None
    return chart.pointed.title


def test_arrow_keys_move_over_the_points_and_the_values_are_said(shown: Shown[CostChart], said: list[str]) -> None:
    chart = shown(CostChart(COSTS))
    press(chart, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert said == [
        "November 2026, so far; Usage Mode: $610.50; Purchase Mode, smallest pool: $600.00; Charged: $600.00",
        "October 2026; Usage Mode: $480.00; Purchase Mode, smallest pool: no price; Charged: $480.00",
    ]
    press(chart, Qt.Key.Key_Home)
    assert title_of(chart) == "September 2026"
    press(chart, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert title_of(chart) == "November 2026, so far"


def test_from_right_to_left_time_and_arrows_are_mirrored(shown: Shown[CostChart]) -> None:
    chart = CostChart(COSTS)
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown(chart)
    press(chart, Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert title_of(chart) == "October 2026"
    QTest.mouseMove(chart, QPoint(chart.width() - 150, 150))
    assert title_of(chart) == "September 2026"


def test_the_pointer_shows_the_values_and_leaving_hides_them(shown: Shown[CostChart]) -> None:
    chart = shown(CostChart(COSTS))
    QTest.mouseMove(chart, QPoint(chart.width() // 2, 150))
    assert title_of(chart) == "October 2026"
    press(chart, Qt.Key.Key_Home)
    chart.clearFocus()
    QTest.mouseMove(chart, QPoint(chart.width() - 20, 150))
    assert title_of(chart) == "November 2026, so far"


def test_the_gist_is_the_description(shown: Shown[Chart]) -> None:
    assert shown(CostChart(COSTS)).accessibleDescription() == (
        "September 2026 to November 2026. Usage Mode: $1,490.50 in all, between $400.00 and $610.50 a month. "
        "Purchase Mode, smallest pool: $1,120.00 in all, between $520.00 and $600.00 a month. "
        "Purchase Mode from November 10, 2026. "
        "Arrow keys move over the values."
    )
    assert shown(SeatChart(SEATS)).accessibleDescription() == (
        "November 1, 2026 to November 23, 2026. Seats: 10 at first, 20 at last, 20 at most. "
        "Assigned: 10 at first, 14 at last, 14 at most. Purchase Mode from November 10, 2026. "
        "Arrow keys move over the values."
    )


def test_each_stretch_of_seats_has_its_days(shown: Shown[SeatChart], said: list[str]) -> None:
    chart = shown(SeatChart(SEATS))
    press(chart, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert said == [
        "Nov 23, 2026; Seats: 20; Assigned: 14; Available: 6; Billing mode: Purchase Mode",
        "Nov 10, 2026 \u2013 Nov 22, 2026; Seats: 20; Assigned: 11; Available: 9; Billing mode: Purchase Mode",
    ]


@pytest.mark.parametrize("chart", [CostChart, SeatChart])
def test_without_figures_it_says_so(chart: type[Chart], shown: Shown[ChartCard]) -> None:
    card = shown(ChartCard("Costs", chart()))
    assert card.chart.empty
    assert card.chart.accessibleDescription()
    assert not card.as_table.isVisible()
    assert not card.copy.isVisible()
    press(card.chart, Qt.Key.Key_Left)
    assert card.chart.pointed is None


def test_where_nothing_has_a_price_there_is_no_axis_up_to_a_cent(shown: Shown[ChartCard]) -> None:
    held = CostPoint(date(2026, 9, 1), None, None, None, Mode.USAGE)
    chart = CostChart(CostFigures("KES", (CostPoint(date(2026, 8, 1), Decimal(), Decimal(), Decimal()), held)))
    card = shown(ChartCard("Costs", chart))
    assert chart.empty
    assert "no price" in chart.accessibleDescription()
    assert not card.as_table.isVisible()


@pytest.mark.parametrize("months", [1, 2, 13, 24])
@pytest.mark.parametrize("width", [120, 300, 2400])
def test_any_number_of_months_is_painted_at_any_width(months: int, width: int, shown: Shown[Chart]) -> None:
    for chart in (CostChart(cost_figures(months)), SeatChart(seat_figures(months * 30))):
        shown(chart).resize(width, 300)
        press(chart, Qt.Key.Key_Left)
        assert not chart.grab().isNull()


def test_as_table_shows_the_same_figures(shown: Shown[ChartCard], assert_accessible: Callable[[QWidget], None]) -> None:
    card = shown(ChartCard("Cost by month", CostChart(COSTS)))
    assert_accessible(card)
    card.as_table.click()
    assert card.table.isVisible()
    assert not card.chart.isVisible()
    assert card.as_table.text() == "As chart"
    card.table.selectAll()
    assert card.table.selection_as_tsv().splitlines() == [
        "September 2026\t$400.00\t$520.00\t$400.00\tUsage Mode",
        "October 2026\t$480.00\tno price\t$480.00\tUsage Mode",
        "November 2026, so far\t$610.50\t$600.00\t$600.00\tPurchase Mode",
    ]
    assert_accessible(card)
    card.as_table.click()
    assert card.chart.isVisible()


def test_the_table_follows_new_figures(shown: Shown[ChartCard]) -> None:
    chart = SeatChart()
    card = shown(ChartCard("Seats", chart))
    chart.set_figures(SEATS)
    card.as_table.click()
    assert card.table.rows.rowCount() == 3
    chart.set_figures(SeatFigures(date(2026, 11, 23)))
    assert chart.empty


def test_copy_as_picture_takes_title_legend_and_chart(shown: Shown[ChartCard]) -> None:
    card = shown(ChartCard("Cost by month", CostChart(COSTS)))
    plain = _copied(card)
    press(card.chart, Qt.Key.Key_Home)
    assert _copied(card) == plain, "what points at a value is not in the picture"
    assert card.copy.text() == "Copied"
    assert plain.width() > 2 * card.chart.width()
    assert plain.height() > 2 * card.chart.height()


def test_the_picture_has_the_colours_of_the_palette_in_use(shown: Shown[ChartCard], theme: Theme) -> None:
    card = shown(ChartCard("Cost by month", CostChart(COSTS)))
    light = _copied(card)
    theme.set_appearance(Appearance.DARK)
    dark = _copied(card)
    assert QColor(light.pixel(1, 1)).lightness() > QColor(dark.pixel(1, 1)).lightness()


def test_it_follows_the_palette_and_the_size_of_text_while_it_is_shown(shown: Shown[CostChart], theme: Theme) -> None:
    chart = shown(CostChart(COSTS))
    before = chart.grab().toImage()
    assert chart.grab().toImage() == before
    theme.set_appearance(Appearance.DARK)
    dark = chart.grab().toImage()
    assert dark != before
    theme.set_text_scale(2.0)
    assert chart.grab().toImage() != dark


def test_the_bars_differ_without_colour(shown: Shown[CostChart]) -> None:
    """The plain bar is one shade of grey inside, the striped one has several."""
    point = CostPoint(date(2026, 10, 1), Decimal(500), Decimal(500))
    chart = shown(CostChart(CostFigures("USD", (point,))))
    picture = chart.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    middle = _middle_of_the_plot(chart)
    usage = {picture.pixelColor(middle - 15, y).lightness() for y in range(120, 180)}
    purchase = {picture.pixelColor(middle + 15, y).lightness() for y in range(120, 180)}
    assert len(usage) == 1
    assert max(purchase) - min(purchase) > 60


def _middle_of_the_plot(chart: CostChart) -> int:
    """Where the two bars of one month meet."""
    picture = chart.grab().toImage()
    usage = QColor("#0b7a6b")
    columns = [x for x in range(picture.width()) if picture.pixelColor(x, 150) == usage]
    return columns[-1] + 2


def _copied(card: ChartCard) -> QImage:
    QGuiApplication.clipboard().clear()
    card.copy.click()
    return QGuiApplication.clipboard().image()

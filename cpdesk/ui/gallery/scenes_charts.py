"""The charts by themselves."""

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.switching import first_of_next_month
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
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.widgets.layout import vbox


def cost_figures(months: int, *, currency: str = "USD", switches: tuple[ChartSwitch, ...] = ()) -> CostFigures:
    """Made-up costs that grow; what was charged follows the mode of the month."""
    points, month = [], date(2026, 11, 1)
    for _number in range(months - 1):
        month = (month - timedelta(days=1)).replace(day=1)
    for number in range(months):
        usage = Decimal(410 + number * 24 - number * number % 7 * 11)
        purchase = Decimal(520 if number < months // 2 else 600) + Decimal("0.5")
        mode = next((switch.to for switch in reversed(switches) if switch.day <= month), Mode.USAGE)
        actual = usage if mode is Mode.USAGE else purchase
        points.append(CostPoint(month, usage, purchase, actual, mode))
        month = first_of_next_month(month)
    return CostFigures(currency, tuple(points), switches)


def seat_figures(days: int, *, switches: tuple[ChartSwitch, ...] = ()) -> SeatFigures:
    """Made-up seats: with the assignments in Usage Mode, in blocks in Purchase Mode."""
    through = date(2026, 11, 23)
    points, seats = [], 0
    first = through - timedelta(days=days - 1)
    numbers = {*range(0, days, 6), *((switch.day - first).days for switch in switches)}
    for number in sorted(numbers):
        day = first + timedelta(days=number)
        mode = next((switch.to for switch in reversed(switches) if switch.day <= day), Mode.USAGE)
        assigned = 28 + number // 14 + (number * 7) % 5
        seats = assigned if mode is Mode.USAGE else max(-(-assigned // 10) * 10, seats)
        points.append(SeatPoint(day, seats, assigned, mode))
    return SeatFigures(through, tuple(points), switches)


TO_PURCHASE = ChartSwitch(date(2026, 6, 12), Mode.PURCHASE)
TO_USAGE = ChartSwitch(date(2026, 10, 1), Mode.USAGE)


def _cards(stage: Stage, costs: CostFigures, seats: SeatFigures) -> QWidget:
    holder = QWidget()
    cost = ChartCard(_("Cost by month"), CostChart(costs))
    held = ChartCard(_("Seats and assigned"), SeatChart(seats))
    column = vbox(cost, held, None)
    holder.setLayout(column)
    return stage.ground(holder)


def _year(stage: Stage) -> QWidget:
    switches = (TO_PURCHASE, TO_USAGE)
    return _cards(stage, cost_figures(12, switches=switches), seat_figures(365, switches=switches))


@scene("charts_year", variants=("german", "large_text", "rtl"))
def charts_year(stage: Stage) -> QWidget:
    """Twelve months, and back and forth between the modes."""
    return _year(stage)


@scene("charts_empty", variants=("large_text",))
def charts_empty(stage: Stage) -> QWidget:
    """No data."""
    return _cards(stage, CostFigures("USD"), SeatFigures(date(2026, 11, 23)))


@scene("charts_one_month", variants=("rtl",))
def charts_one_month(stage: Stage) -> QWidget:
    """One month."""
    return _cards(stage, cost_figures(1), seat_figures(23))


@scene("charts_two_years", variants=("german", "large_text"))
def charts_two_years(stage: Stage) -> QWidget:
    """24 months."""
    switches = (ChartSwitch(date(2025, 3, 1), Mode.PURCHASE), ChartSwitch(date(2025, 7, 1), Mode.USAGE), TO_PURCHASE)
    return _cards(stage, cost_figures(24, currency="EUR", switches=switches), seat_figures(730, switches=switches))


@scene("charts_pointed", variants=("rtl", "large_text"))
def charts_pointed(stage: Stage) -> QWidget:
    """With the values of a point, as under the pointer."""
    ground = _year(stage)
    for chart in ground.findChildren(CostChart) + ground.findChildren(SeatChart):
        for _step in range(4):
            QTest.keyClick(chart, Qt.Key.Key_Left)
    return ground


@scene("charts_unpriced")
def charts_unpriced(stage: Stage) -> QWidget:
    """Prices of one mode are missing; a currency without decimals; weeks."""
    figures = cost_figures(6)
    points = tuple(CostPoint(point.month, point.usage, None, point.usage, point.mode) for point in figures.points)
    return _cards(stage, CostFigures("JPY", points), seat_figures(45, switches=(TO_USAGE,)))


@scene("charts_nothing_priced", variants=("german",))
def charts_nothing_priced(stage: Stage) -> QWidget:
    """What is held has no price in either mode."""
    points = tuple(CostPoint(point.month, None, None, None, point.mode) for point in cost_figures(6).points)
    return _cards(stage, CostFigures("KES", points), seat_figures(45))


@scene("charts_as_table", variants=("german",))
def charts_as_table(stage: Stage) -> QWidget:
    """The same figures as a table."""
    ground = _year(stage)
    for card in ground.findChildren(ChartCard)[:1]:
        card.as_table.click()
    return ground

"""Cost by month in both modes."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date, format_month, format_short_month, format_whole_money
from cpdesk.base.i18n import _
from cpdesk.base.money_words import amount_text
from cpdesk.base.regions import minor_digits
from cpdesk.domain.modes import Mode
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui import theme
from cpdesk.ui.charts.axes import ValueAxis, label_width
from cpdesk.ui.charts.chart import Chart
from cpdesk.ui.charts.figures import ChartSwitch, CostFigures, CostPoint
from cpdesk.ui.charts.marks import LegendEntry, Swatch, paint_bar, paint_charged, swatch_of
from cpdesk.ui.charts.plot import Plot
from cpdesk.ui.charts.reading import Reading, Value
from cpdesk.ui.charts.scales import Stretch, TimeLabel, month_labels, nice_steps, stretches
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.chips import mode_look, mode_name
from cpdesk.ui.widgets.columns import Align, Column

_STEPS = 4
_WIDEST = 28
"""A bar is no wider than this, however few there are."""
_FILLED = 0.64
"""How much of a month its bars take."""
_NONE = CostFigures("USD")


class CostChart(Chart):
    """Grouped bars by month, one for each mode, with the switches marked and what was charged across them."""

    def __init__(self, figures: CostFigures | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = figures or _NONE
        self._on_figures_changed()

    def set_figures(self, figures: CostFigures) -> None:
        """Show these months."""
        self._figures = figures
        self.figures_changed.emit()

    def legend(self) -> Sequence[LegendEntry]:
        entries = [LegendEntry(swatch_of(mode), _name(mode)) for mode in Mode]
        charged = [LegendEntry(Swatch.CHARGED, _("Charged"))] if self._has_charged() else []
        return entries + charged

    def gist(self) -> str:
        points = self._figures.points
        span = _("{first} to {last}.").format(first=format_month(points[0].month), last=format_month(points[-1].month))
        costs = [self._gist_of(mode) for mode in Mode]
        return " ".join([span, *costs, *map(_switched, self._figures.switches)])

    def columns(self) -> Sequence[Column[CostPoint]]:
        money = [
            self._money_column("usage", Mode.USAGE),
            self._money_column("purchase", Mode.PURCHASE),
        ]
        return (_MONTH, *money, self._charged_column(), _MODE)

    def rows(self) -> Sequence[CostPoint]:
        return self._figures.points

    def _money_column(self, key: str, mode: Mode) -> Column[CostPoint]:
        return Column(
            key,
            lambda: _name(mode),
            lambda point: _cost(point, mode),
            lambda point: self._money(_cost(point, mode)),
            Align.END,
            min_width=110,
        )

    def _charged_column(self) -> Column[CostPoint]:
        return Column(
            "charged",
            lambda: _("Charged"),
            lambda point: point.actual,
            lambda point: "" if point.actual is None else self._money(point.actual),
            Align.END,
            min_width=110,
        )

    def _money(self, amount: Decimal | None) -> str:
        return amount_text(amount, self._figures.currency)

    def _gist_of(self, mode: Mode) -> str:
        known = [cost for point in self._figures.points if (cost := _cost(point, mode)) is not None]
        if not known:
            return _("{mode}: no price.").format(mode=_name(mode))
        text = _("{mode}: {total} in all, between {least} and {most} a month.")
        money = self._money
        return text.format(
            mode=_name(mode), total=money(sum(known, Decimal())), least=money(min(known)), most=money(max(known))
        )

    def _has_charged(self) -> bool:
        return any(point.actual is not None for point in self._figures.points)

    def _count(self) -> int:
        return 0 if self._is_unpriced() else len(self._figures.points)

    def _is_unpriced(self) -> bool:
        """Whether prices are missing, and nothing else costs anything: an axis would measure nothing."""
        costs = [cost for point in self._figures.points for cost in (point.usage, point.purchase)]
        return None in costs and not any(costs)

    def _extent(self, place: int) -> tuple[float, float]:
        return place / self._count(), (place + 1) / self._count()

    def _nearest(self, share: float) -> int:
        return min(int(share * self._count()), self._count() - 1)

    def _reading(self, place: int) -> Reading:
        point = self._figures.points[place]
        values = [Value(swatch_of(mode), _name(mode), self._money(_cost(point, mode))) for mode in Mode]
        if point.actual is not None:
            values.append(Value(Swatch.CHARGED, _("Charged"), self._money(point.actual)))
        return Reading(_month_text(point), tuple(values))

    def _axis(self) -> ValueAxis:
        costs = [cost for point in self._figures.points for cost in _costs(point) if cost is not None]
        most = max(costs, default=Decimal())
        smallest = Decimal(1) if most >= _STEPS else Decimal(1).scaleb(-minor_digits(self._figures.currency))
        steps = nice_steps(most, _STEPS, smallest)
        return ValueAxis(steps, [format_whole_money(step, self._figures.currency) for step in steps])

    def _modes(self) -> Sequence[Stretch]:
        points = self._figures.points
        begins = points[0].mode if not self._figures.switches else None
        return stretches(begins, [(self._share_of(switch), switch) for switch in self._figures.switches])

    def _share_of(self, switch: ChartSwitch) -> float:
        """Where a day is among the months."""
        month = switch.day.replace(day=1)
        before = sum(point.month < month for point in self._figures.points)
        days = (first_of_next_month(month) - month).days
        inside = (switch.day.day - 1) / days if any(point.month == month for point in self._figures.points) else 0
        return (before + inside) / self._count()

    def _time_labels(self, plot: Plot) -> Sequence[TimeLabel]:
        places = [(point.month, sum(self._extent(place)) / 2) for place, point in enumerate(self._figures.points)]
        room = label_width([*(format_short_month(month) for month, _share in places), "0000"])
        return month_labels(places, int(plot.area.width() // room))

    def _paint_figures(self, painter: QPainter, plot: Plot) -> None:
        room = plot.area.width() / self._count()
        width = min(room * _FILLED / 2, _WIDEST * theme.current().fonts.scale)
        gap = min(width / 5, 4)
        for place, point in enumerate(self._figures.points):
            middle = plot.x(sum(self._extent(place)) / 2)
            for mode, side in zip(Mode, (1, 0) if plot.rtl else (0, 1), strict=True):
                left = middle + (gap / 2 if side else -gap / 2 - width)
                self._paint_month(painter, plot, QRectF(left, 0, width, 0), point, mode)
            if point.actual is not None:
                reach = width + gap / 2 + 3
                paint_charged(painter, middle - reach, middle + reach, plot.y(point.actual))

    def _paint_month(self, painter: QPainter, plot: Plot, bar: QRectF, point: CostPoint, mode: Mode) -> None:
        cost = _cost(point, mode)
        if cost is None:
            _paint_unknown(painter, plot, bar)
            return
        bar.setTop(plot.y(cost))
        bar.setBottom(plot.area.bottom())
        paint_bar(painter, bar, mode, faint=point.provisional)

    def _empty_text(self) -> str:
        if self._is_unpriced():
            return _("What was held in these months has no price.")
        return _("There is no complete month yet. The first one is shown here when it is over.")


def _paint_unknown(painter: QPainter, plot: Plot, bar: QRectF) -> None:
    """A question mark where a bar would stand."""
    looks = theme.current()
    painter.setFont(looks.fonts.font(TextRole.CHIP))
    painter.setPen(QColor(looks.tokens.soft))
    height = painter.fontMetrics().height()
    place = QRectF(bar.left() - height, plot.area.bottom() - height - 2, bar.width() + 2 * height, height)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")


def _name(mode: Mode) -> str:
    """What a mode's bars are. What was charged in Purchase Mode is told by itself: it may have been a larger pool."""
    return mode_name(mode) if mode is Mode.USAGE else _("Purchase Mode, smallest pool")


def _cost(point: CostPoint, mode: Mode) -> Decimal | None:
    return point.usage if mode is Mode.USAGE else point.purchase


def _costs(point: CostPoint) -> tuple[Decimal | None, ...]:
    return point.usage, point.purchase, point.actual


def _switched(switch: ChartSwitch) -> str:
    return _("{mode} from {day}.").format(mode=mode_name(switch.to), day=format_date(switch.day))


def _month_text(point: CostPoint) -> str:
    month = format_month(point.month)
    return _("{month}, so far").format(month=month) if point.provisional else month


_MONTH: Column[CostPoint] = Column(
    "month", lambda: _("Month"), lambda point: point.month, _month_text, stretch=1, min_width=120
)
_MODE: Column[CostPoint] = Column(
    "mode",
    lambda: _("Mode at the month's end"),
    lambda point: point.mode or "",
    lambda point: mode_name(point.mode) if point.mode else "",
    chip=lambda point: mode_look(point.mode) if point.mode else None,
    min_width=140,
)

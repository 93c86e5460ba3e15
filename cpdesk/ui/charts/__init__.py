"""Charts: figures drawn in the theme's colours, readable without them, by hand and by ear; and as a table."""

from cpdesk.ui.charts.card import ChartCard
from cpdesk.ui.charts.cost import CostChart
from cpdesk.ui.charts.figures import ChartSwitch, CostFigures, CostPoint, SeatFigures, SeatPoint
from cpdesk.ui.charts.seats import SeatChart

__all__ = ["ChartCard", "ChartSwitch", "CostChart", "CostFigures", "CostPoint", "SeatChart", "SeatFigures", "SeatPoint"]

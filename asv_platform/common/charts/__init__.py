"""Charts as inline SVG, the same for pages and PDF: import everything from here."""

from asv_platform.common.charts.bars import horizontal_bars, vertical_bars
from asv_platform.common.charts.base import Bar, Chart
from asv_platform.common.charts.calendar import GanttRow, Span, gantt
from asv_platform.common.charts.lines import line, sparkline
from asv_platform.common.charts.shares import Share, meter, stacked_share
from asv_platform.common.charts.spine import Gap, spine

__all__ = [
    "Bar", "Chart", "GanttRow", "Gap", "Share", "Span",
    "gantt", "horizontal_bars", "line", "meter", "sparkline", "spine", "stacked_share", "vertical_bars",
]  # fmt: skip

"""The Gantt chart."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from asv_platform.common import formats
from asv_platform.common.charts.base import CHAR, Chart, clip, drawing, label_width, rect, sentence, short, stroke, text


@dataclass(frozen=True)
class Span:
    """A period on a Gantt line; ``state`` is past, current or todo."""

    starts_on: dt.date
    ends_on: dt.date
    text: str = ""
    state: str = "todo"


@dataclass(frozen=True)
class GanttRow:
    """One line of the calendar."""

    label: str
    spans: Sequence[Span]


SPAN_TONES = {"past": ("past", "ink", False), "current": ("ink", "on", False), "todo": ("paper", "ink", True)}


def gantt(title: str, rows: Sequence[GanttRow], *, starts_on: dt.date, ends_on: dt.date, today: dt.date | None = None,
          desc: str = "", width: float = 992) -> Chart:  # fmt: skip
    """The calendar of a year or of any period; ``today`` is drawn when it falls inside."""
    left = label_width([row.label for row in rows], 240) + 8
    days = max((ends_on - starts_on).days + 1, 1)
    scale = (width - left) / days

    def x_of(day: dt.date) -> float:
        return left + min(max((day - starts_on).days, 0), days) * scale

    bottom = 32 + len(rows) * 32
    parts = [part for month in _months(starts_on, ends_on) for part in _month_mark(month, x_of(month), bottom - 4)]
    for index, row in enumerate(rows):
        y = 32 + index * 32
        parts.append(text(0, y + 17, clip(row.label, left)))
        for span in row.spans:
            parts += _span(span, x_of(span.starts_on), x_of(span.ends_on + dt.timedelta(days=1)), y, width)
    if today and starts_on <= today <= ends_on:
        x = x_of(today)
        anchor = "end" if x > width - 50 else "middle"
        parts.append(stroke(f"M{short(x)} 22V{short(bottom)}"))
        parts.append(text(x, bottom + 16, "aujourd’hui", anchor=anchor, bold=True))
    table = [
        [row.label, span.text, formats.date_short(span.starts_on), formats.date_short(span.ends_on)]
        for row in rows
        for span in row.spans
    ]
    described = desc or sentence([(line[0], f"{line[1]} du {line[2]} au {line[3]}") for line in table])
    svg = drawing(parts, width, bottom + 24, title, described)
    return Chart(title, svg, ["Ligne", "Étape", "Début", "Fin"], table, numeric=False)


def _months(starts_on: dt.date, ends_on: dt.date) -> list[dt.date]:
    month, found = starts_on.replace(day=1), []
    while month <= ends_on:
        found.append(month)
        month = (month + dt.timedelta(days=32)).replace(day=1)
    step = 1 + len(found) // 18
    return found[::step]


def _month_mark(month: dt.date, x: float, bottom: float) -> list[str]:
    name = formats.MONTHS_SHORT[month.month - 1]
    return [stroke(f"M{short(x)} 24V{short(bottom)}", "rule", width=1), text(x + 6, 16, name, tone="t2")]


def _span(span: Span, start: float, end: float, y: float, width: float) -> list[str]:
    tone, word, framed = SPAN_TONES[span.state]
    parts = [rect(start, y, max(end - start, 3), 24, tone, radius=3, framed=framed)]
    room = len(span.text) * CHAR + 12
    if span.text and room <= end - start:
        parts.append(text(start + 8, y + 17, span.text, tone=word))
    elif span.text and end + room < width:
        parts.append(text(end + 6, y + 17, span.text))
    return parts

"""Values over time."""

from collections.abc import Sequence

from asv_platform.common import formats
from asv_platform.common.charts.base import (
    COLOURS,
    Bar,
    Chart,
    drawing,
    highest,
    label_width,
    sentence,
    short,
    stroke,
    text,
    values_table,
)


def line(title: str, points: Sequence[Bar], *, reference: Bar | None = None, desc: str = "",
         headers: Sequence[str] = ("Période", "Valeur"), width: float = 620, height: float = 190) -> Chart:  # fmt: skip
    """A curve over time; a period without value leaves a gap, it is never drawn as zero."""
    left, base = 12.0, height - 28
    top = highest([point.value for point in points], reference.value if reference else None) * 1.1
    step = (width - left * 2 - 30) / max(len(points) - 1, 1)
    at = [(left + index * step, None if point.value is None else base - point.value / top * (base - 24))
          for index, point in enumerate(points)]  # fmt: skip
    parts = [stroke(f"M0 {short(base)}H{short(width)}", "line", width=1)]
    if reference and reference.value is not None:
        level = base - reference.value / top * (base - 24)
        parts.append(stroke(f"M0 {short(level)}H{short(width)}", dashed=True))
        first = next((point for _, point in at if point is not None), base)
        parts.append(
            text(0, level - 8 if first > level else level + 18, f"{reference.label} {reference.written}", tone="t2")
        )
    parts.append(stroke(_path(at)))
    every = 1 + int(label_width([point.label for point in points], 200) // max(step, 1))
    for index, ((x, y), point) in enumerate(zip(at, points, strict=True)):
        if y is not None:
            parts.append(f'<circle class="ink" fill="{COLOURS["ink"]}" cx="{short(x)}" cy="{short(y)}" r="4"/>')
        if index % every == 0:
            anchor = "start" if index == 0 else "middle"
            parts.append(text(0 if index == 0 else x, height - 8, point.label, tone="t2", anchor=anchor))
    last = next(((x, y, p) for (x, y), p in zip(reversed(at), reversed(points), strict=True) if y is not None), None)
    if last:
        parts.append(text(min(last[0] + 8, width), last[1] - 8, last[2].written, anchor="end", bold=True))
    rows = values_table(points) + ([[reference.label, reference.written]] if reference else [])
    svg = drawing(parts, width, height, title, desc or sentence([(row[0], row[1]) for row in rows]))
    return Chart(title, svg, list(headers), rows)


def _path(points: Sequence[tuple[float, float | None]]) -> str:
    path, pen = [], "M"
    for x, y in points:
        if y is None:
            pen = "M"
            continue
        path.append(f"{pen}{short(x)} {short(y)}")
        pen = "L"
    return "".join(path) or "M0 0"


def sparkline(title: str, values: Sequence[float | None], *, width: float = 96, height: float = 24) -> Chart:
    """A curve without axis, for a table cell; the numbers stand beside it in the table."""
    top = highest(list(values))
    step = (width - 8) / max(len(values) - 1, 1)
    at = [(4 + index * step, None if value is None else height - 4 - value / top * (height - 8))
          for index, value in enumerate(values)]  # fmt: skip
    known = [(x, y) for x, y in at if y is not None]
    parts = [stroke(_path(at))]
    if known:
        x, y = known[-1]
        parts.append(f'<circle class="ink" fill="{COLOURS["ink"]}" cx="{short(x)}" cy="{short(y)}" r="3"/>')
    rows = [[str(index + 1), formats.number(value) or "non connu"] for index, value in enumerate(values)]
    svg = drawing(parts, width, height, title, sentence([(row[0], row[1]) for row in rows]), wide=False)
    return Chart(title, svg, ["Rang", "Valeur"], rows)

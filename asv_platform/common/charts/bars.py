"""Columns and lines of bars."""

from collections.abc import Sequence

from asv_platform.common.charts.base import (
    Bar,
    Chart,
    clip,
    drawing,
    highest,
    label_width,
    rect,
    sentence,
    short,
    stroke,
    text,
    values_table,
)


def vertical_bars(title: str, bars: Sequence[Bar], *, desc: str = "", headers: Sequence[str] = ("", "Valeur"),
                  height: float = 170) -> Chart:  # fmt: skip
    """Columns with their value on top and their label below; every other label is dropped when they would touch."""
    step = max(620 / max(len(bars), 1), 24)
    step = min(step, 90)
    top = highest([bar.value for bar in bars])
    base = height - 24
    every = 1 + int(label_width([bar.label for bar in bars], 200) // step)
    parts = [stroke(f"M0 {short(base)}H{short(step * len(bars))}", "line", width=1)]
    for index, bar in enumerate(bars):
        middle = index * step + step / 2
        tall = (bar.value or 0) / top * (base - 28)
        parts.append(rect(middle - step * 0.32, base - tall, step * 0.64, tall, bar.tone))
        parts.append(text(middle, base - tall - 6, bar.written if bar.value is not None else "–", anchor="middle"))
        if index % every == 0:
            parts.append(text(middle, height - 6, bar.label, tone="t2", anchor="middle"))
    described = desc or sentence([(bar.label, bar.written) for bar in bars])
    svg = drawing(parts, max(step * len(bars), 60), height, title, described, wide=False)
    return Chart(title, svg, list(headers), values_table(bars))


def horizontal_bars(title: str, bars: Sequence[Bar], *, reference: Bar | None = None, desc: str = "",
                    headers: Sequence[str] = ("", "Valeur"), width: float = 480) -> Chart:  # fmt: skip
    """One line a bar, its value at the right, and a dashed line for the value to compare with."""
    left = label_width([bar.label for bar in bars], width * 0.42)
    right = label_width([bar.written for bar in bars], width * 0.3) + 6
    track = width - left - right
    top = highest([bar.value for bar in bars], reference.value if reference else None)
    parts = []
    for index, bar in enumerate(bars):
        y = index * 34
        parts.append(text(0, y + 22, clip(bar.label, left)))
        parts.append(rect(left, y + 7, track, 20, "bg"))
        parts.append(rect(left, y + 7, (bar.value or 0) / top * track, 20, bar.tone))
        parts.append(
            text(width, y + 22, bar.written, tone="bad" if bar.tone == "bad" else "ink", anchor="end", bold=True)
        )
    height = len(bars) * 34 + (24 if reference else 2)
    rows = values_table(bars)
    if reference and reference.value is not None:
        x = left + reference.value / top * track
        anchor = "end" if x > width * 0.75 else "middle"
        parts.append(stroke(f"M{short(x)} 0V{short(len(bars) * 34)}", dashed=True))
        parts.append(text(x, height - 4, f"{reference.label} {reference.written}", tone="t2", anchor=anchor))
        rows.append([reference.label, reference.written])
    described = desc or sentence([(row[0], row[1]) for row in rows])
    return Chart(title, drawing(parts, width, height, title, described), list(headers), rows)

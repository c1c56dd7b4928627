"""The spine chart: a place compared with another, indicator by indicator."""

from collections.abc import Sequence
from dataclasses import dataclass

from asv_platform.common.charts.base import (
    COLOURS,
    Chart,
    clip,
    drawing,
    label_width,
    rect,
    sentence,
    short,
    stroke,
    text,
)


@dataclass(frozen=True)
class Gap:
    """One line of a spine chart: how far a place stands from the one it is compared with.

    ``position`` goes from -1 (least favourable) through 0 (the comparator) to 1; ``verdict`` is better, worse, similar
    or unknown and chooses the mark, so that the shape says what the colour says.
    """

    label: str
    position: float | None
    text: str
    verdict: str = "similar"


VERDICTS = {"better": "plus favorable", "worse": "moins favorable", "similar": "proche", "unknown": "non comparable"}


def _mark(x: float, y: float, verdict: str) -> str:
    if verdict == "worse":
        return f'<path class="bad" fill="{COLOURS["bad"]}" d="M{short(x)} {short(y - 10)}l9 10-9 10-9-10z"/>'
    if verdict == "better":
        return rect(x - 8, y - 8, 16, 16, "good", radius=0)
    return f'<circle class="ink" fill="{COLOURS["ink"]}" cx="{short(x)}" cy="{short(y)}" r="8"/>'


def spine(title: str, gaps: Sequence[Gap], *, comparator: str, desc: str = "", width: float = 540) -> Chart:
    """Each indicator as a mark left (less favourable) or right (more favourable) of the comparator's line."""
    left = label_width([gap.label for gap in gaps], width * 0.36)
    right = label_width([gap.text for gap in gaps] + ["valeur"], width * 0.2)
    track = width - left - right
    centre = left + track / 2
    parts = [
        text(left, 16, "moins favorable", tone="t2"),
        text(left + track, 16, "plus favorable", tone="t2", anchor="end"),
        text(width, 16, "valeur", tone="t2", anchor="end"),
    ]
    for index, gap in enumerate(gaps):
        y = 45 + index * 34
        parts.append(text(0, y + 4, clip(gap.label, left)))
        parts.append(rect(left, y - 8, track, 16, "bg"))
        parts.append(rect(left + track / 4, y - 8, track / 2, 16, "better"))
        if gap.position is not None:
            x = centre + max(-1, min(1, gap.position)) * (track / 2 - 10)
            parts.append(_mark(x, y, gap.verdict))
        parts.append(text(width, y + 5, gap.text, anchor="end", bold=True))
    bottom = 45 + len(gaps) * 34 - 18
    parts.append(stroke(f"M{short(centre)} 26V{short(bottom)}"))
    parts.append(text(centre, bottom + 18, comparator, tone="t2", anchor="middle"))
    rows = [[gap.label, gap.text, VERDICTS.get(gap.verdict, gap.verdict)] for gap in gaps]
    described = desc or sentence([(row[0], f"{row[1]}, {row[2]}") for row in rows])
    svg = drawing(parts, width, bottom + 26, title, described, wide=False)
    return Chart(title, svg, ["Indicateur", "Valeur", f"Par rapport à {comparator}"], rows)

"""Charts as inline SVG, the same for pages and PDF.

Presentation attributes carry the light colours, so that a PDF needs no style sheet; the classes only recolour in the
dark. Every function of this package is pure and returns a Chart: the drawing, and the same values as a table.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString

from asv_platform.common import formats

COLOURS = {
    "ink": "#22304A",
    "t2": "#5B6475",
    "bg": "#F3F0E9",
    "paper": "#FFFFFF",
    "better": "#C6DCF0",
    "worse": "#F4D2A8",
    "bad": "#9B1C1C",
    "good": "#2E6F57",
    "past": "#E2DDD2",
    "on": "#FFFFFF",
    "line": "#857F72",
    "rule": "#E2DDD2",
}
CHAR = 7.0  # mean width of a character of 14 px, to place labels without measuring them


@dataclass(frozen=True)
class Chart:
    """A drawing and the values it shows."""

    title: str
    svg: SafeString
    headers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    numeric: bool = True  # the columns after the first hold numbers

    @property
    def stacks(self) -> bool:
        """Whether its table is too wide for a phone, where each line becomes a block."""
        return len(self.headers) > 2

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """The rows of the table, each cell with the header it stands under."""
        return [list(zip(self.headers, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Bar:
    """One bar: ``text`` is its value as written; None as value means unknown or masked."""

    label: str
    value: float | None
    text: str = ""
    tone: str = "ink"

    @property
    def written(self) -> str:
        """The value as the reader sees it."""
        if self.text:
            return self.text
        return "non connu" if self.value is None else formats.number(self.value)


def short(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def text(x: float, y: float, words: str, *, tone: str = "ink", anchor: str = "start", bold: bool = False) -> str:
    """One line of escaped text."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{short(x)}" y="{short(y)}" class="{tone}" fill="{COLOURS[tone]}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )


def rect(x: float, y: float, width: float, height: float, tone: str, *, radius: float = 2, framed: bool = False) -> str:
    """A filled rectangle; framed ones keep an edge that prints."""
    edge = f' stroke="{COLOURS["line"]}"' if framed else ""
    return (
        f'<rect x="{short(x)}" y="{short(y)}" width="{short(max(width, 0))}" height="{short(height)}" '
        f'rx="{short(radius)}" '
        f'class="{tone}{" line" if framed else ""}" fill="{COLOURS[tone]}"{edge}/>'
    )


def stroke(path: str, tone: str = "ink", *, width: float = 2, dashed: bool = False) -> str:
    """A line along ``path``."""
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    css = {"ink": "l-ink"}.get(tone, tone)
    return f'<path class="{css}" d="{path}" stroke="{COLOURS[tone]}" stroke-width="{short(width)}" fill="none"{dash}/>'


def drawing(
    parts: Sequence[str], width: float, height: float, title: str, desc: str, *, wide: bool = True
) -> SafeString:
    """The SVG element around ``parts``, named and described for assistive tools, with ids of its own."""
    body = "".join(parts)
    key = hashlib.blake2s(f"{title}|{desc}|{body}".encode(), digest_size=4).hexdigest()
    return SafeString(
        f'<svg class="chart{" wide" if wide else ""}" xmlns="http://www.w3.org/2000/svg" width="{short(width)}" '
        f'viewBox="0 0 {short(width)} {short(height)}" role="img" aria-labelledby="c{key}t c{key}d" font-size="14">'
        f'<title id="c{key}t">{escape(title)}</title><desc id="c{key}d">{escape(desc)}</desc>{body}</svg>'
    )


def label_width(labels: Sequence[str], most: float) -> float:
    """The room that the longest label needs, up to ``most``."""
    return min(max((len(label) for label in labels), default=0) * CHAR + 10, most)


def clip(label: str, width: float) -> str:
    """The label, cut with an ellipsis when it is wider than ``width``."""
    room = max(int(width / CHAR), 4)
    return label if len(label) <= room else label[: room - 1].rstrip() + "…"


def highest(values: Sequence[float | None], *others: float | None) -> float:
    """The largest known value, never 0: it divides."""
    return max([value for value in (*values, *others) if value is not None] + [0]) or 1


def sentence(pairs: Sequence[tuple[str, str]]) -> str:
    """The description read aloud when the page gives none."""
    return " ; ".join(f"{label} {value}" for label, value in pairs) + "."


def values_table(bars: Sequence[Bar]) -> list[list[str]]:
    """The bars as rows of a table."""
    return [[bar.label, bar.written] for bar in bars]

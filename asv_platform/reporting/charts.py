"""The charts of the printed reports. Each returns a figure whose title says what it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from django.utils.safestring import SafeString

from asv_platform.common.formats import money
from asv_platform.reporting.svg import INK, MUTED, RAMP, circle, figure, line, n, path, rect, text

Amount = int | float | Decimal
STATUS = {
    "better": "plus favorable", "worse": "moins favorable", "same": "proche", "none": "écart non qualifié",
}  # fmt: skip
LADDER = ("aucune", "information", "consultation", "concertation", "co-construction")


@dataclass(frozen=True)
class Part:
    """A part of a whole: its name and its value."""

    label: str
    value: Amount


def _drawn(parts: Sequence[Part], width: float) -> list[tuple[Part, float, float]]:
    total = float(sum(part.value for part in parts)) or 1.0
    x, placed = 0.0, []
    for part in parts:
        w = width * float(part.value) / total
        placed.append((part, x, w))
        x += w
    return placed


def _gap(index: int, count: int) -> float:
    return 0.5 if index < count - 1 else 0.0


def tint(index: int) -> int:
    """The step of the ramp that a part takes in ``stacked``; the class ``tint<n>`` of its square in a legend."""
    return index % len(RAMP)


def stacked(parts: Sequence[Part], *, width: float, height: float, title: str) -> SafeString:
    """The parts of a whole, darkest first, parted by white gaps."""
    body = [
        rect(x, 0, w - _gap(i, len(parts)), height, RAMP[tint(i)]) for i, (_, x, w) in enumerate(_drawn(parts, width))
    ]
    return figure(width, height, title, body)


def bar(value: Amount, maximum: Amount, *, width: float, height: float = 2.6, title: str) -> SafeString:
    """A bar that starts at zero."""
    share = float(value) / float(maximum) if maximum else 0
    return figure(width, height, title, rect(0, 0, width * share, height))


def bullet(ratio: float | None, *, width: float = 42, height: float = 4.2, title: str) -> SafeString:
    """Obtained over target: the upright mark is the target, the scale stops at 150 %. Unknown is hatched, not zero."""
    if ratio is None:
        marks = range(int(width / 1.5 / 2))
        return figure(width, height, title, [line(i * 2, height - 0.9, i * 2 + 1.6, 0.9, MUTED, 0.18) for i in marks])
    target = width / 1.5
    body = [
        rect(0, 0.9, target, height - 1.8, RAMP[4]),
        rect(0, height / 2 - 0.65, width * min(ratio, 1.5) / 1.5, 1.3),
        rect(target - 0.2, 0, 0.4, height),
    ]
    return figure(width, height, title, body)


def wait(days: int, *, answered: bool, width: float = 50, maximum: int = 220) -> SafeString:
    """Days until the first written answer: closed by a stop, or left running (arrow) while nobody has answered."""
    height, x = 3.2, width * min(days, maximum) / max(maximum, 1)
    y = height / 2
    if answered:
        end = rect(x - 0.2, 0, 0.5, height)
    else:
        end = path(f"M{n(x - 2.6)} 0.1L{n(x)} {n(y)}L{n(x - 2.6)} {n(height - 0.1)}Z", fill=INK)
    stem = rect(0, y - 0.8, x if answered else x - 2, 1.6, RAMP[1] if answered else INK)
    return figure(width, height, f"{days} jours" + ("" if answered else ", sans réponse"), stem + end)


def waffle(cells: Sequence[tuple[int, bool]], *, per_row: int = 7, size: float = 8.6, title: str) -> SafeString:
    """One square for each action, full when its report is in; a missing one is hatched, never just pale."""
    step = size + 1.6
    body = []
    for i, (label, filled) in enumerate(cells):
        body.append(_cell(i % per_row * step + 0.2, i // per_row * step + 0.2, size, label, filled=filled))
    rows = -(-len(cells) // per_row)
    return figure(min(per_row, len(cells)) * step - 1.2, rows * step - 1.2, title, body)


def _cell(x: float, y: float, size: float, label: int, *, filled: bool) -> str:
    middle = (x + size / 2, y + size / 2 + 1.15, label, 3.2)
    if filled:
        return rect(x, y, size, size) + text(*middle, anchor="middle", fill="#fff", weight=600)
    hatches = [rect(x, y, size, size, "#fff", f' stroke="{INK}" stroke-width=".3"')]
    quarter = size / 4
    for j in range(1, 8):
        near, far = min(j, 4) * quarter, max(j - 4, 0) * quarter
        hatches.append(line(x + near, y + far, x + far, y + near, RAMP[3], 0.2))
    hatches.append(circle(x + size / 2, y + size / 2, 2.3, "#fff"))
    return "".join(hatches) + text(*middle, anchor="middle", weight=600)


def mark(x: float, y: float, status: str, r: float = 1.35) -> str:
    """The state of a comparison by shape: ▼ worse (full), ▲ better (open), ○ same, ● not judged."""
    sign = {"better": -1, "worse": 1}.get(status)
    if sign is None:
        return circle(x, y, r * 0.92, "#fff", INK, 0.45) if status == "same" else circle(x, y, r * 0.6)
    d = f"M{n(x)} {n(y + sign * r * 1.1)}L{n(x + r * 1.15)} {n(y - sign * r * 0.85)}H{n(x - r * 1.15)}Z"
    return path(d, fill=INK if sign > 0 else "#fff", stroke=INK, width=0.45)


def legend_marks() -> list[tuple[SafeString, str]]:
    """Every mark of a comparison and its words."""
    return [(figure(4, 4, words, mark(2, 2, status)), words) for status, words in STATUS.items()]


@dataclass(frozen=True)
class SpineRow:
    """A value among its comparable areas; ``low`` to ``high`` is their range, the quartiles hold half of them."""

    value: float
    reference: float
    low: float
    first_quartile: float
    third_quartile: float
    high: float
    higher_is_better: bool
    status: str
    interval: tuple[float, float] | None = None


def spine(row: SpineRow, *, width: float = 57, height: float = 6, title: str) -> SafeString:
    """Worst on the left, the reference in the middle, best on the right, whatever the direction of the indicator."""
    span = max(abs(row.high - row.reference), abs(row.reference - row.low), abs(row.value - row.reference)) or 1
    scale = (1 if row.higher_is_better else -1) / span * (width / 2 - 2)
    y = height / 2

    def px(value: float) -> float:
        return width / 2 + (value - row.reference) * scale

    def segment(a: float, b: float, fill: str) -> str:
        return rect(min(px(a), px(b)), y - 1.5, abs(px(a) - px(b)), 3, fill)

    body = [
        segment(row.low, row.high, RAMP[4]),
        segment(row.first_quartile, row.third_quartile, RAMP[3]),
        line(width / 2, 0, width / 2, height, INK, 0.3),
    ]
    if row.interval:
        body.append(line(px(row.interval[0]), y, px(row.interval[1]), y, INK, 0.35))
    return figure(width, height, title, [*body, mark(px(row.value), y, row.status)])


def swatch(level: int) -> SafeString:
    """A square of the legend of the heat map."""
    fill = ("#fff", RAMP[4], RAMP[3], RAMP[1], RAMP[0])[level]
    dashes = ' stroke-dasharray=".6 .5"' if level == 0 else ""
    stroke = f' stroke="{MUTED}" stroke-width=".2"{dashes}'
    return figure(5, 3.4, LADDER[level], rect(0.15, 0.15, 4.7, 3.1, fill, stroke))


# ── the flow of money ────────────────────────────────────────────────────────────────────────────────────────────────
RIBBONS = ("#9AA6BD", "#B4BED0", "#CBD2DF", "#DDE2EA", "#EBEEF3")
NODE_WIDTH, NODE_GAP, LEFT_WORDS, RIGHT_WORDS = 3.0, 7.0, 36.0, 58.0
LINE, LEFT_LETTERS, RIGHT_LETTERS = 3.8, 21, 33  # height of a line of words, letters that fit beside a node


def flow(
    left: Sequence[Part],
    right: Sequence[Part],
    amounts: Sequence[Sequence[Amount]],
    *,
    width: float = 162,
    height: float = 72,
    title: str,
) -> SafeString:
    """Ribbons from funders to priorities, as wide as the amounts; each takes the tint of where it comes from."""
    total = float(sum(part.value for part in left)) or 1.0
    most = max(len(left), len(right))
    said = _lines(left, LEFT_LETTERS), _lines(right, RIGHT_LETTERS)
    height = max(height, *(sum(_tall(lines) for lines in side) for side in said))
    unit = (height - NODE_GAP * (most - 1)) / total
    tops = [_tops(left, unit, height), _tops(right, unit, height)]
    x1, x2 = LEFT_WORDS + NODE_WIDTH, width - RIGHT_WORDS
    body = [
        *_ribbons(amounts, tops, unit, (x1, x2)),
        *_nodes(LEFT_WORDS, left, tops[0], unit, [RAMP[min(i, 3)] for i in range(len(left))]),
        *_nodes(x2, right, tops[1], unit, [INK] * len(right)),
        *_words(LEFT_WORDS - 2, left, _beside(left, tops[0], unit), said[0], height + LINE, anchor="end"),
        *_words(x2 + NODE_WIDTH + 2, right, _beside(right, tops[1], unit), said[1], height + LINE, anchor="start"),
    ]
    return figure(width, height + LINE, title, body)


def _tops(parts: Sequence[Part], unit: float, height: float) -> list[float]:
    heights = [float(part.value) * unit for part in parts]
    y = (height - sum(heights) - NODE_GAP * (len(parts) - 1)) / 2
    tops = []
    for h in heights:
        tops.append(y)
        y += h + NODE_GAP
    return tops


def _ribbons(amounts, tops: list[list[float]], unit: float, ends: tuple[float, float]) -> list[str]:
    lefts, rights = list(tops[0]), list(tops[1])
    (x1, x2), ribbons = ends, []
    m = n((x1 + x2) / 2)
    for i, row in enumerate(amounts):
        for j, amount in enumerate(row):
            h, a, b = float(amount) * unit, lefts[i], rights[j]
            if not h:
                continue
            d = (
                f"M{n(x1)} {n(a)}C{m} {n(a)} {m} {n(b)} {n(x2)} {n(b)}V{n(b + h)}"
                f"C{m} {n(b + h)} {m} {n(a + h)} {n(x1)} {n(a + h)}Z"
            )
            opacity = ' fill-opacity=".85"'
            ribbons.append(path(d, fill=RIBBONS[min(i, 4)], stroke="#fff", width=0.25, extra=opacity))
            lefts[i] += h
            rights[j] += h
    return ribbons


def _nodes(x: float, parts: Sequence[Part], tops: Sequence[float], unit: float, fills: Sequence[str]) -> list[str]:
    return [
        rect(x, y, NODE_WIDTH, float(part.value) * unit, fill) for part, y, fill in zip(parts, tops, fills, strict=True)
    ]


def _lines(parts: Sequence[Part], letters: int) -> list[list[str]]:
    """The name of each part on as many lines as it takes."""
    return [wrap(part.label, letters) for part in parts]


def _tall(lines: Sequence[str]) -> float:
    return LINE * (len(lines) + 1) + 1


def _beside(parts: Sequence[Part], tops: Sequence[float], unit: float) -> list[float]:
    return [y + float(part.value) * unit / 2 for part, y in zip(parts, tops, strict=True)]


def _words(
    x: float, parts: Sequence[Part], middles: Sequence[float], said: list[list[str]], height: float, *, anchor: str
) -> Iterator[str]:
    """The name and the amount of each node beside it, pushed apart where the nodes are too thin for their words."""
    heights = [_tall(lines) for lines in said]
    for part, lines, top in zip(parts, said, apart(middles, heights, height), strict=True):
        for i, words in enumerate(lines):
            yield text(x, top + LINE * (i + 0.8), words, 3.2, anchor=anchor, weight=600)
        yield text(x, top + LINE * (len(lines) + 0.75), money(part.value), 2.9, anchor=anchor, fill=MUTED)


def apart(middles: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """The tops of blocks as near as possible to their middles, in order, none over another nor below ``room``."""
    tops: list[float] = []
    for middle, height in zip(middles, heights, strict=True):
        below = tops[-1] + heights[len(tops) - 1] if tops else 0
        tops.append(max(middle - height / 2, below))
    limit = room
    for i in reversed(range(len(tops))):
        tops[i] = min(tops[i], limit - heights[i])
        limit = tops[i]
    return tops


def smooth(points: Sequence[tuple[float, float]]) -> str:
    """A curve through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    d = f"M{n(points[0][0])} {n(points[0][1])}"
    for a, b, c, e in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        d += (
            f"C{n(b[0] + (c[0] - a[0]) / 6)} {n(b[1] + (c[1] - a[1]) / 6)} "
            f"{n(c[0] - (e[0] - b[0]) / 6)} {n(c[1] - (e[1] - b[1]) / 6)} {n(c[0])} {n(c[1])}"
        )
    return d

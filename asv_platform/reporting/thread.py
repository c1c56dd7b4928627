"""The thread in the margin: one page background for each chapter, drawn at the height of its line in the contents."""

import math
import re
from collections.abc import Sequence

from django.utils.safestring import SafeString

from asv_platform.reporting import svg
from asv_platform.reporting.svg import THREAD, circle, n, path, text

STRIP, SHEET_WIDTH, SHEET_HEIGHT = 28, 210, 297
X = 14  # of the thread, from the outer edge
FIRST_KNOT, LAST_KNOT = 44, 252
TEXT_TOP = 24  # top margin of a page

Point = tuple[float, float]


def head_style(
    labels: Sequence[str],
    *,
    pages: Sequence[int] = (),
    openings: Sequence[int] = (),
    draft: bool = False,
    colour: str = "",
) -> SafeString:
    """The ``<style>`` of a report whose chapters carry ``labels``.

    Chapter ``i`` (from 1) is laid on pages ``c<i>``, or on those of the chapter that ``pages`` gives for it; its
    full-page opening, if listed, on ``o<i>``; page ``c0`` is the contents. ``colour`` is the carrier's, shown on the
    cover only.
    """
    shared = {i + 1: [j for j, page in enumerate(pages) if page == i + 1] or [i] for i in range(len(labels))}
    rules = [
        _page("", _plain(), draft=draft),
        _page("cover", None, draft=draft),
        _page("c0", _contents(labels), draft=draft),
    ]
    rules += [_page(f"c{place}", _margin(labels, current), draft=draft) for place, current in shared.items()]
    rules += [_opening_page(labels, i - 1, side) for i in openings for side in ("left", "right")]
    rules += [f".c{i} {{ page: c{i} }} .o{i} {{ page: o{i} }}" for i in range(len(labels) + 1)]
    if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        rules.append(f".cover .band{{background:{colour}}}.cover .carrier b{{color:{colour}}}")
    return SafeString(f"<style>{''.join(rules)}{_contents_pitch(len(labels))}</style>")


def single_style(*, draft: bool = False) -> SafeString:
    """The ``<style>`` of a one-page document: a plain thread on the left."""
    layers, size, place = _layers(_plain(), "-30mm", "-16mm", draft=draft)
    rule = f"background-image:{layers};background-size:{size};background-position:{place};background-repeat:no-repeat"
    return SafeString(f"<style>@page single{{{rule}}}</style>")


def _page(name: str, strip: str | None, *, draft: bool) -> str:
    rules = []
    for side, left in ((":right", "162mm"), (":left", "-28mm")):
        # The origin of a page background is its text area: negative offsets reach the edge of the sheet.
        layers, size, place = _layers(
            strip, left, f"-{TEXT_TOP}mm", draft=draft, margin="-20mm" if side == ":right" else "-28mm"
        )
        if name == "cover":
            layers, size, place = _layers(None, "0", "0", draft=draft, margin="0mm", top="0mm")
        rules.append(
            f"@page {name}{side}{{background-image:{layers};background-size:{size};"
            f"background-position:{place};background-repeat:no-repeat}}"
        )
    return "".join(rules)


def _layers(
    strip: str | None, left: str, top_of_strip: str, *, draft: bool, margin: str = "-30mm", top: str = ""
) -> tuple[str, str, str]:
    layers = []
    if strip:
        layers.append((strip, f"{STRIP}mm {SHEET_HEIGHT}mm", f"left {left} top {top_of_strip}"))
    if draft:
        layers.append((_watermark(), f"{SHEET_WIDTH}mm {SHEET_HEIGHT}mm", f"left {margin} top {top or top_of_strip}"))
    if not layers:
        return "none", "auto", "0 0"
    images, sizes, places = zip(*layers, strict=True)
    return ",".join(images), ",".join(sizes), ",".join(places)


def _opening_page(labels: Sequence[str], current: int, side: str) -> str:
    shift = "-28mm" if side == "left" else "-20mm"
    return (
        f"@page o{current + 1}:{side}{{background-image:{_opening(labels, current, side)};"
        f"background-position:left {shift} top -{TEXT_TOP}mm;background-size:{SHEET_WIDTH}mm {SHEET_HEIGHT}mm;"
        f"background-repeat:no-repeat;@top-{side}{{content:none}}}}"
    )


def _contents_pitch(total: int) -> str:
    pitch = (LAST_KNOT - FIRST_KNOT) / max(total - 1, 1)
    pitch = min(pitch, 40)
    head = FIRST_KNOT - TEXT_TOP - pitch / 2 - 6
    return f".entries{{margin-top:{max(head, 0):.2f}mm}}.entries li{{height:{pitch:.3f}mm}}"


def knots(total: int) -> list[float]:
    """The heights of the knots, spread over the sheet whatever their number."""
    pitch = min((LAST_KNOT - FIRST_KNOT) / max(total - 1, 1), 40)
    return [FIRST_KNOT + i * pitch for i in range(total)]


def ring(cx: float, cy: float, r: float) -> tuple[Point, Point, Point]:
    """Nearly a whole turn, open on the right: where it is entered, the direction there, where it is left."""
    a = math.radians(25)
    return (
        (cx + r * math.cos(a), cy + r * math.sin(a)),
        (-math.sin(a), math.cos(a)),
        (cx + r * math.cos(a), cy - r * math.sin(a)),
    )


def _loop(x: float, y: float, r: float, lead: float) -> str:
    """A true loop on the vertical thread: down the right side, once around (x, y), across itself, back to the line."""
    entry, (tx, ty), leave = ring(x, y, r)
    k = r * 1.15
    return (
        f"V{n(y - r - lead)}"
        f"C{n(x)} {n(y - r)} {n(entry[0] - tx * k)} {n(entry[1] - ty * k)} {n(entry[0])} {n(entry[1])}"
        f"A{n(r)} {n(r)} 0 1 1 {n(leave[0])} {n(leave[1])}"
        f"C{n(leave[0] - tx * k)} {n(leave[1] + ty * k)} {n(x)} {n(y + r)} {n(x)} {n(y + r + lead)}"
    )


def _number(y: float, label: str) -> str:
    return text(X, y + 1.35, label, 3.9, anchor="middle", fill=THREAD, weight=600)


def _thread(d: str, width: float = 0.45) -> str:
    return path(d, stroke=THREAD, width=width)


def _plain() -> str:
    return svg.background(_thread(f"M{X} 0V{SHEET_HEIGHT}"), STRIP, SHEET_HEIGHT)


def _margin(labels: Sequence[str], current: Sequence[int]) -> str:
    """Chapters behind are dots, chapters ahead are rings, the current one a loop around its number.

    Several chapters that share their pages are each a ring around its number.
    """
    heights = knots(len(labels))
    dots = "".join(
        circle(X, y, 0.95, THREAD if i < current[0] else "#fff", THREAD, 0.35)
        for i, y in enumerate(heights)
        if i not in current
    )
    loop = _loop(X, heights[current[0]], 4, 7) if len(current) == 1 else ""
    rings = "" if loop else "".join(circle(X, heights[i], 4, "#fff", THREAD, 0.45) for i in current)
    numbers = "".join(_number(heights[i], labels[i]) for i in current)
    line = _thread(f"M{X} 0{loop}V{SHEET_HEIGHT}")
    return svg.background(line + dots + rings + numbers, STRIP, SHEET_HEIGHT)


def _contents(labels: Sequence[str]) -> str:
    marks = "".join(
        circle(X, y, 4, "#fff", THREAD, 0.45) + _number(y, label)
        for label, y in zip(labels, knots(len(labels)), strict=True)
    )
    return svg.background(_thread(f"M{X} 0V{SHEET_HEIGHT}") + marks, STRIP, SHEET_HEIGHT)


def _opening(labels: Sequence[str], current: int, side: str) -> str:
    """A full page: the thread leaves the margin, turns once around the number of the chapter, and goes back."""
    flip = side == "left"

    def x(value: float) -> str:
        return n(SHEET_WIDTH - value if flip else value)

    r = 27
    entry, (tx, ty), leave = ring(57, 92, r)
    line = (
        f"M{x(196)} 0V20C{x(196)} 44 {x(158)} 42 {x(126)} 50"
        f"C{x(106)} 55 {x(entry[0] - tx * 42)} {n(entry[1] - ty * 42)} {x(entry[0])} {n(entry[1])}"
        f"A{r} {r} 0 1 {0 if flip else 1} {x(leave[0])} {n(leave[1])}"
        f"C{x(leave[0] - tx * 42)} {n(leave[1] + ty * 42)} {x(112)} 130 {x(146)} 130"
        f"C{x(180)} 130 {x(196)} 142 {x(196)} 170V{SHEET_HEIGHT}"
    )
    dots = "".join(
        circle(float(x(196)), y, 0.95, "#fff", THREAD, 0.35)
        for i, y in enumerate(knots(len(labels)))
        if i > current and y > 170
    )
    return svg.background(_thread(line, 0.6) + dots, SHEET_WIDTH, SHEET_HEIGHT)


def _watermark() -> str:
    body = (
        '<g transform="translate(105 168) rotate(-52)">'
        + text(0, 0, "BROUILLON", 38, anchor="middle", fill="#F5F1EC", weight=600)
        + text(0, 13, "aperçu non émis, ne pas diffuser", 8, anchor="middle", fill="#EDE7E0", weight=400)
        + "</g>"
    )
    return svg.background(body, SHEET_WIDTH, SHEET_HEIGHT)

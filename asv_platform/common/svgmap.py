"""Maps as inline SVG, the same for the web and the PDF. Knows no model: rings of (longitude, latitude), nothing else.

Presentation attributes carry the light colours, so that a PDF needs no style sheet; classes only recolour in the dark.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString

Position = tuple[float, float]
Ring = Sequence[Position]

KM_PER_DEGREE = 111.32
SCALE_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
# What each class of shape looks like on paper; ``.chart`` rules of the style sheet say the same in the dark.
LOOKS = {
    "area l-ink": 'fill="#C6DCF0" stroke="#22304A" stroke-width="1"',
    "paper l-ink": 'fill="#FFFFFF" stroke="#22304A" stroke-width="1.5"',
    "bg line": 'fill="#F3F0E9" stroke="#857F72" stroke-width="1" stroke-dasharray="3 3"',
    "worse l-ink": 'fill="#F4D2A8" stroke="#22304A" stroke-width="1"',
    "rule": 'fill="none" stroke="#E2DDD2" stroke-width="1"',
}


@dataclass(frozen=True)
class MapShape:
    """A surface: its rings (holes included), the name read aloud or on hover, and one of ``LOOKS``.

    ``ident`` becomes the id of the path when given. ``fit=False``: drawn, but the frame is not widened to show it.
    """

    label: str
    rings: Sequence[Ring]
    css_class: str = "area l-ink"
    ident: str = ""
    fit: bool = True


@dataclass(frozen=True)
class MapPoint:
    """A place: a disc, or a number inside a disc when ``number`` is given."""

    label: str
    longitude: float
    latitude: float
    number: int | None = None
    ident: str = ""


@dataclass(frozen=True)
class Frame:
    """Equirectangular projection of a bounding box into a picture; degrees of longitude are shrunk by cos(latitude)."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    top: float

    def __call__(self, position: Position) -> Position:
        longitude, latitude = position
        return (
            self.left + (longitude - self.west) * self.shrink * self.scale,
            self.top + (self.north - latitude) * self.scale,
        )

    @property
    def units_per_km(self) -> float:
        return self.scale / KM_PER_DEGREE


@dataclass(frozen=True)
class MapStyle:
    """Size of the picture and fineness of the drawing, in units of the viewBox."""

    width: float = 460
    height: float = 370
    padding: float = 14
    tolerance: float = 0.4
    scale_bar: bool = True
    css_class: str = "chart wide map"


def svg_map(
    shapes: Sequence[MapShape],
    *,
    ident: str,
    title: str,
    description: str,
    points: Sequence[MapPoint] = (),
    extent: Sequence[Position] = (),
    style: MapStyle | None = None,
    picks: bool = False,
) -> SafeString:
    """The map as an SVG image with a title, a description and ids made from ``ident`` (unique in the page).

    Returns an empty string when there is nothing to draw. Shapes are painted in the order given, points above them.
    ``extent`` gives positions that the frame must show although nothing is drawn there. ``picks``: the picture carries
    its projection, so that a script can tell where somebody clicked.
    """
    style = style or MapStyle()
    frame = frame_of([*_positions(shapes, points), *extent], style)
    if frame is None:
        return SafeString("")
    width, height, label = _number(style.width), _number(style.height), escape(ident)
    body = "".join(_shape(shape, frame, style.tolerance) for shape in shapes)
    marks = "".join(_point(point, frame) for point in points)
    bar = _scale_bar(frame, style) if style.scale_bar else ""
    return SafeString(
        f'<svg class="{escape(style.css_class)}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="{label}-t {label}-d" font-size="13"{_projection(frame) if picks else ""}>'
        f'<title id="{label}-t">{escape(title)}</title><desc id="{label}-d">{escape(description)}</desc>'
        f'<clipPath id="{label}-c"><rect width="{width}" height="{height}"/></clipPath>'
        f'<g clip-path="url(#{label}-c)">{body}{marks}</g>{bar}</svg>'
    )


def _projection(frame: Frame) -> str:
    numbers = (frame.west, frame.north, frame.shrink, frame.scale, frame.left, frame.top)
    return f' data-frame="{" ".join(f"{number:.8g}" for number in numbers)}"'


def _positions(shapes: Sequence[MapShape], points: Sequence[MapPoint]) -> list[Position]:
    fitted = [position for shape in shapes if shape.fit for ring in shape.rings for position in ring]
    return fitted + [(point.longitude, point.latitude) for point in points]


def frame_of(positions: Sequence[Position], style: MapStyle) -> Frame | None:
    """The projection that shows every position, centred; None when there is none."""
    if not positions:
        return None
    longitudes, latitudes = zip(*positions, strict=True)
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    shrink = math.cos(math.radians((south + north) / 2))
    # A lone point still needs a frame around it: about 400 metres.
    span_x, span_y = max((east - west) * shrink, 0.004), max(north - south, 0.004)
    inner_x, inner_y = style.width - 2 * style.padding, style.height - 2 * style.padding
    scale = min(inner_x / span_x, inner_y / span_y)
    return Frame(
        west=west,
        north=north,
        shrink=shrink,
        scale=scale,
        left=(style.width - (east - west) * shrink * scale) / 2,
        top=(style.height - (north - south) * scale) / 2,
    )


def _shape(shape: MapShape, frame: Frame, tolerance: float) -> str:
    ident = f' id="{escape(shape.ident)}"' if shape.ident else ""
    outlines = (simplify([frame(position) for position in ring], tolerance) for ring in shape.rings)
    path = "".join(_outline(outline) for outline in outlines)
    return (
        f'<path{ident} class="{escape(shape.css_class)}" {LOOKS[shape.css_class]} fill-rule="evenodd" d="{path}">'
        f"<title>{escape(shape.label)}</title></path>"
    )


def _outline(positions: Sequence[Position]) -> str:
    steps = "L".join(f"{_number(x)} {_number(y)}" for x, y in positions[:-1])
    return f"M{steps}Z" if steps else ""


def _point(point: MapPoint, frame: Frame) -> str:
    x, y = (_number(value) for value in frame((point.longitude, point.latitude)))
    ident = f' id="{escape(point.ident)}"' if point.ident else ""
    radius = 6 if point.number is None else 9.5
    disc = (
        f'<circle class="ink" cx="{x}" cy="{y}" r="{radius}" fill="#22304A" stroke="#FFFFFF" stroke-width="2">'
        f"<title>{escape(point.label)}</title></circle>"
    )
    if point.number is None:
        return f"<g{ident}>{disc}</g>"
    digits = (
        f'<text class="on" x="{x}" y="{y}" dy="4" text-anchor="middle" font-size="12" font-weight="600" '
        f'fill="#FFFFFF">{point.number}</text>'
    )
    return f"<g{ident}>{disc}{digits}</g>"


def _scale_bar(frame: Frame, style: MapStyle) -> str:
    """A ruler of a round distance, a quarter of the width at most, in the lower left corner."""
    widest = style.width / 4 / frame.units_per_km
    distance = max((step for step in SCALE_STEPS if step <= widest), default=SCALE_STEPS[0])
    words = f"{distance * 1000:.0f} m" if distance < 1 else f"{distance:g} km"
    x, y = style.padding / 2, style.height - style.padding / 2
    end = x + distance * frame.units_per_km
    return (
        f'<path class="l-ink" fill="none" stroke="#22304A" stroke-width="1.5" '
        f'd="M{_number(x)} {_number(y - 4)}V{_number(y)}H{_number(end)}V{_number(y - 4)}"/>'
        f'<text class="ink" x="{_number(x + 4)}" y="{_number(y - 5)}" fill="#22304A">{words}</text>'
    )


@dataclass
class _Kept:
    """Positions kept by the simplification, and the stretches still to look at."""

    indexes: set[int]
    stretches: list[tuple[int, int]] = field(default_factory=list)


def simplify(line: Sequence[Position], tolerance: float) -> list[Position]:
    """Douglas and Peucker: drop the positions nearer than ``tolerance`` to the line drawn without them.

    The ends stay; a closed ring stays closed and keeps at least a triangle.
    """
    if len(line) <= 4 or tolerance <= 0:
        return list(line)
    # A closed ring has its two ends at one place: it is cut at the position farthest from them.
    middle = max(range(1, len(line) - 1), key=lambda index: math.dist(line[0], line[index]))
    kept = _Kept({0, middle, len(line) - 1}, [(0, middle), (middle, len(line) - 1)])
    while kept.stretches:
        _split(line, kept, tolerance)
    if len(kept.indexes) < 4:
        return _triangle(line, middle)
    return [line[index] for index in sorted(kept.indexes)]


def _split(line: Sequence[Position], kept: _Kept, tolerance: float) -> None:
    start, end = kept.stretches.pop()
    inside = range(start + 1, end)
    if not inside:
        return
    farthest = max(inside, key=lambda index: _distance(line[index], line[start], line[end]))
    if _distance(line[farthest], line[start], line[end]) > tolerance:
        kept.indexes.add(farthest)
        kept.stretches += [(start, farthest), (farthest, end)]


def _triangle(line: Sequence[Position], middle: int) -> list[Position]:
    others: Iterable[int] = (index for index in range(1, len(line) - 1) if index != middle)
    third = max(others, key=lambda index: _distance(line[index], line[0], line[middle]))
    return [line[index] for index in sorted({0, middle, third, len(line) - 1})]


def _distance(position: Position, start: Position, end: Position) -> float:
    """From a position to the segment between two others."""
    (x, y), (x1, y1), (x2, y2) = position, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length))
    return math.hypot(x - x1 - along * dx, y - y1 - along * dy)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

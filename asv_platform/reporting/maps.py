"""The maps of the printed reports, drawn from the outlines of the snapshot."""

import math
from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from asv_platform.reporting.charts import smooth
from asv_platform.reporting.room import widest, widest_shared
from asv_platform.reporting.snapshot import Ring, Territory, Town
from asv_platform.reporting.svg import INK, MUTED, RAMP, THREAD, circle, figure, line, n, path, rect, text

Bounds = tuple[float, float, float, float]
SHEET = (210, 297)
KM_PER_DEGREE = 111.195
NARROWEST = 2  # millimetres: less of a neighbourhood does not show
LETTER_WIDTH = 0.62  # of a capital, in its height: a name with less room would cover what it names
UNDER_TITLE = 104  # the map of the cover never goes up into its title


class Projection:
    """Longitudes and latitudes to millimetres, the whole of ``bounds`` fitting in the frame."""

    def __init__(self, bounds: Bounds, width: float, height: float, pad: float = 7, top: float = 0):
        x1, y1, x2, y2 = bounds
        self.squeeze = math.cos(math.radians((y1 + y2) / 2))
        wide, tall = max((x2 - x1) * self.squeeze, 1e-4), max(y2 - y1, 1e-4)
        self.scale = min((width - 2 * pad) / wide, (height - 2 * pad) / tall)
        self.x0 = width / 2 - (x1 + x2) / 2 * self.squeeze * self.scale
        self.y0 = top + height / 2 + (y1 + y2) / 2 * self.scale
        self.mm_per_km = self.scale / KM_PER_DEGREE

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        return self.x0 + longitude * self.squeeze * self.scale, self.y0 - latitude * self.scale

    def ring(self, ring: Ring) -> Ring:
        """The same line, in millimetres."""
        return tuple(self(*point) for point in ring)

    def d(self, rings: Iterable[Ring]) -> str:
        """The path of an outline."""
        return "".join(f"M{'L'.join(f'{n(x)} {n(y)}' for x, y in (self(*p) for p in ring))}Z" for ring in rings)


def bounds_of(territory: Territory) -> Bounds | None:
    """What the map must show: the communes when their outlines are known, else the neighbourhoods."""
    outlines = [ring for town in territory.towns for ring in town.rings]
    outlines = outlines or [ring for place in territory.places for ring in place.rings]
    points = [point for ring in outlines for point in ring]
    if not points:
        return None
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def perimeter(
    territory: Territory, *, width: float = 162, height: float = 132, letters: float = 3.4
) -> SafeString | None:
    """The numbered neighbourhoods in their communes; None when no outline is known."""
    bounds = bounds_of(territory)
    if bounds is None:
        return None
    project = Projection(bounds, width, height, pad=letters * 2)
    frame = rect(0, 0, width, height, "#F5F2EB")
    body = [
        frame,
        *_outlines(territory.neighbours, project, stroke="#CFCCC4", width=0.25),
        *_outlines(territory.towns, project, fill="#fff"),
        *_places(territory, project, inside=RAMP[1], outside="#E0DDD5", clip="own-communes"),
        *_outlines(territory.towns, project, stroke=INK, width=0.5),
        *_names(territory, project, letters),
        *[_numbered(x, y, number, letters * 0.88) for number, (x, y) in anchors(territory, project).items()],
        _north(width - letters * 2.3, letters * 2.6, letters / 3.4),
        _scale_bar(letters * 2.3, height - letters * 2.3, project.mm_per_km, width / 3),
    ]
    return figure(width, height, _description(territory), _clipped("frame", frame, body))


def cover(territory: Territory) -> SafeString:
    """The ground of the cover: the perimeter, and the thread going through its neighbourhoods."""
    bounds = bounds_of(territory)
    body, knots = [], []
    if bounds:
        project = Projection(bounds, SHEET[0], 150, pad=12, top=108)
        body += _outlines(territory.neighbours, project, stroke="#DAD8D2", width=0.25)
        body += _outlines(territory.towns, project, fill="#fff", stroke=INK, width=0.4)
        body += _places(territory, project, inside=RAMP[3], outside="#EDEBE5", clip="cover-communes")
        body += _outlines(territory.towns, project, stroke=INK, width=0.4)
        body = _clipped("under-title", rect(0, UNDER_TITLE, SHEET[0], SHEET[1] - UNDER_TITLE), body)
        knots = sorted(anchors(territory, project).values())
        knots = [point for point in knots if 0 < point[0] < SHEET[0] and point[1] < 262]
    lowest = knots[-1][1] if knots else 0
    turns = [
        (196, -4),
        (196, 40),
        (176, 92),
        *([(90, 112)] if knots else []),
        *knots,
        *[(196, y) for y in (200, 244) if y > lowest + 20],
        (196, 300),
    ]
    body.append(path(smooth(turns), stroke=THREAD, width=0.7))
    body += [circle(x, y, 1.9, "#fff", THREAD, 0.6) for x, y in knots]
    return figure(*SHEET, f"Le fil rouge relie les quartiers. {_description(territory)}", body, css="ground")


def anchors(territory: Territory, project: Projection) -> dict[int, tuple[float, float]]:
    """Where the number of each neighbourhood is written: on what it has in the perimeter, when that can be seen."""
    ours = [project.ring(ring) for town in territory.towns for ring in town.rings]
    found = {}
    for place in territory.places:
        room = widest_shared([project.ring(ring) for ring in place.rings], ours)
        if room and room[2] > NARROWEST:
            found[place.number] = room[:2]
        elif place.longitude is not None and place.latitude is not None:
            found[place.number] = project(place.longitude, place.latitude)
    return found


def _outlines(
    towns: Sequence[Town], project: Projection, *, fill: str = "none", stroke: str = "none", width: float = 0
) -> list[str]:
    return [path(project.d(town.rings), fill=fill, stroke=stroke, width=width) for town in towns if town.rings]


def _places(territory: Territory, project: Projection, *, inside: str, outside: str, clip: str) -> list[str]:
    """The neighbourhoods, paler where they go beyond the communes of the ASV."""
    shapes = [project.d(place.rings) for place in territory.places if place.rings]
    communes = "".join(_outlines(territory.towns, project, fill="#000"))
    if not communes:
        return [path(shape, fill=inside) for shape in shapes]
    beyond = [path(shape, fill=outside, stroke="#B9B5AB", width=0.2) for shape in shapes]
    within = [path(shape, fill=inside) for shape in shapes]
    return [*beyond, *_clipped(clip, communes, within)]


def _clipped(name: str, shape: str, body: Iterable[str]) -> list[str]:
    return [f'<defs><clipPath id="{name}">{shape}</clipPath></defs>', f'<g clip-path="url(#{name})">', *body, "</g>"]


def _names(territory: Territory, project: Projection, size: float) -> list[str]:
    """The names of the communes, ours where the neighbourhoods leave them the most room."""
    shapes = [project.ring(ring) for place in territory.places for ring in place.rings]
    names = []
    for town in territory.towns:
        room = widest([project.ring(ring) for ring in town.rings], avoid=shapes, height=size * 2)
        if room and room[2] > len(town.name) * size * LETTER_WIDTH:
            at = room[0], room[1] + size / 3
            names.append(text(*at, town.name.upper(), size, anchor="middle", weight=600))
    names += [
        text(*project(town.longitude, town.latitude), town.name, size * 0.88, anchor="middle", fill=MUTED)
        for town in territory.neighbours
        if town.longitude is not None and town.latitude is not None
    ]
    return names


def _description(territory: Territory) -> str:
    towns = ", ".join(town.name for town in territory.towns)
    places = " ; ".join(f"{place.number}, {place.name}" for place in territory.places)
    return f"Carte du périmètre : {towns}. Quartiers prioritaires : {places}"


def _numbered(x: float, y: float, label: int, r: float = 3) -> str:
    return circle(x, y, r, "#fff", INK, 0.4) + text(x, y + r * 0.4, label, r * 1.28, anchor="middle", weight=600)


def _scale_bar(x: float, y: float, mm_per_km: float, longest: float) -> str:
    km = next((step for step in (50, 20, 10, 5, 2, 1) if step * mm_per_km <= longest), 0.5)
    end = x + km * mm_per_km
    label = "500 m" if km == 0.5 else f"{km} km"
    ends = line(x, y - 1, x, y, INK, 0.4) + line(end, y - 1, end, y, INK, 0.4)
    return line(x, y, end, y, INK, 0.4) + ends + text((x + end) / 2, y + 3.6, label, 2.9, anchor="middle")


def _north(x: float, y: float, scale: float) -> str:
    needle = "".join(
        f"{verb}{n(x + dx * scale)} {n(y + dy * scale)}"
        for verb, dx, dy in (("M", 0, 0), ("L", 1.7, 5), ("L", 0, 3.9), ("L", -1.7, 5))
    )
    return path(f"{needle}Z", fill=INK) + text(x, y - 1.2 * scale, "N", 3 * scale, anchor="middle", weight=600)

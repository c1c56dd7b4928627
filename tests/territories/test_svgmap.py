import math
from xml.etree import ElementTree

import pytest

from asv_platform.common.svgmap import MapPoint, MapShape, MapStyle, frame_of, simplify, svg_map

SQUARE = [(2.40, 48.90), (2.42, 48.90), (2.42, 48.92), (2.40, 48.92), (2.40, 48.90)]
SVG = "{http://www.w3.org/2000/svg}"


def parse(svg: str) -> ElementTree.Element:
    # The test parses what the function has just written.
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def test_svg_map_starts_with_its_title_and_description():
    root = parse(svg_map([MapShape("Quartier", [SQUARE])], ident="m1", title="Carte", description="Un carré."))

    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("aria-labelledby") == "m1-t m1-d"
    assert root.get("viewBox") == "0 0 460 370"


def test_svg_map_ids_are_unique_and_text_is_escaped():
    shapes = [MapShape("L’Île <b>", [SQUARE], ident="qpv-1"), MapShape("B & C", [SQUARE], ident="qpv-2")]
    points = [MapPoint("A", 2.41, 48.91, number=1, ident="p1")]
    root = parse(svg_map(shapes, ident="m", title="<Carte>", description="&", points=points))
    ids = [element.get("id") for element in root.iter() if element.get("id")]

    assert len(ids) == len(set(ids))
    assert {"qpv-1", "qpv-2", "p1", "m-t", "m-d"} <= set(ids)


def test_svg_map_of_nothing_is_empty():
    assert svg_map([], ident="m", title="Carte", description="Rien.") == ""


def test_frame_corrects_longitudes_and_keeps_everything_in_the_picture():
    style = MapStyle(width=400, height=400, padding=10)
    frame = frame_of(SQUARE, style)
    (x1, y1), (x2, _), (_, y3) = frame(SQUARE[0]), frame(SQUARE[1]), frame(SQUARE[2])

    assert (x2 - x1) / (y1 - y3) == pytest.approx(math.cos(math.radians(48.91)), rel=1e-3)
    assert all(9.9 <= value <= 390.1 for position in SQUARE for value in frame(position))


def test_svg_map_of_one_point_draws_it_in_the_middle():
    root = parse(svg_map([], ident="m", title="Carte", description="Un point.", points=[MapPoint("Ici", 2.4, 48.9)]))
    circle = next(root.iter(f"{SVG}circle"))

    assert (circle.get("cx"), circle.get("cy")) == ("230", "185")


def test_hole_of_a_shape_stays_a_hole():
    hole = [(2.405, 48.905), (2.41, 48.905), (2.41, 48.91), (2.405, 48.905)]
    root = parse(svg_map([MapShape("Q", [SQUARE, hole])], ident="m", title="t", description="d"))
    path = next(root.iter(f"{SVG}path"))

    assert path.get("fill-rule") == "evenodd"
    assert path.get("d").count("M") == 2


def test_simplify_drops_what_nobody_sees_and_keeps_rings_closed():
    circle = [(math.cos(step / 50 * math.pi) * 100, math.sin(step / 50 * math.pi) * 100) for step in range(100)]
    ring = [*circle, circle[0]]

    light = simplify(ring, 1.0)

    assert 8 < len(light) < 40
    assert light[0] == light[-1]
    assert len(simplify(ring, 1_000)) == 4
    assert simplify(ring, 0) == ring

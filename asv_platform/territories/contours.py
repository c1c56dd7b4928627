"""From the contours stored as WKB to the rings that the maps draw."""

import shapely
from shapely.geometry import Polygon

Ring = list[tuple[float, float]]


def rings_of(wkb: bytes | memoryview) -> list[Ring]:
    """Every ring of the contour, outer ones and holes, as (longitude, latitude)."""
    polygons = [part for part in shapely.get_parts(shapely.from_wkb(bytes(wkb))) if isinstance(part, Polygon)]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return [[(x, y) for x, y in ring.coords] for ring in rings]

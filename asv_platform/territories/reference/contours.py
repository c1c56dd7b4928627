"""Contours made valid and stored as WKB: polygons only, WGS 84."""

from collections import defaultdict

import shapely
from django.db import models
from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from asv_platform.territories.models import (
    Commune,
    CommuneContour,
    CommuneFormerCode,
    Department,
    DepartmentContour,
    Neighbourhood,
    NeighbourhoodContour,
)
from asv_platform.territories.reference.files import read_features
from asv_platform.territories.reference.upsert import BATCH, ids_by, upsert


class NoPolygon(ValueError):
    """A published contour holds no surface at all."""


def polygons_only(geometry: BaseGeometry) -> BaseGeometry:
    """A valid geometry made of the polygons of ``geometry``; lines and points left by the repair are dropped.

    Raises NoPolygon when nothing with a surface is left.
    """
    valid = geometry if geometry.is_valid else shapely.make_valid(geometry)
    parts = [part for part in shapely.get_parts(valid) if isinstance(part, Polygon | MultiPolygon)]
    merged = shapely.union_all(parts) if len(parts) > 1 else (parts[0] if parts else Polygon())
    if merged.is_empty:
        raise NoPolygon(geometry.geom_type)
    return merged


def load_contours() -> dict[str, int]:
    """Write every shipped contour and return the number of each kind."""
    return {
        "qpv2024_contours": _load_neighbourhood_contours("qpv2024"),
        "qpv2015_contours": _load_neighbourhood_contours("qpv2015_contours"),
        "commune_contours": _load_commune_contours(),
        "department_contours": _load_department_contours(),
    }


def _load_neighbourhood_contours(name: str) -> int:
    ids = ids_by(Neighbourhood, "code")
    contours, centres = {}, {}
    for feature in read_features(name):
        pk, published = ids[feature["properties"]["code_qp"]], shape(feature["geometry"])
        try:
            contours[pk] = polygons_only(published)
            # A point that is surely inside: a centroid may not be.
            centres[pk] = contours[pk].representative_point()
        except NoPolygon:
            # Three QPV of 2024 were simplified down to one point by their publisher: only the place is known.
            centres[pk] = shapely.make_valid(published).centroid
    _store(NeighbourhoodContour, "neighbourhood", contours)
    _place_centres(centres)
    return len(contours)


def _place_centres(centres: dict[int, Point]) -> None:
    neighbourhoods = list(Neighbourhood.objects.filter(pk__in=centres))
    for neighbourhood in neighbourhoods:
        centre = centres[neighbourhood.pk]
        neighbourhood.longitude, neighbourhood.latitude = round(centre.x, 6), round(centre.y, 6)
    Neighbourhood.objects.bulk_update(neighbourhoods, ["longitude", "latitude"], batch_size=BATCH)


def _load_commune_contours() -> int:
    ids = ids_by(Commune, "code") | dict(CommuneFormerCode.objects.values_list("code", "commune_id"))
    parts = defaultdict(list)
    for feature in read_features("communes93"):
        parts[ids[feature["properties"]["code"]]].append(polygons_only(shape(feature["geometry"])))
    # Contours older than a merger: the parts make the commune of today.
    contours = {pk: polygons_only(shapely.union_all(geometries)) for pk, geometries in parts.items()}
    _store(CommuneContour, "commune", contours)
    return len(contours)


def _load_department_contours() -> int:
    ids = ids_by(Department, "code")
    contours = {
        ids[feature["properties"]["code"]]: polygons_only(shape(feature["geometry"]))
        for feature in read_features("departements")
    }
    _store(DepartmentContour, "department", contours)
    return len(contours)


def _store(model: type[models.Model], owner: str, contours: dict[int, BaseGeometry]) -> None:
    rows = [model(**{f"{owner}_id": pk, "wkb": shapely.to_wkb(contour)}) for pk, contour in contours.items()]
    upsert(rows, key=owner)

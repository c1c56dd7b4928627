"""The map of the network: the perimeter, what is missing in it, the organisations that have a place."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from actors.models import Organisation, Term
from actors.selectors.coverage import CoverageMatrix
from asv_platform.common.formats import join_and, plural
from asv_platform.common.svgmap import MapPoint, svg_map
from asv_platform.territories.models import Asv
from asv_platform.territories.selectors import perimeter_of, perimeter_shapes

MOST_POINTS = 40


@dataclass(frozen=True)
class NetworkMap:
    """The drawing, and the same points as a list; no drawing where no contour nor point is known."""

    svg: SafeString
    placed: list[Organisation]
    total: int


def network_map(
    asv: Asv, organisations: QuerySet[Organisation], matrix: CoverageMatrix, theme: Term | None = None
) -> NetworkMap:
    """Draw who is where; neighbourhoods without anybody (for ``theme``, or for any theme) stand out."""
    rows = organisations.filter(themes=theme) if theme else organisations
    placed = list(
        rows.filter(longitude__isnull=False, latitude__isnull=False)
        .select_related("commune")
        .order_by("search_name", "pk")[:MOST_POINTS]
    )
    empty = _empty_codes(matrix, theme)
    shapes = [
        replace(shape, css_class="worse l-ink") if shape.ident.removeprefix("qpv-") in empty else shape
        for shape in perimeter_shapes(perimeter_of(asv))
    ]
    points = [
        MapPoint(row.name, float(row.longitude), float(row.latitude), number=number)  # type: ignore[arg-type]
        for number, row in enumerate(placed, start=1)
    ]
    svg = svg_map(
        shapes,
        ident="reseau",
        title="Carte du réseau" + (f" : {theme.label}" if theme else ""),
        description=_description(matrix, empty, len(placed)),
        points=points,
    )
    return NetworkMap(svg=svg, placed=placed, total=rows.count())


def _empty_codes(matrix: CoverageMatrix, theme: Term | None) -> set[str]:
    rows = [row for row in matrix.rows if theme is None or row.theme == theme]
    return {
        neighbourhood.code
        for index, neighbourhood in enumerate(matrix.neighbourhoods)
        if rows and all(row.cells[index].is_missing for row in rows)
    }


def _description(matrix: CoverageMatrix, empty: set[str], placed: int) -> str:
    names = [neighbourhood.name for neighbourhood in matrix.neighbourhoods if neighbourhood.code in empty]
    gaps = f"Personne n’intervient à {join_and(names)}." if names else "Chaque quartier a au moins une organisation."
    where = plural(placed, "organisation placée", "organisations placées")
    return f"Communes du périmètre et quartiers prioritaires. {where}, reprises dans la liste. {gaps}"

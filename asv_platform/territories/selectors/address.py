"""« Cette adresse est-elle dans un quartier prioritaire ? » : the answer and its map."""

from dataclasses import dataclass, field

from asv_platform.common.svgmap import MapPoint, MapShape
from asv_platform.territories.contours import rings_of
from asv_platform.territories.coordinates import Coordinates
from asv_platform.territories.enums import Generation, TerritoryKind
from asv_platform.territories.locator import AddressAnswer, neighbourhood_of_address
from asv_platform.territories.models import Commune, CommuneContour, Neighbourhood, NeighbourhoodContour
from asv_platform.territories.selectors.pages import commune_shapes
from asv_platform.territories.selectors.search import TerritoryResult, search_territories

# Half the side of the square shown around a place, in degrees of latitude: a little over a kilometre.
AROUND = 0.012


@dataclass(frozen=True)
class AddressPage:
    """What the page shows: an answer when a place was given, the commune found, its QPV, the map."""

    answer: AddressAnswer | None = None
    commune: TerritoryResult | None = None
    others: list[TerritoryResult] = field(default_factory=list)
    commune_unknown: bool = False
    neighbourhoods: list[TerritoryResult] = field(default_factory=list)
    shapes: list[MapShape] = field(default_factory=list, repr=False)
    points: list[MapPoint] = field(default_factory=list)

    @property
    def extent(self) -> list[tuple[float, float]]:
        """Two corners of what the map must show around the place."""
        return [
            corner
            for point in self.points
            for corner in (
                (point.longitude - AROUND, point.latitude - AROUND),
                (point.longitude + AROUND, point.latitude + AROUND),
            )
        ]


def address_page(
    *, commune: str = "", coordinates: Coordinates | None = None, postal_code: str = "", street: str = ""
) -> AddressPage:
    """Locate the place if one was given, and read the contours to draw around it or in the commune named."""
    answer = _answer(coordinates, postal_code, street)
    found = search_territories(commune, kinds=[TerritoryKind.COMMUNE], limit=6)
    located = answer is not None and answer.located
    row = Commune.objects.select_related("contour").get(pk=found[0].pk) if found else None
    return AddressPage(
        answer=answer,
        commune=found[0] if found else None,
        others=found[1:],
        commune_unknown=bool(commune) and not found,
        neighbourhoods=_neighbourhoods(row) if row else [],
        shapes=_around(answer) if located and answer else (commune_shapes(row) if row else []),
        points=_points(answer) if located and answer else [],
    )


def _answer(coordinates: Coordinates | None, postal_code: str, street: str) -> AddressAnswer | None:
    if coordinates:
        return neighbourhood_of_address(longitude=coordinates.longitude, latitude=coordinates.latitude)
    return neighbourhood_of_address(postal_code=postal_code, street=street) if street else None


def _points(answer: AddressAnswer) -> list[MapPoint]:
    return [MapPoint("Le lieu cherché", answer.longitude or 0.0, answer.latitude or 0.0, ident="lieu")]


def _neighbourhoods(commune: Commune) -> list[TerritoryResult]:
    rows = Neighbourhood.objects.filter(communes=commune, generation=Generation.QPV_2024).order_by("name")
    return [TerritoryResult(TerritoryKind.QPV_2024, row.pk, row.code, row.name, "") for row in rows]


def _around(answer: AddressAnswer) -> list[MapShape]:
    """The QPV near the place, those that hold it in full, and the communes below where their contour is known."""
    longitude, latitude = answer.longitude or 0.0, answer.latitude or 0.0
    holding = {hit.pk for hit in answer.hits}
    near = NeighbourhoodContour.objects.select_related("neighbourhood").filter(
        neighbourhood__generation=Generation.QPV_2024,
        neighbourhood__longitude__range=(longitude - 3 * AROUND, longitude + 3 * AROUND),
        neighbourhood__latitude__range=(latitude - 2 * AROUND, latitude + 2 * AROUND),
    )
    contours = {row.neighbourhood_id: row for row in near}
    missing = holding - contours.keys()
    extra = NeighbourhoodContour.objects.select_related("neighbourhood").filter(neighbourhood__in=missing)
    contours |= {row.neighbourhood_id: row for row in extra}
    communes = CommuneContour.objects.filter(commune__neighbourhoods__in=contours).select_related("commune").distinct()
    below = [MapShape(row.commune.name, rings_of(row.wkb), css_class="paper l-ink", fit=False) for row in communes]
    return [*below, *(_shape(row, holding) for row in contours.values())]


def _shape(row: NeighbourhoodContour, holding: set[int]) -> MapShape:
    inside = row.neighbourhood_id in holding
    css_class = "worse l-ink" if inside else "area l-ink"
    code, name = row.neighbourhood.code, row.neighbourhood.name
    return MapShape(name, rings_of(row.wkb), css_class=css_class, ident=f"qpv-{code}", fit=inside)

"""The perimeter of an ASV: its communes and neighbourhoods, with what a page, a map or a report says of them."""

from dataclasses import dataclass, field

from asv_platform.common.svgmap import MapPoint, MapShape
from asv_platform.territories.contours import Ring, rings_of
from asv_platform.territories.models import Asv, Commune, Neighbourhood


@dataclass(frozen=True)
class PerimeterCommune:
    """A commune of the perimeter; no rings where no published contour is known."""

    pk: int
    code: str
    name: str
    population: int | None
    rings: tuple[Ring, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class PerimeterNeighbourhood:
    """A QPV of the perimeter; ``communes`` names all the communes it covers, even outside the perimeter."""

    pk: int
    code: str
    name: str
    generation: int
    population: int | None
    communes: tuple[str, ...]
    longitude: float | None = None
    latitude: float | None = None
    rings: tuple[Ring, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Perimeter:
    """Communes and QPV by name, ready for a list or a map: rendering makes no query."""

    communes: tuple[PerimeterCommune, ...]
    neighbourhoods: tuple[PerimeterNeighbourhood, ...]

    @property
    def population(self) -> int:
        """Inhabitants of the communes whose population is published."""
        return sum(commune.population or 0 for commune in self.communes)

    @property
    def neighbourhood_population(self) -> int | None:
        """Inhabitants of the QPV, or None when one of them has no published population (never an estimate)."""
        values = [neighbourhood.population for neighbourhood in self.neighbourhoods]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None


def perimeter_of(asv: Asv) -> Perimeter:
    """Read the perimeter with its contours, in three queries."""
    return Perimeter(communes=_communes(asv), neighbourhoods=_neighbourhoods(asv))


def perimeter_shapes(perimeter: Perimeter) -> list[MapShape]:
    """The shapes of ``svg_map``: communes below, QPV above. The ids end with the territory's code."""
    communes = [
        MapShape(label=row.name, rings=row.rings, css_class="paper l-ink", ident=f"commune-{row.code}")
        for row in perimeter.communes
        if row.rings
    ]
    neighbourhoods = [
        MapShape(label=row.name, rings=row.rings, css_class="area l-ink", ident=f"qpv-{row.code}", fit=not communes)
        for row in perimeter.neighbourhoods
        if row.rings
    ]
    return communes + neighbourhoods


def perimeter_points(perimeter: Perimeter) -> list[MapPoint]:
    """The rank of each QPV in the list of the perimeter, at its published point, so that a map needs no colour key."""
    return [
        MapPoint(label=row.name, longitude=row.longitude, latitude=row.latitude, number=rank)
        for rank, row in enumerate(perimeter.neighbourhoods, start=1)
        if row.longitude is not None and row.latitude is not None
    ]


def _communes(asv: Asv) -> tuple[PerimeterCommune, ...]:
    rows = Commune.objects.filter(asvs=asv).select_related("contour").order_by("name")
    return tuple(
        PerimeterCommune(pk=row.pk, code=row.code, name=row.name, population=row.population, rings=tuple(_rings(row)))
        for row in rows
    )


def _neighbourhoods(asv: Asv) -> tuple[PerimeterNeighbourhood, ...]:
    rows = Neighbourhood.objects.filter(asvs=asv).select_related("contour").prefetch_related("communes")
    return tuple(
        PerimeterNeighbourhood(
            pk=row.pk,
            code=row.code,
            name=row.name,
            generation=row.generation,
            population=row.population,
            communes=tuple(sorted(commune.name for commune in row.communes.all())),
            longitude=row.longitude,
            latitude=row.latitude,
            rings=tuple(_rings(row)),
        )
        for row in rows.order_by("name", "code")
    )


def _rings(row: Commune | Neighbourhood) -> list[Ring]:
    contour = getattr(row, "contour", None)
    return rings_of(contour.wkb) if contour else []

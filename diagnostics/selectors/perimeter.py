"""The places an ASV is read against: its neighbourhoods, and every territory that contains them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from asv_platform.territories.enums import Generation
from asv_platform.territories.models import Asv, Commune, Neighbourhood, Succession
from diagnostics.enums import GeographyLevel

# The published France of incomes is metropolitan France; the figure says so.
FRANCE = "FR"


@dataclass(frozen=True)
class Place:
    """One territory: ``communes`` are the codes of the ASV's communes it touches, the most populous first."""

    level: GeographyLevel
    code: str
    name: str
    communes: tuple[str, ...] = ()
    is_2015: bool = False
    population: int | None = None  # of a commune, as loaded with the territories


@dataclass(frozen=True)
class Perimeter:
    """The places of an ASV, and the 2015 neighbourhoods a person confirmed as predecessors."""

    neighbourhoods: tuple[Place, ...]
    old_neighbourhoods: tuple[Place, ...]
    communes: tuple[Place, ...]
    larger: tuple[Place, ...]
    predecessors: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def codes(self) -> set[str]:
        """Every code whose figures the comparison needs."""
        places = [*self.neighbourhoods, *self.old_neighbourhoods, *self.communes, *self.larger]
        inherited = [place for places in self.predecessors.values() for place in places]
        return {place.code for place in [*places, *inherited]}

    def of_level(self, level: GeographyLevel) -> list[Place]:
        """The larger territories of one level (communes included)."""
        return [place for place in [*self.communes, *self.larger] if place.level == level]


def perimeter(asv: Asv) -> Perimeter:
    """The places of ``asv``, in a number of queries that does not depend on their number."""
    communes = list(asv.communes.select_related("department__region", "epci", "ept").order_by("-population", "name"))
    ranks = {commune.code: rank for rank, commune in enumerate(communes)}
    current = list(asv.neighbourhoods.filter(generation=Generation.QPV_2024).prefetch_related("communes"))
    confirmed = _confirmed(current)
    old = Neighbourhood.objects.filter(generation=Generation.QPV_2015, communes__in=communes).distinct()
    inherited = {place.code for places in confirmed.values() for place in places}
    return Perimeter(
        neighbourhoods=tuple(_neighbourhood(row, ranks) for row in current),
        old_neighbourhoods=tuple(
            _neighbourhood(row, ranks) for row in old.prefetch_related("communes") if row.code not in inherited
        ),
        communes=tuple(
            Place(GeographyLevel.COMMUNE, row.code, row.name, population=row.population) for row in communes
        ),
        larger=tuple(_larger(communes)),
        predecessors=confirmed,
    )


def _confirmed(current: Iterable[Neighbourhood]) -> dict[str, tuple[Place, ...]]:
    links = Succession.objects.filter(new__in=[row.pk for row in current], confirmed_at__isnull=False)
    found: dict[str, tuple[Place, ...]] = {}
    for link in links.select_related("old", "new"):
        place = Place(GeographyLevel.QPV, link.old.code, link.old.name, is_2015=True)
        found[link.new.code] = (*found.get(link.new.code, ()), place)
    return found


def _neighbourhood(row: Neighbourhood, ranks: dict[str, int]) -> Place:
    codes = [commune.code for commune in row.communes.all() if commune.code in ranks]
    is_2015 = row.generation == Generation.QPV_2015
    return Place(GeographyLevel.QPV, row.code, row.name, tuple(sorted(codes, key=ranks.__getitem__)), is_2015)


def _larger(communes: list[Commune]) -> Iterable[Place]:
    """EPCI, departments, regions and France, once each, in that order."""
    places: dict[tuple[str, str], Place] = {}
    for level, of in (
        (GeographyLevel.EPCI, lambda commune: commune.epci),
        (GeographyLevel.DEPARTMENT, lambda commune: commune.department),
        (GeographyLevel.REGION, lambda commune: commune.department and commune.department.region),
    ):
        for row in filter(None, map(of, communes)):
            code = row.siren if level == GeographyLevel.EPCI else row.code
            places.setdefault((level, code), Place(level, code, row.name))
    return [*places.values(), Place(GeographyLevel.FRANCE, FRANCE, "France")]

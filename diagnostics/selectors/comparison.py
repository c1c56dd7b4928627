"""The published figures of an ASV beside those of the territories that contain it: screen, exports and PDF alike."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from asv_platform.territories.models import Asv
from diagnostics.enums import GeographyLevel, IndicatorKind, Reading
from diagnostics.models import Indicator, IndicatorValue
from diagnostics.selectors.perimeter import Perimeter, Place, perimeter
from diagnostics.selectors.reading import Comparison, compare, value_text

MASKED = "secret statistique"
FALLBACK = "donnée communale"
# What the platform has no figure of: whether its producer publishes one is not known here.
NOT_LOADED = "non chargé ici"
POPULATION, POPULATION_FILE = "population", "cog2026.json.xz"
# The territories that a neighbourhood is compared with, the nearest first.
NEAREST = [level for level in GeographyLevel if level != GeographyLevel.QPV]
NO_COMPARISON = Comparison(Reading.NOT_COMPARABLE)


@dataclass(frozen=True)
class FigureCell:
    """One figure of one place, ready to be shown, exported or printed; never blank, never a false zero."""

    place: Place
    text: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    period: str = ""
    status: str = "published"  # published, hidden, refused, missing
    flag: str = ""
    note: str = ""
    source: str = ""
    comparator: str = ""
    comparison: Comparison = NO_COMPARISON

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def limits_text(self) -> str:
        """« de 41,3 à 44,8 », when limits exist."""
        if self.lower is None or self.upper is None:
            return ""
        return f"de {self.lower:.1f} à {self.upper:.1f}".replace(".", ",")


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator over the places of an ASV."""

    indicator: Indicator
    neighbourhoods: tuple[FigureCell, ...]
    old_neighbourhoods: tuple[FigureCell, ...]
    references: tuple[FigureCell, ...]

    @property
    def cells(self) -> tuple[FigureCell, ...]:
        return (*self.neighbourhoods, *self.old_neighbourhoods, *self.references)

    @property
    def is_local(self) -> bool:
        """Whether a neighbourhood of today has something to show: a figure, its own or its commune's, or a mask."""
        return any(cell.status != "missing" for cell in self.neighbourhoods)

    @property
    def is_old(self) -> bool:
        return any(cell.status != "missing" for cell in self.old_neighbourhoods)


@dataclass(frozen=True)
class ComparisonTable:
    """The indicators of an ASV, neighbourhood by neighbourhood, compared with the territories of one level."""

    perimeter: Perimeter
    level: GeographyLevel
    rows: tuple[IndicatorRow, ...]

    @property
    def is_read(self) -> bool:
        """Whether a figure of a neighbourhood, of today or of 2015, is compared with another."""
        cells = (cell for row in self.rows for cell in (*row.neighbourhoods, *row.old_neighbourhoods))
        return any(cell.comparison.reading != Reading.NOT_COMPARABLE for cell in cells)


Values = dict[tuple[int, str, str], list[IndicatorValue]]


def indicator_comparison(
    asv: Asv, indicators: Iterable[Indicator] | None = None, *, level: GeographyLevel | None = None
) -> ComparisonTable:
    """Every indicator over the neighbourhoods, communes, EPCI, department, region of ``asv``, and France.

    A 2015 neighbourhood gives its figures to a neighbourhood of 2024 only when a person confirmed the succession;
    otherwise it stays a place of its own, by its label. A neighbourhood without any figure shows its commune's,
    flagged. Neighbourhoods are compared with their territory of ``level``: the nearest one that can be by default.
    """
    wanted = list(Indicator.objects.select_related("determinant") if indicators is None else indicators)
    places = perimeter(asv)
    values = _latest(wanted, places)
    tables = [
        ComparisonTable(places, scale, tuple(_row(indicator, places, values, scale) for indicator in wanted))
        for scale in ([level] if level else NEAREST)
    ]
    return next((table for table in tables if table.is_read), tables[0])


def _latest(indicators: list[Indicator], places: Perimeter) -> Values:
    """The values of these places, the most recent period first."""
    found: Values = defaultdict(list)
    rows = IndicatorValue.objects.filter(indicator__in=indicators, geography_code__in=places.codes())
    for value in rows.order_by("-period"):
        found[(value.indicator_id, value.level, value.geography_code)].append(value)
    for indicator in indicators:
        if indicator.code == POPULATION:
            _add_populations(found, indicator, places)
    return found


def _add_populations(found: Values, indicator: Indicator, places: Perimeter) -> None:
    """The populations of the communes come with the territories, not with the published files."""
    for place in places.communes:
        key = (indicator.pk, str(place.level), place.code)
        if place.population is not None and key not in found:
            found[key] = [
                IndicatorValue(
                    indicator=indicator,
                    level=place.level,
                    geography_code=place.code,
                    value=Decimal(place.population),
                    source_file=POPULATION_FILE,
                )
            ]


def _row(indicator: Indicator, places: Perimeter, values: Values, level: GeographyLevel) -> IndicatorRow:
    def find(place: Place) -> IndicatorValue | None:
        known = values.get((indicator.pk, place.level, place.code))
        return known[0] if known else None

    def compared(place: Place) -> FigureCell:
        value, flag = _value_of(indicator, place, places, find)
        reference = _reference(place, places, level)
        against = find(reference) if reference else None
        comparison = NO_COMPARISON if flag == FALLBACK else compare(indicator, value, against)
        return _cell(indicator, place, value, flag, reference.name if reference else "", comparison)

    return IndicatorRow(
        indicator=indicator,
        neighbourhoods=tuple(compared(place) for place in places.neighbourhoods),
        old_neighbourhoods=tuple(compared(place) for place in places.old_neighbourhoods),
        references=tuple(
            _cell(indicator, place, find(place), _france(indicator, place))
            for place in (*places.communes, *places.larger)
        ),
    )


def _value_of(indicator: Indicator, place: Place, places: Perimeter, find) -> tuple[IndicatorValue | None, str]:
    """The figure of a neighbourhood: its own, its confirmed predecessor's, or its commune's (never across merges).

    A count of the commune says nothing of one of its neighbourhoods.
    """
    if own := find(place):
        return own, ""
    inherited = places.predecessors.get(place.code, ())
    if len(inherited) == 1 and (value := find(inherited[0])):
        return value, "QPV 2015"
    if place.is_2015 or len(place.communes) != 1 or indicator.kind == IndicatorKind.COUNT:
        return None, ""
    value = find(Place(GeographyLevel.COMMUNE, place.communes[0], ""))
    return (value, FALLBACK) if value else (None, "")


def _reference(place: Place, places: Perimeter, level: GeographyLevel) -> Place | None:
    if level == GeographyLevel.COMMUNE:
        return next((one for code in place.communes for one in places.communes if one.code == code), None)
    return next(iter(places.of_level(level)), None)


def _france(indicator: Indicator, place: Place) -> str:
    return "métropolitaine" if place.level == GeographyLevel.FRANCE else ""


def _cell(
    indicator: Indicator, place: Place, value: IndicatorValue | None, flag: str = "", comparator: str = "",
    comparison: Comparison = NO_COMPARISON,
) -> FigureCell:  # fmt: skip
    if value is None:
        return FigureCell(place, NOT_LOADED, status="missing", note="Aucune valeur chargée pour ce territoire.")
    status = "hidden" if value.is_hidden else "refused" if value.is_refused else "published"
    words = {"hidden": MASKED, "refused": "valeur refusée"}
    return FigureCell(
        place=place,
        text=words.get(status) or value_text(indicator, value.value),
        value=value.value,
        lower=value.lower,
        upper=value.upper,
        period=value.period,
        status=status,
        flag=flag,
        note=value.note,
        source=f"{value.source_file}, ligne {value.source_line}" if value.source_line else value.source_file,
        comparator=comparator,
        comparison=comparison,
    )

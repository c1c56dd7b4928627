"""The published figures of the territory, read and compared by the diagnostic: screen and paper cannot disagree."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from asv_platform.common.formats import join_and
from asv_platform.reporting.facts.diagnosis import Comparison
from asv_platform.reporting.facts.territory import Place
from asv_platform.territories.models import Asv, Neighbourhood
from diagnostics.enums import Better, GeographyLevel, Reading
from diagnostics.models import Indicator, IndicatorValue
from diagnostics.selectors import FALLBACK, ComparisonTable, FigureCell, IndicatorRow, compare, indicator_comparison

POPULATION, POVERTY, EMPLOYMENT = "population", "taux-de-pauvrete", "taux-emploi"
STATUS = {Reading.BETTER: "better", Reading.WORSE: "worse", Reading.SIMILAR: "same"}
FEWEST = 5  # a range over fewer areas would say nothing
Key = tuple[int, str]


@dataclass(frozen=True)
class Figures:
    """What the published figures say of an ASV."""

    by_place: dict[str, dict[str, FigureCell]]
    comparisons: tuple[Comparison, ...]
    reference_name: str
    scope: str
    source: str
    place_source: str


def figures_of(asv: Asv) -> Figures:
    """Every published figure that the documents print; a number of queries that does not depend on the places."""
    table = indicator_comparison(asv)
    known = _Neighbours(table)
    rows = tuple(row for indicator in table.rows for row in _rows(indicator, table, known))
    used = [row for row in table.rows if row.indicator.name in {found.group for found in rows}]
    return Figures(
        by_place=_by_place(table),
        comparisons=rows,
        reference_name=_reference_name(rows, table),
        scope=known.scope(rows),
        source=_sources(used),
        place_source=_sources(row for row in table.rows if row.indicator.code in {POVERTY, EMPLOYMENT}),
    )


def with_figures(places: Iterable[Place], figures: Figures) -> tuple[Place, ...]:
    """The neighbourhoods with their own figures; one of their commune is never lent to them here."""
    found = []
    for place in places:
        cells = figures.by_place.get(place.code, {})
        people = _own(cells.get(POPULATION))
        population = place.population if people is None else round(people)
        found.append(
            replace(
                place,
                population=population,
                poverty=_own(cells.get(POVERTY)),
                employment=_own(cells.get(EMPLOYMENT)),
            )
        )
    return tuple(found)


def _own(cell: FigureCell | None) -> float | None:
    return float(cell.value) if cell and cell.value is not None and cell.flag != FALLBACK else None


def _by_place(table: ComparisonTable) -> dict[str, dict[str, FigureCell]]:
    found: dict[str, dict[str, FigureCell]] = defaultdict(dict)
    for row in table.rows:
        for cell in row.neighbourhoods:
            found[cell.place.code][row.indicator.code] = cell
    return found


def _has_direction(indicator: Indicator) -> bool:
    return indicator.better != Better.NEITHER


class _Neighbours:
    """The same figures over the communes and the neighbourhoods of the department: what a value ranges among."""

    def __init__(self, table: ComparisonTable) -> None:
        self.departments = [place for place in table.perimeter.larger if place.level == GeographyLevel.DEPARTMENT]
        self.latest: dict[tuple[int, str, str], IndicatorValue] = {}
        self.spread: dict[Key, list[float]] = defaultdict(list)
        indicators = [row.indicator.pk for row in table.rows if _has_direction(row.indicator)]
        for value in self._values(indicators).order_by("period"):
            self.latest[(value.indicator_id, value.level, value.geography_code)] = value
        for (indicator, level, _), value in self.latest.items():
            if value.value is not None:
                self.spread[(indicator, level)].append(float(value.value))

    def _values(self, indicators: list[int]):
        codes = [place.code for place in self.departments]
        inside = Q(pk__in=[])
        for code in codes:
            inside |= Q(geography_code__startswith=code)
        quarters = Neighbourhood.objects.filter(communes__department__code__in=codes).values("code")
        return IndicatorValue.objects.filter(indicator__in=indicators).filter(
            Q(level=GeographyLevel.COMMUNE) & inside
            | Q(level=GeographyLevel.QPV, geography_code__in=quarters)
            | Q(level=GeographyLevel.DEPARTMENT, geography_code__in=codes)
        )

    def find(self, indicator: Indicator, level: str, code: str) -> IndicatorValue | None:
        return self.latest.get((indicator.pk, level, code))

    def range_of(self, indicator: Indicator, level: str) -> dict[str, float]:
        """The ends and the quartiles among the areas of a level; nothing over too few of them."""
        values = self.spread.get((indicator.pk, level), [])
        if len(values) < FEWEST:
            return {}
        first, _, third = statistics.quantiles(values, n=4)
        return {"low": min(values), "first_quartile": first, "third_quartile": third, "high": max(values)}

    def scope(self, rows: Iterable[Comparison]) -> str:
        """What the bars range over, in words."""
        if not any(row.low is not None for row in rows):
            return ""
        names = join_and([place.name for place in self.departments])
        return f"communes et quartiers prioritaires publiés ({names})"


def _rows(row: IndicatorRow, table: ComparisonTable, known: _Neighbours) -> Iterable[Comparison]:
    """The communes beside their department, then the neighbourhoods beside their territory."""
    if not _has_direction(row.indicator):
        return
    for commune in table.perimeter.communes:
        value = known.find(row.indicator, GeographyLevel.COMMUNE, commune.code)
        for department in known.departments:
            reference = known.find(row.indicator, GeographyLevel.DEPARTMENT, department.code)
            read = compare(row.indicator, value, reference)
            if value is not None and reference is not None and read.reading != Reading.NOT_COMPARABLE:
                yield _comparison(row.indicator, commune.name, value, reference, department.name, read, known)
    for cell in row.neighbourhoods:
        found = _of_cell(cell, row.indicator, table, known)
        if found is not None:
            yield found


def _of_cell(cell: FigureCell, indicator: Indicator, table: ComparisonTable, known: _Neighbours) -> Comparison | None:
    """A neighbourhood beside its commune, as the screen reads it; beside its department when the commune is silent."""
    if cell.value is None or cell.flag == FALLBACK:
        return None
    communes = [place for place in table.perimeter.communes if place.name == cell.comparator]
    if cell.comparison.reading != Reading.NOT_COMPARABLE and communes:
        against = known.find(indicator, GeographyLevel.COMMUNE, communes[0].code)
        return _comparison(indicator, cell.place.name, cell, against, cell.comparator, cell.comparison, known)
    value = known.find(indicator, GeographyLevel.QPV, cell.place.code)
    for department in known.departments:
        against = known.find(indicator, GeographyLevel.DEPARTMENT, department.code)
        read = compare(indicator, value, against)
        if read.reading != Reading.NOT_COMPARABLE:
            return _comparison(indicator, cell.place.name, cell, against, department.name, read, known)
    return None


def _comparison(
    indicator: Indicator, name: str, value, reference, against: str, read, known: _Neighbours
) -> Comparison:
    level = GeographyLevel.QPV if isinstance(value, FigureCell) else GeographyLevel.COMMUNE
    limits = None if value.lower is None or value.upper is None else (float(value.lower), float(value.upper))
    return Comparison(
        group=indicator.name,
        label=name,
        unit=_unit(indicator),
        value=float(value.value),
        reference=float(reference.value or 0),
        interval=limits,
        higher_is_better=indicator.better == Better.UP,
        status=STATUS.get(read.reading, "none"),
        reading=str(read.reading.label),
        against=against,
        period=value.period,
        note=read.reason,
        **known.range_of(indicator, level),
    )


def _unit(indicator: Indicator) -> str:
    """``%, personnes de 15 à 64 ans``: a share says what it is a share of."""
    whole = indicator.denominator_label
    return ", ".join(filter(None, [indicator.unit, whole[:1].lower() + whole[1:]]))


def _reference_name(rows: tuple[Comparison, ...], table: ComparisonTable) -> str:
    if not rows:
        return ""
    names = {row.against for row in rows}
    departments = {place.name for place in table.perimeter.larger if place.level == GeographyLevel.DEPARTMENT}
    parts = ["la commune" if names - departments else "", "le département" if names & departments else ""]
    return join_and(parts)


def _sources(rows: Iterable[IndicatorRow]) -> str:
    """The producers of these figures, each with the periods of what the neighbourhoods show."""
    periods: dict[str, dict[str, None]] = {}
    for row in rows:
        cells = [cell for cell in row.neighbourhoods if cell.is_known and cell.period]
        periods.setdefault(row.indicator.source, {}).update(dict.fromkeys(cell.period for cell in cells))
    return " ; ".join(f"{source} ({join_and(list(found))})" if found else source for source, found in periods.items())

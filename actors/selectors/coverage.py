"""Who is where, who is missing: themes × neighbourhoods."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from actors.enums import TermKind
from actors.models import Organisation, Term
from asv_platform.territories.models import Asv, Neighbourhood

# Below this, the coverage of a theme rests on a single organisation.
SOLID_FROM = 2


@dataclass(frozen=True)
class CoverageCell:
    """How many organisations work on a theme in a neighbourhood."""

    theme: Term
    neighbourhood: Neighbourhood
    count: int

    @property
    def is_missing(self) -> bool:
        return self.count == 0

    @property
    def is_fragile(self) -> bool:
        return 0 < self.count < SOLID_FROM


@dataclass(frozen=True)
class CoverageRow:
    theme: Term
    cells: list[CoverageCell]


@dataclass(frozen=True)
class CoverageMatrix:
    """The whole table, and what is missing from it."""

    neighbourhoods: list[Neighbourhood]
    rows: list[CoverageRow]
    organisations: int
    without_place: int
    without_theme: int

    @property
    def cells(self) -> list[CoverageCell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def missing(self) -> list[CoverageCell]:
        """Themes that nobody works on, by neighbourhood."""
        return [cell for cell in self.cells if cell.is_missing]

    @property
    def worst(self) -> Neighbourhood | None:
        """The neighbourhood with the most themes missing; None when nothing is missing."""
        holes = Counter(cell.neighbourhood.pk for cell in self.missing)
        if not holes:
            return None
        return max(self.neighbourhoods, key=lambda neighbourhood: holes[neighbourhood.pk])

    def missing_in(self, neighbourhood: Neighbourhood) -> list[CoverageCell]:
        return [cell for cell in self.missing if cell.neighbourhood == neighbourhood]


def coverage_matrix(asv: Asv, organisations: QuerySet[Organisation] | None = None) -> CoverageMatrix:
    """Count the organisations of ``asv`` (not archived, or those given) by theme and neighbourhood. Five queries."""
    rows = Organisation.objects.active().filter(asv=asv) if organisations is None else organisations
    everywhere = dict(rows.order_by().values_list("pk", "covers_perimeter"))
    themes_of = _links(Organisation.themes.through, "term_id", everywhere)
    places_of = _links(Organisation.neighbourhoods.through, "neighbourhood_id", everywhere)
    themes = list(Term.objects.filter(kind=TermKind.THEME))
    neighbourhoods = list(asv.neighbourhoods.order_by("name"))
    every_place = {neighbourhood.pk for neighbourhood in neighbourhoods}
    counts = Counter(
        (theme, place)
        for pk, covers_all in everywhere.items()
        for theme in themes_of.get(pk, ())
        for place in (every_place if covers_all else places_of.get(pk, ()))
    )
    return CoverageMatrix(
        neighbourhoods=neighbourhoods,
        rows=[CoverageRow(theme, [CoverageCell(theme, n, counts[theme.pk, n.pk]) for n in neighbourhoods])
              for theme in themes],
        organisations=len(everywhere),
        without_place=sum(1 for pk, covers_all in everywhere.items() if not covers_all and pk not in places_of),
        without_theme=sum(1 for pk in everywhere if pk not in themes_of),
    )  # fmt: skip


def _links(through, column: str, organisations: dict[int, bool]) -> dict[int, set[int]]:
    """The tags of each organisation: {organisation: {tag}}."""
    found: dict[int, set[int]] = {}
    for organisation_id, tag_id in through.objects.filter(organisation__in=organisations).values_list(
        "organisation_id", column
    ):
        found.setdefault(organisation_id, set()).add(tag_id)
    return found

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from actors.filters import CoverageFilters
from actors.models import Organisation, Term
from actors.selectors import CoverageMatrix, coverage_matrix, network_map
from actors.selectors.coverage import CoverageCell, CoverageRow
from actors.views.base import NetworkMixin
from asv_platform.common.formats import plural
from asv_platform.common.views import Action, Page, PermissionView

MAP_KEY = [("better", "quartier prioritaire"), ("worse", "quartier sans personne")]
KEY = [("ok", "deux organisations ou plus"), ("", "une seule, fragile"), ("none", "personne")]


@dataclass(frozen=True)
class HeatCell:
    """A cell of the heat map component."""

    text: str
    tone: str
    url: str = ""
    hint: str = ""
    icon: str = ""
    sub: str = ""


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: list[HeatCell]
    url: str = ""
    sub: str = ""


class CoveragePage(NetworkMixin, PermissionView):
    """Who is where, who is missing."""

    permission = "actors.view"
    template_name = "actors/coverage.html"
    title = "Qui est où, qui manque"
    http_method_names = ["get", "head", "options"]

    def crumbs(self):
        return [("Organisations", self.url("organisation_list")), ("Couverture", "")]

    def actions(self):
        if not self.may_edit():
            return []
        return [Action("Ajouter une organisation", self.url("organisation_create"), "plus")]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        filters = CoverageFilters(request.GET or None, queryset=Organisation.objects.active(), request=request)
        matrix = coverage_matrix(self.request.asv, filters.qs)
        cleaned = getattr(filters.form, "cleaned_data", {}) if filters.is_bound and filters.is_valid() else {}
        drawn = network_map(self.request.asv, filters.qs, matrix, _theme(matrix, cleaned.get("theme", "")))
        kept = {name: code for name, code in cleaned.items() if code and name != "theme"}
        page = Page(title=self.title, lead=_lead(matrix), crumbs=self.crumbs(), actions=self.actions())
        return self.render_to_response(
            {
                "page": page,
                "form": filters.form,
                "map": drawn,
                "matrix": matrix,
                "columns": [neighbourhood.name for neighbourhood in matrix.neighbourhoods],
                "rows": [self._row(row, kept) for row in matrix.rows],
                "key": KEY,
                "map_key": MAP_KEY,
                "unplaced": _unplaced(matrix),
                "list_url": self.url("organisation_list") + (f"?{urlencode(kept)}" if kept else ""),
            }
        )

    def _row(self, row: CoverageRow, kept: dict[str, str]) -> HeatRow:
        url = f"{self.url('organisation_list')}?{urlencode(kept | {'theme': row.theme.code})}"
        return HeatRow(row.theme.label, [self._cell(cell, kept) for cell in row.cells], url)

    def _cell(self, cell: CoverageCell, kept: dict[str, str]) -> HeatCell:
        if cell.is_missing:
            return HeatCell("personne", "none")
        query = urlencode(kept | {"theme": cell.theme.code, "quartier": cell.neighbourhood.code})
        return HeatCell(
            str(cell.count),
            "" if cell.is_fragile else "ok",
            f"{self.url('organisation_list')}?{query}",
            plural(cell.count, "organisation"),
        )


def _theme(matrix: CoverageMatrix, code: str) -> Term | None:
    return next((row.theme for row in matrix.rows if row.theme.code == code), None)


def _lead(matrix: CoverageMatrix) -> str:
    total = plural(matrix.organisations, "organisation")
    if not matrix.neighbourhoods or not matrix.organisations:
        return f"{total} dans l’annuaire."
    if matrix.worst is None:
        return f"{total} : chaque quartier a au moins une organisation pour chaque thème."
    holes = len(matrix.missing_in(matrix.worst))
    missing = plural(holes, "thème")
    return f"{total}. {matrix.worst.name} : personne pour {missing} sur {len(matrix.rows)}."


def _unplaced(matrix: CoverageMatrix) -> list[str]:
    """What the table cannot count, and why."""
    found = []
    if matrix.without_theme:
        found.append(f"{plural(matrix.without_theme, 'organisation')} sans thème")
    if matrix.without_place:
        found.append(f"{plural(matrix.without_place, 'organisation')} sans quartier")
    return found

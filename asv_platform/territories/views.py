"""Pages about territories, for any person who is logged in: reference data belong to no ASV."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from asv_platform.common.formats import typo
from asv_platform.common.http import read_only
from asv_platform.common.svgmap import svg_map
from asv_platform.common.views import Action, Page
from asv_platform.territories.forms import AddressForm, TerritorySearchForm
from asv_platform.territories.selectors import (
    AddressPage,
    TerritoryPage,
    address_page,
    search_territories,
    territory_page,
)

SEARCH_LIMIT = 30


@dataclass(frozen=True)
class Drawing:
    """A map, its legend and its source."""

    svg: SafeString
    legend: list[tuple[str, str]]
    source: str


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """/territoires/?q=… : what a name, a code or a postal code may mean."""
    form = TerritorySearchForm(request.GET or None)
    asked = form.is_valid() and form.cleaned_data["q"].strip()
    results = search_territories(asked, limit=SEARCH_LIMIT) if asked else []
    page = Page(
        title="Territoires",
        lead="Communes, intercommunalités, départements, régions et quartiers prioritaires (QPV) de France.",
        actions=[Action("Situer une adresse", reverse("territories:address"), "map-pin", "secondary")],
    )
    context = {"page": page, "form": form, "asked": asked or "", "results": results, "limit": SEARCH_LIMIT}
    return render(request, "territories/search.html", context)


@read_only
def detail(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """/territoires/commune/93007/ and its like; a merged commune leads to the commune of today."""
    territory = territory_page(kind, code)
    if territory is None:
        raise Http404
    if (territory.slug, territory.code) != (kind, code):
        return redirect("territories:detail", kind=territory.slug, code=territory.code)
    page = Page(title=typo(territory.name), lead=territory.kind_label, crumbs=_crumbs())
    context = {"page": page, "territory": territory, "drawing": _territory_map(territory)}
    return render(request, "territories/detail.html", context)


@read_only
def address(request: HttpRequest) -> HttpResponse:
    """/territoires/quartier/ : is this place in a priority neighbourhood?"""
    form = AddressForm(request.GET or None)
    answer = address_page(**form.cleaned_data) if request.GET and form.is_valid() else None
    page = Page(
        title="Cette adresse est-elle dans un quartier prioritaire ?",
        lead="La réponse vient des contours publiés en 2024, sans interroger aucun service extérieur.",
        crumbs=_crumbs(),
    )
    context: dict[str, Any] = {"page": page, "form": form, "found": answer}
    context["drawing"] = _address_map(answer) if answer else None
    return render(request, "territories/address.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [("Territoires", reverse("territories:search"))]


def _territory_map(territory: TerritoryPage) -> Drawing | None:
    names = [shape.label for shape in territory.shapes if shape.css_class.startswith("area")]
    svg = svg_map(
        territory.shapes,
        ident="carte",
        title=f"Carte : {territory.name}",
        description=_describe(names) if names else f"Contour : {territory.name}.",
    )
    legend = [("better", "quartier prioritaire 2024")] if territory.slug == "commune" and names else []
    return Drawing(svg, legend, territory.source) if svg else None


def _address_map(found: AddressPage) -> Drawing | None:
    names = [shape.label for shape in found.shapes if shape.ident.startswith("qpv-")]
    sentence = found.answer.message if found.answer else ""
    svg = svg_map(
        found.shapes,
        ident="carte",
        title="Le lieu et les quartiers prioritaires voisins" if found.points else "Les quartiers prioritaires",
        description=f"{sentence} {_describe(names)}".strip(),
        points=found.points,
        extent=found.extent,
        picks=True,
    )
    legend = [("better", "quartier prioritaire 2024")] if names else []
    if found.answer and found.answer.hits:
        legend.append(("worse", "quartier où se trouve le lieu"))
    return Drawing(svg, legend, "Contours : ANCT 2024, IGN Admin Express 2018.") if svg else None


def _describe(names: list[str]) -> str:
    return (
        f"Contours des quartiers prioritaires : {', '.join(names)}." if names else "Aucun quartier prioritaire proche."
    )

"""The page of one territory, whatever its kind."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet, Sum

from asv_platform.common.svgmap import MapShape
from asv_platform.territories.contours import rings_of
from asv_platform.territories.enums import Generation, SuccessionState, TerritoryKind
from asv_platform.territories.models import (
    Commune,
    CommuneFormerCode,
    Department,
    Epci,
    Neighbourhood,
    NeighbourhoodContour,
    Region,
    Succession,
)
from asv_platform.territories.selectors.search import resolve_commune


@dataclass(frozen=True)
class TerritoryLink:
    """Another territory, and one thing to know about it."""

    slug: str
    code: str
    name: str
    note: str = ""
    population: int | None = None


@dataclass(frozen=True)
class LinkGroup:
    """A titled list of territories; ``empty`` is said when there is none."""

    title: str
    links: list[TerritoryLink]
    empty: str = ""


@dataclass(frozen=True)
class TerritoryPage:
    """Everything the page shows. ``population`` is None when it is not published, and the page says so."""

    slug: str
    code: str
    name: str
    kind_label: str
    population: int | None
    facts: list[tuple[str, str]]
    groups: list[LinkGroup]
    shapes: list[MapShape] = field(default_factory=list, repr=False)
    source: str = ""


def territory_page(slug: str, code: str) -> TerritoryPage | None:
    """The page of the territory of this kind and code, or None. A merged commune gives the page of today's commune."""
    reader = _READERS.get(slug)
    return reader(code.upper()) if reader else None


def commune_shapes(commune: Commune, *, generation: int = Generation.QPV_2024) -> list[MapShape]:
    """The commune's contour where known, then the contours of its QPV."""
    shapes = []
    if contour := getattr(commune, "contour", None):
        rings = rings_of(contour.wkb)
        shapes.append(MapShape(commune.name, rings, css_class="paper l-ink", ident=f"commune-{commune.code}"))
    contours = NeighbourhoodContour.objects.select_related("neighbourhood").filter(
        neighbourhood__communes=commune, neighbourhood__generation=generation
    )
    return shapes + [_qpv_shape(contour, fit=not shapes) for contour in contours.order_by("neighbourhood__code")]


def _qpv_shape(contour: NeighbourhoodContour, *, fit: bool = True) -> MapShape:
    row = contour.neighbourhood
    return MapShape(row.name, rings_of(contour.wkb), ident=f"qpv-{row.code}", fit=fit)


def _commune(code: str) -> TerritoryPage | None:
    found = resolve_commune(code)
    if found is None:
        return None
    commune = Commune.objects.select_related("department__region", "epci", "ept", "contour").get(pk=found.pk)
    former = CommuneFormerCode.objects.filter(commune=commune).exclude(name="").order_by("code")
    facts = [("Code Insee", commune.code), ("Codes postaux", ", ".join(commune.postal_codes))]
    if names := ", ".join(str(row) for row in former):
        facts.append(("Anciennes communes et arrondissements", names))
    shapes = commune_shapes(commune)
    return TerritoryPage(
        slug=TerritoryKind.COMMUNE.slug,
        code=commune.code,
        name=commune.name,
        kind_label="Commune",
        population=commune.population,
        facts=facts,
        groups=[
            LinkGroup("Où se trouve la commune", _containers(commune)),
            *_generations(Neighbourhood.objects.filter(communes=commune), "de cette commune"),
        ],
        shapes=shapes,
        source="Contours : ANCT 2024, IGN Admin Express 2018." if shapes else "",
    )


def _containers(commune: Commune) -> list[TerritoryLink]:
    links = [_epci_link(epci) for epci in (commune.ept, commune.epci) if epci]
    if department := commune.department:
        links += [
            TerritoryLink("departement", department.code, department.name, "Département"),
            TerritoryLink("region", department.region.code, department.region.name, "Région"),
        ]
    return links


def _epci_link(epci: Epci) -> TerritoryLink:
    return TerritoryLink("intercommunalite", epci.siren, epci.name, epci.get_kind_display(), epci.population)


def _generations(neighbourhoods: QuerySet[Neighbourhood], place: str) -> list[LinkGroup]:
    rows = list(neighbourhoods.order_by("name", "code").distinct())
    return [
        LinkGroup(
            f"Quartiers prioritaires de {generation.value}",
            [_qpv_link(row) for row in rows if row.generation == generation],
            f"Aucun quartier prioritaire de {generation.value} {place}.",
        )
        for generation in (Generation.QPV_2024, Generation.QPV_2015)
    ]


def _qpv_link(row: Neighbourhood, note: str = "") -> TerritoryLink:
    return TerritoryLink("qpv", row.code, row.name, note, row.population)


def _neighbourhood(code: str) -> TerritoryPage | None:
    row = Neighbourhood.objects.select_related("department", "contour").filter(code=code).first()
    if row is None:
        return None
    communes = row.communes.select_related("department", "epci", "ept").order_by("name")
    contour = getattr(row, "contour", None)
    return TerritoryPage(
        slug="qpv",
        code=row.code,
        name=row.name,
        kind_label=f"Quartier prioritaire de {row.generation}",
        population=row.population,
        facts=[("Code", row.code), ("Département", str(row.department or "")), ("En vigueur", _in_force(row))],
        groups=[
            LinkGroup("Communes", [_commune_link(commune) for commune in communes]),
            LinkGroup("Intercommunalités", _epcis_of(communes)),
            _successions(row),
        ],
        shapes=[_qpv_shape(contour)] if contour else [],
        source=f"Contour : ANCT, génération {row.generation}." if contour else "",
    )


def _in_force(row: Neighbourhood) -> str:
    start = f"depuis le {row.in_force_from:%d/%m/%Y}" if row.in_force_from else ""
    return f"du {row.in_force_from:%d/%m/%Y} au {row.in_force_to:%d/%m/%Y}" if row.in_force_to else start


def _commune_link(commune: Commune) -> TerritoryLink:
    return TerritoryLink("commune", commune.code, commune.name, str(commune.department or ""), commune.population)


def _epcis_of(communes: QuerySet[Commune]) -> list[TerritoryLink]:
    epcis = {epci.pk: epci for commune in communes for epci in (commune.ept, commune.epci) if epci}
    return [_epci_link(epci) for epci in epcis.values()]


def _successions(row: Neighbourhood) -> LinkGroup:
    recent = row.generation == Generation.QPV_2024
    rows = Succession.objects.select_related("old", "new").filter(Q(new=row) if recent else Q(old=row))
    links = [
        _qpv_link(link.old if recent else link.new, f"{link.method} – {_state(link).label.lower()}")
        for link in rows.filter(rejected_at__isnull=True)
    ]
    title = (
        "Quartiers de 2015 qui l’ont peut-être précédé" if recent else "Quartiers de 2024 qui lui succèdent peut-être"
    )
    return LinkGroup(title, links, "Aucune correspondance n’est proposée : les deux listes ne se recoupent pas ici.")


def _state(link: Succession) -> SuccessionState:
    return SuccessionState.CONFIRMED if link.confirmed_at else SuccessionState.PROPOSED


def _epci(code: str) -> TerritoryPage | None:
    epci = Epci.objects.filter(siren=code).first()
    if epci is None:
        return None
    communes = Commune.objects.select_related("department").filter(Q(epci=epci) | Q(ept=epci)).order_by("name")
    neighbourhoods = Neighbourhood.objects.filter(communes__in=communes)
    return TerritoryPage(
        slug="intercommunalite",
        code=epci.siren,
        name=epci.name,
        kind_label=epci.get_kind_display(),
        population=epci.population,
        facts=[("SIREN", epci.siren)],
        groups=[
            LinkGroup("Communes membres", [_commune_link(commune) for commune in communes]),
            *_generations(neighbourhoods, "dans cette intercommunalité"),
        ],
    )


def _department(code: str) -> TerritoryPage | None:
    row = Department.objects.select_related("region", "contour").filter(code=code).first()
    if row is None:
        return None
    contour = getattr(row, "contour", None)
    with_qpv = Commune.objects.select_related("department").filter(department=row, neighbourhoods__isnull=False)
    return TerritoryPage(
        slug="departement",
        code=row.code,
        name=row.name,
        kind_label="Département",
        population=_population(Commune.objects.filter(department=row)),
        facts=[("Code", row.code), ("Communes", str(row.communes.count()))],
        groups=[
            LinkGroup("Région", [TerritoryLink("region", row.region.code, row.region.name)]),
            LinkGroup(
                "Communes qui ont un quartier prioritaire",
                [_commune_link(commune) for commune in with_qpv.order_by("name").distinct()],
                "Aucune commune de ce département n’a de quartier prioritaire.",
            ),
            *_generations(Neighbourhood.objects.filter(department=row), "dans ce département"),
        ],
        shapes=[MapShape(row.name, rings_of(contour.wkb), css_class="paper l-ink")] if contour else [],
        source="Contour : IGN Admin Express 2018, simplifié." if contour else "",
    )


def _region(code: str) -> TerritoryPage | None:
    row = Region.objects.filter(code=code).first()
    if row is None:
        return None
    departments = row.departments.annotate(inhabitants=Sum("communes__population")).order_by("code")
    return TerritoryPage(
        slug="region",
        code=row.code,
        name=row.name,
        kind_label="Région",
        population=_population(Commune.objects.filter(department__region=row)),
        facts=[("Code", row.code)],
        groups=[
            LinkGroup(
                "Départements",
                [
                    TerritoryLink("departement", department.code, department.name, "", department.inhabitants)
                    for department in departments
                ],
            )
        ],
    )


def _population(communes: QuerySet[Commune]) -> int | None:
    return communes.aggregate(total=Sum("population"))["total"]


_READERS: dict[str, Callable[[str], TerritoryPage | None]] = {
    "commune": _commune,
    "qpv": _neighbourhood,
    "intercommunalite": _epci,
    "departement": _department,
    "region": _region,
}

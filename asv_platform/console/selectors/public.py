"""What everybody may read: the list of ASV, and the page each of them publishes."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.safestring import SafeString

from actors.selectors import partner_asv_ids
from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import User
from asv_platform.common.formats import join_and, number
from asv_platform.common.svgmap import svg_map
from asv_platform.console.selectors.dashboard import Figure
from asv_platform.territories.models import Asv
from asv_platform.territories.selectors import perimeter_of, perimeter_points, perimeter_shapes
from asv_platform.territories.selectors.perimeter import Perimeter
from diagnostics.enums import DiagnosticState
from diagnostics.models import Priority
from programmation.models import Action, Call, Programme
from programmation.selectors.programmes import CallSummary, call_summaries


@dataclass(frozen=True)
class Place:
    """One ASV of the home page; ``search_text`` holds its communes and neighbourhoods."""

    name: str
    url: str
    sub: str
    search_text: str


@dataclass(frozen=True)
class Space:
    """Where a person works."""

    label: str
    url: str
    sub: str = ""


@dataclass(frozen=True)
class PublicPriority:
    title: str
    rank: int
    actions: int


@dataclass(frozen=True)
class PublicPage:
    """The public page of an ASV: who, where, what is open, what was decided."""

    figures: tuple[Figure, ...]
    map: SafeString
    places: tuple[tuple[str, str], ...]
    calls: tuple[CallSummary, ...]
    priorities: tuple[PublicPriority, ...]
    priorities_year: int | None


def public_places() -> list[Place]:
    """The ASV with a public page, by name; two queries more for all their communes and neighbourhoods."""
    rows = Asv.objects.filter(is_public=True).prefetch_related("communes", "neighbourhoods").order_by("name")
    return [_place(row) for row in rows]


def _place(asv: Asv) -> Place:
    communes = [commune.name for commune in asv.communes.all()]
    quarters = [quarter.name for quarter in asv.neighbourhoods.all()]
    count = f"{len(quarters)} quartiers" if len(quarters) > 1 else "un quartier" if quarters else ""
    return Place(
        name=asv.name,
        url=reverse("public:page", kwargs={"asv": asv.slug}),
        sub=", ".join(part for part in (join_and(communes), count) if part),
        search_text=" ".join([asv.name, *communes, *quarters]),
    )


def user_spaces(user: User) -> list[Space]:
    """Where this user works: their ASV, the files of their organisations, the site of operators."""
    spaces = [_space(user, asv) for asv in user.asvs]
    if partner_asv_ids(user) or (not spaces and not user.is_superuser):
        spaces.append(Space("Mes dossiers", reverse("partner:home"), "propositions, séances et bilans"))
    if user.is_superuser:
        spaces.append(Space("Administration", reverse("admin:index"), "exploitation de la plateforme"))
    return spaces


def _space(user: User, asv: Asv) -> Space:
    role = Role(user.roles[asv.pk])
    return Space(asv.name, reverse("console:dashboard", kwargs={"asv": asv.slug}), str(role.label))


def public_page(asv: Asv, *, at: dt.datetime) -> PublicPage:
    """What the page of an ASV shows at a moment; a constant number of queries."""
    perimeter = perimeter_of(asv)
    open_now = Call.objects.active().filter(published_at__isnull=False, closes_at__gt=at - dt.timedelta(days=10))
    calls = [call for call in call_summaries(open_now.order_by("closes_at"), at=at) if call.state.accepts_filing]
    year, priorities = _priorities()
    return PublicPage(
        figures=tuple(_figures(perimeter)),
        map=_map(asv, perimeter),
        places=tuple((row.name, _people(row.population)) for row in perimeter.neighbourhoods),
        calls=tuple(calls),
        priorities=priorities,
        priorities_year=year,
    )


def _people(population: int | None) -> str:
    return f"{number(population)} habitants" if population else "population non publiée"


def _figures(perimeter: Perimeter) -> list[Figure]:
    communes = join_and([commune.name for commune in perimeter.communes])
    found = [Figure(number(perimeter.population), f"habitants, {communes}")]
    if perimeter.neighbourhoods:
        found.append(Figure(number(len(perimeter.neighbourhoods)), "quartiers prioritaires"))
    if perimeter.neighbourhood_population:
        label = "habitants de ces quartiers, communes voisines comprises"
        found.append(Figure(number(perimeter.neighbourhood_population), label))
    return found


def _map(asv: Asv, perimeter: Perimeter) -> SafeString:
    names = join_and([row.name for row in perimeter.neighbourhoods])
    return svg_map(
        perimeter_shapes(perimeter),
        points=perimeter_points(perimeter),
        ident="perimetre",
        title=f"Le périmètre de l’atelier santé ville {asv.name}",
        description=f"Contours des communes et des quartiers prioritaires, numérotés comme la liste : {names}.",
    )


def _priorities() -> tuple[int | None, tuple[PublicPriority, ...]]:
    """The priorities of the last diagnostic that a committee validated, with this year's actions."""
    fixed = [DiagnosticState.VALIDATED, DiagnosticState.ARCHIVED]
    rows = Priority.objects.active().filter(diagnostic__state__in=fixed, diagnostic__archived_at=None)
    year = rows.aggregate(year=Max("diagnostic__year"))["year"]
    programme = Programme.objects.active().filter(voted_on__isnull=False).order_by("-year").first()
    live = Action.objects.live().filter(programme=programme).values("pk")
    counted = Count("objectives__actions", filter=Q(objectives__actions__in=live), distinct=True)
    shown = rows.filter(diagnostic__year=year).annotate(action_count=counted).order_by("rank", "pk")
    return year, tuple(PublicPriority(row.title, row.rank, row.action_count) for row in shown)

"""The network as the other apps need it: choices, partners, figures."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from actors.enums import Freshness, OrganisationKind
from actors.models import Organisation, Person, Term
from actors.querysets import freshness_of
from actors.rules import partner_roles
from asv_platform.territories.models import Asv
from asv_platform.territories.scoping import every_asv


def terms(kind: str) -> QuerySet[Term]:
    """The words of one closed list, in its order."""
    return Term.objects.filter(kind=kind)


def organisation_options(*, including: int | None = None) -> QuerySet[Organisation]:
    """Organisations that can be chosen in a form: not archived, or the one already chosen."""
    return Organisation.objects.filter(Q(archived_at__isnull=True) | Q(pk=including)).order_by("search_name")


def person_options(*, role: str = "", including: int | None = None) -> QuerySet[Person]:
    """People who can be chosen in a form: not archived (of that role when given), or the one already chosen."""
    wanted = Q(archived_at__isnull=True, **({"role": role} if role else {}))
    return Person.objects.filter(wanted | Q(pk=including)).order_by("search_name")


def funders(*, including: int | None = None) -> QuerySet[Organisation]:
    """Organisations that fund actions, by name."""
    return organisation_options(including=including).filter(Q(is_funder=True) | Q(pk=including))


def partner_organisations(user) -> list[Organisation]:
    """The organisations this user may act for, in every ASV, by name, with their ASV."""
    roles = partner_roles(user)
    if not roles:
        return []
    with every_asv(reason="the partner's own organisations, whatever the ASV"):
        return list(Organisation.objects.active().filter(pk__in=roles).select_related("asv").order_by("search_name"))


@dataclass(frozen=True)
class Count:
    """How many organisations, and of what."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class NetworkFigures:
    """The network of an ASV in a few figures; every count is of records that are not archived."""

    organisations: int
    people: int
    funders: int
    by_kind: list[Count] = field(default_factory=list)
    by_sector: list[Count] = field(default_factory=list)
    freshness: dict[str, int] = field(default_factory=dict)

    @property
    def to_confirm(self) -> int:
        """Records that nobody has confirmed for six months or more, or ever."""
        return sum(count for state, count in self.freshness.items() if state != Freshness.FRESH)


def network_figures(asv: Asv, *, on: dt.date) -> NetworkFigures:
    """Counts by kind and by sector, and what the directory is worth on that day. Three queries."""
    rows = list(Organisation.objects.active().filter(asv=asv).values_list("pk", "kind", "is_funder", "confirmed_on"))
    kinds = Counter(kind for _, kind, _, _ in rows)
    states = Counter(str(freshness_of(confirmed_on, on)) for *_, confirmed_on in rows)
    links = Organisation.sectors.through.objects.filter(
        organisation__asv=asv, organisation__archived_at__isnull=True
    ).values_list("term__code", "term__label", "term__position")
    sectors = Counter(links)
    return NetworkFigures(
        organisations=len(rows),
        people=Person.objects.active().filter(asv=asv).count(),
        funders=sum(1 for _, _, is_funder, _ in rows if is_funder),
        by_kind=[Count(str(kind), OrganisationKind(kind).label, count) for kind, count in kinds.most_common()],
        by_sector=[
            Count(code, label, count)
            for (code, label, _), count in sorted(sectors.items(), key=lambda pair: pair[0][2])
        ],
        freshness={state: states.get(state, 0) for state in Freshness.values},
    )

"""One search over what an ASV wrote."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from actors.models import Organisation, Person
from asv_platform.territories.models import Asv
from asv_platform.territories.normalise import normalise
from diagnostics.models import Need, Priority, Voice
from programmation.models import Action, Proposal

MAX_EACH = 10
MIN_LENGTH = 2


@dataclass(frozen=True)
class Hit:
    title: str
    sub: str
    url: str


@dataclass(frozen=True)
class Group:
    """The hits of one kind; ``more`` when there are others."""

    label: str
    hits: tuple[Hit, ...]
    more: bool


def search(asv: Asv, text: str) -> list[Group]:
    """What the ASV wrote that contains ``text`` (two characters at least); one query a kind."""
    text = " ".join(text.split())
    if len(text) < MIN_LENGTH:
        return []
    organisations = Organisation.objects.filter(search_name__contains=normalise(text))
    people = Person.objects.filter(search_name__contains=normalise(text))
    found = [
        _group(asv, "Organisations", organisations, "actors:organisation_detail"),
        _group(asv, "Personnes", people, "actors:person_detail"),
        _group(asv, "Paroles", Voice.objects.filter(words__icontains=text), "diagnostics:voice_detail"),
        _group(asv, "Besoins", Need.objects.filter(statement__icontains=text), "diagnostics:need_detail"),
        _group(asv, "Priorités", Priority.objects.filter(title__icontains=text), "diagnostics:priority_detail"),
        _group(asv, "Propositions", _proposals(text), "programmation:proposal_detail"),
        _group(asv, "Actions", Action.objects.filter(title__icontains=text), "programmation:action_detail"),
    ]
    return [group for group in found if group.hits]


def _proposals(text: str) -> QuerySet:
    words = Q(title__icontains=text) | Q(goals__icontains=text) | Q(organisation__name__icontains=text)
    return Proposal.objects.filter(words).exclude(state="draft")


def _group(asv: Asv, label: str, rows: QuerySet, name: str) -> Group:
    shown = list(rows.filter(archived_at=None).order_by("-updated_at", "pk")[: MAX_EACH + 1])
    hits = tuple(
        Hit(str(row), _sub(row), reverse(name, kwargs={"asv": asv.slug, "pk": row.pk})) for row in shown[:MAX_EACH]
    )
    return Group(label, hits, more=len(shown) > MAX_EACH)


def _sub(row) -> str:
    for name in ("get_kind_display", "get_role_display", "get_state_display"):
        if hasattr(row, name):
            return str(getattr(row, name)())
    return ""

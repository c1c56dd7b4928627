"""One search over what an ASV wrote."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from actors.models import Organisation, Person
from asv_platform.common.folding import holding
from asv_platform.territories.models import Asv
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
    found = [
        _group(asv, "Organisations", Organisation.objects.matching(text), "actors:organisation_detail"),
        _group(asv, "Personnes", Person.objects.matching(text), "actors:person_detail"),
        _group(asv, "Paroles", _told(Voice, text, "words"), "diagnostics:voice_detail"),
        _group(asv, "Besoins", _told(Need, text, "statement"), "diagnostics:need_detail"),
        _group(asv, "Priorités", _told(Priority, text, "title"), "diagnostics:priority_detail"),
        _group(asv, "Propositions", Proposal.objects.received().matching(text), "programmation:proposal_detail"),
        _group(asv, "Actions", _actions(text), "programmation:action_detail"),
    ]
    return [group for group in found if group.hits]


def _told(model, text: str, field: str) -> QuerySet:
    """What a diagnostic tells."""
    return model.objects.select_related("diagnostic").filter(holding(text, field))


def _actions(text: str) -> QuerySet:
    return Action.objects.select_related("programme").matching(text)


def _group(asv: Asv, label: str, rows: QuerySet, name: str) -> Group:
    shown = list(rows.filter(archived_at=None).order_by("-updated_at", "pk")[: MAX_EACH + 1])
    hits = tuple(
        Hit(str(row), _sub(row), reverse(name, kwargs={"asv": asv.slug, "pk": row.pk})) for row in shown[:MAX_EACH]
    )
    return Group(label, hits, more=len(shown) > MAX_EACH)


def _sub(row) -> str:
    """What tells two rows of the same name apart: the reference or the year, then the kind or the state."""
    displays = ("get_kind_display", "get_role_display", "get_state_display")
    words = next((str(getattr(row, name)()) for name in displays if hasattr(row, name)), "")
    told = f"diagnostic {row.diagnostic.year}" if getattr(row, "diagnostic", None) else ""
    return ", ".join(filter(None, [getattr(row, "reference", ""), told, words]))

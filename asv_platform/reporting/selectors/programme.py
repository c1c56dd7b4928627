"""The programme of a year as documents print it: objectives, money by funder, and what each action answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Sum

from actors.enums import OrganisationKind
from actors.models import Organisation
from asv_platform.common.formats import date_short, shorten
from asv_platform.reporting.facts.programme import Funder, Grant, Objective
from asv_platform.reporting.selectors.diagnosis import quoted
from asv_platform.reporting.selectors.year import Year
from diagnostics.enums import VoiceKind
from diagnostics.models import Need, Priority, Voice
from programmation import models
from programmation.enums import ActionState, DecisionOutcome
from programmation.selectors.money import programme_money

# What elected officials call their funders; the whole name when two of them would bear the same.
SHORT_NAMES = {
    OrganisationKind.PREFECTURE: "État",
    OrganisationKind.ARS: "ARS",
    OrganisationKind.CAF: "CAF",
    OrganisationKind.CPAM: "CPAM",
    OrganisationKind.REGION: "Région",
    OrganisationKind.DEPARTMENT: "Département",
    OrganisationKind.EPCI: "Agglomération",
    OrganisationKind.COMMUNE_SERVICE: "Ville",
}
LONGEST_NAME = 28


@dataclass(frozen=True)
class Thread:
    """What an action answers: the rank of a priority, a need, and words heard about it."""

    priority: int | None = None
    need: str = ""
    quote: str = ""
    quote_source: str = ""


def live_actions(year: Year):
    """The actions of the year, those cancelled left out."""
    rows = models.Action.objects.active().filter(programme=year.programme).exclude(state=ActionState.CANCELLED)
    return rows.order_by("number")


def loaded_actions(year: Year) -> list[models.Action]:
    """The actions with everything their sheets print of the programme; a constant number of queries."""
    if year.programme is None:
        return []
    decisions = models.Decision.objects.active().filter(outcome=DecisionOutcome.ACCEPTED)
    rows = (
        live_actions(year)
        .select_related("organisation", "proposal__ottawa_axis")
        .prefetch_related(
            "neighbourhoods",
            Prefetch("objectives", models.Objective.objects.active()),
            Prefetch("objectives__priorities", _priorities(year), to_attr="answered"),
            Prefetch("objectives__answered__needs", Need.objects.active().order_by("-severity", "number")),
            Prefetch("objectives__answered__needs__voices", _words(), to_attr="words"),
            Prefetch("proposal__decisions", decisions, to_attr="grants"),
        )
    )
    return list(rows)


def _priorities(year: Year):
    return Priority.objects.active().filter(diagnostic=year.diagnostic).order_by("rank", "pk")


def _words():
    rows = Voice.objects.active().filter(kind=VoiceKind.RESIDENTS).select_related("neighbourhood")
    return rows.order_by("-mentions", "-heard_on", "pk")


def thread_of(action: models.Action) -> Thread:
    """Where an action comes from: its first priority, the need of its theme before the others, residents' words."""
    priorities = _answered(action)
    if not priorities:
        return Thread()
    theme = action.proposal.theme_id if action.proposal else None
    needs = [need for priority in priorities for need in priority.needs.all()]
    needs.sort(key=lambda need: need.theme_id != theme)
    if not needs:
        return Thread(priorities[0].rank)
    words = [voice for need in needs if need.theme_id == needs[0].theme_id for voice in need.words]
    if not words:
        return Thread(priorities[0].rank, needs[0].statement)
    voice = words[0]
    place = voice.neighbourhood.name if voice.neighbourhood else ""
    parts = [place, voice.context, date_short(voice.heard_on) if voice.heard_on else ""]
    source = ", ".join(part for part in parts if part)
    return Thread(priorities[0].rank, needs[0].statement, quoted(voice.words), source)


def _answered(action: models.Action) -> list[Priority]:
    found = {priority.pk: priority for objective in action.objectives.all() for priority in objective.answered}  # type: ignore[attr-defined]
    return sorted(found.values(), key=lambda priority: (priority.rank, priority.pk))


def answers_of(actions: Iterable[models.Action]) -> dict[int, tuple[int, ...]]:
    """The numbers of the actions that answer each priority, by its key."""
    found: dict[int, list[int]] = defaultdict(list)
    for action in actions:
        for priority in _answered(action):
            found[priority.pk].append(action.number)
    return {pk: tuple(sorted(numbers)) for pk, numbers in found.items()}


def grants_of(action: models.Action) -> tuple[Grant, ...]:
    """What each funder granted to an action."""
    decisions = action.proposal.grants if action.proposal else []  # type: ignore[attr-defined]
    return tuple(Grant(str(decision.funder_id), decision.amount) for decision in decisions)


def funders_of(year: Year) -> tuple[Funder, ...]:
    """The funders of the year by what they were asked, named as briefly as they can be told apart."""
    if year.programme is None:
        return ()
    rows = [row for row in programme_money(year.programme).funders if row.funder_id and (row.asked or row.granted)]
    names = short_names(Organisation.objects.filter(pk__in=[row.funder_id for row in rows]))
    funders = [Funder(str(row.funder_id), names[row.funder_id], requested=row.asked) for row in rows]
    return tuple(sorted(funders, key=lambda funder: -(funder.requested or 0)))


def short_names(organisations: Iterable[Organisation]) -> dict[int | None, str]:
    """A brief name for each organisation, different from those of the others."""
    rows = list(organisations)
    brief = {row.pk: row.acronym or SHORT_NAMES.get(OrganisationKind(row.kind), row.name) for row in rows}
    taken = list(brief.values())
    return {
        row.pk: shorten(brief[row.pk] if taken.count(brief[row.pk]) == 1 else row.name, LONGEST_NAME) for row in rows
    }


def objectives_of(year: Year, actions: Iterable[models.Action]) -> tuple[Objective, ...]:
    """The tree of objectives, read from top to bottom, each with its number and the actions that answer it."""
    if year.programme is None:
        return ()
    answered: dict[int, list[int]] = defaultdict(list)
    for action in actions:
        for objective in action.objectives.all():
            answered[objective.pk].append(action.number)
    rows = models.Objective.objects.active().filter(programme=year.programme).order_by("position", "pk")
    children: dict[int | None, list[models.Objective]] = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("priorities", _priorities(year), to_attr="answered")):
        children[row.parent_id].append(row)
    return tuple(_branch(children, None, "", answered))


def _branch(children, parent: int | None, prefix: str, answered) -> Iterable[Objective]:
    for rank, row in enumerate(children.get(parent, []), start=1):
        number = f"{prefix}{rank}"
        ranks = [priority.rank for priority in row.answered]
        actions = tuple(sorted(answered.get(row.pk, ())))
        yield Objective(number, row.title, min(ranks, default=None), row.level, actions)
        yield from _branch(children, row.pk, f"{number}.", answered)


def granted_in(year: Year, number: int) -> Decimal | None:
    """What was granted in the programme of another year; None when there was none."""
    programme = models.Programme.objects.active().filter(asv=year.asv, year=number).first()
    if programme is None:
        return None
    decisions = models.Decision.objects.active().filter(
        outcome=DecisionOutcome.ACCEPTED, proposal__call__programme=programme
    )
    return decisions.aggregate(total=Sum("amount"))["total"]


def source_of(year: Year) -> str:
    """Where the amounts of the programme come from."""
    if year.programme is None or year.programme.voted_on is None:
        return ""
    return f"Comité de pilotage du {date_short(year.programme.voted_on)}, décisions enregistrées des financeurs"

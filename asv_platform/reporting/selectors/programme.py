"""The programme of a year as documents print it: objectives, money by funder, and what each action answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch, Sum

from actors.enums import OrganisationKind
from asv_platform.common.formats import date_short, shorten
from asv_platform.reporting.facts.programme import Funder, Grant, Objective
from asv_platform.reporting.selectors.diagnosis import Heard, origin, quoted
from asv_platform.reporting.selectors.year import Year
from diagnostics.enums import VoiceKind
from diagnostics.models import Need, Priority
from programmation import models
from programmation.selectors.money import asked_lines

# What elected officials call their funders; the whole name when two of them would bear the same.
SHORT_NAMES: dict[str, str] = {
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
NAMES = ("name", "acronym", "kind")


@dataclass(frozen=True)
class Thread:
    """What an action answers: the rank of a priority, all its needs, and words heard when it has only one."""

    priority: int | None = None
    needs: tuple[str, ...] = ()
    quote: str = ""
    quote_source: str = ""


def loaded_actions(year: Year) -> list[models.Action]:
    """The actions, those cancelled left out, with what their sheets print of the programme; four queries."""
    if year.programme is None:
        return []
    decisions = models.Decision.objects.counted().select_related("funder")
    rows = models.Action.objects.live().filter(programme=year.programme)
    return list(
        rows.order_by("number")
        .select_related("organisation", "proposal__ottawa_axis")
        .prefetch_related("neighbourhoods", "objectives", Prefetch("proposal__decisions", decisions, to_attr="grants"))
    )


def loaded_objectives(year: Year) -> dict[int, models.Objective]:
    """The objectives of the year by their key, in order, each with its priorities of the diagnostic in ``ranked``."""
    if year.programme is None:
        return {}
    ranked = Priority.objects.active().filter(diagnostic=year.diagnostic).order_by("rank", "pk")
    rows = models.Objective.objects.active().filter(programme=year.programme).order_by("position", "pk")
    return {row.pk: row for row in rows.prefetch_related(Prefetch("priorities", ranked, to_attr="ranked"))}


def priorities_of(action: models.Action, objectives: dict[int, models.Objective]) -> list[int]:
    """The keys of the priorities that an action answers, the first in rank first."""
    known = [objectives[row.pk] for row in action.objectives.all() if row.pk in objectives]
    found = {priority.pk: priority for row in known for priority in row.ranked}  # type: ignore[attr-defined]
    return [row.pk for row in sorted(found.values(), key=lambda row: (row.rank, row.pk))]


def thread_of(priorities: list[int], heard: Heard, *, used: set[int]) -> Thread:
    """Where an action comes from: its first priority, every need of it, residents' words when there is one need.

    ``used`` holds the words already quoted beside another action: each is printed once.
    """
    priority = next((row for pk in priorities for row in heard.priorities if row.pk == pk), None)
    if priority is None:
        return Thread()
    needs: list[Need] = priority.kept  # type: ignore[attr-defined]
    found = Thread(priority.rank, tuple(need.statement for need in needs))
    if len(needs) != 1:
        return found  # words about one need would pass for those of them all
    words = [voice for voice in heard.voices_of(needs[0], VoiceKind.RESIDENTS) if voice.pk not in used]
    if not words:
        return found
    used.add(words[0].pk)
    return replace(found, quote=quoted(words[0].words), quote_source=origin(words[0]))


def answers_of(priorities: dict[int, list[int]]) -> dict[int, tuple[int, ...]]:
    """The numbers of the actions that answer each priority, from the priorities of each action by its number."""
    found: dict[int, list[int]] = defaultdict(list)
    for action, keys in priorities.items():
        for key in keys:
            found[key].append(action)
    return {key: tuple(sorted(numbers)) for key, numbers in found.items()}


def grants_of(action: models.Action) -> tuple[Grant, ...]:
    """What each funder granted to an action."""
    decisions = action.proposal.grants if action.proposal else []  # type: ignore[attr-defined]
    return tuple(Grant(str(decision.funder_id), decision.amount) for decision in decisions)


def funders_of(year: Year, actions: Iterable[models.Action]) -> tuple[Funder, ...]:
    """The funders of the year by what they were asked, named as briefly as they can be told apart; one query."""
    if year.programme is None:
        return ()
    rows = asked_lines().filter(proposal__call__programme=year.programme)
    named = rows.filter(funder__isnull=False).order_by().values("funder", *(f"funder__{name}" for name in NAMES))
    asked = {row["funder"]: row for row in named.annotate(total=Sum("amount"))}
    known = {pk: tuple(row[f"funder__{name}"] for name in NAMES) for pk, row in asked.items()}
    for action in actions:
        for decision in action.proposal.grants if action.proposal else []:  # type: ignore[attr-defined]
            known[decision.funder_id] = tuple(getattr(decision.funder, name) for name in NAMES)
    brief = short_names(known)
    funders = [Funder(str(pk), brief[pk], requested=asked[pk]["total"] if pk in asked else None) for pk in known]
    return tuple(sorted(funders, key=lambda funder: -(funder.requested or 0)))


def short_names(known: dict[int, tuple[str, ...]]) -> dict[int, str]:
    """A brief name for each organisation (name, acronym, kind), different from those of the others."""
    brief = {pk: acronym or SHORT_NAMES.get(kind, name) for pk, (name, acronym, kind) in known.items()}
    taken = list(brief.values())
    return {pk: shorten(brief[pk] if taken.count(brief[pk]) == 1 else known[pk][0], LONGEST_NAME) for pk in known}


def objectives_of(objectives: dict[int, models.Objective], actions: Iterable[models.Action]) -> tuple[Objective, ...]:
    """The tree of objectives, read from top to bottom, each with its number and the actions under it."""
    answered: dict[int, set[int]] = defaultdict(set)
    for action in actions:
        for row in action.objectives.all():
            found: models.Objective | None = objectives.get(row.pk)
            while found is not None:
                answered[found.pk].add(action.number)
                found = objectives.get(found.parent_id or 0)
    children: dict[int | None, list[models.Objective]] = defaultdict(list)
    for row in objectives.values():
        children[row.parent_id].append(row)
    return tuple(_branch(children, None, "", answered))


def _branch(children, parent: int | None, prefix: str, answered) -> Iterable[Objective]:
    for rank, row in enumerate(children.get(parent, []), start=1):
        number = f"{prefix}{rank}"
        ranks = [priority.rank for priority in row.ranked]
        actions = tuple(sorted(answered.get(row.pk, ())))
        yield Objective(number, row.title, min(ranks, default=None), row.level, actions)
        yield from _branch(children, row.pk, f"{number}.", answered)


def granted_in(year: Year, number: int) -> Decimal | None:
    """What was granted in the programme of another year; None when there was none."""
    programme = year.programme_of(number)
    return programme.granted if programme else None  # type: ignore[attr-defined]


def source_of(year: Year) -> str:
    """Where the amounts of the programme come from."""
    if year.programme is None or year.programme.voted_on is None:
        return ""
    return f"Comité de pilotage du {date_short(year.programme.voted_on)}, décisions enregistrées des financeurs"

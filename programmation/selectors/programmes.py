"""The programme of the year, its objectives and its calls, as pages and reports show them."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, QuerySet

from asv_platform.common.counting import CountRows
from asv_platform.common.formats import date_time
from programmation.enums import CallState, ObjectiveLevel, ProgrammeState, ProposalState
from programmation.models import Action, Call, Objective, Programme, Proposal
from programmation.selectors.money import ConventionFlag, ProgrammeMoney, conventions_due, programme_money


@dataclass(frozen=True)
class ObjectiveNode:
    """One objective of the tree, with its number (1, 1.2, 1.2.1) and what answers it."""

    pk: int
    number: str
    level: str
    title: str
    description: str
    priorities: tuple[str, ...]
    neighbourhoods: tuple[str, ...]
    pilot: str
    elected_referent: str
    proposals: int
    actions: int
    children: tuple["ObjectiveNode", ...] = ()

    @property
    def level_label(self) -> str:
        return str(ObjectiveLevel(self.level).label)


def objective_tree(programme: Programme) -> tuple[ObjectiveNode, ...]:
    """The objectives of a programme, general ones first level, in order; three queries whatever the size."""
    rows = list(
        Objective.objects.active()
        .filter(programme=programme)
        .select_related("pilot", "elected_referent")
        .prefetch_related("priorities", "neighbourhoods")
        .annotate(
            proposal_total=CountRows(Proposal.objects.in_the_running().filter(objectives=OuterRef("pk"))),
            action_total=CountRows(Action.objects.live().filter(objectives=OuterRef("pk"))),
        )
        .order_by("position", "pk")
    )
    children: dict[int | None, list[Objective]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)

    def build(row: Objective, number: str) -> ObjectiveNode:
        return ObjectiveNode(
            pk=row.pk,
            number=number,
            level=row.level,
            title=row.title,
            description=row.description,
            priorities=tuple(str(priority) for priority in row.priorities.all()),
            neighbourhoods=tuple(place.name for place in row.neighbourhoods.all()),
            pilot=str(row.pilot or ""),
            elected_referent=str(row.elected_referent or ""),
            proposals=row.proposal_total,  # type: ignore[attr-defined]
            actions=row.action_total,  # type: ignore[attr-defined]
            children=tuple(
                build(child, f"{number}.{rank}") for rank, child in enumerate(children.get(row.pk, []), start=1)
            ),
        )

    return tuple(build(row, str(rank)) for rank, row in enumerate(children.get(None, []), start=1))


@dataclass(frozen=True)
class CallSummary:
    """A call and how it stands."""

    pk: int
    number: int
    title: str
    state: CallState
    opens_at: dt.datetime
    closes_at: dt.datetime
    filing_ends_at: dt.datetime
    drafts: int
    filed: int

    @property
    def when(self) -> str:
        """Where the call stands, in one line."""
        if self.state in {CallState.DRAFT, CallState.UPCOMING}:
            return f"ouverture le {date_time(self.opens_at)}"
        if self.state == CallState.GRACE:
            return f"dépôt encore accepté jusqu’au {date_time(self.filing_ends_at)}"
        return f"clôture le {date_time(self.closes_at)}"


def calls_with_counts(calls: QuerySet) -> QuerySet:
    """These calls with how many ``drafts`` and how many proposals ``filed`` they have."""
    mine = OuterRef("pk")
    return calls.annotate(
        drafts=CountRows(Proposal.objects.drafts().filter(call=mine)),
        filed=CountRows(Proposal.objects.received().filter(call=mine)),
    )


def call_summaries(calls: QuerySet, *, at: dt.datetime) -> list[CallSummary]:
    """These calls with the number of drafts and of filed proposals, in one query."""
    return [
        CallSummary(
            row.pk, row.number, row.title, row.state_at(at), row.opens_at, row.closes_at, row.filing_ends_at,
            row.drafts, row.filed,
        )
        for row in calls_with_counts(calls)
    ]  # fmt: skip


# Under it, a text does not say what is expected.
SHORT_TEXT = 200


def publication_doubts(call: Call) -> list[str]:
    """What a call about to be published lacks, and that partners will miss; it forbids nothing."""
    lacking = [
        (len(call.text.strip()) >= SHORT_TEXT, "Le texte tient en quelques mots : dites ce qui est attendu."),
        (call.objectives.exists(), "Aucun objectif du programme n’est visé."),
        (call.funders.exists(), "Aucun financeur n’est nommé."),
        (call.pieces, "Aucune pièce n’est demandée, pas même un RIB."),
        (call.contact, "Personne n’est nommé pour aider à remplir le dossier."),
    ]
    return [f"À vérifier : {text}" for known, text in lacking if not known]


@dataclass(frozen=True)
class ProgrammeSummary:
    """The year at a glance, for the page of the programme, the dashboard and the reports."""

    pk: int
    year: int
    title: str
    state: str
    state_label: str
    committee_on: dt.date | None
    voted_on: dt.date | None
    received: int
    by_state: tuple[tuple[str, str, int], ...]
    actions: int
    actions_blocked: int
    common_law: int
    money: ProgrammeMoney
    calls: tuple[CallSummary, ...] = ()
    conventions: tuple[ConventionFlag, ...] = field(default=())


def current_programme() -> Programme | None:
    """The programme people work on: the latest year that is not closed, else the latest."""
    rows = list(Programme.objects.active().order_by("-year")[:3])
    return next((row for row in rows if row.state != ProgrammeState.CLOSED), rows[0] if rows else None)


def programme_summary(programme: Programme, *, at: dt.datetime) -> ProgrammeSummary:
    """Everything counted about one programme; seven queries whatever its size."""
    received = Proposal.objects.received().filter(call__programme=programme)
    states = dict(received.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n"))
    actions = (
        Action.objects.live()
        .filter(programme=programme)
        .aggregate(
            total=Count("pk"),
            blocked=Count("pk", filter=Q(state="blocked")),
            common_law=Count("pk", filter=Q(is_common_law=True)),
        )
    )
    return ProgrammeSummary(
        pk=programme.pk,
        year=programme.year,
        title=programme.title,
        state=programme.state,
        state_label=programme.get_state_display(),
        committee_on=programme.committee_on,
        voted_on=programme.voted_on,
        received=sum(states.values()),
        by_state=tuple((state.value, str(state.label), states[state]) for state in ProposalState if states.get(state)),
        actions=actions["total"],
        actions_blocked=actions["blocked"],
        common_law=actions["common_law"],
        money=programme_money(programme),
        calls=tuple(call_summaries(Call.objects.active().filter(programme=programme), at=at)),
        conventions=tuple(conventions_due(programme)),
    )

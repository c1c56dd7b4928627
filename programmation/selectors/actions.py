"""Actions as lists, pages and reports show them, and the thread each one is a knot of."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse

from asv_platform.common.formats import date_short, money, plural
from diagnostics.models import Need
from programmation.models import Action
from programmation.selectors.money import actions_with_money


@dataclass(frozen=True)
class ActionRow:
    """One action of a list."""

    pk: int
    number: int
    year: int
    title: str
    organisation_id: int
    organisation: str
    state: str
    state_label: str
    tone: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    neighbourhoods: tuple[str, ...]
    objectives: tuple[str, ...]
    theme: str
    granted: Decimal
    is_common_law: bool
    is_late: bool
    blocked_reason: str


def listed_actions(actions: QuerySet) -> QuerySet:
    """The actions with what a list shows; three queries whatever their number."""
    return (
        actions_with_money(actions)
        .select_related("organisation", "programme", "proposal__theme")
        .prefetch_related("neighbourhoods", "objectives")
    )


def is_late(action: Action, *, on: dt.date) -> bool:
    """The action should have ended before ``on`` and has not."""
    return bool(action.ends_on and action.ends_on < on and action.state in {"planned", "running", "blocked"})


def action_rows(actions: QuerySet, *, on: dt.date) -> list[ActionRow]:
    """The actions given, in three queries."""
    return [_row(row, on) for row in listed_actions(actions)]


def _row(row, on: dt.date) -> ActionRow:
    theme = row.proposal.theme if row.proposal else None
    return ActionRow(
        pk=row.pk,
        number=row.number,
        year=row.programme.year,
        title=row.title,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        state=row.state,
        state_label=row.get_state_display(),
        tone=row.state_enum.tone,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        neighbourhoods=tuple(place.name for place in row.neighbourhoods.all()),
        objectives=tuple(str(objective) for objective in row.objectives.all()),
        theme=str(theme or ""),
        granted=row.granted,
        is_common_law=row.is_common_law,
        is_late=is_late(row, on=on),
        blocked_reason=row.blocked_reason,
    )


@dataclass(frozen=True)
class Knot:
    """One knot of the thread, as ``{% thread_chain %}`` draws it."""

    kind: str
    label: str = ""
    sub: str = ""
    url: str = ""
    state: str = ""
    lead: str = ""
    big: str = ""
    hint: str = ""
    action_url: str = ""
    action_label: str = ""


def action_thread(action: Action) -> list[Knot]:
    """From a resident's words to this action: need → priority → objective → proposal → decision → action.

    A missing knot says what to do. The evaluation adds its own knots after the last one. Four queries at most.
    """
    slug = action.asv.slug
    needs = Prefetch("priorities__needs", Need.objects.annotate(heard=Count("voices")))
    objectives = list(action.objectives.prefetch_related(needs))
    priorities = [priority for objective in objectives for priority in objective.priorities.all()]
    return [
        _need_knot([need for priority in priorities for need in priority.needs.all()], slug),
        _priority_knot(priorities, objectives, slug),
        _objective_knot(objectives, action, slug),
        *_money_knots(action, slug),
        Knot("Action", action.title, sub=action.get_state_display().lower(), state="current"),
    ]


def _need_knot(needs: list, slug: str) -> Knot:
    lead = "Cette action vient de"
    if not needs:
        return Knot("Besoin", "Aucun besoin relié", state="missing", lead=lead, hint="Il se relie à la priorité.")
    need = needs[0]
    voices = sum(row.heard for row in needs)
    sub = f"{plural(voices, 'parole')} d’habitants ou de professionnels" if voices else "sans parole reliée"
    url = reverse("diagnostics:need_detail", kwargs={"asv": slug, "pk": need.pk})
    return Knot(f"Besoin n° {need.number}", need.statement, sub=sub, url=url, lead=lead)


def _priority_knot(priorities: list, objectives: list, slug: str) -> Knot:
    if not priorities:
        url = (
            reverse("programmation:objective_edit", kwargs={"asv": slug, "pk": objectives[0].pk}) if objectives else ""
        )
        return Knot(
            "Priorité", "Aucune priorité reliée", state="missing", action_url=url, action_label="Relier une priorité"
        )
    priority = priorities[0]
    url = reverse("diagnostics:priority_detail", kwargs={"asv": slug, "pk": priority.pk})
    adopted = f"adoptée le {date_short(priority.adopted_on)}" if priority.adopted_on else ""
    return Knot(f"Priorité {priority.rank}", priority.title, sub=adopted, url=url)


def _objective_knot(objectives: list, action: Action, slug: str) -> Knot:
    if not objectives:
        url = reverse("programmation:action_edit", kwargs={"asv": slug, "pk": action.pk})
        return Knot(
            "Objectif", "Aucun objectif relié", state="missing", action_url=url, action_label="Relier un objectif"
        )
    url = reverse("programmation:objective_detail", kwargs={"asv": slug, "pk": objectives[0].pk})
    more = f"et {plural(len(objectives) - 1, 'autre')}" if len(objectives) > 1 else ""
    return Knot("Objectif", objectives[0].title, sub=more, url=url)


def _money_knots(action: Action, slug: str) -> list[Knot]:
    if action.proposal is None:
        return [
            Knot("Droit commun" if action.is_common_law else "Origine", "Inscrite par l’ASV", sub="sans proposition")
        ]
    url = reverse("programmation:proposal_detail", kwargs={"asv": slug, "pk": action.proposal_id})
    decisions = list(action.proposal.decisions.active().filter(outcome="accepted"))
    total = sum(decision.amount for decision in decisions)
    decided = max((decision.decided_on for decision in decisions), default=None)
    return [
        Knot(
            "Proposition", action.proposal.reference, sub=f"déposée le {date_short(action.proposal.filed_at)}", url=url
        ),
        Knot("Décision", money(total), sub=date_short(decided), url=f"{url}#decisions"),
    ]

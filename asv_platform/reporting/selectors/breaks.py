"""Where the thread of a year breaks: for each kind of broken link, its rows. Pages and documents read them here."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from asv_platform.reporting.selectors.year import Year
from diagnostics.models import Need, Priority, Voice
from evaluation.models import ActionReport, Session
from programmation.enums import ActionState
from programmation.models import Action, Objective

UNANSWERED_AFTER = dt.timedelta(days=730)
QUIET_AFTER = dt.timedelta(days=60)


def needs_in(year: Year) -> QuerySet:
    """The needs of the diagnostic that the programme stands on."""
    return Need.objects.active().filter(diagnostic=year.diagnostic)


def priorities_in(year: Year) -> QuerySet[Priority]:
    """Its priorities."""
    return Priority.objects.active().filter(diagnostic=year.diagnostic)


def actions_in(year: Year) -> QuerySet[Action]:
    """The actions of the programme, those cancelled left out."""
    return Action.objects.live().filter(programme=year.programme)


def voices_without_need(year: Year) -> QuerySet[Voice]:
    """Words of the diagnostic that feed no need."""
    return Voice.objects.active().filter(diagnostic=year.diagnostic).without_need().order_by("-heard_on", "pk")


def needs_without_priority(year: Year) -> QuerySet[Need]:
    """Needs that no priority takes up, the gravest first."""
    needs: Any = needs_in(year)
    return needs.without_priority().order_by("-severity", "pk")


def needs_without_answer(year: Year) -> QuerySet[Need]:
    """Needs first heard (``first_heard``) more than two years before its end, that no action of the year answers.

    Nothing to say before there is a programme.
    """
    if year.programme is None:
        return Need.objects.none()
    heard = Voice.objects.active().filter(need=OuterRef("pk"), heard_on__isnull=False).order_by("heard_on")
    answered = actions_in(year).filter(
        objectives__priorities__needs=OuterRef("pk"),
        objectives__priorities__archived_at=None,
        objectives__archived_at=None,
    )
    return (
        needs_in(year)
        .annotate(first_heard=Subquery(heard.values("heard_on")[:1]))
        .filter(~Exists(answered), first_heard__lt=year.closes_on - UNANSWERED_AFTER)
        .order_by("pk")
    )


def priorities_without_action(year: Year) -> QuerySet[Priority]:
    """Priorities that no action of the year answers; nothing to say before there is a programme."""
    if year.programme is None:
        return Priority.objects.none()
    answered = actions_in(year).filter(objectives__priorities=OuterRef("pk"), objectives__archived_at=None)
    return priorities_in(year).filter(~Exists(answered)).order_by("rank", "pk")


def objectives_without_priority(year: Year) -> QuerySet[Objective]:
    """Objectives at the top of the tree that answer no priority."""
    rows = Objective.objects.active().filter(programme=year.programme, parent=None)
    kept = Priority.objects.active().filter(objectives=OuterRef("pk"))
    return rows.filter(~Exists(kept)).order_by("position", "pk")


def actions_without_need(year: Year) -> QuerySet[Action]:
    """Actions that lead back to no need."""
    linked = Need.objects.active().filter(
        priorities__archived_at=None,
        priorities__objectives__archived_at=None,
        priorities__objectives__actions=OuterRef("pk"),
    )
    return actions_in(year).filter(~Exists(linked)).order_by("number")


def actions_without_session(year: Year) -> QuerySet[Action]:
    """Actions at work for two months or more of which nobody noted a session in the last two months."""
    since = year.on - QUIET_AFTER
    held = Session.objects.held().filter(action=OuterRef("pk"), held_on__gte=since)
    rows = actions_in(year).filter(~Exists(held), state=ActionState.RUNNING, starts_on__lt=since)
    return rows.order_by("number")


def late_reports(year: Year) -> QuerySet[ActionReport]:
    """Reports due and not filed, of the programme of the year and of those before it, the oldest first."""
    rows = ActionReport.objects.late(year.on).filter(action__programme__year__lte=year.number)
    return rows.order_by("due_on", "pk")

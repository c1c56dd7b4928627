"""Sessions: announced, logged, corrected, cancelled."""

import datetime as dt
from typing import Any

from django.db import transaction

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import change_row, create_row, lock
from evaluation.enums import SessionState
from evaluation.models import Session
from evaluation.selectors.attendance import COUNT_FIELDS
from evaluation.services.closing import check_open
from evaluation.services.measures import ensure_indicators
from programmation.enums import ActionTransition
from programmation.models import Action
from programmation.services import move_action

MOST_PLANNED = 60


class TooManyPlanned(DomainError):
    """More sessions at once than an action holds in a year."""

    field = "times"

    def __init__(self) -> None:
        super().__init__(f"Prévoyez {MOST_PLANNED} séances au plus.")


class HeldInFuture(DomainError):
    """Somebody wrote how many people came to a session that has not taken place."""

    field = "held_on"

    def __init__(self) -> None:
        super().__init__("Cette date n’est pas encore passée : notez les présents après la séance.")


@transaction.atomic
def log_session(*, action: Action, by, on: dt.date, **fields) -> Session:
    """Write down a session that took place. Raises HeldInFuture, ActionCancelled, PeriodClosed or ValidationError."""
    check_open(action)
    if fields["held_on"] > on:
        raise HeldInFuture
    ensure_indicators(action=action, by=by)
    return create_row(
        Session, asv=action.asv, by=by, event="session.logged", action=action, state=SessionState.HELD, **fields
    )


@transaction.atomic
def plan_sessions(*, action: Action, by, first_on: dt.date, times: int = 1, every_days: int = 7, **fields):
    """Announce sessions at a regular pace, and return the new ones: a day that already has one is left as it is.

    Raises TooManyPlanned, ActionCancelled, PeriodClosed or ValidationError.
    """
    check_open(action)
    if times > MOST_PLANNED:
        raise TooManyPlanned
    days = [first_on + dt.timedelta(days=every_days * rank) for rank in range(times)]
    known = Session.objects.active().filter(action=action, held_on__in=days).values_list("held_on", flat=True)
    taken = set(known)
    return [
        create_row(
            Session,
            asv=action.asv,
            by=by,
            event="session.planned",
            action=action,
            state=SessionState.PLANNED,
            held_on=day,
            **fields,
        )
        for day in days
        if day not in taken
    ]


@transaction.atomic
def tell_session(*, session: Session, by, on: dt.date, version: int | None = None, **fields) -> Session:
    """Correct a session, or write who came to a planned one: it becomes held. Raises StaleEdit or HeldInFuture."""
    check_open(session.action)
    if fields["held_on"] > on:
        raise HeldInFuture
    return change_row(session, by=by, event="session.changed", version=version, state=SessionState.HELD, **fields)


@transaction.atomic
def cancel_session(*, session: Session, by, motive: str = "") -> Session:
    """A session that did not take place: it counts nobody. Cancelling twice changes nothing."""
    fresh = lock(session)
    check_open(fresh.action)
    if fresh.state == SessionState.CANCELLED:
        return fresh
    fields: dict[str, Any] = dict.fromkeys(COUNT_FIELDS, 0) | {"state": SessionState.CANCELLED, "satisfaction": None}
    if motive.strip():
        fields["note"] = motive.strip()
    return change_row(fresh, by=by, event="session.cancelled", **fields)


@transaction.atomic
def cancel_action(*, action: Action, by, reason: str = "") -> Action:
    """Cancel an action, and the sessions it still planned with it. Raises TransitionRefused."""
    for session in Session.objects.planned().filter(action=action):
        change_row(session, by=by, event="session.cancelled", state=SessionState.CANCELLED)
    return move_action(action=action, transition=ActionTransition.CANCEL, by=by, reason=reason)

"""Actions: born of an accepted proposal or written in by the team, then followed."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import change_row, create_row, lock
from programmation.enums import ActionTransition
from programmation.models import Action, Programme, Proposal
from programmation.workflow import ACTION


class ReasonMissing(DomainError):
    """An action was blocked or cancelled without a word."""


# The moves that say why: the field that keeps it, and what is asked.
REASONED = {
    ActionTransition.BLOCK: ("blocked_reason", "Dites pourquoi l’action est bloquée : sa fiche le dira."),
    ActionTransition.CANCEL: ("cancelled_reason", "Dites pourquoi l’action est annulée : sa fiche le dira."),
}


def _next_number(programme: Programme) -> int:
    # The programme is the lock of the numbers of its actions.
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    return (Action.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def action_of_proposal(*, proposal: Proposal, by) -> Action:
    """The action of an accepted proposal, created once, with its dates, objectives and neighbourhoods."""
    if found := Action.objects.filter(proposal=proposal).first():
        return found
    programme = proposal.call.programme
    return create_row(
        Action,
        asv=proposal.asv,
        by=by,
        event="action.created",
        proposal=proposal,
        programme=programme,
        organisation=proposal.organisation,
        number=_next_number(programme),
        title=proposal.title,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        objectives=list(proposal.objectives.all()),
        neighbourhoods=list(proposal.neighbourhoods.all()),
    )


@transaction.atomic
def create_action(*, programme: Programme, by, **fields) -> Action:
    """Write in an action that no proposal asked for: ordinary services, or the ASV itself."""
    return create_row(
        Action,
        asv=programme.asv,
        by=by,
        event="action.created",
        programme=programme,
        number=_next_number(programme),
        **fields,
    )


def change_action(*, action: Action, by, version: int | None = None, **fields) -> Action:
    """Change the title, dates, objectives or neighbourhoods of an action. Raises StaleEdit or ValidationError."""
    return change_row(action, by=by, event="action.changed", version=version, **fields)


@transaction.atomic
def move_action(*, action: Action, transition: ActionTransition, by, reason: str = "") -> Action:
    """Make one permitted move; a blocked or cancelled action says why. Raises TransitionRefused or ReasonMissing."""
    fresh = lock(action)
    state = ACTION.target(transition, source=fresh.state)
    fields: dict[str, Any] = {field: "" for field, _ in REASONED.values()}
    if transition in REASONED:
        field, asked = REASONED[transition]
        if not reason.strip():
            raise ReasonMissing(asked)
        fields[field] = reason.strip()
    return change_row(fresh, by=by, event=f"action.{state}", state=state, **fields)

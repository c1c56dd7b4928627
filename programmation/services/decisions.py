"""What the funders decide, and what follows: the state of the proposal, the action, one mail."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from asv_platform.common.errors import DomainError
from asv_platform.common.formats import date_short, money
from asv_platform.common.workflow import TransitionRefused
from asv_platform.territories.editing import change_row, create_row, lock
from programmation import notifications
from programmation.enums import DecisionOutcome, ProposalState, ProposalTransition
from programmation.models import Decision, Programme, Proposal
from programmation.selectors.proposals import FunderChoice, funders_asked, overall_outcome, proposal_cost
from programmation.services.actions import action_of_proposal
from programmation.workflow import DECIDABLE, PROPOSAL

ZERO = Decimal(0)
TRANSITIONS = {
    DecisionOutcome.ACCEPTED: ProposalTransition.ACCEPT,
    DecisionOutcome.REFUSED: ProposalTransition.REFUSE,
    DecisionOutcome.ADJOURNED: ProposalTransition.ADJOURN,
}


class DecisionRefused(DomainError):
    """The decision contradicts itself or the budget."""


@transaction.atomic
def record_decisions(
    *,
    proposal: Proposal,
    by,
    decided_on: dt.date,
    committee: str,
    choices: Sequence[FunderChoice],
    version: int | None = None,
) -> Proposal:
    """Write the decision of each funder given. Once every funder has answered, the proposal is decided.

    A decision already written as given is left alone, its day and its committee with it. Accepted by one funder at
    least: the action is created. One mail to the partner. ``version`` is the proposal the person had before them.
    Raises StaleEdit, DecisionRefused, TransitionRefused or ValidationError.
    """
    fresh = _locked(proposal, version=version)
    if fresh.state not in DECIDABLE:
        raise TransitionRefused("Cette proposition n’est pas en délibération : l’état a changé entre-temps.")
    _check(fresh, choices)
    for choice in choices:
        day, where = (choice.decided_on, choice.committee) if choice.decided_on else (decided_on, committee)
        _write(fresh, choice, by=by, decided_on=day, committee=where)
    outcome = _overall(fresh)
    if outcome is None:
        # Whoever opened the page before these decisions must see them first.
        fresh.version += 1
        fresh.save_without_historical_record()  # type: ignore[attr-defined]
        return fresh
    state = PROPOSAL.target(TRANSITIONS[outcome], source=fresh.state)
    decided = change_row(fresh, by=by, event=f"proposal.{state}", state=state)
    if outcome == DecisionOutcome.ACCEPTED:
        action_of_proposal(proposal=decided, by=by)
    notifications.proposal_decided(decided, outcome=outcome)
    return decided


@transaction.atomic
def correct_decisions(
    *, proposal: Proposal, by, choices: Sequence[FunderChoice], version: int | None = None
) -> Proposal:
    """Correct decisions of an accepted proposal, each with its own day; it stays accepted. One mail to the partner.

    Raises StaleEdit, DecisionRefused, TransitionRefused or ValidationError.
    """
    fresh = _locked(proposal, version=version)
    if fresh.state != ProposalState.ACCEPTED:
        raise TransitionRefused("Cette proposition n’est plus acceptée : l’état a changé entre-temps.")
    _check(fresh, choices)
    for choice in choices:
        if choice.decided_on is None:
            raise DecisionRefused(f"{choice.funder.name} : donnez la date de la décision.")
        _write(fresh, choice, by=by, decided_on=choice.decided_on, committee=choice.committee)
    if _overall(fresh) != DecisionOutcome.ACCEPTED:
        raise DecisionRefused(
            "Plus aucun financeur n’accorde de montant : laissez un accord, ou annulez l’action depuis sa fiche."
        )
    corrected = change_row(fresh, by=by, event="proposal.decisions_corrected")
    notifications.proposal_decided(corrected, outcome=DecisionOutcome.ACCEPTED, is_correction=True)
    return corrected


def _locked(proposal: Proposal, *, version: int | None) -> Proposal:
    # The same order as a filing: the programme, then the proposal. The other order could deadlock with it.
    Programme.objects.select_for_update(of=("self",)).get(pk=proposal.call.programme_id)
    return lock(proposal, version=version)


def _check(proposal: Proposal, choices: Sequence[FunderChoice]) -> None:
    if not choices:
        raise DecisionRefused("Choisissez la décision d’un financeur au moins.")
    cost = proposal_cost(proposal)
    others = proposal.decisions.active().exclude(funder__in=[choice.funder for choice in choices])
    granted = sum((row.amount for row in others), ZERO) + sum((choice.amount for choice in choices), ZERO)
    for choice in choices:
        _check_choice(choice)
    if granted > cost:
        raise DecisionRefused(
            f"Le total accordé ({money(granted)}) dépasse le coût du projet ({money(cost)}) : réduisez un montant."
        )


def _check_choice(choice: FunderChoice) -> None:
    if choice.outcome == DecisionOutcome.ACCEPTED and choice.amount <= 0:
        raise DecisionRefused(f"{choice.funder.name} : un accord porte un montant.")
    if choice.outcome != DecisionOutcome.ACCEPTED and choice.amount:
        raise DecisionRefused(f"{choice.funder.name} : un refus ou un ajournement ne porte pas de montant.")
    if choice.outcome != DecisionOutcome.ACCEPTED and not choice.motive.strip():
        raise DecisionRefused(f"{choice.funder.name} : donnez le motif, le porteur le recevra.")


def _write(proposal: Proposal, choice: FunderChoice, *, by, decided_on: dt.date, committee: str) -> Decision:
    fields: dict = {
        "outcome": choice.outcome,
        "amount": choice.amount,
        "motive": choice.motive,
        "decided_on": decided_on,
        "committee": committee,
    }
    known = proposal.decisions.active().filter(funder=choice.funder).first()
    if known and all(getattr(known, name) == value for name, value in fields.items()):
        return known
    _check_day(proposal, choice, decided_on)
    if known:
        return change_row(known, by=by, event="decision.changed", **fields)
    if choice.funder.asv_id != proposal.asv_id:
        raise ValidationError("Ce financeur n’appartient pas à votre réseau.")
    return create_row(
        Decision, asv=proposal.asv, by=by, event="decision.recorded", proposal=proposal, funder=choice.funder, **fields
    )


def _check_day(proposal: Proposal, choice: FunderChoice, day: dt.date) -> None:
    if proposal.filed_at and day < timezone.localdate(proposal.filed_at):
        filed_on = date_short(proposal.filed_at)
        raise DecisionRefused(f"{choice.funder.name} : la décision ne peut pas précéder le dépôt, le {filed_on}.")


def _overall(proposal: Proposal) -> DecisionOutcome | None:
    return overall_outcome((row.asked, row.outcome) for row in funders_asked(proposal))

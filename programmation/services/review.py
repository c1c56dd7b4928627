"""The instruction of a filed proposal: admissibility, completion asked, deliberation."""

import datetime as dt

from django.db import transaction

from asv_platform.common.errors import DomainError
from asv_platform.common.workflow import TransitionRefused
from asv_platform.territories.editing import change_row, create_row, lock
from programmation import notifications
from programmation.enums import AdmissibilityOutcome, CheckAnswer, ProposalState, ProposalTransition
from programmation.models import AdmissibilityCheck, Proposal
from programmation.selectors.proposals import checklist
from programmation.workflow import INNER_MOVES, PROPOSAL

OUTCOMES = {
    AdmissibilityOutcome.ADMISSIBLE: ProposalTransition.ADMIT,
    AdmissibilityOutcome.INCOMPLETE: ProposalTransition.ASK,
    AdmissibilityOutcome.INADMISSIBLE: ProposalTransition.REJECT,
}


class CheckNotConclusive(DomainError):
    """The answers of the checklist contradict its conclusion."""


@transaction.atomic
def record_check(
    *,
    proposal: Proposal,
    by,
    on: dt.date,
    items: dict[str, str],
    outcome: str,
    message: str = "",
    version: int | None = None,
) -> AdmissibilityCheck:
    """Write the result of the admissibility check, move the proposal, and write one mail to the partner.

    An incomplete file names what is missing; an admissible one misses nothing. ``version`` is the proposal the person
    had before them. Raises StaleEdit, CheckNotConclusive or TransitionRefused.
    """
    fresh = lock(proposal, version=version)
    _check_answers(items, outcome, message)
    state = PROPOSAL.target(OUTCOMES[AdmissibilityOutcome(outcome)], source=fresh.state)
    check = create_row(
        AdmissibilityCheck,
        asv=fresh.asv,
        by=by,
        event="proposal.checked",
        proposal=fresh,
        checked_by=by,
        checked_on=on,
        items={code: items[code] for code in checklist(fresh) if code in items},
        message=message,
        outcome=outcome,
    )
    changed = change_row(fresh, by=by, event=f"proposal.{state}", state=state)
    notifications.proposal_checked(changed, check)
    return check


def _check_answers(items: dict[str, str], outcome: str, message: str) -> None:
    missing = [code for code, answer in items.items() if answer == CheckAnswer.MISSING]
    if outcome == AdmissibilityOutcome.ADMISSIBLE and missing:
        raise CheckNotConclusive("Un point manque encore : demandez le complément, ou corrigez la réponse.")
    if outcome == AdmissibilityOutcome.INCOMPLETE and not missing and not message:
        raise CheckNotConclusive("Indiquez ce qui manque : un point de la liste, ou un message.")
    if outcome == AdmissibilityOutcome.INADMISSIBLE and not message:
        raise CheckNotConclusive("Donnez le motif : le porteur le recevra par courriel.")


@transaction.atomic
def move_proposal(*, proposal: Proposal, transition: ProposalTransition, by) -> Proposal:
    """Make one of the INNER_MOVES of the instruction. Raises TransitionRefused, for any other move too."""
    if transition not in INNER_MOVES:
        raise TransitionRefused(f"« {transition.label} » ne se fait pas seul : ouvrez la page qui porte ce nom.")
    fresh = lock(proposal)
    state = PROPOSAL.target(transition, source=fresh.state)
    return change_row(fresh, by=by, event=f"proposal.{ProposalState(state).value}", state=state)

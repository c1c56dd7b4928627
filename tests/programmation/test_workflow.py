"""Every (state, transition) pair, the forbidden ones too."""

import itertools

import pytest

from asv_platform.common.workflow import TransitionRefused
from programmation.enums import (
    ActionState,
    ActionTransition,
    ProgrammeState,
    ProgrammeTransition,
    ProposalState,
    ProposalTransition,
)
from programmation.workflow import ACTION, PROGRAMME, PROPOSAL

P = ProposalState
PROPOSAL_MOVES = {
    ("draft", "file"): "filed",
    ("draft", "withdraw"): "withdrawn",
    ("filed", "start_check"): "admissibility",
    ("filed", "ask"): "incomplete",
    ("filed", "admit"): "under_review",
    ("filed", "reject"): "refused",
    ("filed", "withdraw"): "withdrawn",
    ("admissibility", "ask"): "incomplete",
    ("admissibility", "admit"): "under_review",
    ("admissibility", "reject"): "refused",
    ("admissibility", "withdraw"): "withdrawn",
    ("incomplete", "complete"): "filed",
    ("incomplete", "admit"): "under_review",
    ("incomplete", "reject"): "refused",
    ("incomplete", "withdraw"): "withdrawn",
    ("under_review", "deliberate"): "deliberation",
    ("under_review", "withdraw"): "withdrawn",
    ("deliberation", "return"): "under_review",
    ("deliberation", "accept"): "accepted",
    ("deliberation", "refuse"): "refused",
    ("deliberation", "adjourn"): "adjourned",
    ("deliberation", "withdraw"): "withdrawn",
    ("adjourned", "return"): "under_review",
    ("adjourned", "accept"): "accepted",
    ("adjourned", "refuse"): "refused",
    ("adjourned", "adjourn"): "adjourned",
    ("adjourned", "withdraw"): "withdrawn",
    ("refused", "return"): "under_review",
}
PROGRAMME_MOVES = {
    ("preparation", "open"): "open",
    ("open", "arbitrate"): "arbitration",
    ("arbitration", "vote"): "voted",
    ("arbitration", "reopen"): "open",
    ("voted", "run"): "running",
    ("running", "close"): "closed",
}
ACTION_MOVES = {
    ("planned", "start"): "running",
    ("planned", "block"): "blocked",
    ("planned", "cancel"): "cancelled",
    ("running", "block"): "blocked",
    ("running", "finish"): "done",
    ("running", "cancel"): "cancelled",
    ("blocked", "resume"): "running",
    ("blocked", "cancel"): "cancelled",
}
TABLES: list[tuple] = [
    (PROPOSAL, ProposalState, ProposalTransition, PROPOSAL_MOVES),
    (PROGRAMME, ProgrammeState, ProgrammeTransition, PROGRAMME_MOVES),
    (ACTION, ActionState, ActionTransition, ACTION_MOVES),
]
PAIRS = [
    pytest.param(workflow, state, move, moves, id=f"{states.__name__}-{state}-{move}")
    for workflow, states, transitions, moves in TABLES
    for state, move in itertools.product(states, transitions)
]


@pytest.mark.parametrize(("workflow", "state", "move", "moves"), PAIRS)
def test_workflow_permits_the_listed_moves_and_no_other(workflow, state, move, moves):
    expected = moves.get((state.value, move.value))

    if expected is None:
        with pytest.raises(TransitionRefused):
            workflow.target(move, source=state)
    else:
        assert workflow.target(move, source=state) == expected

"""What can happen to a programme, a proposal and an action: every permitted move, and no other."""

from asv_platform.common.workflow import Workflow
from programmation.enums import UNDECIDED, ActionState, ActionTransition, ProgrammeState, ProgrammeTransition
from programmation.enums import ProposalState as S
from programmation.enums import ProposalTransition as T

PROGRAMME = Workflow(
    {
        ProgrammeTransition.OPEN: (frozenset({ProgrammeState.PREPARATION}), ProgrammeState.OPEN),
        ProgrammeTransition.ARBITRATE: (frozenset({ProgrammeState.OPEN}), ProgrammeState.ARBITRATION),
        ProgrammeTransition.VOTE: (frozenset({ProgrammeState.ARBITRATION}), ProgrammeState.VOTED),
        ProgrammeTransition.REOPEN: (frozenset({ProgrammeState.ARBITRATION}), ProgrammeState.OPEN),
        ProgrammeTransition.RUN: (frozenset({ProgrammeState.VOTED}), ProgrammeState.RUNNING),
        ProgrammeTransition.CLOSE: (frozenset({ProgrammeState.RUNNING}), ProgrammeState.CLOSED),
    }
)

BEFORE_REVIEW = frozenset({S.FILED, S.ADMISSIBILITY})
DECIDABLE = frozenset({S.DELIBERATION, S.ADJOURNED})
PROPOSAL = Workflow(
    {
        T.FILE: (frozenset({S.DRAFT}), S.FILED),
        T.COMPLETE: (frozenset({S.INCOMPLETE}), S.FILED),
        T.CHECK: (frozenset({S.FILED}), S.ADMISSIBILITY),
        T.ASK: (BEFORE_REVIEW, S.INCOMPLETE),
        T.ADMIT: (BEFORE_REVIEW | {S.INCOMPLETE}, S.UNDER_REVIEW),
        T.REJECT: (BEFORE_REVIEW | {S.INCOMPLETE}, S.REFUSED),
        T.DELIBERATE: (frozenset({S.UNDER_REVIEW}), S.DELIBERATION),
        T.RETURN: (DECIDABLE | {S.REFUSED}, S.UNDER_REVIEW),
        T.ACCEPT: (DECIDABLE, S.ACCEPTED),
        T.REFUSE: (DECIDABLE, S.REFUSED),
        T.ADJOURN: (DECIDABLE, S.ADJOURNED),
        T.WITHDRAW: (UNDECIDED | {S.DRAFT}, S.WITHDRAWN),
    }
)
# The moves that are nothing but a move; the others are part of a filing, a check, a decision or a withdrawal.
INNER_MOVES = frozenset({T.CHECK, T.DELIBERATE, T.RETURN})
EDITABLE_BY_PARTNER = frozenset({S.DRAFT, S.INCOMPLETE})

A = ActionState
ACTION = Workflow(
    {
        ActionTransition.START: (frozenset({A.PLANNED}), A.RUNNING),
        ActionTransition.BLOCK: (frozenset({A.PLANNED, A.RUNNING}), A.BLOCKED),
        ActionTransition.RESUME: (frozenset({A.BLOCKED}), A.RUNNING),
        ActionTransition.FINISH: (frozenset({A.RUNNING}), A.DONE),
        ActionTransition.CANCEL: (frozenset({A.PLANNED, A.RUNNING, A.BLOCKED}), A.CANCELLED),
    }
)

from asv_platform.common.workflow import Workflow
from evaluation.enums import ReportState as S
from evaluation.enums import ReportTransition as T

# Every permitted move, and no other: an approved report is closed for good.
REPORT = Workflow(
    {
        T.FILE: (frozenset({S.DRAFT, S.TO_CORRECT}), S.FILED),
        T.RETURN: (frozenset({S.FILED}), S.TO_CORRECT),
        T.APPROVE: (frozenset({S.FILED}), S.APPROVED),
    }
)

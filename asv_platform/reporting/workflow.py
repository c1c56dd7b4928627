from asv_platform.common.workflow import Workflow
from asv_platform.reporting.enums import EditionState as S
from asv_platform.reporting.enums import EditionTransition as T

# An issued edition never becomes a draft again: it is withdrawn, and another one supersedes it.
EDITION = Workflow(
    {
        T.ISSUE: (frozenset({S.DRAFT}), S.BUILDING),
        T.COMPLETE: (frozenset({S.BUILDING}), S.ISSUED),
        T.FAIL: (frozenset({S.DRAFT, S.BUILDING}), S.FAILED),
        T.RESUME: (frozenset({S.FAILED}), S.DRAFT),
        T.WITHDRAW: (frozenset({S.ISSUED}), S.WITHDRAWN),
    }
)

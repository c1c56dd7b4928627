from itertools import product

import pytest

from asv_platform.common.workflow import TransitionRefused
from evaluation.enums import ReportState as S
from evaluation.enums import ReportTransition as T
from evaluation.workflow import REPORT

PERMITTED = {
    (S.DRAFT, T.FILE): S.FILED,
    (S.TO_CORRECT, T.FILE): S.FILED,
    (S.FILED, T.RETURN): S.TO_CORRECT,
    (S.FILED, T.APPROVE): S.APPROVED,
}


@pytest.mark.parametrize(("state", "transition"), list(product(S, T)))
def test_report_workflow_permits_these_moves_and_no_other(state, transition):
    if expected := PERMITTED.get((state, transition)):
        assert REPORT.target(transition, source=state) == expected
        return
    with pytest.raises(TransitionRefused):
        REPORT.target(transition, source=state)

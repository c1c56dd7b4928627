"""Every state of an edition and every transition, the forbidden ones too."""

import itertools

import pytest

from asv_platform.common.workflow import TransitionRefused
from asv_platform.reporting.enums import EditionState as S
from asv_platform.reporting.enums import EditionTransition as T
from asv_platform.reporting.workflow import EDITION

PERMITTED = {
    (S.DRAFT, T.ISSUE): S.BUILDING,
    (S.BUILDING, T.COMPLETE): S.ISSUED,
    (S.DRAFT, T.FAIL): S.FAILED,
    (S.BUILDING, T.FAIL): S.FAILED,
    (S.FAILED, T.RESUME): S.DRAFT,
    (S.ISSUED, T.WITHDRAW): S.WITHDRAWN,
}


@pytest.mark.parametrize(("state", "transition"), [*itertools.product(S, T)])
def test_edition_moves_only_where_the_table_says(state, transition):
    if (state, transition) in PERMITTED:
        assert EDITION.target(transition, source=state) == PERMITTED[state, transition]
        return
    with pytest.raises(TransitionRefused):
        EDITION.target(transition, source=state)

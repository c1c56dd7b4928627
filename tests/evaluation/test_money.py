from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.models import ReportLine
from evaluation.selectors import financial_report, gap_percent, needs_reason

amounts = st.decimals(min_value=0, max_value=10**7, places=2)


@given(planned=amounts)
def test_needs_reason_accepts_exactly_ten_percent(planned):
    tenth = planned / 10

    assert not needs_reason(planned, planned)
    assert not needs_reason(planned, planned + tenth)
    assert not needs_reason(planned, planned - tenth)
    assert needs_reason(planned, planned + tenth + Decimal("0.01"))


@given(planned=amounts, actual=amounts)
def test_needs_reason_is_the_gap_over_a_tenth_either_way(planned, actual):
    assert needs_reason(planned, actual) == (abs(actual - planned) > planned * Decimal("0.1"))


@pytest.mark.parametrize(("planned", "actual"), [(Decimal(0), Decimal(1)), (Decimal(0), Decimal("0.01"))])
def test_needs_reason_when_nothing_was_planned(planned, actual):
    assert needs_reason(planned, actual)
    assert gap_percent(planned, actual) is None


def test_needs_reason_leaves_an_untold_line_alone():
    assert not needs_reason(Decimal(1000), None)


def test_financial_report_keeps_voluntary_work_outside_the_totals():
    lines = [
        ReportLine(side="charge", code="641", label="Salaires", planned=Decimal(900), actual=Decimal(950)),
        ReportLine(side="charge", code="864", label="Bénévolat", planned=Decimal(200), actual=Decimal(200)),
        ReportLine(side="product", code="74etat", label="État", planned=Decimal(600), actual=Decimal(500)),
        ReportLine(side="product", code="70", label="Participations", planned=Decimal(300)),
        ReportLine(side="product", code="870", label="Bénévolat", planned=Decimal(200)),
    ]

    money = financial_report(lines)

    assert (money.charges.planned, money.charges.actual) == (Decimal(900), Decimal(950))
    assert money.uses.planned == money.resources.planned == Decimal(200)
    # 500 € received out of 500 + 300 € planned and not told yet.
    assert money.grant_share == 62
    assert [line.label for line in money.unexplained()] == ["État"]

"""The balance of a budget, the grid that loses nothing, the sums of the lists."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmation.enums import BudgetSide, FundingState
from programmation.forms.budget import BudgetForm
from programmation.models import BudgetLine, Proposal
from programmation.nomenclature import nomenclature
from programmation.selectors import Draft, balance_of, money_totals, programme_money
from tests.factories.programmation import (
    BudgetLineFactory,
    DecisionFactory,
    EnvelopeFactory,
    ProposalFactory,
)

amounts = st.decimals(min_value=0, max_value=10**7, places=2)
CODES = {side: [line.code for post in nomenclature().posts(side) for line in post.lines] for side in BudgetSide.values}
lines = st.one_of(
    *(
        st.builds(
            BudgetLine,
            side=st.just(side),
            code=st.sampled_from(codes),
            amount=st.one_of(st.none(), amounts),
            funding_state=st.sampled_from(FundingState.values),
        )
        for side, codes in CODES.items()
    )
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(lines, max_size=25))
def test_balance_says_by_how_much_and_only_when_it_must(rows):
    balance = balance_of(rows)
    kept = [row for row in rows if row.side == "charge" or row.funding_state != "refused" or row.code[:2] == "87"]
    charges = sum((row.amount or 0 for row in kept if row.side == "charge"), Decimal(0))
    products = sum((row.amount or 0 for row in kept if row.side == "product"), Decimal(0))

    assert balance.gap + balance.in_kind_gap == charges - products
    assert len(balance.problems()) == bool(balance.gap) + bool(balance.in_kind_gap)
    assert balance.problems() == [
        text for gap, text in ((balance.gap, balance.sentence), (balance.in_kind_gap, balance.in_kind_sentence)) if gap
    ]


def test_balance_names_the_gap_in_words():
    rows = [
        BudgetLine(side="charge", code="601", amount=Decimal("12800")),
        BudgetLine(side="product", code="70x", amount=Decimal("12450")),
    ]

    assert balance_of(rows).problems() == [
        "Le total des charges dépasse celui des produits de 350\u00a0€ : ajustez l’un des deux."
    ]


def grid(proposal, query: str) -> BudgetForm:
    return BudgetForm(QueryDict(query), draft=Draft(proposal))


@pytest.mark.parametrize("typed", ["1 234,50", "1234.5", "1\u202f234,50 €", " 1234,50"])
def test_grid_reads_amounts_as_people_type_them(in_asv, call, typed):
    proposal = ProposalFactory(draft=True, call=call)
    data = QueryDict(mutable=True)
    data["charge_601"] = typed

    form = BudgetForm(data, draft=Draft(proposal))

    assert form.is_valid()
    assert form.to_lines()[0].amount == Decimal("1234.50")


@pytest.mark.parametrize("typed", ["douze", "12,345", "-5", "1e9", "99999999999999"])
def test_grid_refuses_what_is_not_an_amount_and_shows_it_again(in_asv, call, typed):
    proposal = ProposalFactory(draft=True, call=call)
    data = QueryDict(mutable=True)
    data["charge_601"] = typed

    form = BudgetForm(data, draft=Draft(proposal))

    assert not form.is_valid()
    assert typed in str(form["charge_601"])


def test_grid_keeps_a_funder_without_amount_and_a_label_alone(in_asv, call, state):
    proposal = ProposalFactory(draft=True, call=call)

    form = grid(proposal, f"fund_rows=2&fund_0_funder=o{state.pk}&fund_1_label=Fondation+du+Moulin")

    assert form.is_valid()
    assert [(line.funder, line.label, line.amount) for line in form.to_lines()] == [
        (state, "", None),
        (None, "Fondation du Moulin", None),
    ]


def test_grid_refuses_a_funder_that_is_not_offered(in_asv, call):
    proposal = ProposalFactory(draft=True, call=call)

    assert not grid(proposal, "fund_rows=1&fund_0_funder=o999999&fund_0_amount=10").is_valid()


def test_sums_of_the_database_and_of_the_grid_agree(in_asv, programme, call, state):
    EnvelopeFactory(programme=programme, funder=state, amount=Decimal(10_000))
    for asked, granted in ((4000, 3000), (2500, 0)):
        proposal = ProposalFactory(call=call)
        BudgetLineFactory(proposal=proposal, amount=Decimal(asked))
        BudgetLineFactory(proposal=proposal, code="864", amount=Decimal(999))
        BudgetLineFactory(proposal=proposal, asked=True, funder=state, amount=Decimal(asked))
        if granted:
            DecisionFactory(proposal=proposal, funder=state, amount=Decimal(granted))
    withdrawn = ProposalFactory(call=call, state="withdrawn")
    BudgetLineFactory(proposal=withdrawn, asked=True, funder=state, amount=Decimal(7777))

    money = programme_money(programme)
    totals = money_totals(Proposal.objects.in_the_running())

    row = next(row for row in money.funders if row.funder_id == state.pk)
    assert (row.asked, row.granted, row.remaining, row.proposals) == (6500, 3000, 7000, 2)
    assert (totals.cost, totals.asked, totals.granted) == (6500, 6500, 3000)

"""« Accordé » is one rule: an accord counts while its proposal is in the running and its action alive."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from asv_platform.reporting.selectors.programme import granted_in, grants_of, loaded_actions
from asv_platform.reporting.selectors.year import year_of
from evaluation.selectors import programme_results
from programmation.models import Action, Envelope, Proposal
from programmation.selectors import (
    actions_with_money,
    conventions_due,
    envelope_totals,
    envelopes_with_money,
    money_totals,
    programme_money,
    programme_summary,
)
from programmation.services import withdraw_proposal
from tests.factories.evaluation import SessionFactory
from tests.factories.programmation import (
    ActionFactory,
    BudgetLineFactory,
    DecisionFactory,
    EnvelopeFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db
GRANTED = Decimal(30_000)


@pytest.fixture
def envelope(programme, state):
    return EnvelopeFactory(programme=programme, funder=state, amount=GRANTED)


@pytest.fixture
def proposal(call, marmite, state, envelope):
    """30,000 € asked of the State, and granted; the town has not answered."""
    proposal = ProposalFactory(call=call, organisation=marmite, state="deliberation")
    BudgetLineFactory(proposal=proposal, asked=True, funder=state, amount=GRANTED)
    DecisionFactory(proposal=proposal, funder=state, amount=GRANTED)
    return proposal


@pytest.fixture
def action(proposal, programme, marmite):
    return ActionFactory(proposal=proposal, programme=programme, organisation=marmite)


def everywhere(programme) -> set[Decimal]:
    """The money granted in a programme, as every page and document says it."""
    money = programme_money(programme)
    totals = dict(zip(("amount", "asked", "granted", "remaining"), envelope_totals(_envelopes()), strict=True))
    year = year_of(programme.asv, year=programme.year, on=timezone.localdate())
    return {
        money.granted,
        money.envelope - money.remaining,
        totals["granted"],
        totals["amount"] - totals["remaining"],
        money_totals(Proposal.objects.received()).granted,
        sum((row.granted for row in actions_with_money(Action.objects.active())), Decimal(0)),
        programme_results(programme).granted,
        granted_in(year, programme.year) or Decimal(0),
        sum((grant.amount for row in loaded_actions(year) for grant in grants_of(row)), Decimal(0)),
        sum((flag.total for flag in conventions_due(programme)), Decimal(0)),
    }


def _envelopes():
    return envelopes_with_money(Envelope.objects.active())


def test_every_page_says_the_same_money(in_asv, programme, action):
    assert everywhere(programme) == {GRANTED}
    assert programme_money(programme).freed == 0


def test_money_granted_to_a_withdrawn_proposal_goes_back(in_asv, alice, programme, proposal):
    withdraw_proposal(proposal=proposal, by=alice)

    assert everywhere(programme) == {0}
    assert programme_money(programme).freed == GRANTED


def test_money_of_a_cancelled_action_goes_back(client, in_asv, alice, programme, action):
    client.force_login(alice)
    url = reverse("evaluation:action_cancel", kwargs={"asv": in_asv.slug, "pk": action.pk})

    assert "30\u202f000" in client.get(url).text or "30\u00a0000" in client.get(url).text
    client.post(url, {"reason": "La structure renonce."})

    assert everywhere(programme) == {0}
    assert programme_money(programme).freed == GRANTED
    assert programme_summary(programme, at=timezone.now()).actions == 0


def test_money_of_an_archived_action_goes_back(client, in_asv, alice, programme, action):
    client.force_login(alice)
    url = reverse("programmation:action_archive", kwargs={"asv": in_asv.slug, "pk": action.pk})

    assert "ne comptent plus dans le programme" in client.get(url).text
    client.post(url)

    assert everywhere(programme) == {0}


def test_pages_say_what_counts_no_more(client, in_asv, alice, programme, action):
    Action.objects.update(state="cancelled")
    client.force_login(alice)
    kwargs = {"asv": in_asv.slug}
    pages = [
        reverse("programmation:programme_detail", kwargs={**kwargs, "pk": programme.pk}),
        reverse("programmation:action_detail", kwargs={**kwargs, "pk": action.pk}),
        *(reverse(f"programmation:{name}_list", kwargs=kwargs) for name in ("proposal", "action", "envelope")),
    ]

    silent = [page for page in pages if "30\u202f000" not in client.get(page).text.replace("\u00a0", "\u202f")]

    assert silent == []
    assert "non comptés" in client.get(pages[2]).text


def test_the_sessions_planned_are_cancelled_with_the_action(client, in_asv, alice, action):
    held, planned = SessionFactory(action=action), SessionFactory(action=action, planned=True)
    client.force_login(alice)
    url = reverse("evaluation:action_cancel", kwargs={"asv": in_asv.slug, "pk": action.pk})

    assert "1\u00a0séance prévue est annulée" in client.get(url).text
    client.post(url, {"reason": "La structure renonce."})

    for row in (action, held, planned):
        row.refresh_from_db()
    assert (action.state, held.state, planned.state) == ("cancelled", "held", "cancelled")


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("dora", 302), ("bob", 403), ("charlie", 404)])
def test_cancelling_an_action_answers_each_reader(client, request, in_asv, action, who, status):
    client.force_login(request.getfixturevalue(who))
    url = reverse("evaluation:action_cancel", kwargs={"asv": in_asv.slug, "pk": action.pk})

    assert client.post(url, {"reason": "La structure renonce."}).status_code == status

"""Moves that are confirmed: what follows is said before, the button says the verb, a cancellation says why."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.urls import reverse

from asv_platform.common.errors import DomainError
from programmation.enums import ActionTransition
from programmation.models import Action
from programmation.services import move_action
from tests.factories.programmation import ActionFactory, BudgetLineFactory, DecisionFactory, ProposalFactory


def address(name, row):
    return reverse(f"programmation:{name}", kwargs={"asv": row.asv.slug, "pk": row.pk})


def text_of(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def running(in_asv, programme):
    programme.state, programme.voted_on = "running", dt.date(2026, 2, 12)
    programme.save()
    return programme


def test_closing_a_programme_says_what_it_leaves_undone(client, alice, running, call, state):
    granted = ProposalFactory(call=call, state="accepted")
    DecisionFactory(proposal=granted, funder=state, amount=Decimal(3000))
    ActionFactory(programme=running, state="running", title="Jardins partagés", proposal=granted)
    ProposalFactory(call=call, state="deliberation")
    client.force_login(alice)

    shown = text_of(client.get(address("programme_close", running)))

    assert "1 action n’est pas terminée : « Jardins partagés »." in shown
    assert "1 proposition attend une décision." in shown
    assert "3 000 € ont été accordés." in shown
    assert "Un programme clos ne se rouvre pas." in shown
    assert "Confirmer" not in shown
    assert ">Clore le programme</button>" in shown


@pytest.mark.parametrize(("state", "kind"), [("running", "secondary"), ("done", "primary")])
def test_closing_leads_only_once_the_actions_are_done(client, alice, running, state, kind):
    ActionFactory(programme=running, state=state)
    client.force_login(alice)

    actions = client.get(address("programme_detail", running)).context["page"].actions

    assert {row.label: row.kind for row in actions}["Clore le programme"] == kind


def test_arbitration_says_that_the_call_stays_open(client, alice, in_asv, programme, call):
    client.force_login(alice)

    shown = text_of(client.get(address("programme_arbitrate", programme)))

    assert f"« {call.title} » : clôture le" in shown
    assert "Le programme pourra être rouvert aux propositions." in shown


@pytest.mark.parametrize("transition", [ActionTransition.BLOCK, ActionTransition.CANCEL])
def test_action_is_neither_blocked_nor_cancelled_without_a_reason(in_asv, programme, alice, transition):
    action = ActionFactory(programme=programme)

    with pytest.raises(DomainError, match="Dites pourquoi"):
        move_action(action=action, transition=transition, by=alice, reason=" ")


def test_cancelled_action_says_why(client, alice, in_asv, programme):
    action = ActionFactory(programme=programme, state="running")
    client.force_login(alice)
    page = client.get(address("action_detail", action))
    url = next(row.url for row in page.context["page"].actions if row.label == "Annuler l’action")

    asked = client.get(url)
    refused = client.post(url, {"reason": ""})
    client.post(url, {"reason": "L’animatrice est partie."})

    assert "Une action annulée ne se reprend pas" in text_of(asked)
    assert refused.status_code == 422
    assert Action.objects.get().state == "cancelled"
    assert "L’animatrice est partie." in text_of(client.get(address("action_detail", action)))


def test_refused_proposal_comes_back_to_the_review(client, alice, in_asv, call, state):
    refused = ProposalFactory(call=call, state="refused")
    BudgetLineFactory(proposal=refused, asked=True, funder=state, amount=Decimal(3000))
    DecisionFactory(proposal=refused, funder=state, outcome="refused", amount=0, motive="Non.")
    client.force_login(alice)

    shown = text_of(client.get(address("proposal_return", refused)))
    client.post(address("proposal_return", refused))

    refused.refresh_from_db()
    assert "1 décision déjà enregistrée reste notée." in shown
    assert "Le porteur n’est pas prévenu" in shown
    assert refused.state == "under_review"

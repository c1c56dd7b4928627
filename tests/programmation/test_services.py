"""The verbs: what they refuse, in French, and what they never do twice."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import PartnerAccess
from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.common.workflow import TransitionRefused
from asv_platform.notifications.models import Message
from programmation.enums import ActionTransition, ProgrammeTransition, ProposalTransition
from programmation.models import Action, BudgetLine, Proposal
from programmation.selectors import Draft, FunderChoice, conventions_due, missing_before_filing
from programmation.selectors.steps import step_token
from programmation.services import (
    DecisionRefused,
    OrganisationShelved,
    ProposalIncomplete,
    answer_request,
    declare_organisation,
    file_proposal,
    move_action,
    move_programme,
    move_proposal,
    record_check,
    record_decisions,
    request_access,
    save_step,
    start_proposal,
    withdraw_proposal,
)
from programmation.workflow import INNER_MOVES
from tests.factories.programmation import ActionFactory, BudgetLineFactory, ProposalFactory

TODAY = dt.date(2026, 3, 24)
FILED_AT = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)


@pytest.fixture
def draft_with_rows(call, marmite, fatou):
    draft = ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou)
    BudgetLineFactory(proposal=draft)
    return draft


def decide(proposal, alice, *choices):
    return record_decisions(proposal=proposal, by=alice, decided_on=TODAY, committee="COPIL", choices=choices)


def test_start_proposal_offers_the_draft_that_exists(in_asv, call, marmite, fatou, edith):
    first = start_proposal(call=call, organisation=marmite, by=fatou, at=timezone.now())
    second = start_proposal(call=call, organisation=marmite, by=edith, at=timezone.now())

    assert first == second
    assert Proposal.objects.count() == 1


def test_blank_draft_lists_what_is_missing_and_is_not_filed(in_asv, call, marmite, fatou):
    draft = start_proposal(call=call, organisation=marmite, by=fatou, at=timezone.now())

    missing = [item.text for item in missing_before_filing(draft, on=TODAY)]
    with pytest.raises(ProposalIncomplete) as refusal:
        file_proposal(proposal=draft, by=fatou, at=timezone.now())

    assert [item.text for item in refusal.value.missing] == missing
    assert "Donner un intitulé au projet." in missing
    assert "Joindre la pièce « Relevé d’identité bancaire (RIB) »." in missing
    assert "Souscrire au contrat d’engagement républicain." in missing


def test_funder_left_without_amount_is_not_asked(in_asv, call, draft_with_rows, state):
    BudgetLineFactory(proposal=draft_with_rows, asked=True, funder=state, amount=None)
    left = [item.text for item in missing_before_filing(draft_with_rows, on=TODAY)]
    BudgetLineFactory(proposal=draft_with_rows, asked=True, funder=None, code="74x", label="Fondation", amount=None)
    named = [item.text for item in missing_before_filing(draft_with_rows, on=TODAY)]

    assert set(named) - set(left) == {"Donner un montant à chaque autre financeur nommé, ou retirer la ligne."}


def test_history_keeps_what_is_filed_and_not_each_draft(in_asv, call, marmite, fatou):
    draft = start_proposal(call=call, organisation=marmite, by=fatou, at=timezone.now())
    for title in ("Premier jet", "Deuxième jet"):
        save_step(proposal=draft, step="projet", token=None, fields={"title": title})

    assert [row.title for row in draft.history.all()] == [""]


def test_save_step_leaves_rows_that_did_not_change(in_asv, draft_with_rows):
    before = list(BudgetLine.objects.values_list("pk", flat=True))
    same = [BudgetLine(side="charge", code="601", amount=Decimal(1000), position=7)]

    save_step(proposal=draft_with_rows, step="budget", token=None, fields={}, rows=same)
    unchanged = list(BudgetLine.objects.values_list("pk", flat=True))
    save_step(proposal=draft_with_rows, step="budget", token=None, fields={}, rows=[])

    assert unchanged == before
    assert not BudgetLine.objects.exists()


def test_save_step_refuses_a_stale_step_and_lets_another_step_through(in_asv, call, marmite, fatou, edith):
    draft = start_proposal(call=call, organisation=marmite, by=fatou, at=timezone.now())
    seen = step_token(Draft(draft), "projet")
    other = step_token(Draft(draft), "depot")
    save_step(proposal=draft, step="projet", token=seen, fields={"title": "De Édith"})

    with pytest.raises(StaleEdit):
        save_step(proposal=draft, step="projet", token=seen, fields={"title": "De Fatou"})
    save_step(proposal=draft, step="depot", token=other, fields={"signatory": "Fatou"})

    draft.refresh_from_db()
    assert (draft.title, draft.signatory) == ("De Édith", "Fatou")


def test_filed_proposal_is_frozen(in_asv, call, marmite, fatou):
    filed = ProposalFactory(call=call, organisation=marmite, state="filed")

    with pytest.raises(DomainError, match="ne peut plus être modifié"):
        save_step(proposal=filed, step="projet", token=None, fields={"title": "Autre"})


def test_incomplete_check_writes_one_mail_that_lists_what_is_missing(in_asv, call, marmite, fatou, alice):
    filed = ProposalFactory(call=call, organisation=marmite, created_by=fatou, state="filed")

    record_check(proposal=filed, by=alice, on=TODAY, items={"budget": "missing", "dates": "ok"}, outcome="incomplete")

    message = Message.objects.get()
    assert message.to == fatou.email
    assert "– Le budget est équilibré et cohérent" in message.body
    assert "dates" not in message.body


@pytest.mark.parametrize(
    ("outcome", "items"), [("admissible", {"budget": "missing"}), ("incomplete", {}), ("inadmissible", {})]
)
def test_check_that_contradicts_itself_is_refused(in_asv, call, alice, outcome, items):
    filed = ProposalFactory(call=call, state="filed")

    with pytest.raises(DomainError):
        record_check(proposal=filed, by=alice, on=TODAY, items=items, outcome=outcome)


def test_decisions_wait_for_every_funder_then_create_one_action(in_asv, deliberated, alice, state, town):
    decide(deliberated, alice, FunderChoice(state, "accepted", Decimal(2500)))
    deliberated.refresh_from_db()
    assert deliberated.state == "deliberation"

    decided = decide(deliberated, alice, FunderChoice(town, "refused", motive="Enveloppe épuisée."))

    assert decided.state == "accepted"
    assert Action.objects.get().proposal == deliberated
    assert Message.objects.filter(subject__startswith="Votre proposition est acceptée").count() == 1


@pytest.mark.parametrize(
    ("outcome", "amount", "motive"),
    [("accepted", 0, ""), ("refused", 100, "Non."), ("refused", 0, ""), ("adjourned", 0, " "), ("accepted", 5001, "")],
)
def test_decision_that_contradicts_itself_or_the_budget_is_refused(
    in_asv, deliberated, alice, state, outcome, amount, motive
):
    with pytest.raises(DecisionRefused):
        decide(deliberated, alice, FunderChoice(state, outcome, Decimal(amount), motive))


def test_two_funders_cannot_grant_more_than_the_cost(in_asv, deliberated, alice, state, town):
    with pytest.raises(DecisionRefused, match="dépasse le coût"):
        decide(
            deliberated,
            alice,
            FunderChoice(state, "accepted", Decimal(3000)),
            FunderChoice(town, "accepted", Decimal(2001)),
        )


def test_convention_is_due_above_23000_a_year_from_one_funder(in_asv, call, programme, marmite, alice, state):
    for amount in (20_000, 3_001):
        proposal = ProposalFactory(call=call, organisation=marmite, state="deliberation", filed_at=FILED_AT)
        BudgetLineFactory(proposal=proposal, amount=Decimal(30_000))
        BudgetLineFactory(proposal=proposal, asked=True, funder=state, amount=Decimal(amount))
        decide(proposal, alice, FunderChoice(state, "accepted", Decimal(amount)))

    flag = conventions_due(programme)[0]

    assert (flag.organisation, flag.funder, flag.total) == (marmite.name, state.name, Decimal(23_001))


def test_withdrawn_proposal_cannot_be_withdrawn_again(in_asv, deliberated, fatou):
    withdraw_proposal(proposal=deliberated, by=fatou)

    with pytest.raises(TransitionRefused):
        withdraw_proposal(proposal=deliberated, by=fatou)


def test_vote_of_a_programme_is_dated(in_asv, programme, alice):
    move_programme(programme=programme, transition=ProgrammeTransition.ARBITRATE, by=alice)

    with pytest.raises(DomainError, match="date du vote"):
        move_programme(programme=programme, transition=ProgrammeTransition.VOTE, by=alice)


def test_blocked_action_says_why_until_it_resumes(in_asv, programme, alice):
    action = ActionFactory(programme=programme)
    with pytest.raises(DomainError, match="pourquoi"):
        move_action(action=action, transition=ActionTransition.BLOCK, by=alice, reason=" ")

    move_action(action=action, transition=ActionTransition.BLOCK, by=alice, reason="Local fermé.")
    resumed = move_action(action=action, transition=ActionTransition.RESUME, by=alice)

    assert (resumed.state, resumed.blocked_reason) == ("running", "")


def test_joining_an_existing_organisation_needs_an_approval(in_asv, marmite, fatou, stranger):
    request = request_access(organisation=marmite, by=stranger)
    assert not PartnerAccess.objects.filter(user=stranger).exists()
    assert Message.objects.get().to == fatou.email

    answer_request(request=request, by=fatou, at=timezone.now(), granted=True)

    assert PartnerAccess.objects.get(user=stranger).role == "editor"
    with pytest.raises(DomainError, match="déjà été donnée"):
        answer_request(request=request, by=fatou, at=timezone.now(), granted=False)


@pytest.mark.parametrize("move", set(ProposalTransition) - INNER_MOVES)
def test_a_move_that_is_part_of_another_act_is_never_made_alone(in_asv, deliberated, alice, move):
    with pytest.raises(TransitionRefused):
        move_proposal(proposal=deliberated, transition=move, by=alice)

    deliberated.refresh_from_db()
    assert deliberated.state == "deliberation"


def test_a_request_to_join_never_goes_to_a_closed_account(in_asv, marmite, fatou, alice, stranger):
    fatou.is_active = False
    fatou.save()

    request_access(organisation=marmite, by=stranger)

    assert [message.to for message in Message.objects.all()] == [alice.email]


@pytest.mark.parametrize(("who", "told"), [("alice", {"fatou"}), ("fatou", {"alice"})])
def test_a_withdrawal_is_told_to_the_other_side(request, in_asv, deliberated, alice, fatou, who, told):
    withdraw_proposal(proposal=deliberated, by=request.getfixturevalue(who), motive="Faute de local.")

    mails = Message.objects.filter(subject__startswith="Proposition retirée")
    assert {message.to for message in mails} == {request.getfixturevalue(name).email for name in told}
    assert all(f"retirée par {request.getfixturevalue(who)}" in message.body for message in mails)


def test_an_archived_structure_is_refused_before_the_long_form(client, in_asv, call, marmite, stranger):
    marmite.archived_at = timezone.now()
    marmite.save()
    client.force_login(stranger)
    url = reverse("calls:organisation", kwargs={"asv": in_asv.slug, "number": call.number})

    response = client.post(url, {"siret": marmite.siret})

    assert response.status_code == 422
    assert "contactez l’ASV" in response.text
    with pytest.raises(OrganisationShelved):
        declare_organisation(asv=in_asv, by=stranger, on=TODAY, siret=marmite.siret, name="La Marmite")

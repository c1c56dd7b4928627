"""Several people do the same thing at the same instant, on real connections: one of them wins, nothing is doubled."""

import datetime as dt
import uuid
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation, Term
from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Invitation, LoginCode, Membership, User
from asv_platform.accounts.selectors import token_hash
from asv_platform.accounts.services import (
    CodeRefused,
    accept_invitation,
    change_role,
    confirm_login_code,
    invite_member,
    join_with_invitation,
    remove_member,
    send_login_code,
)
from asv_platform.accounts.services.members import LastCoordinator
from asv_platform.audit.models import AuditEntry
from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.common.jobs import enqueue, job, run_job
from asv_platform.common.models import Job
from asv_platform.notifications.models import Message
from asv_platform.territories.editing import change_row
from asv_platform.territories.scoping import asv_scope
from diagnostics.models import Need
from diagnostics.services import create_need
from programmation.enums import DecisionOutcome, ProposalState, ProposalTransition
from programmation.fingerprint import fingerprint
from programmation.models import Action, Decision, Proposal
from programmation.selectors import Draft, FunderChoice
from programmation.services import (
    create_action,
    create_call,
    file_proposal,
    move_proposal,
    record_decisions,
    save_step,
    start_proposal,
)
from tests.factories.actors import OrganisationFactory
from tests.factories.diagnostics import DiagnosticFactory
from tests.factories.platform import MembershipFactory, UserFactory
from tests.factories.programmation import BudgetLineFactory, CallFactory, ProgrammeFactory, ProposalFactory
from tests.harness.threads import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = range(8)


def inside(asv, act, *args, **kwargs):
    """``act``, to be run in the scope of ``asv`` by another thread."""

    def run():
        with asv_scope(asv.pk):
            return act(*args, **kwargs)

    return run


def test_form_sent_eight_times_at_once_creates_one_row(blanc_mesnil, alice):
    path, key = reverse("actors:organisation_create", kwargs={"asv": blanc_mesnil.slug}), str(uuid.uuid4())
    clients = [Client() for _ in EIGHT]
    for client in clients:
        client.force_login(alice)
    data = {"name": "La Marmite du Moulin", "kind": "association", "_key": key}

    answers = at_once([partial(client.post, path, data) for client in clients])

    assert failures(answers) == []
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    with asv_scope(blanc_mesnil.pk):
        assert Organisation.objects.filter(name="La Marmite du Moulin").count() == 1


def test_needs_created_at_once_have_numbers_of_their_own(blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        diagnostic = DiagnosticFactory(asv=blanc_mesnil)
        theme = a_theme()
    needs = [
        inside(blanc_mesnil, create_need, diagnostic=diagnostic, by=alice, statement=f"Besoin {rank}", theme=theme)
        for rank in EIGHT
    ]

    assert failures(at_once(needs)) == []
    with asv_scope(blanc_mesnil.pk):
        assert sorted(Need.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


def a_theme() -> Term:
    """The reference terms are emptied with the tables by the tests of this kind."""
    return Term.objects.get_or_create(kind="theme", code="essai", defaults={"label": "Essai"})[0]


def test_calls_created_at_once_have_numbers_of_their_own(blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        programme = ProgrammeFactory(asv=blanc_mesnil, year=2026)
    now = timezone.now()
    fields = {"opens_at": now, "closes_at": now + dt.timedelta(days=9), "text": "Texte", "contact": "a@exemple.fr"}
    calls = [
        inside(blanc_mesnil, create_call, programme=programme, by=alice, title=f"Appel {rank}", **fields)
        for rank in EIGHT
    ]

    results = at_once(calls)

    assert failures(results) == []
    assert sorted(call.number for call in results) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_actions_created_at_once_have_numbers_of_their_own(blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        programme = ProgrammeFactory(asv=blanc_mesnil, year=2026)
        organisation = OrganisationFactory(asv=blanc_mesnil)
    fields = {"programme": programme, "organisation": organisation, "by": alice}
    actions = [inside(blanc_mesnil, create_action, title=f"Action {rank}", **fields) for rank in EIGHT]

    assert failures(at_once(actions)) == []
    with asv_scope(blanc_mesnil.pk):
        assert sorted(Action.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_proposal_started_at_once_is_one_draft(blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        call = CallFactory(programme=ProgrammeFactory(asv=blanc_mesnil, year=2026))
        organisation = OrganisationFactory(asv=blanc_mesnil)
    start = inside(blanc_mesnil, start_proposal, call=call, organisation=organisation, by=alice, at=timezone.now())

    drafts = at_once([start for _ in EIGHT])

    assert failures(drafts) == []
    assert len({draft.pk for draft in drafts}) == 1


def test_proposal_moved_at_once_moves_once(blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        proposal = ProposalFactory(
            call=CallFactory(programme=ProgrammeFactory(asv=blanc_mesnil)), state=ProposalState.UNDER_REVIEW
        )
    move = inside(blanc_mesnil, move_proposal, proposal=proposal, transition=ProposalTransition.DELIBERATE, by=alice)

    results = at_once([move for _ in EIGHT])

    refused = failures(results)
    assert len(refused) == 7
    assert all(isinstance(error, DomainError) for error in refused)
    with asv_scope(blanc_mesnil.pk):
        assert Proposal.objects.get().state == ProposalState.DELIBERATION


@pytest.fixture
def ready(blanc_mesnil):
    """A draft that lacks nothing."""
    with asv_scope(blanc_mesnil.pk):
        call = CallFactory(programme=ProgrammeFactory(asv=blanc_mesnil, year=2026))
        return ProposalFactory(draft=True, complete=True, call=call)


def test_proposal_filed_at_once_is_filed_once(blanc_mesnil, alice, ready):
    filing = inside(blanc_mesnil, file_proposal, proposal=ready, by=alice, at=timezone.now())

    filed = at_once([filing for _ in EIGHT])

    assert failures(filed) == []
    assert {row.reference for row in filed} == {"2026-001"}
    assert len({row.fingerprint for row in filed}) == 1
    assert AuditEntry.objects.filter(event="proposal.filed").count() == 1


def test_proposals_of_two_calls_filed_at_once_have_numbers_of_their_own(blanc_mesnil, alice, ready):
    with asv_scope(blanc_mesnil.pk):
        call = CallFactory(programme=ready.call.programme)
        other = ProposalFactory(draft=True, complete=True, call=call, organisation=ready.organisation)
    filings = [inside(blanc_mesnil, file_proposal, proposal=row, by=alice, at=timezone.now()) for row in (ready, other)]

    filed = at_once(filings)

    assert failures(filed) == []
    assert sorted(row.number for row in filed) == [1, 2]


def test_step_written_while_the_file_is_filed_is_refused_or_filed(blanc_mesnil, alice, ready):
    """Whoever comes first: what the receipt vouches for is what the file holds."""
    filing = inside(blanc_mesnil, file_proposal, proposal=ready, by=alice, at=timezone.now())
    writing = inside(
        blanc_mesnil, save_step, proposal=ready, step="projet", token=None, fields={"title": "Autre titre"}
    )

    filed, written = at_once([filing, writing])

    with asv_scope(blanc_mesnil.pk):
        kept = Proposal.objects.get()
        assert kept.fingerprint == fingerprint(Draft(kept)) == filed.fingerprint
    assert (kept.title == "Autre titre") == (failures([written]) == [])
    assert [str(error) for error in failures([written])] in (
        [],
        ["Ce dossier est déposé : son contenu ne peut plus être modifié."],
    )


def test_two_members_who_decide_at_once_leave_one_decision(blanc_mesnil, alice):
    dora = MembershipFactory(asv=blanc_mesnil, role=Role.COORDINATOR).user
    with asv_scope(blanc_mesnil.pk):
        call = CallFactory(programme=ProgrammeFactory(asv=blanc_mesnil))
        proposal = ProposalFactory(call=call, state=ProposalState.DELIBERATION)
        BudgetLineFactory(proposal=proposal, amount=Decimal(5000))
        funder = BudgetLineFactory(proposal=proposal, asked=True, amount=Decimal(3000)).funder
    choices = [
        FunderChoice(funder, DecisionOutcome.ACCEPTED, Decimal(3000)),
        FunderChoice(funder, DecisionOutcome.REFUSED, motive="Enveloppe épuisée."),
    ]
    decisions = [
        inside(
            blanc_mesnil,
            record_decisions,
            proposal=proposal,
            by=by,
            decided_on=timezone.localdate(),
            committee="COPIL",
            choices=[choice],
        )
        for by, choice in zip((alice, dora), choices, strict=True)
    ]

    (refused,) = failures(at_once(decisions))

    assert str(refused) == "Cette proposition n’est pas en délibération : l’état a changé entre-temps."
    with asv_scope(blanc_mesnil.pk):
        decision, decided = Decision.objects.get(), Proposal.objects.get()
        assert decided.state == decision.outcome
        assert Action.objects.count() == (decision.outcome == DecisionOutcome.ACCEPTED)
        assert Message.objects.filter(dedupe_key__startswith="proposal.decided").count() <= 1


def test_row_edited_at_once_keeps_one_edit(blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        row = OrganisationFactory(asv=blanc_mesnil)
    edits = [
        inside(
            blanc_mesnil,
            change_row,
            row,
            by=alice,
            event="organisation.updated",
            version=row.version,
            name=f"Nom {rank}",
        )
        for rank in EIGHT
    ]

    refused = failures(at_once(edits))

    assert len(refused) == 7
    assert all(isinstance(error, StaleEdit) for error in refused)


def test_two_coordinators_who_remove_each_other_leave_one(blanc_mesnil, alice):
    first = Membership.objects.get(user=alice)
    second = MembershipFactory(asv=blanc_mesnil, role=Role.COORDINATOR)

    results = at_once(
        [
            partial(remove_member, membership=first, by=second.user),
            partial(change_role, membership=second, role=Role.READER, by=alice),
        ]
    )

    assert [type(error) for error in failures(results)] == [LastCoordinator]
    assert Membership.objects.filter(asv=blanc_mesnil, role=Role.COORDINATOR).count() == 1


def test_invitation_accepted_at_once_makes_one_member(blanc_mesnil, alice):
    invitation = invite_member(
        asv=blanc_mesnil, email="nouvelle@exemple.fr", role=Role.READER, by=alice, now=timezone.now()
    )
    user = UserFactory(email="nouvelle@exemple.fr")

    results = at_once([partial(accept_invitation, invitation=invitation, user=user, now=timezone.now()) for _ in EIGHT])

    assert all(isinstance(error, DomainError) for error in failures(results))
    assert len(failures(results)) == 7
    assert Membership.objects.filter(user=user).count() == 1


def test_invitation_joined_at_once_makes_one_account(blanc_mesnil, alice):
    invitation = Invitation.objects.create(
        asv=blanc_mesnil,
        email="nouvelle@exemple.fr",
        role=Role.READER,
        token_hash=token_hash("x"),
        invited_by=alice,
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    join = partial(
        join_with_invitation,
        invitation=invitation,
        first_name="N",
        last_name="N",
        password="tisane citron gingembre",
        now=timezone.now(),
    )

    results = at_once([join for _ in EIGHT])

    assert all(isinstance(error, DomainError) for error in failures(results)), failures(results)
    assert len(failures(results)) == 7
    assert User.objects.filter(email="nouvelle@exemple.fr").count() == 1


def test_invitations_sent_at_once_leave_one_open(blanc_mesnil, alice):
    send = partial(
        invite_member, asv=blanc_mesnil, email="nouvelle@exemple.fr", role=Role.READER, by=alice, now=timezone.now()
    )

    assert failures(at_once([send for _ in EIGHT])) == []
    assert Invitation.objects.open().filter(email="nouvelle@exemple.fr").count() == 1


def test_code_guessed_at_once_gets_three_tries():
    row = send_login_code(email="nouvelle@exemple.fr", now=timezone.now())

    results = at_once(
        [partial(confirm_login_code, login_code_id=row.pk, code=f"{n:06d}", now=timezone.now()) for n in range(16)]
    )

    assert all(isinstance(error, CodeRefused) for error in results if isinstance(error, Exception))
    assert LoginCode.objects.get().tries <= 3


def test_two_codes_of_a_new_address_confirmed_at_once_make_one_account(monkeypatch):
    codes = iter(range(8))
    monkeypatch.setattr("asv_platform.accounts.services.codes.secrets.randbelow", lambda most: next(codes))
    rows = [send_login_code(email="nouvelle@exemple.fr", now=timezone.now()) for _ in EIGHT]

    results = at_once(
        [
            partial(confirm_login_code, login_code_id=row.pk, code=f"{n:06d}", now=timezone.now())
            for n, row in enumerate(rows)
        ]
    )

    assert failures(results) == []
    assert User.objects.filter(email="nouvelle@exemple.fr").count() == 1


def test_job_taken_by_eight_workers_runs_once():
    runs = []
    job("hostile.count")(lambda row: runs.append(row.pk))
    row = enqueue("hostile.count")

    results = at_once([partial(run_job, row.pk) for _ in EIGHT])

    assert failures(results) == []
    assert sorted(results) == [False] * 7 + [True]
    assert runs == [row.pk]
    assert Job.objects.get(pk=row.pk).tries == 1


def test_login_is_limited_for_all_the_processes_together():
    """The counters live in the shared cache: eight guesses at once are counted as eight."""
    UserFactory(email="alice@exemple.fr", password="tisane citron gingembre")
    data = {"login": "alice@exemple.fr", "password": "autre chose"}

    at_once([partial(Client().post, "/connexion/", data) for _ in EIGHT])
    right = Client().post("/connexion/", data | {"password": "tisane citron gingembre"})

    assert "Trop d’essais" in right.content.decode()

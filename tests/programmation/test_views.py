"""Who sees what; lists that cost the same with one row or thirty; pages of partners; uploads."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation
from asv_platform.accounts.enums import Role
from asv_platform.territories.scoping import asv_scope
from programmation.models import BudgetLine, Decision, Proposal, ProposalPiece
from programmation.services import start_proposal
from tests.factories.actors import OrganisationFactory, PartnerAccessFactory
from tests.factories.diagnostics import PriorityFactory
from tests.factories.platform import MembershipFactory
from tests.factories.programmation import (
    PDF,
    ActionFactory,
    AdmissibilityCheckFactory,
    BudgetLineFactory,
    CallFactory,
    DecisionFactory,
    EnvelopeFactory,
    ObjectiveFactory,
    ProposalFactory,
    ProposalPieceFactory,
)

pytestmark = pytest.mark.django_db
SLUG = "le-blanc-mesnil-dugny"
FILED_AT = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)


def page(name, **kwargs):
    return reverse(f"programmation:{name}", kwargs={"asv": SLUG, **kwargs})


@pytest.fixture
def reviewer(blanc_mesnil):
    return MembershipFactory(asv=blanc_mesnil, role=Role.REVIEWER).user


@pytest.fixture
def proposal(call, marmite, fatou):
    return ProposalFactory(call=call, organisation=marmite, created_by=fatou, state="filed")


@pytest.fixture
def draft(call, marmite, fatou):
    return ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou, title="Brouillon")


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("dora", 200), ("bob", 403), ("reviewer", 403), ("charlie", 404)]
)
def test_check_page_answers_each_reader(client, request, proposal, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(page("proposal_check", pk=proposal.pk)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("dora", 403), ("bob", 403), ("reviewer", 403), ("charlie", 404)]
)
def test_decide_page_answers_each_reader(client, request, proposal, who, status):
    Proposal._base_manager.update(state="deliberation")
    client.force_login(request.getfixturevalue(who))

    assert client.get(page("proposal_decide", pk=proposal.pk)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("bob", 200), ("reviewer", 403), ("charlie", 404), ("fatou", 404)]
)
def test_proposal_page_answers_each_reader(client, request, proposal, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(page("proposal_detail", pk=proposal.pk)).status_code == status


def test_draft_does_not_exist_for_the_team(client, alice, draft):
    client.force_login(alice)

    assert client.get(page("proposal_detail", pk=draft.pk)).status_code == 404
    assert "Brouillon" not in client.get(page("proposal_list")).content.decode()


STEPS = ["structure", "projet", "publics", "budget", "evaluation", "depot"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("who", "status"), [("fatou", 200), ("edith", 200), ("alice", 404), ("stranger", 404)])
def test_step_answers_each_reader(client, request, draft, step, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(f"partner:step_{step}", kwargs={"pk": draft.pk})).status_code == status


def test_editor_prepares_but_does_not_file(client, edith, draft):
    client.force_login(edith)

    response = client.post(reverse("partner:file", kwargs={"pk": draft.pk}))

    assert response.status_code == 422
    assert "Seule une personne responsable" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("fatou", 200), ("stranger", 404), ("charlie", 404)])
def test_piece_is_sent_as_an_attachment_to_its_partners_only(client, request, draft, who, status):
    with asv_scope(draft.asv_id):
        piece = ProposalPieceFactory(proposal=draft)
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse("partner:piece_download", kwargs={"pk": piece.pk}))

    assert response.status_code == status
    if status == 200:
        assert response["Content-Disposition"].startswith("attachment")
        assert b"".join(response.streaming_content) == PDF
        # The file alone: closing the response would close the connection of the test.
        for close in response._resource_closers:  # noqa: SLF001
            close()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rib.exe", b"MZ" + b"\0" * 50, "accepté"),
        ("rib.pdf", b"MZ" + b"\0" * 50, "n’est pas celui d’un fichier PDF"),
        ("rib.pdf", b"", "vide"),
        ("rib.pdf", PDF + b"0" * (10 * 1024 * 1024), "dépasse 10"),
    ],
    ids=["kind", "content", "empty", "too large"],
)
def test_upload_of_the_wrong_kind_is_refused_in_words(client, fatou, draft, name, content, words):
    client.force_login(fatou)
    url = reverse("partner:piece_add", kwargs={"pk": draft.pk})

    response = client.post(url, {"kind": "bank_details", "file": SimpleUploadedFile(name, content)})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not ProposalPiece._base_manager.exists()


def test_stale_step_shows_both_versions(client, fatou, draft):
    client.force_login(fatou)
    url = reverse("partner:step_projet", kwargs={"pk": draft.pk})
    token = re.search(r'name="_token"[^>]*value="(\w+)"', client.get(url).content.decode()).group(1)
    client.post(url, {"_token": token, "title": "De l’autre personne"})

    response = client.post(url, {"_token": token, "title": "De moi"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "De l’autre personne" in html
    assert "De moi" in html
    assert Proposal._base_manager.get().title == "De l’autre personne"


def test_adding_and_removing_a_funder_without_javascript_loses_nothing(client, fatou, draft, state, town):
    client.force_login(fatou)
    url = reverse("partner:step_budget", kwargs={"pk": draft.pk})
    typed = {
        "fund_rows": "2", "fund_0_funder": f"o{state.pk}", "fund_0_amount": "100",
        "fund_1_funder": f"o{town.pk}", "fund_1_amount": "200", "charge_601": "300",
    }  # fmt: skip

    added = client.post(url, typed | {"go": "add"}, follow=True).content.decode()
    client.post(url, typed | {"go": "remove-0"})

    assert 'name="fund_2_funder"' in added
    lines = BudgetLine._base_manager.order_by("pk")
    assert [(line.code, line.amount) for line in lines] == [("601", Decimal(300)), ("74com", Decimal(200))]


def test_wrong_amount_shows_every_line_again(client, fatou, draft, state):
    client.force_login(fatou)
    url = reverse("partner:step_budget", kwargs={"pk": draft.pk})

    response = client.post(
        url, {"fund_rows": "1", "fund_0_label": "Fondation", "fund_0_amount": "cent", "charge_601": "300", "go": "add"}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert all(text in html for text in ("Fondation", "cent", 'value="300"', 'name="fund_1_funder"'))


def test_autosave_answers_with_the_hour_and_a_new_token(client, fatou, draft):
    client.force_login(fatou)
    url = reverse("partner:step_projet", kwargs={"pk": draft.pk})

    response = client.post(url, {"_auto": "1", "title": "Écrit en passant"}, headers={"HX-Request": "true"})

    html = response.content.decode()
    assert "enregistré à" in html
    assert 'name="_token"' in html
    assert Proposal._base_manager.get().title == "Écrit en passant"


def test_step_sent_after_a_colleague_filed_keeps_what_was_typed(client, fatou, proposal):
    client.force_login(fatou)
    url = reverse("partner:step_projet", kwargs={"pk": proposal.pk})

    sent = client.post(url, {"title": "Écrit trop tard"})
    autosaved = client.post(url, {"_auto": "1", "title": "Écrit trop tard"}, headers={"HX-Request": "true"})

    assert sent.status_code == 422
    assert "Écrit trop tard" in sent.content.decode()
    # One line beside the title of the page, not a whole page in its place.
    assert autosaved.status_code == 200
    for response in (sent, autosaved):
        assert "Ce dossier est déposé" in response.content.decode()
    assert "<html" not in autosaved.content.decode()
    assert Proposal._base_manager.get().title != "Écrit trop tard"


def test_organisation_of_a_filed_proposal_is_not_changed_behind_it(client, fatou, proposal, marmite):
    client.force_login(fatou)
    url = reverse("partner:step_structure", kwargs={"pk": proposal.pk})

    sent = client.post(url, {"name": "Un autre nom", "kind": "association", "_token": marmite.version})

    assert sent.status_code == 422
    assert "Ce dossier est déposé" in sent.content.decode()
    assert "Un autre nom" in sent.content.decode()
    assert Organisation._base_manager.get(pk=marmite.pk).name == marmite.name


def test_call_page_shows_every_question_to_a_stranger(client, call):
    html = client.get(reverse("calls:call", kwargs={"asv": SLUG, "number": call.number})).content.decode()

    for words in (
        "Intitulé du projet",
        "Méthode d’évaluation",
        "Relevé d’identité bancaire",
        "Commencer une proposition",
    ):
        assert words in html


def test_unpublished_call_does_not_exist(client, programme):
    with asv_scope(programme.asv_id):
        call = CallFactory(programme=programme, number=9, unpublished=True)

    assert client.get(reverse("calls:call", kwargs={"asv": SLUG, "number": call.number})).status_code == 404


def test_stranger_goes_through_the_code_to_begin(client, call):
    url = reverse("calls:start", kwargs={"asv": SLUG, "number": call.number})

    response = client.get(url)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_request_login_code"))


def test_draft_is_offered_instead_of_another_one(client, fatou, call, draft):
    client.force_login(fatou)

    html = client.get(reverse("calls:start", kwargs={"asv": SLUG, "number": call.number})).content.decode()

    assert "Reprendre le brouillon" in html


def test_partner_home_shows_drafts_as_not_filed(client, fatou, draft, proposal):
    client.force_login(fatou)

    html = client.get(reverse("partner:home")).content.decode()

    assert "PAS ENCORE DÉPOSÉ" in html
    assert proposal.reference in html


LISTS = [
    "programme_list",
    "objective_list",
    "envelope_list",
    "call_list",
    "proposal_list",
    "action_list",
    "access_list",
]


def rows(programme, call, count):
    for _ in range(count):
        objective = ObjectiveFactory(programme=programme)
        proposal = ProposalFactory(call=call, state="accepted", organisation=OrganisationFactory(asv=programme.asv))
        proposal.objectives.set([objective])
        line = BudgetLineFactory(proposal=proposal, asked=True)
        EnvelopeFactory(programme=programme, funder=line.funder)
        DecisionFactory(proposal=proposal, funder=line.funder)
        action = ActionFactory(programme=programme, proposal=proposal, organisation=proposal.organisation)
        action.objectives.set([objective])


@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_with_one_row_and_thirty(
    client, alice, programme, call, name, django_assert_max_num_queries, every_row
):
    client.force_login(alice)
    every_row(1)
    with django_assert_max_num_queries(25) as one:
        assert client.get(page(name)).status_code == 200
    every_row(29)
    with django_assert_max_num_queries(len(one.captured_queries)) as thirty:
        client.get(page(name))

    assert len(thirty.captured_queries) <= len(one.captured_queries)


@pytest.fixture
def every_row(programme, call):
    """``every_row(n)`` adds n objectives, envelopes, proposals, decisions and actions."""

    def add(count):
        with asv_scope(programme.asv_id):
            rows(programme, call, count)

    return add


def test_programme_page_costs_the_same_with_one_row_and_thirty(
    client, alice, programme, django_assert_max_num_queries, every_row
):
    client.force_login(alice)
    every_row(1)
    with django_assert_max_num_queries(30) as one:
        client.get(page("programme_detail", pk=programme.pk))
    every_row(29)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert client.get(page("programme_detail", pk=programme.pk)).status_code == 200


@pytest.mark.parametrize("step", ["projet", "publics", "budget", "evaluation"])
def test_choices_of_a_step_are_named_in_words(client, fatou, draft, step):
    client.force_login(fatou)

    html = client.get(reverse(f"partner:step_{step}", kwargs={"pk": draft.pk})).content.decode()

    assert "---" not in html
    assert step != "projet" or html.count(">Choisir</option>") == 3


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_proposal_list_exports_what_it_shows(client, bob, proposal, export):
    client.force_login(bob)

    response = client.get(page("proposal_list"), {"format": export})

    body = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert export == "xlsx" or proposal.reference in body.decode()


def test_proposal_list_adds_up_what_it_shows(client, bob, proposal, state):
    with_scope_lines(proposal, state)
    client.force_login(bob)

    html = client.get(page("proposal_list"), {"etat": "filed"}).content.decode()

    assert "12\u00a0345\u00a0€" in html


@pytest.mark.parametrize(("progress", "granted"), [("filed", ""), ("deliberation", ""), ("refused", "0")])
def test_list_says_nothing_of_money_that_nobody_decided(client, bob, proposal, state, progress, granted):
    with_scope_lines(proposal, state)
    with asv_scope(proposal.asv_id):
        Proposal.objects.filter(pk=proposal.pk).update(state=progress)
    client.force_login(bob)

    response = client.get(page("proposal_list"), {"format": "csv"})

    rows = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";")
    assert [row["Accordé"].split(",")[0] for row in rows] == [granted]


def with_scope_lines(proposal, state):
    with asv_scope(proposal.asv_id):
        BudgetLineFactory(proposal=proposal, asked=True, funder=state, amount=Decimal(12_345))


def test_incomplete_file_reopens_the_steps_and_repeats_what_is_asked(client, fatou, call, marmite):
    with asv_scope(call.asv_id):
        proposal = ProposalFactory(call=call, organisation=marmite, state="incomplete")
        AdmissibilityCheckFactory(
            proposal=proposal, outcome="incomplete", items={"budget": "missing"}, message="Voir le 641."
        )
    client.force_login(fatou)

    for step in ("budget", "depot"):
        html = client.get(reverse(f"partner:step_{step}", kwargs={"pk": proposal.pk})).content.decode()
        assert "Voir le 641." in html
        assert "Le budget est équilibré et cohérent" in html


def test_draft_is_started_for_ones_own_organisations_only(client, fatou, call):
    with asv_scope(call.asv_id):
        neighbour = OrganisationFactory(asv=call.asv)
    client.force_login(fatou)
    start = reverse("calls:start", kwargs={"asv": SLUG, "number": call.number})

    for organisation in (neighbour.pk, 999_999, "", "x"):
        answer = client.post(start, {"organisation": organisation})
        assert answer.url == reverse("calls:organisation", kwargs={"asv": SLUG, "number": call.number})
    assert not Proposal._base_manager.exists()


def open_form(client, url) -> dict:
    """The hidden fields that a form opened now would send."""
    html = client.get(url).content.decode()
    return dict(re.findall(r'name="(_key|_version)" value="([^"]+)"', html))


def test_second_member_who_decides_sees_what_the_first_one_decided(client, alice, call, proposal, state, town):
    with asv_scope(call.asv_id):
        BudgetLineFactory(proposal=proposal, amount=Decimal(5000))
        for funder in (state, town):
            BudgetLineFactory(proposal=proposal, asked=True, funder=funder, amount=Decimal(2500))
    Proposal._base_manager.update(state="deliberation", filed_at=FILED_AT)
    client.force_login(alice)
    url = page("proposal_decide", pk=proposal.pk)
    first, second = open_form(client, url), open_form(client, url)
    day = {"decided_on": "2026-03-24", "committee": "COPIL"}
    accepted = {f"outcome_{state.pk}": "accepted", f"amount_{state.pk}": "2500"}
    refused = {f"outcome_{state.pk}": "refused", f"motive_{state.pk}": "Enveloppe épuisée."}

    assert client.post(url, first | day | accepted).status_code == 302
    answer = client.post(url, second | day | refused)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Quelqu’un d’autre a modifié" in html
    assert "Accord, 2\u00a0500\u00a0€" in html
    assert "Enveloppe épuisée." in html
    assert Decision._base_manager.get().outcome == "accepted"


def test_second_member_who_checks_is_told_of_the_first(client, alice, proposal):
    client.force_login(alice)
    url = page("proposal_check", pk=proposal.pk)
    first, second = open_form(client, url), open_form(client, url)
    codes = re.findall(r'name="(item_\w+)"', client.get(url).content.decode())
    fine = dict.fromkeys(codes, "ok")

    sent = client.post(url, first | fine | {"outcome": "incomplete", "message": "Voir le budget."})
    answer = client.post(url, second | fine | {"outcome": "admissible"})

    assert sent.status_code == 302
    assert answer.status_code == 422
    assert "Quelqu’un d’autre a modifié" in answer.content.decode()
    assert Proposal._base_manager.get().state == "incomplete"


def test_organisation_page_calls_optional_only_what_is(client, stranger, call):
    client.force_login(stranger)

    html = client.get(reverse("calls:declare", kwargs={"asv": SLUG, "number": call.number})).content.decode()

    labels = dict(re.findall(r'<label for="id_(\w+)">(.*?)</label>', html, re.DOTALL))
    assert "facultatif" in labels["missions"]
    for name in ("siret", "rna", "address", "legal_representative"):
        assert "facultatif" not in labels[name]


def test_access_of_another_organisation_opens_nothing(client, draft, blanc_mesnil):
    with asv_scope(blanc_mesnil.pk):
        other = PartnerAccessFactory(organisation__asv=blanc_mesnil).user
    client.force_login(other)

    assert client.get(reverse("partner:proposal", kwargs={"pk": draft.pk})).status_code == 404


def test_draft_started_once_by_two_people(in_asv, call, marmite, fatou, edith):
    at = timezone.now()

    assert (
        start_proposal(call=call, organisation=marmite, by=fatou, at=at).pk
        == start_proposal(call=call, organisation=marmite, by=edith, at=at).pk
    )


def test_objective_declined_from_another_answers_what_it_answers(client, alice, in_asv, programme):
    priority = PriorityFactory(asv=in_asv)
    general = ObjectiveFactory(programme=programme, priorities=[priority])
    client.force_login(alice)

    shown = client.get(page("objective_create"), {"parent": general.pk}).context["form"].initial

    assert (shown["parent"], shown["level"], shown["priorities"]) == (general.pk, "specific", [priority])

"""A whole filing without JavaScript, by somebody the ASV does not know yet, up to the action."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation, PartnerAccess, Term
from asv_platform.notifications.models import Message
from programmation.models import Action, Proposal
from tests.factories.programmation import PDF

pytestmark = pytest.mark.django_db
START = "calls:start"


def tokens(response) -> dict:
    """The hidden fields of the form of a page."""
    html = response.content.decode()
    found = {}
    for name in ("_key", "_version", "_token"):
        match = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
        if match:
            found[name] = match.group(1)
    return found


def send(client, url, data, **kwargs):
    """Open a page, fill its form, send it."""
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    return client.post(url, tokens(page) | data, **kwargs)


def declare(client, call) -> Proposal:
    asv = {"asv": call.asv.slug, "number": call.number}
    response = client.get(reverse(START, kwargs=asv))
    assert response.url == reverse("calls:organisation", kwargs=asv)
    response = send(client, response.url, {"siret": "732 829 320 00074"})
    response = send(
        client,
        response.url,
        {
            "name": "La Marmite du Moulin",
            "kind": "association",
            "siret": "73282932000074",
            "address": "3 rue du Moulin",
            "legal_representative": "Fatou Diarra",
            "legal_representative_function": "Présidente",
        },
    )
    assert response.status_code == 302
    return Proposal._base_manager.get()


def fill(client, proposal, objective, theme, state, town):
    def step(name):
        return reverse(f"partner:step_{name}", kwargs={"pk": proposal.pk})

    project = {
        "title": "Cuisiner ensemble",
        "frequency": "first",
        "theme": theme.pk,
        "goals": "Bien manger avec peu.",
        "description": "Douze ateliers de cuisine.",
        "starts_on": "2026-03-01",
        "ends_on": "2026-12-18",
        "human_means": "Une animatrice, trois bénévoles.",
        "objectives": [objective.pk],
    }
    assert send(client, step("projet"), project).url == step("publics")
    publics = {
        "publics": [Term.objects.get(code="femmes").pk],
        "place": "Maison de quartier",
        "expected_people": "36",
        "women_26-59": "30",
        "men_26-59": "6",
    }
    assert send(client, step("publics"), publics).url == step("budget")
    budget = {
        "charge_601": "1 200,50",
        "charge_641": "2 800",
        "fund_rows": "2",
        "fund_0_funder": f"o{state.pk}",
        "fund_0_state": "asked",
        "fund_0_amount": "3 000 €",
        "fund_1_funder": f"o{town.pk}",
        "fund_1_state": "asked",
        "fund_1_amount": "1000,50",
        "charge_864": "600",
        "product_870": "600",
    }
    assert send(client, step("budget"), budget).url == step("evaluation")
    response = send(
        client, step("evaluation"), {"rows": "0", "bank": ["personnes-differentes"], "evaluation_method": "x"}
    )
    assert response.url.startswith(step("evaluation"))
    row = {"rows": "1", "ind_0_name": "Personnes différentes accueillies", "ind_0_kind": "process"}
    targets = row | {"ind_0_target": "36", "ind_0_unit": "personnes", "evaluation_method": "Feuilles de présence."}
    assert send(client, step("evaluation"), targets).url == step("depot")
    piece = {"kind": "bank_details", "file": SimpleUploadedFile("rib.pdf", PDF)}
    assert send(client, reverse("partner:piece_add", kwargs={"pk": proposal.pk}), piece).status_code == 302
    signed = {
        "signatory": "Fatou Diarra",
        "signatory_function": "Présidente",
        "republican_contract": "on",
        "sworn_statement": "on",
    }
    return send(client, step("depot"), signed)


def test_a_new_partner_files_without_the_coordinator_nor_javascript(
    client, stranger, alice, call, objective, theme, state, town, django_capture_on_commit_callbacks
):
    client.force_login(stranger)
    proposal = declare(client, call)
    response = fill(client, proposal, objective, theme, state, town)
    file_url = reverse("partner:file", kwargs={"pk": proposal.pk})
    assert response.url == file_url

    response = send(client, file_url, {})
    receipt = client.get(response.url)
    again = client.post(file_url, {})

    filed = Proposal._base_manager.get()
    assert filed.state == "filed"
    assert (filed.year, filed.number) == (2026, 1)
    assert len(filed.fingerprint) == 64
    assert filed.fingerprint in receipt.content.decode()
    assert again.status_code == 302
    assert Message.objects.filter(subject__startswith="Dépôt enregistré").count() == 1
    assert PartnerAccess._base_manager.get().role == "owner"
    assert Organisation._base_manager.filter(siret="73282932000074").count() == 1


def test_a_filed_proposal_becomes_an_action(client, stranger, alice, call, objective, theme, state, town):
    client.force_login(stranger)
    proposal = declare(client, call)
    fill(client, proposal, objective, theme, state, town)
    send(client, reverse("partner:file", kwargs={"pk": proposal.pk}), {})
    client.force_login(alice)

    def page(name):
        return reverse(f"programmation:{name}", kwargs={"asv": call.asv.slug, "pk": proposal.pk})

    from programmation.selectors.proposals import CHECKLIST

    codes = [*CHECKLIST, "piece_bank_details"]
    answers = {f"item_{code}": "ok" for code in codes}
    send(client, page("proposal_check"), answers | {"item_budget": "missing", "outcome": "incomplete", "message": ""})
    assert Proposal._base_manager.get().state == "incomplete"
    asked = Message.objects.get(subject__startswith="Dossier incomplet")
    assert "Le budget est équilibré" in asked.body

    client.force_login(stranger)
    send(client, reverse("partner:file", kwargs={"pk": proposal.pk}), {})
    assert Proposal._base_manager.get().state == "filed"

    client.force_login(alice)
    send(client, page("proposal_check"), answers | {"outcome": "admissible"})
    send(client, page("proposal_deliberate"), {})
    decisions = {
        "decided_on": timezone.localdate().isoformat(),
        "is_sure": "on",
        "committee": "Comité de pilotage",
        f"outcome_{state.pk}": "accepted",
        f"amount_{state.pk}": "2 500",
        f"outcome_{town.pk}": "refused",
        f"motive_{town.pk}": "Enveloppe épuisée.",
    }
    response = send(client, page("proposal_decide"), decisions)

    assert response.status_code == 302
    assert Proposal._base_manager.get().state == "accepted"
    action = Action._base_manager.get()
    assert action.title == "Cuisiner ensemble"
    assert (
        client.get(reverse("programmation:action_detail", kwargs={"asv": call.asv.slug, "pk": action.pk})).status_code
        == 200
    )
    mail = Message.objects.get(subject__startswith="Votre proposition est acceptée")
    assert "Enveloppe épuisée." in mail.body


def test_a_complete_filing_stays_within_its_number_of_queries(
    client, stranger, call, objective, theme, state, town, django_assert_max_num_queries
):
    client.force_login(stranger)
    proposal = declare(client, call)

    # Sixteen requests, each page opened before its form is sent; sessions, accounts and savepoints included.
    with django_assert_max_num_queries(232):
        fill(client, proposal, objective, theme, state, town)
        send(client, reverse("partner:file", kwargs={"pk": proposal.pk}), {})

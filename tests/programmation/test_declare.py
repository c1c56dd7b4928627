"""A structure that is known is joined, not declared twice; what the partner reads when nothing can be filed."""

import pytest
from django.urls import reverse

from actors.models import Organisation
from asv_platform.territories.scoping import asv_scope
from programmation.models import AccessRequest, Proposal
from tests.factories.actors import OrganisationFactory
from tests.factories.programmation import CallFactory, ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def soupe(blanc_mesnil):
    """Known, and without a number."""
    return OrganisationFactory(asv=blanc_mesnil, name="L’Été en soupe")


def url(call, name, **query) -> str:
    return reverse(f"calls:{name}", kwargs={"asv": call.asv.slug, "number": call.number}, query=query or None)


def declare(client, call, **typed):
    return client.post(url(call, "declare"), {"kind": "association"} | typed)


def count() -> int:
    return Organisation._base_manager.filter(kind="association").count()


def test_structure_of_a_known_name_is_offered_to_join_first(client, stranger, call, soupe):
    client.force_login(stranger)
    before = count()

    answer = declare(client, call, name="l'ete en SOUPE")

    assert answer.status_code == 422
    assert count() == before
    assert 'name="is_distinct"' in answer.text
    link = url(call, "join", nom=soupe.name)
    assert link in answer.text
    assert client.post(link, {"message": "Je suis trésorière."}).status_code == 302
    assert AccessRequest._base_manager.get().organisation_id == soupe.pk


def test_another_structure_of_the_same_name_is_declared_once_said(client, stranger, call, soupe):
    client.force_login(stranger)
    before = count()

    answer = declare(client, call, name=soupe.name, is_distinct="on")

    assert answer.status_code == 302
    assert count() == before + 1


def test_structure_of_a_known_number_comes_with_the_way_to_join_it(client, stranger, call, marmite):
    client.force_login(stranger)

    answer = declare(client, call, name="Autre nom", siret=marmite.siret)

    assert answer.status_code == 422
    assert url(call, "join", siret=marmite.siret) in answer.text


def test_member_who_declares_their_structure_again_is_led_to_it(client, fatou, call, marmite):
    client.force_login(fatou)

    answer = declare(client, call, name=marmite.name)

    assert "Continuer avec cette structure" in answer.text
    assert f'href="{url(call, "start")}"' in answer.text


@pytest.mark.parametrize("query", [{}, {"nom": ""}, {"nom": "L’Été"}, {"siret": ""}])
def test_no_structure_is_found_by_less_than_its_name(client, stranger, call, soupe, query):
    client.force_login(stranger)

    assert client.get(url(call, "join", **query)).status_code == 404


@pytest.fixture
def closed_draft(programme, marmite, fatou):
    with asv_scope(programme.asv_id):
        call = CallFactory(programme=programme, number=2, closed=True, grace_hours=0)
        return ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou)


def test_draft_of_a_closed_call_is_told_so_and_asked_nothing(client, fatou, closed_draft):
    client.force_login(fatou)

    html = client.get(reverse("partner:file", kwargs={"pk": closed_draft.pk})).text

    assert "a fermé le" in html
    assert "Votre brouillon est conservé" in html
    assert "ce qui manque" not in html


def test_refusal_that_nobody_can_correct_is_not_called_an_answer(client, stranger, closed_draft):
    client.force_login(stranger)

    answer = declare(client, closed_draft.call, name="Nouvelle venue")

    assert answer.status_code == 422
    assert "Enregistrement impossible" in answer.text
    assert "à corriger" not in answer.text


def test_what_is_filed_is_what_was_read(client, fatou, call, marmite):
    with asv_scope(call.asv_id):
        draft = ProposalFactory(draft=True, complete=True, call=call, organisation=marmite, created_by=fatou)
    client.force_login(fatou)
    page = reverse("partner:file", kwargs={"pk": draft.pk})
    read = client.get(page).context["page"].version
    client.post(reverse("partner:step_projet", kwargs={"pk": draft.pk}), {"title": "Tout autre chose"})

    answer = client.post(page, {"_version": read})

    assert answer.status_code == 422
    assert "a changé depuis" in answer.text
    assert Proposal._base_manager.get(pk=draft.pk).state == "draft"


def test_what_is_missing_leads_to_its_step(client, fatou, call, marmite):
    with asv_scope(call.asv_id):
        draft = ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou)
    client.force_login(fatou)

    html = client.get(reverse("partner:step_depot", kwargs={"pk": draft.pk})).text

    panel = html.partition('id="reste"')[2].partition("</section>")[0]
    assert f'href="{reverse("partner:step_budget", kwargs={"pk": draft.pk})}"' in panel

"""A form is saved once, and never over what somebody else wrote meanwhile."""

import re

import pytest
from django.test import Client

from actors.models import Organisation
from asv_platform.territories.scoping import asv_scope
from tests.factories.actors import OrganisationFactory

pytestmark = pytest.mark.django_db
NETWORK = "/asv/le-blanc-mesnil-dugny/reseau/"
NEW = f"{NETWORK}nouvelle/"
HIDDEN = re.compile(r'name="(_key|_version)" value="([^"]+)"')


@pytest.fixture
def logged(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def colleague(dora):
    """The browser of somebody else."""
    browser = Client()
    browser.force_login(dora)
    return browser


@pytest.fixture
def edit_url(blanc_mesnil):
    organisation = OrganisationFactory(
        asv=blanc_mesnil, name="Centre social du Moulin", website="https://www.exemple.fr"
    )
    return f"{NETWORK}{organisation.pk}/modifier/"


def opened(client, url) -> dict:
    """The hidden fields of a page opened now."""
    return dict(HIDDEN.findall(client.get(url).text))


def names(asv) -> set[str]:
    with asv_scope(asv.pk):
        return set(Organisation.objects.values_list("name", flat=True))


def test_page_given_back_by_the_browser_and_changed_is_not_thrown_away(logged, blanc_mesnil):
    first = {"name": "Ici et là", "kind": "association"} | opened(logged, NEW)
    second = first | {"name": "Tout autre chose"}
    logged.post(NEW, first)

    answer = logged.post(NEW, second)

    assert names(blanc_mesnil) == {"Ici et là"}
    assert "Ce formulaire a déjà été enregistré." in answer.text
    assert 'value="Tout autre chose"' in answer.text
    logged.post(NEW, second | dict(HIDDEN.findall(answer.text)))
    assert names(blanc_mesnil) == {"Ici et là", "Tout autre chose"}


def test_same_words_sent_again_lead_where_the_first_ones_led(logged, blanc_mesnil):
    typed = {"name": "Ici et là", "kind": "association"} | opened(logged, NEW)

    first, second = logged.post(NEW, typed), logged.post(NEW, typed | {"csrfmiddlewaretoken": "another"})

    assert (second.status_code, second.url) == (302, first.url)
    assert names(blanc_mesnil) == {"Ici et là"}


def test_record_given_back_by_the_browser_and_changed_meets_its_own_version(logged, blanc_mesnil, edit_url):
    typed = {"name": "Ici et là", "kind": "association"} | opened(logged, edit_url)
    logged.post(edit_url, typed)

    answer = logged.post(edit_url, typed | {"name": "Ailleurs"})

    assert answer.status_code == 422
    assert [found.current for found in answer.context["page"].conflicts if found.label == "Nom"] == ["Ici et là"]
    assert names(blanc_mesnil) == {"Ici et là"}


def test_error_does_not_hide_that_somebody_else_wrote(logged, blanc_mesnil, edit_url):
    typed = {"name": "De moi", "kind": "association"} | opened(logged, edit_url)
    logged.post(edit_url, {"name": "De l’autre", "kind": "association"} | opened(logged, edit_url))
    refused = logged.post(edit_url, typed | {"email": "faux"})

    corrected = logged.post(edit_url, typed | dict(HIDDEN.findall(refused.text)))

    assert corrected.status_code == 422
    assert "Quelqu’un d’autre a modifié" in corrected.text
    assert names(blanc_mesnil) == {"De l’autre"}


def test_form_kept_after_the_session_does_not_hide_that_somebody_else_wrote(
    logged, colleague, alice, blanc_mesnil, edit_url
):
    typed = {"name": "De moi", "kind": "association"} | opened(logged, edit_url)
    del logged.cookies["sessionid"]
    logged.post(edit_url, typed)
    colleague.post(edit_url, {"name": "De l’autre", "kind": "association"} | opened(colleague, edit_url))
    logged.force_login(alice)

    shown = logged.get(edit_url)
    answer = logged.post(edit_url, typed | dict(HIDDEN.findall(shown.text)))

    assert "Votre saisie est conservée" in shown.text
    assert answer.status_code == 422
    assert names(blanc_mesnil) == {"De l’autre"}

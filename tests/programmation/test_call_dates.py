"""The closing of a published call: put off in one step, never brought to now by accident; what a call lacks is said."""

import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from programmation.models import Call
from tests.factories.programmation import CallFactory


def text_of(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def typed(moment: dt.datetime) -> dict[str, str]:
    return {"closes_at": timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M"), "grace_hours": "0"}


@pytest.fixture
def open_call(in_asv, programme):
    now = timezone.now()
    return CallFactory(
        programme=programme,
        number=1,
        opens_at=now - dt.timedelta(days=10),
        closes_at=now + dt.timedelta(days=10),
        published_at=now - dt.timedelta(days=11),
    )


@pytest.fixture
def url(open_call):
    return reverse("programmation:call_dates", kwargs={"asv": open_call.asv.slug, "pk": open_call.pk})


def test_published_call_leads_to_its_closing(client, alice, open_call, url):
    client.force_login(alice)
    page = client.get(reverse("programmation:call_detail", kwargs={"asv": open_call.asv.slug, "pk": open_call.pk}))
    later = open_call.closes_at + dt.timedelta(days=5)

    answer = client.post(url, typed(later))

    assert page.context["page"].primary.url == url
    assert answer.status_code == 302
    assert abs(Call.objects.get().closes_at - later) < dt.timedelta(minutes=1)


def test_published_call_is_not_closed_at_once_without_a_confirmation(client, alice, open_call, url):
    client.force_login(alice)
    yesterday = typed(timezone.now() - dt.timedelta(days=1))

    asked = client.post(url, yesterday)
    still = Call.objects.get().closes_at
    done = client.post(url, yesterday | {"closes_now": "on"})

    assert asked.status_code == 422
    assert "il ferme dès que vous enregistrez" in text_of(asked)
    assert still == open_call.closes_at
    assert done.status_code == 302
    assert Call.objects.get().state_at(timezone.now()) == "closed"


def test_whole_form_of_a_call_asks_the_same(client, alice, open_call):
    client.force_login(alice)
    url = reverse("programmation:call_edit", kwargs={"asv": open_call.asv.slug, "pk": open_call.pk})
    opens_at = timezone.localtime(open_call.opens_at).strftime("%Y-%m-%dT%H:%M")
    sent = {"title": "Appel", "text": "Texte", "opens_at": opens_at, **typed(timezone.now() - dt.timedelta(days=1))}

    assert "il ferme dès que vous enregistrez" in text_of(client.post(url, sent))


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("dora", 200), ("bob", 403), ("charlie", 404)])
def test_closing_answers_each_reader(client, request, url, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url).status_code == status


def test_publication_says_what_the_call_lacks(client, alice, in_asv, programme, call):
    bare = CallFactory(programme=programme, number=2, text="Bientôt", pieces=[], contact="", published_at=None)
    client.force_login(alice)

    shown = text_of(client.get(reverse("programmation:call_publish", kwargs={"asv": bare.asv.slug, "pk": bare.pk})))

    assert "À vérifier : Le texte tient en quelques mots : dites ce qui est attendu." in shown
    assert "À vérifier : Aucun objectif du programme n’est visé." in shown
    assert "À vérifier : Aucun financeur n’est nommé." in shown
    assert "À vérifier : Aucune pièce n’est demandée, pas même un RIB." in shown

"""Health for machines, the development mailbox for people."""

import pytest
from django.core.mail import send_mail
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_health_says_what_works(client):
    assert client.get("/sante/").json() == {"etat": "ok"}
    assert client.get("/sante/pret/").json() == {"base": "ok", "cache": "ok", "travaux": "ok", "disque": "ok"}


def test_mailbox_shows_what_would_have_left(client, mailbox):
    send_mail("Votre code", "Le code est 123 456", None, ["ada@exemple.fr"])

    listing = client.get(reverse("operations:mail_list"))
    assert b"Votre code" in listing.content

    name = listing.context["mails"][0].name
    assert b"123 456" in client.get(reverse("operations:mail_detail", args=[name])).content


def test_mailbox_does_not_exist_in_production(client, settings):
    settings.MAILBOX_PAGE = False

    assert client.get(reverse("operations:mail_list")).status_code == 404


@pytest.mark.parametrize("name", ["inconnu", "1-1"])
def test_unknown_mail_is_not_found(client, name):
    assert client.get(reverse("operations:mail_detail", args=[name])).status_code == 404

"""The reading link of an elected official: what each state of it answers, and what it never says."""

import datetime as dt

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asv_platform.common.jobs import run_due_jobs
from asv_platform.common.models import Job
from asv_platform.reporting import links, services
from asv_platform.reporting.enums import Channel
from asv_platform.reporting.models import Delivery, Edition
from asv_platform.territories.scoping import asv_scope, every_asv
from tests.factories.reporting import DeliveryFactory, EditionFactory, RecipientFactory

pytestmark = pytest.mark.django_db
PAST = timezone.now() - dt.timedelta(days=1)
CLOSED = {
    "revoked": (Delivery, {"revoked_at": PAST}, "Ce lien a été désactivé par l’atelier santé ville."),
    "expired": (Delivery, {"expires_at": PAST}, "Ce lien n’est plus valable"),
    "withdrawn": (
        Edition,
        {"state": "withdrawn", "withdrawn_at": PAST, "withdrawal_reason": "Un chiffre était faux."},
        "Motif\xa0: Un chiffre était faux.",
    ),
}


@pytest.fixture
def delivery(blanc_mesnil, alice):
    edition = EditionFactory(asv=blanc_mesnil, author=alice, issued=True, headline="Des soins plus proches")
    return DeliveryFactory(asv=blanc_mesnil, edition=edition)


def url_of(token: str, name: str = "read") -> str:
    return reverse(f"reading:{name}", kwargs={"token": token})


def state_of(delivery) -> tuple:
    with every_asv(reason="check"):
        row = Delivery.objects.get(pk=delivery.pk)
    return row.opened_at, row.open_count


@pytest.mark.parametrize("case", CLOSED)
def test_closed_link_says_why_in_french_and_shows_nothing_else(client, delivery, case):
    model, change, said = CLOSED[case]
    with every_asv(reason="close"):
        model.objects.filter(pk=delivery.pk if model is Delivery else delivery.edition_id).update(**change)
    token = links.token_for(delivery)

    answers = [client.get(url_of(token)), client.get(url_of(token, "pdf")), client.post(url_of(token))]

    for answer in answers:
        text = answer.content.decode()
        assert answer.status_code == 410
        assert said in text
        for secret in (delivery.recipient.name, delivery.recipient.email, delivery.link_key, "Des soins", "%PDF"):
            assert secret not in text
    assert state_of(delivery) == (None, 0)


def forged_tokens(delivery) -> list[str]:
    def signed(value, **signer) -> str:
        return signing.Signer(sep=".", **{"salt": links.SALT, **signer}).sign_object(value)

    return [
        "x-y-z",
        links.token_for(delivery)[:-2] + "AA",
        signed([delivery.pk, delivery.link_key], key="une autre clé"),
        signed([delivery.pk, delivery.link_key], salt="un autre usage"),
        signed([delivery.pk, "autre"]),
        signed([delivery.pk + 1, delivery.link_key]),
    ]


def test_forged_link_is_a_page_that_does_not_exist(client, delivery):
    for token in forged_tokens(delivery):
        for name in ("read", "pdf"):
            answer = client.get(url_of(token, name))
            text = answer.content.decode()
            assert answer.status_code == 404
            assert delivery.asv.name not in text
            assert delivery.recipient.name not in text


@pytest.mark.parametrize("value", ["pas une liste", [1], [1, "", 2]])
def test_signed_nonsense_is_a_page_that_does_not_exist(client, delivery, value):
    token = signing.Signer(salt=links.SALT, sep=".").sign_object(value)

    assert client.get(url_of(token)).status_code == 404


def test_scanner_that_opens_everything_consumes_nothing(client, delivery):
    token = links.token_for(delivery)

    for _ in range(3):
        for method in (client.get, client.head):
            assert method(url_of(token)).status_code == 200
            answer = method(url_of(token, "pdf"))
            assert answer.status_code == 200
            list(answer.streaming_content)

    assert state_of(delivery) == (None, 0)
    assert client.post(url_of(token)).status_code == 302
    assert state_of(delivery)[1] == 1


def test_button_of_the_page_works_for_somebody_without_a_session(delivery):
    reader, url = Client(enforce_csrf_checks=True), url_of(links.token_for(delivery))
    page = reader.get(url).content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    assert reader.post(url).status_code == 403
    assert reader.post(url, {"csrfmiddlewaretoken": token}).status_code == 302


def test_mail_server_down_then_the_same_job_twice_is_one_message(settings, mailbox, blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        edition, recipient = (
            EditionFactory(asv=blanc_mesnil, author=alice, issued=True),
            RecipientFactory(asv=blanc_mesnil),
        )
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    def send() -> None:
        with asv_scope(blanc_mesnil.pk):
            services.send_edition(
                edition=edition, recipients=[recipient], channel=Channel.LINK, by=alice, now=timezone.now()
            )
        run_due_jobs()

    send()
    send()
    assert mailbox.messages() == []
    settings.EMAIL_BACKEND = backend
    for _ in range(3):
        Job.objects.update(due_at=timezone.now(), state="waiting")
        run_due_jobs()

    assert len(mailbox.messages()) == 1

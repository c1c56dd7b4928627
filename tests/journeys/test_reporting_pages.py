"""The pages of the reports in the states that one row does not show, on a desk and on a phone."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from asv_platform.notifications.models import Message, MessageState
from asv_platform.reporting import links
from asv_platform.reporting.enums import Channel
from asv_platform.territories.scoping import every_asv
from tests.factories.reporting import DeliveryFactory, EditionFactory, RecipientFactory
from tests.harness.browser import DESKTOP, PHONE, assert_fits_width, assert_no_axe_violations, screenshot

LONG = "Fédération départementale des associations de quartier pour la prévention et la santé"


@pytest.fixture
def editions(blanc_mesnil, alice):
    """One edition in each state, and the one issued sent in every way."""
    given = {"asv": blanc_mesnil, "author": alice}
    found = {
        "draft": EditionFactory(**given, previewed=True, headline="Des soins plus proches"),
        "failed": EditionFactory(**given, state="failed", failure="Mise en page impossible"),
        "issued": EditionFactory(**given, issued=True),
        "withdrawn": EditionFactory(
            **given, issued=True, number=2, state="withdrawn", withdrawn_at=timezone.now(), withdrawal_reason="Erreur."
        ),
    }
    send = {"asv": blanc_mesnil, "edition": found["issued"]}
    DeliveryFactory(**send, opened_at=timezone.now(), open_count=3, message=message("sent", blanc_mesnil))
    DeliveryFactory(**send, revoked_at=timezone.now(), message=message("sent", blanc_mesnil))
    DeliveryFactory(**send, expires_at=timezone.now() - dt.timedelta(days=1))
    DeliveryFactory(**send, channel=Channel.ATTACHMENT, message=message("failed", blanc_mesnil))
    RecipientFactory(asv=blanc_mesnil, name=LONG, function=LONG)
    return found


def message(state: str, asv) -> Message:
    sent = timezone.now() if state == "sent" else None
    said = {"to": "elue@exemple.fr", "subject": "Rapport annuel", "body": "", "html": ""}
    error = "" if sent else "adresse refusée"
    return Message.objects.create(asv=asv, state=MessageState(state), sent_at=sent, error=error, **said)


def look(page, path: str, name: str) -> None:
    page.goto(path, wait_until="domcontentloaded")
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        assert_fits_width(page)
        assert_no_axe_violations(page)
        screenshot(page, f"rapports {name}")


def test_pages_of_the_editions_read_and_fit_in_every_state(page, log_in, blanc_mesnil, alice, editions):
    def at(name: str, **kwargs) -> str:
        return reverse(f"reporting:{name}", kwargs={"asv": blanc_mesnil.slug, **kwargs})

    log_in(page, alice)

    look(page, at("edition_list"), "éditions")
    look(page, at("recipient_list"), "destinataires")
    for state, edition in editions.items():
        look(page, at("edition_detail", pk=edition.pk), f"édition {state}")
    look(page, at("edition_send", pk=editions["issued"].pk), "envoyer")
    look(page, at("edition_prepare_report"), "préparer le rapport")
    look(page, at("edition_prepare_note"), "préparer la note")
    look(page, at("edition_withdraw", pk=editions["issued"].pk), "retirer")


def test_pages_of_a_reader_read_and_fit_open_or_closed(page, editions):
    with every_asv(reason="the links of the edition"):
        found = list(editions["issued"].deliveries.filter(channel=Channel.LINK).order_by("pk"))

    for delivery, name in zip(found, ("ouvert", "désactivé", "expiré"), strict=True):
        look(page, reverse("reading:read", kwargs={"token": links.token_for(delivery)}), f"lien {name}")

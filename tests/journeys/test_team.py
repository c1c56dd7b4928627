"""A coordinator builds the team: invitations sent, sent again, withdrawn; the invited person comes in."""

import re

import pytest
from playwright.sync_api import expect

from asv_platform.accounts.models import Membership
from asv_platform.notifications.models import Message
from tests.harness.browser import assert_fits_width, follow, save

MEMBERS = "/asv/le-blanc-mesnil-dugny/parametres/membres/"
INVITED = "nadia@exemple.fr"


def links_sent() -> list[str]:
    """The addresses of the invitations sent, in order."""
    mails = Message.objects.filter(to=INVITED).order_by("pk")
    return [re.findall(r"/invitation/[^\s\"]+/", mail.body)[0] for mail in mails]


def invite(page, email: str) -> None:
    page.goto(f"{MEMBERS}inviter/")
    page.get_by_label("Adresse électronique").fill(email)
    follow(page, page.get_by_role("button", name="Envoyer l’invitation"))


@pytest.mark.ignore_template_errors
def test_invitation_from_its_sending_to_its_acceptance(page, phone, log_in, alice, bob):
    log_in(page, alice)
    invite(page, bob.email)
    expect(page.get_by_role("alert").get_by_text("Cette personne est déjà membre")).to_be_visible()

    # Sent twice, then once more from the list: the latest link is the only one that opens.
    invite(page, INVITED)
    invite(page, INVITED.upper())
    expect(page.get_by_role("link", name=re.compile("Renvoyer"))).to_have_count(1)
    follow(page, page.get_by_role("link", name=re.compile("Renvoyer")))
    follow(page, page.get_by_role("button", name="Renvoyer"))
    expect(page.get_by_text(f"L’invitation repart à {INVITED}.")).to_be_visible()
    *former, latest = links_sent()
    assert len(former) == 2
    for link in former:
        assert phone.goto(link).status == 404
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        assert_fits_width(phone)

    phone.goto(latest)
    phone.get_by_label("Prénom").fill("Nadia")
    phone.get_by_label("Nom", exact=True).fill("Benali")
    phone.get_by_label("Mot de passe").fill("camomille verveine sauge")
    save(phone)
    assert "/invitation/" not in phone.url

    assert Membership.objects.get(user__email=INVITED).role == "contributor"
    assert phone.goto(latest).status == 404


@pytest.mark.ignore_template_errors
def test_invitation_withdrawn_opens_nothing(page, phone, log_in, alice):
    log_in(page, alice)
    invite(page, INVITED)

    follow(page, page.get_by_role("link", name=re.compile("Retirer l’invitation|Retirer.*nadia")).last)
    follow(page, page.get_by_role("button", name="Retirer l’invitation"))

    expect(page.get_by_text(f"L’invitation de {INVITED} est retirée.")).to_be_visible()
    assert phone.goto(links_sent()[0]).status == 404

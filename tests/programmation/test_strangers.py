"""What somebody whom nobody knows may have the platform do: write to few people, and in its own words."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.enums import PartnerRole
from actors.models import Organisation
from actors.services import confirm_organisation
from asv_platform.accounts.models import User
from asv_platform.notifications.models import Message
from asv_platform.territories.scoping import asv_scope
from programmation.services import declare_organisation

pytestmark = pytest.mark.django_db
SLUG = "le-blanc-mesnil-dugny"
LURE = "URGENT votre compte sera fermé https://evil.example"


@pytest.fixture
def lure(blanc_mesnil, stranger, call):
    """An organisation that a stranger declared, with a text to be read by others for a name."""
    stranger.first_name, stranger.last_name = "Assurance Maladie", "https://evil.example"
    stranger.save()
    with asv_scope(blanc_mesnil.pk):
        return declare_organisation(
            asv=blanc_mesnil, by=stranger, on=timezone.localdate(), name=LURE, kind="association"
        )


def invite(client, organisation, email):
    url = reverse("partner:team", kwargs={"pk": organisation.pk})
    return client.post(url, {"email": email, "role": PartnerRole.OWNER})


def test_nobody_is_invited_for_an_organisation_that_the_asv_has_not_confirmed(client, stranger, lure):
    client.force_login(stranger)

    answer = invite(client, lure, "victime@exemple.fr")

    assert answer.status_code == 422
    assert "Inviter quelqu’un" not in answer.content.decode()
    assert not Message.objects.exists()
    assert not User.objects.filter(email="victime@exemple.fr").exists()


def test_invitation_of_a_partner_speaks_for_itself_not_for_the_asv(client, alice, blanc_mesnil, stranger, lure):
    with asv_scope(blanc_mesnil.pk):
        confirm_organisation(organisation=lure, by=alice, on=timezone.localdate())
    client.force_login(stranger)

    assert invite(client, lure, "collegue@exemple.fr").status_code == 302

    message = Message.objects.get(to="collegue@exemple.fr")
    assert "evil" not in message.subject
    assert "Assurance Maladie" not in message.body
    assert "de l’atelier santé ville" not in message.body
    assert f"{stranger.email} vous ouvre un accès" in message.body


def test_invitations_of_one_person_are_limited(client, alice, blanc_mesnil, stranger, lure):
    with asv_scope(blanc_mesnil.pk):
        confirm_organisation(organisation=lure, by=alice, on=timezone.localdate())
    client.force_login(stranger)

    answers = [invite(client, lure, f"personne{number}@exemple.fr").status_code for number in range(12)]

    assert answers == [302] * 10 + [422] * 2
    assert Message.objects.count() == 10


def test_organisations_that_one_person_declares_are_limited(client, stranger, call):
    client.force_login(stranger)
    url = reverse("calls:declare", kwargs={"asv": SLUG, "number": call.number})
    numbers = [
        "73282932000074",
        "55208131766522",
        "35600000000048",
        "44306184100047",
        "38012986646850",
        "44229377500031",
    ]

    answers = [
        client.post(url, {"name": f"Structure {siret}", "kind": "association", "siret": siret}) for siret in numbers
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "trop souvent" in answers[-1].content.decode()
    with asv_scope(call.asv_id):
        assert set(Organisation.objects.filter(name__startswith="Structure").values_list("confirmed_on")) == {(None,)}


def test_requests_to_join_are_limited(client, stranger, call, marmite, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "request_access": "1/d/user"}
    client.force_login(stranger)
    url = reverse("calls:join", kwargs={"asv": SLUG, "number": call.number}) + f"?siret={marmite.siret}"

    answers = [client.post(url, {"message": "Bonjour"}).status_code for _ in range(2)]

    assert answers == [302, 422]

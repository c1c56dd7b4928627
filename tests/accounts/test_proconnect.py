"""ProConnect opens an existing account whose address is proved, and creates none."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from asv_platform.accounts.models import User
from tests.accounts.stub_op import CLIENT_ID, StubOP
from tests.factories.platform import UserFactory

pytestmark = [pytest.mark.urls("tests.accounts.urls"), pytest.mark.django_db]


@pytest.fixture
def op(settings):
    stub = StubOP()
    settings.PROCONNECT_CLIENT_ID = CLIENT_ID
    settings.PROCONNECT_CLIENT_SECRET = "secret"
    settings.PROCONNECT_SERVER_URL = stub.url
    yield stub
    stub.close()


@pytest.fixture
def ines():
    user = UserFactory(email="ines@exemple.fr")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def go_and_return(client, op, **data):
    departure = client.post(reverse("proconnect_login"), data)
    return client.get(op.authorise(departure.url))


def test_proconnect_opens_the_account_of_a_proved_address(client, op, ines):
    response = go_and_return(client, op)

    assert (response.status_code, response.url) == (302, "/entree/")
    assert client.session["_auth_user_id"] == str(ines.pk)
    assert op.asked["acr_values"] == "eidas1"
    assert len(op.asked["nonce"]) >= 32
    assert User.objects.count() == 1


def test_proconnect_recognises_the_identity_even_under_a_new_address(client, op, ines):
    go_and_return(client, op)
    client.post("/deconnexion/")
    op.claims["email"] = "ines.nouvelle@exemple.fr"

    go_and_return(client, op)

    assert client.session["_auth_user_id"] == str(ines.pk)


def test_proconnect_creates_no_account(client, op):
    response = go_and_return(client, op)

    assert response.status_code == 403
    assert "Aucun compte ici" in response.content.decode()
    assert not User.objects.exists()


def test_proconnect_does_not_open_an_account_whose_address_is_not_proved(client, op):
    UserFactory(email="ines@exemple.fr")

    response = go_and_return(client, op)

    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_proconnect_refuses_a_replayed_identity(client, op, ines):
    op.nonce = "celui-d-une-autre-fois"

    go_and_return(client, op)

    assert "_auth_user_id" not in client.session


def test_proconnect_refuses_a_return_that_nobody_asked_for(client, op, ines):
    client.get(reverse("proconnect_callback"), {"code": "le-code", "state": "inventé"})

    assert "_auth_user_id" not in client.session


def test_proconnect_starts_on_post_only(client, op):
    response = client.get(reverse("proconnect_login"))

    assert response.status_code == 200
    assert "Continuer avec ProConnect" in response.content.decode()


def test_proconnect_button_is_shown_only_when_configured(client, settings, op):
    assert "ProConnect" in client.get("/connexion/").content.decode()

    settings.PROCONNECT_CLIENT_ID = ""
    assert "ProConnect" not in client.get("/connexion/").content.decode()
    assert client.post(reverse("proconnect_login")).status_code == 404

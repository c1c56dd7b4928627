"""The answer of a key is JSON that anybody may forge."""

import pytest
from allauth.mfa.models import Authenticator

pytestmark = pytest.mark.django_db
DEEP = "[" * 100_000
PASSWORD = "tisane citron gingembre"
ANSWERS = ["", "{", "1", "[]", "{}", '"x"', "null", '{"id":"x","response":{}}', "NaN", "\x00", "9" * 5000, DEEP]


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_forged_key_opens_nothing(client, answer):
    client.get("/connexion/cle/")

    response = client.post("/connexion/cle/", {"credential": answer})

    assert response.status_code in {200, 302}
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_forged_key_is_not_added(client, alice, answer):
    client.force_login(alice)
    client.get("/compte/second-facteur/cles/ajouter/")

    response = client.post("/compte/second-facteur/cles/ajouter/", {"credential": answer, "name": "x"})

    assert response.status_code in {200, 302}
    assert not alice.authenticator_set.exists()


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_forged_key_confirms_no_identity(client, alice, answer):
    client.force_login(alice)
    Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data={"name": "Poste", "credential": {}})

    response = client.post("/compte/identite/cle/", {"credential": answer})

    assert response.status_code == 302
    assert not client.session.get("account_authentication_methods")


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_forged_key_is_no_second_factor(client, alice, answer):
    alice.set_password(PASSWORD)
    alice.save()
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    asked = client.post("/connexion/", {"login": alice.email, "password": PASSWORD})
    assert asked.headers["Location"] == "/connexion/second-facteur/"

    response = client.post(asked.headers["Location"], {"credential": answer})

    assert response.status_code in {200, 422}
    assert "_auth_user_id" not in client.session

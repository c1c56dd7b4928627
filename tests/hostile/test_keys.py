"""The answer of a key is JSON that anybody may forge."""

import pytest

pytestmark = pytest.mark.django_db
DEEP = "[" * 100_000
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

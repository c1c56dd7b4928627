"""An application of codes and its recovery codes, from activation to removal. Passkeys: tests/journeys."""

import pytest

from asv_platform.notifications.models import Message
from tests.factories.accounts import has_second_factor, totp_code
from tests.factories.platform import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "tisane citron gingembre"
PAGES = "/compte/second-facteur/"


@pytest.fixture
def protected(client):
    """A person who activated an application, and the recovery codes they wrote down."""
    user = UserFactory(email="alice@exemple.fr", password=PASSWORD)
    give_password(client)
    confirm(client, password=PASSWORD)
    secret = client.get(f"{PAGES}application/").context["form"].secret
    client.post(f"{PAGES}application/", {"code": totp_code(secret)})
    user.recovery_codes = client.get(f"{PAGES}codes-de-secours/fichier/").content.decode().split()
    client.post("/deconnexion/")
    return user


def give_password(client) -> None:
    client.post("/connexion/", {"login": "alice@exemple.fr", "password": PASSWORD})


def confirm(client, **proof) -> None:
    client.post("/compte/identite/code/" if "code" in proof else "/compte/identite/", proof)


def second_factor(client, code: str):
    give_password(client)
    return client.post("/connexion/second-facteur/", {"code": code})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_wrong_code_is_refused_in_french(client, protected):
    page = second_factor(client, "000000").content.decode()

    assert not is_in(client)
    assert "Code incorrect." in page
    assert "Celui de votre application, ou l’un de vos codes de secours." in page


def test_recovery_code_opens_the_account_once(client, protected):
    code, *others = protected.recovery_codes
    second_factor(client, code)
    assert is_in(client)
    assert "9 codes restants" in client.get(PAGES).content.decode()

    client.post("/deconnexion/")
    second_factor(client, code)
    assert not is_in(client)

    second_factor(client, others[0])
    assert is_in(client)


def test_new_recovery_codes_replace_the_former_ones(client, protected):
    code, proof, former, *_ = protected.recovery_codes
    second_factor(client, code)
    confirm(client, code=proof)

    client.post(f"{PAGES}codes-de-secours/nouveaux/")

    client.post("/deconnexion/")
    second_factor(client, former)
    assert not is_in(client)


def test_application_is_taken_off_after_confirming_who_one_is(client, protected, django_capture_on_commit_callbacks):
    code, proof, *_ = protected.recovery_codes
    second_factor(client, code)
    assert client.post(f"{PAGES}application/retirer/").url.startswith("/compte/identite/")
    confirm(client, code=proof)

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{PAGES}application/retirer/").status_code == 302

    assert not has_second_factor(protected)
    assert Message.objects.filter(subject="Application de codes retirée").count() == 1

"""Password, reset, logout, kept forms, sessions: nothing tells whether an account exists, nothing typed is lost."""

import re
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from asv_platform.common.kept_forms import MAX_BYTES, take_kept_form
from asv_platform.notifications.models import Message
from tests.factories.accounts import add_totp, has_second_factor, totp_code
from tests.factories.platform import UserFactory

pytestmark = [pytest.mark.urls("tests.accounts.urls"), pytest.mark.django_db]
PASSWORD = "tisane citron gingembre"
FORM = "/asv/le-blanc-mesnil-dugny/essai/saisie/"


@pytest.fixture
def user():
    return UserFactory(email="alice@exemple.fr", password=PASSWORD)


def log_in(client, email="alice@exemple.fr", password=PASSWORD, **data):
    return client.post("/connexion/", {"login": email, "password": password, **data})


def text(response) -> str:
    return re.sub(r'value="[^"]*"|P-\d+-\w+', "", response.content.decode())


def test_password_opens_the_account(client, user):
    response = log_in(client)

    assert (response.status_code, response.url) == (302, "/entree/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_login_answers_the_same_for_a_wrong_password_and_an_unknown_address(client, user):
    wrong = log_in(client, password="autre chose")
    unknown = log_in(client, email="inconnue@exemple.fr", password="autre chose")

    assert wrong.status_code == unknown.status_code
    assert "L’adresse ou le mot de passe est inexact." in wrong.content.decode()
    assert text(wrong) == text(unknown)


def test_sixth_wrong_password_closes_the_door_even_for_the_right_one(client, user):
    for _ in range(5):
        log_in(client, password="autre chose")

    response = log_in(client)

    assert "_auth_user_id" not in client.session
    assert "Trop d’essais" in response.content.decode()


def test_login_page_of_partners_is_the_code(client):
    response = client.get("/connexion/", {"next": "/mes-dossiers/3/"})

    assert unquote(response.url) == "/connexion/code/?next=/mes-dossiers/3/"
    assert client.get("/connexion/", {"next": "/mes-dossiers/3/", "mot-de-passe": "1"}).status_code == 200


def test_login_with_an_application_of_codes_asks_for_one(client, user):
    secret = add_totp(user)

    response = log_in(client)
    assert response.url == "/connexion/second-facteur/"
    assert client.get(response.url).status_code == 200
    assert "_auth_user_id" not in client.session

    client.post("/connexion/second-facteur/", {"code": totp_code(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_logout_needs_a_post(client, user):
    client.force_login(user)
    assert client.get("/deconnexion/").status_code == 200
    assert "_auth_user_id" in client.session

    client.post("/deconnexion/")
    assert "_auth_user_id" not in client.session


# Password reset


def reset(client, email):
    return client.post("/mot-de-passe/oublie/", {"email": email}, follow=True)


def test_reset_answers_the_same_for_known_and_unknown_addresses(client, user):
    known, unknown = reset(client, user.email), reset(client, "inconnue@exemple.fr")

    assert known.redirect_chain == unknown.redirect_chain
    assert text(known) == text(unknown)
    assert Message.objects.count() == 2


def reset_path(email) -> str:
    (path,) = re.findall(r"https?://[^/]+(/mot-de-passe/nouveau/\S+)", Message.objects.get(to=email).body)
    return path


def test_reset_link_survives_a_scanner_and_changes_the_password_on_post(client, user):
    reset(client, user.email)
    path = reset_path(user.email)
    for _ in range(3):
        Client().get(path, follow=True)

    shown = client.get(path, follow=True)
    where = shown.redirect_chain[-1][0]
    response = client.post(where, {"password1": "camomille et verveine", "password2": "camomille et verveine"})

    assert response.url == "/mot-de-passe/change/"
    user.refresh_from_db()
    assert user.check_password("camomille et verveine")


def test_reset_link_serves_once(client, user):
    reset(client, user.email)
    path = reset_path(user.email)
    where = client.get(path, follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": "camomille et verveine", "password2": "camomille et verveine"})

    assert "n’est plus valable" in Client().get(path, follow=True).content.decode()


# What was typed when the session expired


@pytest.fixture
def expired(client, alice):
    """The session of Alice is over in the browser where she worked."""
    client.force_login(alice)
    client.get(FORM)
    del client.cookies["sessionid"]
    return client


def asked_by(rf, client, user):
    """The request of a page by somebody logged in now in that browser."""
    request = rf.get(FORM)
    request.session, request.user = client.session, user
    return request


def test_expired_session_keeps_what_was_typed(expired, client, rf, alice):
    typed = {"titre": "Atelier cuisine – été", "publics": ["1", "3"], "csrfmiddlewaretoken": "x"}
    asked = client.post(FORM, typed)
    assert asked.url == f"/connexion/?next={FORM}"
    alice.set_password(PASSWORD)
    alice.save()

    response = log_in(client, email=alice.email, next=FORM)

    assert response.url == FORM
    request = asked_by(rf, client, alice)
    kept = take_kept_form(request, FORM)
    assert kept.getlist("publics") == ["1", "3"]
    assert kept["titre"] == "Atelier cuisine – été"
    assert "csrfmiddlewaretoken" not in kept
    assert take_kept_form(request, FORM) is None


def test_kept_form_is_for_nobody_else(expired, client, rf, alice, bob):
    """A shared computer: Bob logs in after Alice's session expired, and opens the same page."""
    client.post(FORM, {"titre": "Atelier"})

    assert take_kept_form(asked_by(rf, client, bob), FORM) is None
    assert take_kept_form(asked_by(rf, client, alice), FORM)["titre"] == "Atelier"
    request = asked_by(rf, client, bob)
    take_kept_form(request, FORM)
    assert "kept_form" not in request.session


def test_form_of_a_browser_where_nobody_worked_is_not_kept(client, db):
    client.post(FORM, {"titre": "Atelier"})
    client.cookies["personne"] = "1:forgee"
    client.post(FORM, {"titre": "Atelier"})

    assert "kept_form" not in client.session


def test_kept_form_waits_for_its_own_page(expired, client, rf, alice):
    client.post(FORM, {"titre": "Atelier"})
    request = asked_by(rf, client, alice)

    assert take_kept_form(request, "/ailleurs/") is None
    assert take_kept_form(request, FORM)["titre"] == "Atelier"


def test_form_of_another_site_is_not_kept(rf, db):
    client = Client(enforce_csrf_checks=True)

    response = client.post(FORM, {"titre": "Piège"})

    assert response.status_code == 403
    assert "kept_form" not in client.session


def test_huge_form_is_not_kept(expired, client):
    client.post(FORM, {"titre": "x" * (MAX_BYTES + 1)})

    assert "kept_form" not in client.session


def test_old_kept_form_is_forgotten(expired, client, rf, alice):
    client.post(FORM, {"titre": "Atelier"})
    request = asked_by(rf, client, alice)
    request.session["kept_form"]["at"] -= 3601

    assert take_kept_form(request, FORM) is None
    assert "kept_form" not in request.session


# One's own account


def confirm_identity(client):
    client.post("/compte/identite/", {"password": PASSWORD})


ACCOUNT_PAGES = [
    "/compte/",
    "/compte/nom/",
    "/compte/adresse/",
    "/compte/mot-de-passe/",
    "/compte/second-facteur/",
    "/compte/second-facteur/application/",
    "/compte/second-facteur/cles/",
    "/compte/second-facteur/cles/ajouter/",
    "/compte/sessions/",
    "/compte/identite/",
]


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_account_page_shows(client, user, path):
    log_in(client)
    confirm_identity(client)

    response = client.get(path)

    assert response.status_code == 200
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("path", [*ACCOUNT_PAGES, "/compte/mes-donnees.json"])
def test_account_page_needs_a_login(client, path):
    assert client.get(path).url == f"/connexion/?next={path}"


def test_application_of_codes_is_activated_with_its_first_code(client, user, django_capture_on_commit_callbacks):
    log_in(client)
    confirm_identity(client)
    secret = client.get("/compte/second-facteur/application/").context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/compte/second-facteur/application/", {"code": totp_code(secret)}, follow=True)

    assert has_second_factor(user)
    assert "Codes de secours" in response.content.decode()
    for path in ("", "application/retirer/", "codes-de-secours/", "codes-de-secours/nouveaux/"):
        assert client.get(f"/compte/second-facteur/{path}").status_code == 200
    assert len(client.get("/compte/second-facteur/codes-de-secours/fichier/").content.split()) == 10
    assert {m.subject for m in Message.objects.filter(to=user.email)} == {"Application de codes activée"}


def test_second_factor_is_not_changed_without_confirming_who_one_is(client, user):
    log_in(client)

    assert client.get("/compte/second-facteur/application/").url.startswith("/compte/identite/")


def test_new_address_counts_once_confirmed_by_post(client, user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    log_in(client)
    client.post("/compte/adresse/", {"email": "nouvelle@exemple.fr", "action_add": "1"})
    link = re.search(r"(/compte/adresse/confirmer/\S+)", Message.objects.get(to="nouvelle@exemple.fr").body)[1]
    assert "nouvelle@exemple.fr" in client.get("/compte/").content.decode()

    assert client.get(link).status_code == 200
    user.refresh_from_db()
    assert user.email == "alice@exemple.fr"

    client.post(link)
    user.refresh_from_db()
    assert user.email == "nouvelle@exemple.fr"


def test_name_is_changed(client, user):
    log_in(client)

    client.post("/compte/nom/", {"first_name": "Alice", "last_name": "Traoré"})

    user.refresh_from_db()
    assert user.get_full_name() == "Alice Traoré"


def test_export_holds_what_is_kept_about_the_person(client, alice):
    client.force_login(alice)

    data = client.get("/compte/mes-donnees.json").json()

    assert data["compte"]["adresse"] == alice.email
    assert data["roles"][0]["role"] == "Coordination"


def test_other_sessions_can_be_closed(client, user):
    other = Client()
    log_in(other)
    log_in(client)

    client.post("/compte/sessions/")

    assert other.get("/compte/").status_code == 302
    assert client.get("/compte/").status_code == 200

"""A passkey: added, used to come in, to confirm who is there and as a second factor, then taken off."""

import re

import pytest
from playwright.sync_api import expect

from tests.harness.browser import assert_no_axe_violations, follow

PASSWORD = "tisane citron gingembre"
KEYS = "/compte/second-facteur/cles/"
IN = re.compile(r"^(?!.*/connexion/)")
USE_KEY = "Utiliser une clé d’accès"


@pytest.fixture
def key(page):
    """A key plugged in the browser: it answers by itself, and proves that its owner is there."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def guarded(alice):
    alice.set_password(PASSWORD)
    alice.save()
    return alice


def give_password(page, user) -> None:
    page.goto("/connexion/")
    page.get_by_label("Votre adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Se connecter", exact=True))


def add_key(page, name: str) -> None:
    page.goto(f"{KEYS}ajouter/")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Confirmer"))
    page.get_by_label("Nom de la clé").fill(name)
    page.get_by_label("Me connecter avec cette seule clé").check()
    follow(page, page.get_by_role("button", name="Ajouter la clé"))
    assert page.url.endswith("/codes-de-secours/")


def leave(page) -> None:
    page.context.clear_cookies()


@pytest.mark.ignore_template_errors
def test_passkey_from_its_addition_to_its_removal(page, key, guarded):
    give_password(page, guarded)
    assert IN.search(page.url)
    add_key(page, "Poste de la mairie")

    # It opens the account alone.
    leave(page)
    page.goto(f"/connexion/?next={KEYS}")
    follow(page, page.get_by_role("button", name=USE_KEY))
    assert page.url.endswith(KEYS)
    expect(page.get_by_role("cell", name="Poste de la mairie", exact=True)).to_be_visible()

    # It confirms who is there, before it is taken off.
    follow(page, page.get_by_role("link", name=re.compile("Retirer")))
    expect(page.get_by_role("heading", name="Confirmer votre identité")).to_be_visible()
    follow(page, page.get_by_role("link", name=USE_KEY))
    assert_no_axe_violations(page)
    follow(page, page.get_by_role("button", name=USE_KEY))
    follow(page, page.get_by_role("button", name="Retirer la clé"))
    assert page.url.endswith(KEYS)
    expect(page.get_by_text("Aucune clé n’est enregistrée.")).to_be_visible()


@pytest.mark.ignore_template_errors
def test_passkey_is_a_second_factor(page, key, guarded):
    give_password(page, guarded)
    assert IN.search(page.url)
    add_key(page, "Téléphone")
    leave(page)

    give_password(page, guarded)
    assert page.url.endswith("/connexion/second-facteur/")
    follow(page, page.get_by_role("button", name=USE_KEY))

    assert IN.search(page.url)
    page.goto("/compte/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_key_that_does_not_answer_is_said_in_the_page(page, key, guarded):
    page.goto("/connexion/")
    page.route("**/connexion/cle/", lambda route: route.abort())

    page.get_by_role("button", name=USE_KEY).click()

    expect(page.get_by_text("La clé n’a pas répondu.")).to_be_visible()
    assert_no_axe_violations(page)

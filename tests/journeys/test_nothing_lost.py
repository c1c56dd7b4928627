"""The evening everything goes wrong: what was typed is still there."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation
from programmation.models import Call, Proposal
from tests.factories.actors import OrganisationFactory
from tests.factories.programmation import ProposalFactory
from tests.harness.browser import DESKTOP, assert_no_axe_violations, follow, save, send, watched_page

SLUG = "le-blanc-mesnil-dugny"
PASSWORD = "tisane citron gingembre"
MISSIONS = "Accueillir, orienter, accompagner vers les soins."


@pytest.fixture
def organisation(blanc_mesnil):
    return OrganisationFactory(asv=blanc_mesnil, name="Centre social du Moulin")


@pytest.fixture
def draft(call, marmite, fatou):
    return ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou)


@pytest.fixture
def second_page(live_server, browser_process):
    """The screen of somebody else."""
    with watched_page(browser_process, live_server.url, DESKTOP) as page:
        yield page


def edit_url(organisation) -> str:
    return reverse("actors:organisation_edit", kwargs={"asv": SLUG, "pk": organisation.pk})


def test_expired_session_keeps_what_was_typed(page, log_in, alice, organisation):
    alice.set_password(PASSWORD)
    alice.save()
    log_in(page, alice)
    page.goto(edit_url(organisation))
    page.locator("[name=missions]").fill(MISSIONS)
    page.context.clear_cookies(name="sessionid")

    save(page)
    assert "/connexion/" in page.url
    page.get_by_label("Votre adresse électronique").fill(alice.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Se connecter"))

    assert page.url.endswith("/modifier/")
    assert page.locator("[name=missions]").input_value() == MISSIONS
    assert page.get_by_text("Votre saisie est conservée").is_visible()
    save(page)
    assert Organisation._base_manager.get(pk=organisation.pk).missions == MISSIONS


def test_second_editor_sees_both_versions(page, second_page, client, log_in, alice, dora, organisation):
    log_in(page, alice)
    client.cookies.clear()
    log_in(second_page, dora)
    for screen in (page, second_page):
        screen.goto(edit_url(organisation))
    page.locator("[name=missions]").fill("De la part d’Alice.")
    save(page)
    second_page.locator("[name=missions]").fill("De la part de Dora.")
    send(second_page)

    assert second_page.get_by_text("De la part d’Alice.").is_visible()
    assert second_page.locator("[name=missions]").input_value() == "De la part de Dora."
    assert Organisation._base_manager.get(pk=organisation.pk).missions == "De la part d’Alice."
    assert_no_axe_violations(second_page)


def test_double_click_saves_once(page, log_in, alice, blanc_mesnil):
    log_in(page, alice)
    page.goto(reverse("actors:organisation_create", kwargs={"asv": SLUG}))
    page.locator("[name=name]").fill("Collectif des parents")
    page.locator("[name=kind]").select_option(index=1)

    page.locator("main form[method=post] button[type=submit]").last.dblclick(no_wait_after=True)
    page.wait_for_url(lambda url: "nouvelle" not in url)

    assert Organisation._base_manager.filter(name="Collectif des parents").count() == 1


def test_call_that_closes_while_typing_keeps_the_draft(page, log_in, call, draft, fatou):
    log_in(page, fatou)
    page.goto(reverse("partner:step_projet", kwargs={"pk": draft.pk}))
    page.locator("[name=goals]").fill("Bien manger avec peu.")
    closed = timezone.now() - dt.timedelta(minutes=5)
    Call._base_manager.filter(pk=call.pk).update(closes_at=closed, grace_hours=0)

    follow(page, page.locator("button[name=go][value=next]"))

    kept = Proposal._base_manager.get(pk=draft.pk).goals == "Bien manger avec peu."
    shown = page.locator("[name=goals]").count() and page.locator("[name=goals]").input_value()
    assert kept or shown == "Bien manger avec peu."
    assert page.get_by_text("clos").or_(page.get_by_text("fermé")).first.is_visible()
    assert_no_axe_violations(page)

"""What is saved while one types, on a network that comes and goes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from asv_platform.territories.scoping import asv_scope
from programmation.models import Proposal
from tests.factories.actors import PartnerAccessFactory
from tests.factories.programmation import ProposalFactory, ProposalPieceFactory
from tests.harness.browser import PATIENCE, PHONE, assert_fits_width, follow


@pytest.fixture
def draft(call, marmite, fatou):
    return ProposalFactory(
        draft=True, call=call, organisation=marmite, created_by=fatou, title="Rapprochement" + "intergénérationnel" * 4
    )


@pytest.fixture
def colleague(marmite):
    """Writes for the same structure."""
    return PartnerAccessFactory(organisation=marmite).user


@pytest.fixture
def losing(live_server, browser_process):
    """A phone whose network may be lost: what its console says of it is no fault of the page."""
    context = browser_process.new_context(base_url=live_server.url, viewport=PHONE, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    context.close()


@pytest.fixture
def project(losing, log_in, fatou, draft):
    """The step of the project, open on that phone."""
    log_in(losing, fatou)
    losing.goto(reverse("partner:step_projet", kwargs={"pk": draft.pk}))
    return losing


def said(page):
    return page.locator("#enregistre")


def wait_until_nothing_is_kept(page) -> None:
    """Playwright's own wait evaluates text, which our policy forbids."""
    for _ in range(100):
        if page.evaluate("localStorage.length") == 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("a text is still kept on the device")


def test_text_typed_without_leaving_its_field_is_saved(project):
    with project.expect_response(lambda answer: answer.request.method == "POST"):
        project.locator("[name=goals]").press_sequentially("Bien manger avec peu.")

    expect(said(project)).to_contain_text("enregistré à")
    wait_until_nothing_is_kept(project)
    assert Proposal._base_manager.get().goals == "Bien manger avec peu."


def test_text_that_was_saved_is_not_offered_back_by_the_same_page_grown(project, draft):
    project.goto(reverse("partner:step_evaluation", kwargs={"pk": draft.pk}))
    project.locator("[value=personnes-differentes]").check()

    follow(project, project.locator("button[name=go][value=next]"))

    assert project.locator("[name=ind_0_target]").count() == 1
    assert project.get_by_role("button", name="Reprendre ce texte").count() == 0


def test_lost_network_is_told_and_the_text_offered_back(project):
    project.context.set_offline(True)
    project.locator("[name=goals]").fill("Bien manger avec peu.")
    expect(said(project)).to_contain_text("non enregistré : pas de connexion")
    project.context.set_offline(False)
    project.goto(project.url)

    project.get_by_role("button", name="Reprendre ce texte").click()

    assert project.locator("[name=goals]").input_value() == "Bien manger avec peu."
    expect(said(project)).to_contain_text("enregistré à")


def test_expired_session_is_told_in_one_line_that_leads_to_the_login(project):
    project.context.clear_cookies(name="sessionid")
    project.locator("[name=goals]").fill("Bien manger avec peu.")

    expect(said(project)).to_contain_text("non enregistré : votre session a expiré")
    assert project.get_by_label("Votre adresse électronique").count() == 0
    follow(project, project.get_by_role("button", name="Se reconnecter"))

    assert "/connexion/" in project.url


def test_text_of_one_person_is_offered_to_nobody_else_on_the_device(project, client, log_in, colleague):
    path = project.url
    project.context.set_offline(True)
    project.locator("[name=goals]").fill("Bien manger avec peu.")
    expect(said(project)).to_contain_text("non enregistré")
    project.context.set_offline(False)
    client.cookies.clear()
    log_in(project, colleague)

    project.goto(path)

    assert project.locator("[name=goals]").input_value() != "Bien manger avec peu."
    assert project.get_by_role("button", name="Reprendre ce texte").count() == 0


def test_long_names_stay_within_a_phone(phone, log_in, fatou, draft):
    with asv_scope(draft.asv_id):
        ProposalPieceFactory(proposal=draft, name="RIB_association_La_Marmite_du_Moulin_2026_scan_definitif.pdf")
    log_in(phone, fatou)

    for name in ("step_depot", "proposal", "step_projet"):
        phone.goto(reverse(f"partner:{name}", kwargs={"pk": draft.pk}))
        assert_fits_width(phone)


UNDER = """() => {
  const field = document.activeElement, bar = document.querySelector(".bar-fixed");
  return !bar.contains(field) && field.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
}"""


def test_focus_never_goes_under_the_bar(phone, log_in, fatou, draft):
    log_in(phone, fatou)
    phone.goto(reverse("partner:step_structure", kwargs={"pk": draft.pk}))
    fields = phone.locator("main form [name]:visible").count()
    phone.locator("[name=name]").focus()

    for _ in range(fields - 5):
        phone.keyboard.press("Tab")
        assert not phone.evaluate(UNDER), phone.evaluate("document.activeElement.name")


def test_bar_leaves_the_screen_to_the_keyboard(phone, log_in, fatou, draft):
    log_in(phone, fatou)
    phone.set_viewport_size({"width": 360, "height": 420})
    phone.goto(reverse("partner:step_projet", kwargs={"pk": draft.pk}))

    assert phone.locator(".bar-fixed").evaluate("bar => getComputedStyle(bar).position") == "static"

"""A volunteer with a phone and no password files a proposal, and completes it when asked."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from asv_platform.territories.scoping import asv_scope
from programmation.models import Proposal
from programmation.selectors.proposals import CHECKLIST
from programmation.services import record_check
from tests.factories.programmation import PDF, ProposalFactory
from tests.harness.browser import PATIENCE, PHONE, assert_fits_width, assert_no_axe_violations, follow, screenshot, send

EMAIL = "nouvelle@exemple.fr"


@pytest.fixture
def phone_without_script(live_server, browser_process):
    """A phone whose browser runs no script."""
    context = browser_process.new_context(
        base_url=live_server.url, viewport=PHONE, locale="fr-FR", java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def fill(page, name: str, value: str) -> None:
    """Type in a field, after opening what folds it."""
    field = page.locator(f"[name='{name}']")
    for folded in page.locator("main details:not([open])", has=field).all():
        folded.locator("> summary").click()
    field.fill(value)


def go_on(page, step: str) -> None:
    follow(page, page.locator("button[name=go][value=next]"))
    assert page.url.endswith(f"/{step}/"), page.url


def enter_by_code(page, call, mailbox, worker) -> None:
    page.goto(reverse("calls:call", kwargs={"asv": call.asv.slug, "number": call.number}))
    follow(page, page.get_by_role("link", name="Commencer une proposition").first)
    page.get_by_label("Votre adresse électronique").fill(EMAIL)
    follow(page, page.get_by_role("button", name="code").first)
    worker.wait_until(lambda: bool(mailbox.to(EMAIL)))
    code = re.search(r"\b\d{6}\b", mailbox.text(mailbox.to(EMAIL)[-1]))
    assert code
    page.get_by_label("Code reçu par courriel").fill(code.group())
    follow(page, page.get_by_role("button", name="Se connecter"))
    assert page.url.endswith("/structure/"), page.url


def name_the_organisation(page) -> None:
    page.get_by_label("Numéro SIRET").fill("732 829 320 00074")
    send(page)
    fill(page, "name", "La Marmite du Moulin")
    page.locator("[name=kind]").select_option("association")
    fill(page, "address", "3 rue du Moulin")
    fill(page, "legal_representative", "Fatou Diarra")
    fill(page, "legal_representative_function", "Présidente")
    send(page)
    assert page.url.endswith("/projet/"), page.url


def write_the_project(page) -> None:
    fill(page, "title", "Cuisiner ensemble")
    page.locator("[name=frequency]").select_option("first")
    page.locator("[name=theme]").select_option(index=1)
    fill(page, "goals", "Bien manger avec peu.")
    fill(page, "description", "Douze ateliers de cuisine.")
    fill(page, "starts_on", "2026-03-01")
    fill(page, "ends_on", "2026-12-18")
    fill(page, "human_means", "Une animatrice, trois bénévoles.")
    page.get_by_label("Soigner près de chez soi").check()
    go_on(page, "publics")


def write_the_publics(page) -> None:
    page.get_by_label("Femmes", exact=True).first.check()
    fill(page, "place", "Maison de quartier")
    fill(page, "expected_people", "36")
    fill(page, "women_26-59", "30")
    fill(page, "men_26-59", "6")
    go_on(page, "budget")


def write_the_budget(page) -> None:
    fill(page, "charge_601", "1 200,50")
    fill(page, "charge_641", "2 800")
    fill(page, "fund_0_amount", "3 000 €")
    fill(page, "fund_1_amount", "1000,50")
    go_on(page, "evaluation")


def choose_the_indicators(page) -> None:
    page.locator("[value=personnes-differentes]").check()
    fill(page, "evaluation_method", "Feuilles de présence.")
    follow(page, page.locator("button[name=go][value=next]"))
    fill(page, "ind_0_target", "36")
    go_on(page, "depot")


def sign(page) -> None:
    page.locator("[name=file]").set_input_files({"name": "rib.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.locator("main form [name=kind]").select_option("bank_details")
    follow(page, page.get_by_role("button", name="Joindre la pièce"))
    assert page.get_by_role("link", name="rib.pdf", exact=True).is_visible()
    fill(page, "signatory", "Fatou Diarra")
    fill(page, "signatory_function", "Présidente")
    page.locator("[name=republican_contract]").check()
    page.locator("[name=sworn_statement]").check()
    go_on(page, "deposer")


def ask_to_complete(proposal, *, by) -> None:
    """The coordinator checks the file and finds the budget wanting."""
    items = dict.fromkeys([*CHECKLIST, "piece_bank_details"], "ok") | {"budget": "missing"}
    with asv_scope(proposal.asv_id):
        record_check(
            proposal=proposal, by=by, on=timezone.localdate(), items=items, outcome="incomplete", message="Voir le 641."
        )


def file_a_proposal(page, call, mailbox, worker, *, scripted: bool) -> None:
    enter_by_code(page, call, mailbox, worker)
    name_the_organisation(page)
    for step in (write_the_project, write_the_publics, write_the_budget, choose_the_indicators, sign):
        if scripted:
            assert_fits_width(page)
        step(page)
    follow(page, page.get_by_role("button", name="Déposer la proposition"))
    assert page.url.endswith("/recepisse/"), page.url


def test_volunteer_files_from_a_phone_then_completes_the_file(phone, call, alice, stranger, mailbox, worker):
    file_a_proposal(phone, call, mailbox, worker, scripted=True)

    proposal = Proposal._base_manager.get()
    assert proposal.state == "filed"
    assert phone.get_by_text(proposal.fingerprint).is_visible()
    assert_fits_width(phone)
    assert_no_axe_violations(phone)
    screenshot(phone, "recu de depot")
    worker.wait_until(lambda: any("Dépôt enregistré" in message["subject"] for message in mailbox.to(EMAIL)))

    ask_to_complete(proposal, by=alice)
    worker.wait_until(lambda: any("Dossier incomplet" in message["subject"] for message in mailbox.to(EMAIL)))
    phone.goto("/mes-dossiers/")
    follow(phone, phone.get_by_role("link", name="Compléter le dossier"))
    assert_fits_width(phone)
    go_on(phone, "deposer")
    follow(phone, phone.get_by_role("button", name="Renvoyer le dossier complété"))
    assert phone.url.endswith("/recepisse/"), phone.url

    proposal.refresh_from_db()
    assert proposal.state == "filed"


def test_volunteer_files_without_javascript(phone_without_script, call, stranger, mailbox, worker):
    file_a_proposal(phone_without_script, call, mailbox, worker, scripted=False)

    assert Proposal._base_manager.get().state == "filed"


@pytest.fixture
def draft(call, marmite, fatou):
    return ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou)


def sums(page) -> list[str]:
    """Every total, share and sentence that the page of the budget shows."""
    return page.locator("[data-total], [data-post-total], [data-share], [data-balance]").all_text_contents()


def test_budget_adds_up_while_one_types_as_the_server_will(page, log_in, call, fatou, draft):
    log_in(page, fatou)
    page.goto(reverse("partner:step_budget", kwargs={"pk": draft.pk}))
    said = page.locator("[data-balance='charges products']")
    fill(page, "charge_601", "1 200,50")
    fill(page, "charge_641", "12 000")
    fill(page, "charge_613", "12 mille")
    fill(page, "charge_864", "600")
    fill(page, "fund_0_amount", "3 000 €")
    fill(page, "fund_1_amount", "1000,5")
    fill(page, "product_756", "900")
    expected = "Le total des charges dépasse celui des produits de 8 300 € : ajustez l’un des deux."
    assert said.text_content().replace("\u00a0", " ") == expected
    page.locator("[name=fund_1_state]").select_option("refused")
    assert "9 300,50 €" in said.text_content().replace("\u00a0", " ")
    fill(page, "charge_613", "")
    typed = sums(page)

    follow(page, page.get_by_role("button", name="Enregistrer et recalculer"))
    assert page.get_by_text("À accorder avant de déposer").is_visible()

    assert sums(page) == typed
    fill(page, "product_70x", "9300,50")
    assert said.text_content() == "Les charges et les produits sont égaux."
    assert page.get_by_text("À accorder avant de déposer").is_hidden()
    assert_no_axe_violations(page)

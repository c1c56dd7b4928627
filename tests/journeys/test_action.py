"""An accepted proposal: the session of the day with a thumb, the report, the coordinator's answer."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from asv_platform.territories.scoping import asv_scope
from evaluation.models import ActionReport, Session
from programmation.models import Action
from tests.factories.evaluation import ActionReportFactory
from tests.factories.programmation import BudgetLineFactory, ProposalFactory
from tests.harness.browser import assert_fits_width, assert_no_axe_violations, follow, save, send

SLUG = "le-blanc-mesnil-dugny"


@pytest.fixture
def deliberated(call, marmite, fatou, state):
    """A proposal of 3,000 €, all asked of the State, before the committee."""
    proposal = ProposalFactory(
        call=call,
        organisation=marmite,
        created_by=fatou,
        state="deliberation",
        filed_at=dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC),
        title="Cuisiner ensemble",
        starts_on=dt.date(2026, 1, 5),
        ends_on=dt.date(2026, 12, 18),
    )
    call.funders.set([state])
    BudgetLineFactory(proposal=proposal, amount=Decimal(3000))
    BudgetLineFactory(proposal=proposal, asked=True, funder=state, amount=Decimal(3000))
    return proposal


def test_decision_session_report_and_approval(page, phone, client, log_in, alice, fatou, state, deliberated):
    log_in(page, alice)
    page.goto(reverse("programmation:proposal_decide", kwargs={"asv": SLUG, "pk": deliberated.pk}))
    page.locator("[name=decided_on]").fill("2026-03-24")
    page.locator("[name=committee]").fill("Comité de pilotage")
    outcome = page.locator(f"[name=outcome_{state.pk}]")
    if outcome.first.evaluate("field => field.tagName") == "SELECT":
        outcome.select_option("accepted")
    else:
        page.locator(f"[name=outcome_{state.pk}][value=accepted]").check()
    page.locator(f"[name=amount_{state.pk}]").fill("2 500")
    send(page)
    assert "La proposition est acceptée, pour 2\u00a0500\u00a0€ en tout" in page.locator("main").inner_text()
    page.locator("[name=is_sure]").check()
    save(page)
    action = Action._base_manager.get()

    # The client keeps one session: without this, the second would close the first.
    client.cookies.clear()
    log_in(phone, fatou)
    phone.goto("/mes-dossiers/actions/")
    follow(phone, phone.get_by_role("link", name="Noter une séance").first)
    assert_fits_width(phone)
    assert_no_axe_violations(phone)
    for name, value in (("held_on", "2026-05-12"), ("place", "Maison de quartier"), ("women", "8"), ("men", "4")):
        phone.locator(f"[name={name}]").fill(value)
    phone.locator("[name=from_qpv]").fill("9")
    save(phone)
    session = Session._base_manager.get()
    assert (session.action, session.women + session.men, session.from_qpv) == (action, 12, 9)

    with asv_scope(action.asv_id):
        report = ActionReportFactory(action=action)
    phone.goto(reverse("partner_evaluation:report_edit", kwargs={"pk": report.pk}))
    assert_fits_width(phone)
    phone.locator("[name=path][value=carried_out]").check()
    phone.locator("[name=people_reached]").fill("12")
    for area in phone.locator("main textarea").all():
        area.fill("Douze personnes ont cuisiné ensemble.")
    phone.locator("[name=signatory]").fill("Fatou Diarra, présidente")
    save(phone)
    follow(phone, phone.get_by_role("link", name="Déposer le bilan"))
    phone.locator("[name=sworn]").check()
    save(phone)
    assert ActionReport._base_manager.get().state == "filed"

    page.goto(reverse("evaluation:report_detail", kwargs={"asv": SLUG, "pk": report.pk}))
    follow(page, page.get_by_role("link", name="Approuver").first)
    save(page)
    assert ActionReport._base_manager.get().state == "approved"

"""A coordinator's year in a browser: from somebody's words to a call that partners can read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from asv_platform.territories.scoping import asv_scope
from diagnostics.models import Need, Priority, Voice
from programmation.models import Call, Objective
from tests.factories.diagnostics import DiagnosticFactory
from tests.factories.programmation import ProgrammeFactory
from tests.harness.browser import assert_fits_width, assert_no_axe_violations, follow
from tests.harness.browser import save as save_form

SLUG = "le-blanc-mesnil-dugny"
WORDS = "On attend six mois pour un dentiste."


@pytest.fixture
def year(blanc_mesnil):
    """The edition of the diagnostic and the programme that are open."""
    DiagnosticFactory(asv=blanc_mesnil, year=2026)
    return ProgrammeFactory(asv=blanc_mesnil, year=2027)


def open_page(page, name: str, **kwargs) -> None:
    page.goto(reverse(name, kwargs={"asv": SLUG, **kwargs}))


def fill(page, name: str, value: str) -> None:
    page.locator(f"main [name='{name}']").fill(value)


def tick(page, name: str, label: str) -> None:
    """Tick a choice, in a list of boxes or in a list that folds."""
    box = page.locator(f"main input[name='{name}']").and_(page.get_by_label(label, exact=False)).first
    for folded in page.locator("main details:not([open])", has=box).all():
        folded.locator("> summary").click()
    box.check()


def save(page) -> None:
    save_form(page)
    assert_fits_width(page)


def test_year_from_a_voice_to_a_published_call(page, log_in, alice, year):
    log_in(page, alice)

    open_page(page, "actors:organisation_create")
    fill(page, "name", "Centre de santé du Tilleul")
    page.locator("main [name=kind]").select_option(index=1)
    save(page)
    assert page.get_by_role("heading", level=1, name="Centre de santé du Tilleul").is_visible()

    open_page(page, "diagnostics:voice_create")
    fill(page, "words", WORDS)
    page.locator("main [name=kind]").first.check()
    save(page)

    open_page(page, "diagnostics:need_create")
    fill(page, "statement", "Trouver un dentiste près de chez soi")
    page.locator("main [name=theme]").select_option(index=1)
    page.locator("main [name=severity]").select_option("3")
    save(page)
    need = Need._base_manager.get()

    open_page(page, "diagnostics:voice_link", pk=Voice._base_manager.get().pk)
    page.locator("main [name=need]").select_option(str(need.pk))
    save(page)
    assert Voice._base_manager.get().need == need

    open_page(page, "diagnostics:priority_create")
    fill(page, "title", "Soigner les dents")
    fill(page, "rank", "1")
    page.locator("main [name=theme]").select_option(index=1)
    tick(page, "needs", "Trouver un dentiste")
    save(page)

    open_page(page, "programmation:objective_create")
    fill(page, "title", "Un fauteuil dentaire par quartier")
    tick(page, "priorities", "Soigner les dents")
    save(page)
    objective = Objective._base_manager.get()

    open_page(page, "programmation:call_create")
    fill(page, "title", "Appel à propositions 2027")
    fill(page, "text", "Des soins dentaires près de chez soi.")
    tick(page, "objectives", "Un fauteuil dentaire")
    now = timezone.localtime()
    fill(page, "opens_at", f"{now:%Y-%m-%dT00:00}")
    fill(page, "closes_at", f"{now.year + 1}-01-31T23:59")
    save(page)
    follow(page, page.get_by_role("link", name="Publier").first)
    save(page)

    call = Call._base_manager.get()
    assert call.published_at
    with asv_scope(call.asv_id):
        assert list(Priority.objects.get().objectives.all()) == [objective]
    page.context.clear_cookies()
    open_page(page, "calls:call", number=call.number)
    assert page.get_by_role("link", name="Commencer une proposition").is_visible()
    assert page.get_by_text("Un fauteuil dentaire par quartier").is_visible()
    assert_no_axe_violations(page)

"""Somebody of another ASV, with the right addresses in hand: every door is a page that says nothing."""

import pytest
from django.urls import reverse

from tests.factories.actors import OrganisationFactory
from tests.factories.diagnostics import NeedFactory
from tests.factories.programmation import ActionFactory
from tests.harness.browser import assert_fits_width, assert_no_axe_violations

SLUG = "le-blanc-mesnil-dugny"


@pytest.fixture
def doors(blanc_mesnil, programme):
    organisation = OrganisationFactory(asv=blanc_mesnil, name="Centre de santé du Tilleul")
    need = NeedFactory(asv=blanc_mesnil)
    action = ActionFactory(programme=programme, organisation=organisation)
    rows = {
        "actors:organisation_detail": organisation.pk,
        "diagnostics:need_detail": need.pk,
        "programmation:action_detail": action.pk,
        "programmation:proposal_detail": action.proposal_id,
        "evaluation:action": action.pk,
    }
    lists = ["console:dashboard", "console:journal", "actors:organisation_list", "reporting:edition_list"]
    addresses = [reverse(name, kwargs={"asv": SLUG, "pk": pk}) for name, pk in rows.items()]
    return [*addresses, *(reverse(name, kwargs={"asv": SLUG}) for name in lists), "/asv/nulle-part/tableau-de-bord/"]


def test_stranger_meets_the_same_page_at_every_door(page, phone, log_in, charlie, doors):
    log_in(page, charlie)

    answers = {page.goto(path).status for path in doors}

    assert answers == {404}
    assert not page.get_by_text("Tilleul").count()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("link", name="ccueil").or_(page.get_by_role("link", name="tableau de bord")).count()
    assert_fits_width(page)
    assert_no_axe_violations(page)
    assert all("/connexion/" in (phone.goto(path), phone.url)[1] for path in doors[:2])

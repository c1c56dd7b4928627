"""Somebody who works down a list: what was filtered and sorted is still so on the way back."""

import pytest
from django.urls import reverse

from tests.factories.actors import OrganisationFactory
from tests.harness.browser import follow

LIST = reverse("actors:organisation_list", kwargs={"asv": "le-blanc-mesnil-dugny"})


@pytest.fixture
def organisations(blanc_mesnil):
    for name in ("Centre social du Moulin", "Centre de santé du Tilleul", "La Marmite du Moulin"):
        OrganisationFactory(asv=blanc_mesnil, name=name)


def test_list_is_found_again_as_it_was_left(page, log_in, alice, organisations):
    log_in(page, alice)
    page.goto(f"{LIST}?tri=-name")
    page.locator("form.filters [name=q]").fill("centre")
    follow(page, page.get_by_role("button", name="Filtrer", exact=True))
    assert "tri=-name" in page.url
    left = page.url
    follow(page, page.get_by_role("link", name="Centre social du Moulin"))

    follow(page, page.locator(".crumbs a").last)

    assert page.url == left
    assert not page.get_by_text("La Marmite du Moulin").count()

"""Is this place in a priority neighbourhood? A commune is named, then a place is shown on its map."""

import pytest
import shapely
from playwright.sync_api import expect

from asv_platform.territories.models import CommuneContour, NeighbourhoodContour
from tests.harness.browser import assert_fits_width, assert_no_axe_violations, follow


@pytest.fixture
def mapped(blanc_mesnil):
    """Le Blanc-Mesnil as a square, and a neighbourhood in its middle."""
    commune = blanc_mesnil.communes.get(code="93007")
    CommuneContour.objects.create(commune=commune, wkb=shapely.to_wkb(shapely.box(2.44, 48.92, 2.48, 48.96)))
    place = blanc_mesnil.neighbourhoods.get(code="QN09368N")
    place.longitude, place.latitude = 2.46, 48.94
    place.save()
    NeighbourhoodContour.objects.create(
        neighbourhood=place, wkb=shapely.to_wkb(shapely.box(2.455, 48.935, 2.465, 48.945))
    )
    return commune


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("screen", ["page", "phone"])
def test_click_on_the_map_says_whether_the_place_is_in_a_neighbourhood(request, log_in, alice, mapped, screen):
    page = request.getfixturevalue(screen)
    log_in(page, alice)
    page.goto("/territoires/quartier/")
    page.get_by_label("Commune").fill("blan mesnil")
    follow(page, page.get_by_role("button", name="Situer"))
    expect(page.get_by_text("Cliquez sur la carte")).to_be_visible()

    follow(page, page.locator("svg[data-frame]"))

    expect(
        page.get_by_role("status").get_by_text("Oui : ce lieu est dans le quartier prioritaire 2024")
    ).to_be_visible()
    assert page.get_by_label("Coordonnées du lieu").input_value().startswith("48.9")
    assert_fits_width(page)
    assert_no_axe_violations(page)
    page.get_by_label("Coordonnées du lieu").fill("48,95 2,47")
    follow(page, page.get_by_role("button", name="Situer"))
    expect(
        page.get_by_role("status").get_by_text("Non : ce lieu n’est dans aucun quartier prioritaire 2024.")
    ).to_be_visible()

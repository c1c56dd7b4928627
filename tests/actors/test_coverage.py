"""Who is where, who is missing; who can be chosen."""

from decimal import Decimal

import pytest

from actors.models import Organisation, Term
from actors.selectors import coverage_matrix, network_map, organisation_options
from asv_platform.territories.editing import archive
from tests.factories.actors import OrganisationFactory

pytestmark = pytest.mark.django_db
COVERAGE = "/asv/le-blanc-mesnil-dugny/reseau/couverture/"


def theme(code):
    return Term.objects.get(kind="theme", code=code)


@pytest.fixture
def network(blanc_mesnil, alice):
    pasteur, yblon = blanc_mesnil.neighbourhoods.order_by("name")
    soins, droits = theme("acces-aux-soins"), theme("acces-aux-droits")
    rows = {
        "here": OrganisationFactory(asv=blanc_mesnil, name="Ici", themes=[soins], neighbourhoods=[pasteur],
                                    longitude=Decimal("2.46"), latitude=Decimal("48.94")),
        "everywhere": OrganisationFactory(asv=blanc_mesnil, name="Partout", themes=[soins, droits],
                                          covers_perimeter=True, funder=True),
        "nowhere": OrganisationFactory(asv=blanc_mesnil, name="Nulle part", themes=[droits]),
        "untagged": OrganisationFactory(asv=blanc_mesnil, name="Sans thème", neighbourhoods=[yblon]),
        "gone": OrganisationFactory(asv=blanc_mesnil, name="Archivée", themes=[soins], neighbourhoods=[pasteur]),
    }  # fmt: skip
    archive(rows["gone"], by=alice)
    OrganisationFactory(name="Ailleurs", themes=[soins], covers_perimeter=True)
    return rows


def test_matrix_counts_by_theme_and_neighbourhood(in_asv, network):
    matrix = coverage_matrix(in_asv)

    counts = {row.theme.code: [cell.count for cell in row.cells] for row in matrix.rows}
    assert [neighbourhood.name for neighbourhood in matrix.neighbourhoods] == [
        "Quartier Pasteur", "Secteur Nord Pont-Yblon",
    ]  # fmt: skip
    assert counts["acces-aux-soins"] == [2, 1]
    assert counts["acces-aux-droits"] == [1, 1]
    assert counts["addictions"] == [0, 0]
    assert len(matrix.missing) == 8
    assert (matrix.organisations, matrix.without_place, matrix.without_theme) == (4, 1, 1)


def test_matrix_of_an_empty_network_misses_everything(in_asv):
    matrix = coverage_matrix(in_asv)

    assert len(matrix.missing) == 12
    assert matrix.organisations == 0


def test_each_figure_leads_to_as_many_organisations(client, alice, network):
    client.force_login(alice)
    page = client.get(COVERAGE)
    list_url = COVERAGE.replace("couverture/", "")

    cells = [cell for row in page.context["rows"] for cell in row.cells]
    linked = [cell for cell in cells if cell.url]

    assert [cell.text for cell in cells if not cell.url] == ["personne"] * 8
    for cell in linked:
        assert cell.url.startswith(list_url)
        assert client.get(cell.url).context["page"].total == int(cell.text)


def test_coverage_page_narrows_by_public_and_keeps_it_in_the_links(client, alice, network):
    client.force_login(alice)

    page = client.get(f"{COVERAGE}?public=femmes&theme=acces-aux-soins")

    assert page.context["matrix"].organisations == 0
    assert page.context["list_url"].endswith("?public=femmes")


def test_map_numbers_the_organisations_that_have_a_place(in_asv, network):
    drawn = network_map(in_asv, Organisation.objects.active(), coverage_matrix(in_asv), theme("acces-aux-soins"))

    assert [row.name for row in drawn.placed] == ["Ici"]
    assert drawn.total == 2
    assert "Carte du réseau : Accès aux soins" in drawn.svg


def test_choices_of_the_network(in_asv, network):
    assert [row.name for row in Organisation.objects.funders()] == ["Partout"]
    assert network["gone"] not in organisation_options()
    assert network["gone"] in organisation_options(including=network["gone"].pk)

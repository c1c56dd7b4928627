"""The pages and the admin, on a few territories made by the factories."""

import gzip

import pytest
import shapely
from django.urls import reverse

from asv_platform.territories.enums import Generation
from asv_platform.territories.locator import neighbourhood_of_address, neighbourhoods_at
from asv_platform.territories.models import NeighbourhoodContour, Succession
from tests.factories.platform import CommuneFactory, NeighbourhoodFactory, UserFactory

BAN = """id;numero;rep;nom_voie;code_postal;lon;lat
1;12;bis;Rue de la République;93150;2.46;48.94
2;14;;Rue de la République;93150;2.99;48.94
"""


def plain(response) -> str:
    """The page with ordinary spaces instead of the French typographic ones."""
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def square(db):
    """A QPV one hundredth of a degree wide around 48.94, 2.46, in Le Blanc-Mesnil."""
    commune = CommuneFactory(code="93007", name="Le Blanc-Mesnil", postal_codes=["93150"])
    row = NeighbourhoodFactory(
        code="QN09368N", name="Quartier Pasteur", communes=[commune], longitude=2.46, latitude=48.94
    )
    contour = shapely.box(2.455, 48.935, 2.465, 48.945)
    NeighbourhoodContour.objects.create(neighbourhood=row, wkb=shapely.to_wkb(contour))
    return row


@pytest.fixture
def member(client, db):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "path", ["/territoires/", "/territoires/quartier/", "/territoires/commune/93007/", "/territoires/?q=dugny"]
)
def test_territories_need_a_login(client, db, path):
    response = client.get(path)

    assert response.status_code == 302
    assert "/territoires/" in response.url


def test_search_page_lists_and_links(client, member, square):
    response = client.get("/territoires/", {"q": "blanc menil"})

    assert reverse("territories:detail", kwargs={"kind": "commune", "code": "93007"}) in response.content.decode()


def test_search_page_without_result_says_what_to_try(client, member, square):
    assert "Aucun territoire ne ressemble" in client.get("/territoires/", {"q": "xqzw"}).content.decode()


def test_search_page_before_any_search_teaches(client, member):
    assert "faute de frappe" in client.get("/territoires/").content.decode()


@pytest.mark.parametrize(
    ("kind", "code"), [("commune", "00000"), ("qpv", "QN0"), ("planete", "93007"), ("region", "x")]
)
def test_unknown_territory_is_not_found(client, member, kind, code):
    assert client.get(f"/territoires/{kind}/{code}/").status_code == 404


def test_lower_case_code_leads_to_the_page(client, member, square):
    response = client.get("/territoires/qpv/qn09368n/")

    assert response.status_code == 302
    assert response.url == "/territoires/qpv/QN09368N/"


def test_neighbourhood_page_draws_it_and_proposes_its_past(client, member, square):
    old = NeighbourhoodFactory(code="QP093099", name="Ancien Pasteur", generation=Generation.QPV_2015)
    Succession.objects.create(old=old, new=square, score="1.000", method="Libellé identique, commune partagée")

    page = client.get("/territoires/qpv/QN09368N/").content.decode()

    assert "<svg" in page
    assert "Ancien Pasteur" in page
    assert "proposée" in page


def test_address_page_answers_yes_with_a_map(client, member, square):
    page = plain(client.get("/territoires/quartier/", {"coordinates": "48,94 2,46"}))

    assert "Oui : ce lieu est dans le quartier prioritaire 2024 « Quartier Pasteur » (QN09368N)." in page
    assert 'id="qpv-QN09368N"' in page
    assert 'id="lieu"' in page


def test_address_page_answers_no(client, member, square):
    page = plain(client.get("/territoires/quartier/", {"coordinates": "48.90, 2.46"}))

    assert "Non : ce lieu n’est dans aucun quartier prioritaire 2024." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"coordinates": "ici"}, "Ces coordonnées ne sont pas lisibles"),
        ({"coordinates": "95, 2"}, "La latitude va de -90 à 90"),
        ({"coordinates": "", "commune": ""}, "Indiquez une commune ou les coordonnées"),
        ({"commune": "xqzw"}, "Aucune commune ne ressemble"),
    ],
)
def test_address_page_says_what_is_wrong(client, member, square, typed, sentence):
    assert sentence in plain(client.get("/territoires/quartier/", typed))


def test_address_page_shows_the_neighbourhoods_of_a_commune(client, member, square):
    page = client.get("/territoires/quartier/", {"commune": "93150"}).content.decode()

    assert "Quartier Pasteur" in page
    assert "<svg" in page


def test_address_without_file_says_so_in_french(square, settings):
    settings.ADDRESS_FILE = ""

    answer = neighbourhood_of_address(postal_code="93150", street="12 rue de la République")

    assert not answer.located
    assert answer.message.startswith("Aucun fichier d’adresses")


@pytest.mark.parametrize(
    ("street", "located", "inside"),
    [
        ("12 bis rue de la republique", True, True),
        ("14, RUE DE LA RÉPUBLIQUE", True, False),
        ("Rue de la République", True, True),
        ("99 rue de la République", False, False),
        ("rue des Lilas", False, False),
        ("", False, False),
    ],
)
def test_address_is_found_in_a_local_file(square, settings, tmp_path, street, located, inside):
    path = tmp_path / "adresses-93.csv.gz"
    path.write_bytes(gzip.compress(BAN.encode()))
    settings.ADDRESS_FILE = str(path)

    answer = neighbourhood_of_address(postal_code="93150", street=street)

    assert (answer.located, bool(answer.hits)) == (located, inside)


def test_address_page_offers_the_street_only_with_a_file(client, member, square, settings, tmp_path):
    path = tmp_path / "adresses.csv"
    path.write_text(BAN)
    assert "Numéro et voie" not in client.get("/territoires/quartier/").content.decode()

    settings.ADDRESS_FILE = str(path)
    typed = {"postal_code": "93150", "street": "12 bis rue de la République"}

    assert "Oui : ce lieu" in plain(client.get("/territoires/quartier/", typed))


def test_index_follows_the_contours_in_the_base(square):
    assert neighbourhoods_at(2.46, 48.94)

    square.contour.delete()

    assert neighbourhoods_at(2.46, 48.94) == []


def test_admin_of_reference_rows_is_read_only(client, operator, square):
    client.force_login(operator)

    assert client.get(reverse("admin:territories_neighbourhood_changelist"), {"q": "pasteur"}).status_code == 200
    assert client.get(reverse("admin:territories_neighbourhood_add")).status_code == 403
    assert client.get(reverse("admin:territories_commune_changelist"), {"q": "Le Blanc-Mesnil"}).status_code == 200


def test_admin_confirms_a_correspondence(client, operator, square):
    old = NeighbourhoodFactory(code="QP093099", generation=Generation.QPV_2015)
    row = Succession.objects.create(old=old, new=square, score="1.000", method="Libellé identique, commune partagée")
    client.force_login(operator)

    client.post(reverse("admin:territories_succession_changelist"), {"action": "confirm", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert row.confirmed_by == str(operator)


def test_admin_refuses_an_asv_whose_neighbourhood_is_elsewhere(client, operator, square):
    client.force_login(operator)
    data = {
        "name": "ASV",
        "slug": "asv",
        "carrier_kind": "commune",
        "carrier_name": "Ville",
        "level": "communal",
        "colour": "#0F5E5A",
        "communes": [CommuneFactory().pk],
        "neighbourhoods": [square.pk],
    }

    refused = client.post(reverse("admin:territories_asv_add"), data)
    accepted = client.post(reverse("admin:territories_asv_add"), data | {"communes": [square.communes.get().pk]})

    assert "Hors des communes choisies" in refused.content.decode()
    assert accepted.status_code == 302

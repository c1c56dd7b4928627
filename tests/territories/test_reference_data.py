"""The shipped territories, loaded once for the whole module: what France really looks like."""

import datetime as dt
import io

import pytest
import shapely
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from asv_platform.territories.enums import EpciKind, Generation, TerritoryKind
from asv_platform.territories.locator import (
    neighbourhood_of_address,
    neighbourhoods_at,
    neighbourhoods_at_many,
    neighbourhoods_in_doubt,
)
from asv_platform.territories.models import (
    Commune,
    CommuneContour,
    Department,
    DepartmentContour,
    Epci,
    Neighbourhood,
    NeighbourhoodContour,
    ReferenceLoad,
    Region,
    Succession,
)
from asv_platform.territories.reference import load_reference
from asv_platform.territories.selectors import (
    address_page,
    perimeter_of,
    perimeter_shapes,
    resolve_commune,
    search_territories,
    territory_page,
)
from asv_platform.territories.services import confirm_succession, reject_succession
from tests.factories.platform import AsvFactory, UserFactory

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
COLLAPSED = {"QN09105I", "QN09113I", "QN09503I"}


@pytest.fixture(scope="module")
def _france(django_db_setup, django_db_blocker):
    # One load for the module, undone at its end: each test then works in a savepoint of its own.
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference(at=timezone.now(), force=True)
        # In a transaction nobody gathers statistics for us: without them some joins take minutes.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _france_in_base(_france, db):
    """The whole of France is in the database."""


def names(text: str, **options) -> list[str]:
    return [result.name for result in search_territories(text, **options)]


# What is in the base


def test_load_writes_every_territory():
    assert (Region.objects.count(), Department.objects.count()) == (26, 109)
    assert Commune.objects.count() == 34_969
    assert Epci.objects.exclude(kind=EpciKind.EPT).count() == 1_255
    assert Epci.objects.filter(kind=EpciKind.EPT).count() == 11
    assert Neighbourhood.objects.filter(generation=Generation.QPV_2024).count() == 1_609
    assert Neighbourhood.objects.filter(generation=Generation.QPV_2015).count() == 1_400
    assert Commune.objects.filter(department__code="93").count() == 39
    assert Neighbourhood.objects.filter(department__code="93", generation=2024).count() == 75


@pytest.mark.parametrize(
    ("code", "name", "ept"),
    [
        ("93007", "Le Blanc-Mesnil", "Paris Terres d'Envol"),
        ("93030", "Dugny", "Paris Terres d'Envol"),
        ("93001", "Aubervilliers", "Plaine Commune"),
    ],
)
def test_commune_of_greater_paris_has_its_two_groupings(code, name, ept):
    commune = Commune.objects.get(code=code)

    assert (commune.name, commune.ept.name) == (name, ept)
    assert commune.epci.name == "Métropole du Grand Paris"


def test_every_contour_is_valid_and_made_of_polygons():
    for model in (NeighbourhoodContour, CommuneContour, DepartmentContour):
        contours = shapely.from_wkb([bytes(wkb) for wkb in model.objects.values_list("wkb", flat=True)])
        assert shapely.is_valid(contours).all()
        assert not shapely.is_empty(contours).any()
        assert {contour.geom_type for contour in contours} <= {"Polygon", "MultiPolygon"}


def test_only_collapsed_neighbourhoods_of_2024_lack_a_contour_and_all_have_a_place():
    recent = Neighbourhood.objects.filter(generation=2024)

    assert set(recent.filter(contour=None).values_list("code", flat=True)) == COLLAPSED
    assert not recent.filter(latitude=None).exists()


def test_neighbourhood_over_several_communes_lists_them_all():
    abreuvoir = Neighbourhood.objects.get(code="QN09314M")

    assert set(abreuvoir.communes.values_list("code", flat=True)) == {"93007", "93008", "93010", "93053"}


def test_neighbourhood_that_cites_a_merged_commune_belongs_to_the_current_one():
    # Published with « 93059, 93066 »: one commune today, and one link.
    merged = Neighbourhood.objects.filter(communes__code="93066", generation=2024)

    assert merged.exists()
    assert not Neighbourhood.communes.through.objects.filter(commune__code="93059").exists()
    assert all(
        len(set(codes)) == len(codes) for codes in (list(row.communes.values_list("pk", flat=True)) for row in merged)
    )


def test_paris_neighbourhood_gets_the_metropole_instead_of_the_commune_siren():
    paris = Neighbourhood.objects.filter(communes__code="75056", generation=2024)

    assert paris.count() > 15
    assert {row.epci.name for row in paris.select_related("epci")} == {"Métropole du Grand Paris"}


def test_overseas_neighbourhood_is_in_force_a_year_later():
    overseas = Neighbourhood.objects.filter(department__code="974", generation=2024).first()
    older = Neighbourhood.objects.filter(department__code="974", generation=2015).first()

    assert overseas.in_force_from == dt.date(2025, 1, 1)
    assert older.in_force_to == dt.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("code", "current"),
    [
        ("93059", "93066"),
        ("75114", "75056"),
        ("13215", "13055"),
        ("69381", "69123"),
        ("20004", "2A004"),
        ("2b033", "2B033"),
    ],
)
def test_resolve_commune_follows_mergers_arrondissements_and_old_corsica(code, current):
    assert resolve_commune(code).code == current


def test_resolve_commune_of_unknown_code_is_none():
    assert resolve_commune("00000") is None


# The load itself


def test_second_load_changes_nothing():
    report = load_reference(at=NOW)

    assert not report.changed
    assert report.counts["communes"] == 34_969


def test_forced_load_repairs_links_and_keeps_primary_keys_and_decisions():
    abreuvoir = Neighbourhood.objects.get(code="QN09314M")
    abreuvoir.communes.add(Commune.objects.get(code="2A004"))
    before = dict(Commune.objects.values_list("code", "pk"))
    operator = UserFactory(operator=True)
    first, second = Succession.objects.all()[:2]
    confirm_succession(succession=first, by=operator, at=NOW)
    reject_succession(succession=second, by=operator, at=NOW)

    load_reference(at=NOW, force=True)

    assert dict(Commune.objects.values_list("code", "pk")) == before
    assert Succession.objects.get(pk=first.pk).confirmed_at == NOW
    assert Succession.objects.get(pk=second.pk).rejected_by == str(operator)
    assert Succession.objects.count() == 1_181
    assert ReferenceLoad.objects.get().loaded_at == NOW
    assert not abreuvoir.communes.filter(code="2A004").exists()


def test_command_prints_the_counts_in_french():
    out = io.StringIO()

    call_command("load_territories", stdout=out)

    assert "34\u202f969 communes" in out.getvalue()
    assert "1\u202f609 QPV 2024" in out.getvalue()
    assert "déjà à jour" in out.getvalue()


def test_succession_is_never_drawn_from_the_number():
    """QP093001 has the number of QN09301I; most pairs of this kind share neither name nor place."""
    older = set(Neighbourhood.objects.filter(generation=2015).values_list("code", flat=True))
    proposed = set(Succession.objects.values_list("old__code", "new__code"))
    recent = Neighbourhood.objects.filter(generation=2024).values_list("code", flat=True)
    same_number = {(f"QP{code[2:5]}0{code[5:7]}", code) for code in recent}

    assert len([pair for pair in same_number if pair[0] in older and pair not in proposed]) > 300
    assert not Succession.objects.filter(confirmed_at__isnull=False).exists()


# Search


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le Blanc-Mesnil", "Le Blanc-Mesnil"),
        ("le blanc mesnil", "Le Blanc-Mesnil"),
        ("blanc-mesnil", "Le Blanc-Mesnil"),
        ("93150", "Le Blanc-Mesnil"),
        ("93007", "Le Blanc-Mesnil"),
        ("93150 Le Blanc-Mesnil", "Le Blanc-Mesnil"),
        ("obervilliers", "Aubervilliers"),
        ("aubervilier", "Aubervilliers"),
        ("dugni", "Dugny"),
        ("SAINT DENIS", "Saint-Denis"),
        ("st-denis", "Saint-Denis"),
        ("93059", "Saint-Denis"),
        ("Pierrefitte-sur-Seine", "Saint-Denis"),
        ("75114", "Paris"),
        ("75014", "Paris"),
        ("paris 14e arrondissement", "Paris"),
        ("evry courcouronnes", "Évry-Courcouronnes"),
        ("ajacio", "Ajaccio"),
        ("2A004", "Ajaccio"),
        ("plaine commune", "Plaine Commune"),
        ("200057867", "Plaine Commune"),
        ("ile de france", "Île-de-France"),
        ("2B", "Haute-Corse"),
        ("QN09301I", "Secteur Gare - Aviatic"),
        ("qn09301i", "Secteur Gare - Aviatic"),
        ("abreuvoir bondy", "Abreuvoir - Bondy Nord - Bondy Centre - Pont-De-Bondy - La Sablière - Secteur Sud"),
    ],
)
def test_search_finds_first_what_was_meant(text, expected):
    assert names(text, limit=5)[0] == expected


@pytest.mark.parametrize("text", ["", "   ", "zzzz", "\u202f", "%' OR 1=1 --", "🙂", "é" * 500])
def test_search_of_nothing_finds_nothing_that_harms(text):
    assert isinstance(search_territories(text), list)


def test_search_prefers_the_most_populated_namesake():
    saint_denis = search_territories("saint-denis", kinds=[TerritoryKind.COMMUNE], limit=3)

    assert saint_denis[0].code in {"93066", "97411"}
    assert {result.context for result in saint_denis} >= {"Seine-Saint-Denis (93)", "La Réunion (974)"}


def test_search_keeps_to_the_kinds_asked():
    results = search_territories("aubervilliers", kinds=[TerritoryKind.QPV_2024], limit=10)

    assert all(result.kind == TerritoryKind.QPV_2024 for result in results)


@pytest.mark.parametrize("text", ["saint", "93", "QN093", "93200 Saint-Denis"])
def test_search_query_count_is_bounded(text, django_assert_max_num_queries):
    search_territories("x")

    with django_assert_max_num_queries(15):
        search_territories(text, limit=50)


# Points


def test_point_inside_a_neighbourhood_names_it():
    assert [hit.code for hit in neighbourhoods_at(2.42377, 48.93243)] == ["QN09301I"]


@pytest.mark.parametrize(("longitude", "latitude"), [(2.2945, 48.8584), (-30.0, 45.0), (0.0, 0.0)])
def test_point_outside_every_neighbourhood_finds_none(longitude, latitude):
    assert neighbourhoods_at(longitude, latitude) == []


def test_place_of_each_neighbourhood_is_inside_its_contour():
    rows = list(Neighbourhood.objects.filter(contour__isnull=False, generation=2024))

    found = neighbourhoods_at_many([(row.longitude, row.latitude) for row in rows])

    assert all(row.code in {hit.code for hit in hits} for row, hits in zip(rows, found, strict=True))


def test_many_points_make_as_many_queries_as_one(django_assert_num_queries):
    neighbourhoods_at(2.4, 48.9)

    with django_assert_num_queries(2):
        assert len(neighbourhoods_at_many([(2.4 + step / 1000, 48.9) for step in range(1_000)])) == 1_000


def test_points_of_the_older_generation_use_its_own_contours():
    older = Neighbourhood.objects.filter(generation=2015, contour__isnull=False).first()
    found = neighbourhoods_at(older.longitude, older.latitude, generation=2015)

    assert older.code in {hit.code for hit in found}


def test_answer_near_a_neighbourhood_without_contour_is_unsure():
    champioux = Neighbourhood.objects.get(code="QN09503I")

    answer = neighbourhood_of_address(longitude=champioux.longitude + 0.001, latitude=champioux.latitude)

    assert [hit.code for hit in neighbourhoods_in_doubt(champioux.longitude, champioux.latitude)] == ["QN09503I"]
    assert answer.hits == ()
    assert answer.message.startswith("Réponse incertaine")


# Pages


def test_commune_page_shows_its_groupings_and_neighbourhoods():
    page = territory_page("commune", "93059")
    links = {link.name for group in page.groups for link in group.links}

    assert page.code == "93066"
    assert {"Plaine Commune", "Métropole du Grand Paris", "Seine-Saint-Denis", "Île-de-France"} <= links
    assert page.shapes[0].label == "Saint-Denis"
    assert any("Pierrefitte" in value for _, value in page.facts)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("commune", "93007"),
        ("commune", "2A004"),
        ("commune", "01002"),
        ("qpv", "QN09314M"),
        ("qpv", "QP093014"),
        ("qpv", "QN09503I"),
        ("qpv", "QN98701N"),
        ("intercommunalite", "200057867"),
        ("departement", "93"),
        ("departement", "986"),
        ("region", "11"),
    ],
)
def test_territory_page_opens_within_its_queries(client, kind, code, django_assert_max_num_queries):
    client.force_login(UserFactory())
    if not territory_page(kind, code):
        code = Neighbourhood.objects.filter(department__code="987").first().code

    with django_assert_max_num_queries(20):
        response = client.get(reverse("territories:detail", kwargs={"kind": kind, "code": code}))

    assert response.status_code == 200


def test_address_page_draws_the_commune_named():
    page = address_page(commune="aubervilliers")

    assert page.commune.name == "Aubervilliers"
    assert page.shapes[0].label == "Aubervilliers"
    assert {row.code for row in page.neighbourhoods} == {
        shape.ident.removeprefix("qpv-") for shape in page.shapes if shape.ident.startswith("qpv-")
    }


def test_perimeter_of_an_asv_has_populations_and_contours(django_assert_num_queries):
    communes = list(Commune.objects.filter(code__in=["93007", "93030"]))
    neighbourhoods = list(Neighbourhood.objects.filter(communes__in=communes, generation=2024).distinct())
    asv = AsvFactory(communes=communes, neighbourhoods=neighbourhoods)

    with django_assert_num_queries(3):
        perimeter = perimeter_of(asv)
        shapes = perimeter_shapes(perimeter)

    assert [commune.name for commune in perimeter.communes] == ["Dugny", "Le Blanc-Mesnil"]
    assert perimeter.population == sum(commune.population for commune in communes)
    assert perimeter.neighbourhood_population > 0
    assert len(shapes) == 2 + len(neighbourhoods)

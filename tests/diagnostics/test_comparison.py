"""One comparison for the screen, the exports and the PDF."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from asv_platform.common.formats import number
from asv_platform.territories.models import Succession
from diagnostics.enums import GeographyLevel, Reading
from diagnostics.models import Indicator, IndicatorValue
from diagnostics.selectors import compare, indicator_comparison, subjects_of
from tests.factories.diagnostics import (
    DiagnosticFactory,
    EvidenceFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    NeedFactory,
    PriorityFactory,
    ThemeChapterFactory,
    VoiceFactory,
)
from tests.factories.platform import NeighbourhoodFactory

INDICATOR = Indicator(code="x", unit="%", kind="proportion", better="down", decimals=1)


def value(number, lower=None, upper=None, **fields):
    limits = {"lower": lower and Decimal(lower), "upper": upper and Decimal(upper)}
    return IndicatorValue(value=Decimal(number), period=fields.pop("period", "2021"), **limits, **fields)


@pytest.mark.parametrize(
    ("better", "reading"), [("down", Reading.WORSE), ("up", Reading.BETTER), ("neither", Reading.HIGHER)]
)
def test_intervals_apart_are_read_in_the_direction_of_the_indicator(better, reading):
    indicator = Indicator(unit="%", kind="proportion", better=better, decimals=1)

    found = compare(indicator, value(43, 41, 45), value(32, 31, 33))

    assert (found.reading, found.is_significant, found.difference_text) == (reading, True, "+11,0\u00a0pts")


def test_intervals_that_overlap_are_close():
    assert compare(INDICATOR, value(31, 28, 34), value(32, 31, 33)).reading == Reading.SIMILAR


def test_without_limits_only_the_difference_is_given():
    found = compare(INDICATOR, value(43), value(32, 31, 33))

    assert (found.reading, found.is_significant) == (Reading.HIGHER, False)


@pytest.mark.parametrize(
    ("mine", "other", "kind", "reason"),
    [
        (None, value(1), "proportion", "Aucune valeur publiable ici."),
        (value(1), None, "proportion", "Aucune valeur publiable pour le territoire de comparaison."),
        (value(1), value(2), "count", "Un effectif dépend"),
        (value(1, period="2020"), value(2), "standardised", "Deux taux standardisés de périodes différentes"),
    ],
)
def test_forbidden_comparison_is_refused_with_its_reason(mine, other, kind, reason):
    found = compare(Indicator(unit="", kind=kind, better="down", decimals=1), mine, other)

    assert found.reading == Reading.NOT_COMPARABLE
    assert found.reason.startswith(reason)


def test_different_periods_are_said():
    assert compare(INDICATOR, value(1), value(2, period="2019")).reason == "Périodes différentes : 2021 et 2019."


@pytest.fixture
def figures(blanc_mesnil):
    indicator = IndicatorFactory()
    IndicatorValueFactory(indicator=indicator, geography_code="QN09356I", lower=Decimal(41), upper=Decimal(45))
    IndicatorValueFactory(
        indicator=indicator, level=GeographyLevel.COMMUNE, geography_code="93007", value=Decimal(32),
        lower=Decimal(31), upper=Decimal(33),
    )  # fmt: skip
    return indicator


@pytest.fixture
def old(blanc_mesnil, figures):
    """A neighbourhood of 2015 in Dugny, with a figure."""
    place = NeighbourhoodFactory(
        code="QP093007", name="Thorez", generation=2015, communes=blanc_mesnil.communes.filter(code="93030")
    )
    IndicatorValueFactory(indicator=figures, geography_code="QP093007", value=Decimal("42.4"))
    return place


@pytest.mark.django_db
def test_neighbourhood_is_compared_with_its_most_populous_commune(blanc_mesnil, figures):
    _, pont_yblon = indicator_comparison(blanc_mesnil, [figures]).rows[0].neighbourhoods

    assert (pont_yblon.comparison.reading, pont_yblon.comparator) == (Reading.WORSE, "Le Blanc-Mesnil")


@pytest.fixture
def department_only(figures):
    """Nothing is known of the communes."""
    IndicatorValue.objects.filter(level=GeographyLevel.COMMUNE).delete()
    IndicatorValueFactory(indicator=figures, level=GeographyLevel.DEPARTMENT, geography_code="93", value=Decimal(30))


@pytest.mark.django_db
def test_neighbourhoods_are_compared_with_the_nearest_scale_that_has_values(
    client, alice, blanc_mesnil, figures, department_only
):
    client.force_login(alice)

    page = client.get(reverse("diagnostics:indicator_list", kwargs={"asv": blanc_mesnil.slug}))

    assert indicator_comparison(blanc_mesnil, [figures]).level == GeographyLevel.DEPARTMENT
    assert page.context["form"]["comparer"].value() == GeographyLevel.DEPARTMENT
    assert "comparé à Seine-Saint-Denis" in page.text


@pytest.mark.django_db
def test_neighbourhoods_of_2015_alone_choose_their_scale_too(blanc_mesnil, figures, old, department_only):
    IndicatorValue.objects.filter(geography_code="QN09356I").delete()

    assert indicator_comparison(blanc_mesnil, [figures]).level == GeographyLevel.DEPARTMENT


@pytest.mark.django_db
def test_scale_that_is_asked_for_is_taken(client, alice, blanc_mesnil, department_only):
    client.force_login(alice)
    address = reverse("diagnostics:indicator_list", kwargs={"asv": blanc_mesnil.slug})

    page = client.get(address, {"comparer": "commune"})

    assert page.context["form"]["comparer"].value() == GeographyLevel.COMMUNE
    assert "comparé à" not in page.text


@pytest.mark.django_db
def test_populations_of_communes_come_with_the_territories(blanc_mesnil):
    people = IndicatorFactory(code="population", kind="count", unit="habitants", decimals=0, better="neither")
    IndicatorValueFactory(indicator=people, geography_code="QN09356I", value=Decimal(16_392))

    [row] = indicator_comparison(blanc_mesnil, [people]).rows

    assert [cell.text for cell in row.references[:2]] == [number(62_376), number(11_700)]
    # A count of the commune is not lent to a neighbourhood that has none.
    assert [cell.text for cell in row.neighbourhoods] == ["non chargé ici", number(16_392)]


@pytest.mark.django_db
def test_commune_stands_in_for_a_neighbourhood_with_a_flag(blanc_mesnil, figures):
    pasteur, _ = indicator_comparison(blanc_mesnil, [figures]).rows[0].neighbourhoods

    assert (pasteur.text, pasteur.flag) == ("32,0\u00a0%", "donnée communale")
    assert pasteur.comparison.reading == Reading.NOT_COMPARABLE


@pytest.mark.django_db
def test_unconfirmed_2015_neighbourhood_stays_a_place_of_its_own(blanc_mesnil, figures, old):
    [row] = indicator_comparison(blanc_mesnil, [figures]).rows

    assert [(cell.place.name, cell.text) for cell in row.old_neighbourhoods] == [("Thorez", "42,4\u00a0%")]
    assert "42,4\u00a0%" not in {cell.text for cell in row.neighbourhoods}


@pytest.mark.django_db
def test_confirmed_predecessor_gives_its_figure(blanc_mesnil, figures, old):
    new = blanc_mesnil.neighbourhoods.get(code="QN09368N")
    Succession.objects.create(
        old=old, new=new, score=1, method="label", confirmed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )

    [row] = indicator_comparison(blanc_mesnil, [figures]).rows

    assert row.old_neighbourhoods == ()
    assert (row.neighbourhoods[0].text, row.neighbourhoods[0].flag) == ("42,4\u00a0%", "QPV 2015")


@pytest.mark.django_db
def test_masked_figure_is_neither_shown_nor_exported(client, alice, blanc_mesnil, figures):
    IndicatorValueFactory(indicator=figures, geography_code="QN09368N", hidden=True)
    client.force_login(alice)
    address = reverse("diagnostics:indicator_list", kwargs={"asv": blanc_mesnil.slug})

    page = client.get(address).content.decode()
    sheet = client.get(address, {"format": "xlsx"})
    export = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode()

    assert "hidden-v" in page
    assert "moins favorable, comparé à Le Blanc-Mesnil" in page
    assert "QN09368N;2021;secret statistique" in export
    assert sheet.status_code == 200
    assert sheet.getvalue().startswith(b"PK")
    sheet.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["comparer=lune", "rubrique=zzz", "determinant=zzz", "quartier=QN99999Z", "comparer=epci"]
)
def test_comparison_survives_any_address(client, alice, blanc_mesnil, figures, query):
    client.force_login(alice)

    response = client.get(f"{reverse('diagnostics:indicator_list', kwargs={'asv': blanc_mesnil.slug})}?{query}")

    assert response.status_code == 200


# Flat numbers of queries


@pytest.fixture
def grow(blanc_mesnil):
    diagnostic = DiagnosticFactory(asv=blanc_mesnil, year=2026)
    chapter = ThemeChapterFactory(asv=blanc_mesnil, diagnostic=diagnostic)

    def more(count):
        from asv_platform.territories.scoping import every_asv

        with every_asv(reason="rows of the test"):
            common = {"asv": blanc_mesnil, "diagnostic": diagnostic}
            for _ in range(count):
                need = NeedFactory(**common)
                need.publics.set([])
                need.neighbourhoods.set(blanc_mesnil.neighbourhoods.all())
                VoiceFactory(need=need, **common)
                VoiceFactory(**common)
                EvidenceFactory(asv=blanc_mesnil, need=need, figure=True)
                PriorityFactory(needs=[need], **common)

    more.diagnostic, more.chapter = diagnostic, chapter
    return more


PAGES = ["diagnostic_list", "need_list", "voice_list", "priority_list", "diagnostic_detail", "chapter_detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_queries_for_1_3_and_30_rows(
    client, alice, blanc_mesnil, grow, figures, name, django_assert_max_num_queries
):
    pk = {"diagnostic_detail": grow.diagnostic.pk, "chapter_detail": grow.chapter.pk}.get(name)
    address = reverse(f"diagnostics:{name}", kwargs={"asv": blanc_mesnil.slug, **({"pk": pk} if pk else {})})
    client.force_login(alice)
    grow(1)
    client.get(address)
    counts = []

    for more in (0, 2, 27):
        grow(more)
        with django_assert_max_num_queries(60) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]


@pytest.mark.django_db
def test_subjects_hold_their_figures_at_a_flat_cost(in_asv, grow, figures, django_assert_max_num_queries):
    counts = []
    for more in (1, 2, 27):
        grow(more)
        with django_assert_max_num_queries(60) as queries:
            subjects = subjects_of(grow.diagnostic.needs.active())
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
    assert len(subjects) == 30
    assert subjects[0].figures[0].figure == "43,0\u00a0%"

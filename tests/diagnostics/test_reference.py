"""The published files, as dirty as they are, and what becomes of each kind of cell."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command

from asv_platform.territories.models import ReferenceLoad
from diagnostics.models import Indicator, IndicatorValue
from diagnostics.reference import load_indicators
from diagnostics.reference.files import Unreadable, definitions, number, parse_lines, read_lines
from diagnostics.reference.series import figures

NOW = dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13\u202f840", Decimal(13840)),
        ("1\u00a0234,5", Decimal("1234.5")),
        ("-16,2", Decimal("-16.2")),
        ("0.299999999999995", Decimal("0.299999999999995")),
        ("27", Decimal(27)),
        ("0", Decimal(0)),
    ],
)
def test_number_reads_what_producers_write(cell, value):
    assert number(cell) == value


@pytest.mark.parametrize("cell", ["", " ", "s", "S", "nd", ".", "ns"])
def test_number_knows_withheld_cells(cell):
    assert number(cell) is None


@pytest.mark.parametrize("cell", ["n/a ?", "12;3", "NaN", "Infinity", "1,2,3"])
def test_number_refuses_the_rest(cell):
    with pytest.raises(Unreadable):
        number(cell)


def test_lines_survive_marks_trailing_semicolons_and_padded_headers():
    lines = parse_lines("CODGEO;LIBGEO;EVOL_CA_N_E ;;;;\r\nQP001001;Les « Prés »;100,0;;;;\r\n;;;;;;\r\n")

    assert [(line.number, line.cells) for line in lines] == [
        (2, {"CODGEO": "QP001001", "LIBGEO": "Les « Prés »", "EVOL_CA_N_E": "100,0"})
    ]


def test_shipped_files_keep_their_line_numbers():
    line = next(line for line in read_lines("insee_qpv2015_REVN_2022.csv") if line.cells["CODGEO"] == "QP093006")

    assert line.cells["DISP_Q2"] == "15\u202f830"
    assert line.number > 2


def read(series, text, kind="proportion"):
    base = {"file": "f.csv", "level": "qpv", "code": "code", "name": "nom", "period": "2021"}
    return list(figures({**base, **series}, parse_lines(text), kind=kind))


def test_repeated_neighbourhood_counts_once():
    found = read({"value": "v"}, "code;nom;v\nQN1;Nord;12,5\nQN1;Nord;12,5\nQN2;Sud;8\n")

    assert [(figure.code, figure.value) for figure in found] == [("QN1", Decimal("12.5000")), ("QN2", Decimal(8))]


def test_share_over_one_hundred_is_refused_with_what_was_published():
    [figure] = read({"value": "v"}, "code;nom;v\nQN1;Nord;161,6\n")

    assert (figure.value, figure.is_refused, figure.is_hidden) == (None, True, False)
    assert figure.note == "Valeur refusée : 161,6 % publiés, une part ne peut pas dépasser 100 %."


def test_withheld_cell_is_a_statistical_secret_and_never_a_zero():
    [figure] = read({"value": "v"}, "code;nom;v\nQN1;Nord;s\n")

    assert (figure.value, figure.is_hidden) == (None, True)
    assert figure.note.startswith("Secret statistique")


def test_published_zero_stays_a_zero():
    [figure] = read({"value": "v"}, "code;nom;v\nQN1;Nord;0\n")

    assert (figure.value, figure.is_hidden) == (Decimal(0), False)


@pytest.mark.parametrize(("count", "hidden"), [("10", True), ("11", False), ("0", True)])
def test_share_of_fewer_than_eleven_people_is_masked_with_its_count(count, hidden):
    series = {"numerator": ["n"], "denominator": "d"}

    [figure] = read(series, f"code;nom;n;d\nQN1;Nord;{count};200\n")

    assert figure.is_hidden is hidden
    assert (figure.numerator is None) is hidden


def test_fraction_adds_its_columns_and_carries_wilson_limits():
    series = {"numerator": ["a", "b"], "denominator": "d"}

    [figure] = read(series, "code;nom;a;b;d\nQN1;Nord;282;10;1\u202f230\n")

    assert figure.value == Decimal("23.7398")
    assert figure.lower < figure.value < figure.upper
    assert (figure.numerator, figure.denominator) == (Decimal(292), Decimal(1230))


def test_limits_are_widened_by_what_the_producer_rounded():
    exact = read({"value": "v", "n": "n"}, "code;nom;v;n\nQN1;Nord;40;5394\n")[0]
    rounded = read({"value": "v", "n": "n", "rounding": "0.5"}, "code;nom;v;n\nQN1;Nord;40;5394\n")[0]

    assert rounded.lower == exact.lower - Decimal("0.5")
    assert rounded.upper == exact.upper + Decimal("0.5")


def test_definitions_say_everything_a_reader_needs():
    for definition in definitions():
        for name in ("code", "name", "definition", "unit", "kind", "better", "source", "licence", "series"):
            assert definition[name], (definition["code"], name)


@pytest.mark.django_db
def test_load_indicators_loads_everything_once():
    first = load_indicators(at=NOW)
    second = load_indicators(at=NOW)

    assert (first.changed, second.changed) == (True, False)
    assert first.counts == second.counts == ReferenceLoad.objects.get(name="indicators").counts
    assert first.counts["indicators"] == Indicator.objects.count() >= 12
    assert first.counts["values"] == IndicatorValue.objects.count()
    assert first.counts["refused"] == IndicatorValue.objects.filter(is_refused=True).count() == 250
    assert set(IndicatorValue.objects.values_list("level", flat=True)) == {
        "qpv", "commune", "epci", "department", "region", "france",
    }  # fmt: skip
    assert not IndicatorValue.objects.filter(value__isnull=True, is_hidden=False, is_refused=False).exists()
    assert not IndicatorValue.objects.filter(numerator__lt=11).exists()
    poverty = IndicatorValue.objects.get(indicator__code="taux-de-pauvrete", geography_code="QN09356I")
    assert (poverty.value, poverty.source_file) == (Decimal(43), "insee_qpv2024.csv")
    mortality = IndicatorValue.objects.filter(indicator__code="mortalite-generale", geography_code="93")
    assert {value.period: value.value for value in mortality}["2022"] == Decimal("955.9")


@pytest.mark.django_db
def test_load_indicators_renames_an_indicator_of_an_existing_base():
    """A share of households is not one of people: the evidences that point to it keep it, under its right name."""
    old = Indicator.objects.create(code="menages-1-personne", name="Personnes vivant seules", kind="proportion")

    load_indicators(at=NOW)

    old.refresh_from_db()
    assert old.name == "Ménages d’une seule personne"


@pytest.mark.django_db
def test_load_indicators_command_lists_refused_values(capsys):
    call_command("load_indicators", "--refused")
    out = capsys.readouterr().out

    assert "Indicateurs chargés" in out
    assert out.count("Valeur refusée") == 250

    call_command("load_indicators")

    assert "Indicateurs déjà à jour" in capsys.readouterr().out

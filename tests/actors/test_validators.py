"""Numbers, telephones, freshness and forbidden words: what people really type."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from actors.enums import Freshness
from actors.querysets import freshness_of, months_before
from actors.services.people import years_after
from actors.validators import (
    compact,
    normalise_phone,
    normalise_website,
    validate_finess,
    validate_phone,
    validate_rna,
    validate_rpps,
    validate_siret,
)
from asv_platform.common.health_guard import health_words, holds_nir


@pytest.mark.parametrize(
    "typed", ["732 829 320 00074", "732.829.320-00074", "73282932000074", "732\u00a0829\u202f320 00074"]
)
def test_siret_forgives_spaces(typed):
    assert compact(typed) == "73282932000074"
    validate_siret(compact(typed))


def test_siret_of_la_poste_follows_its_own_rule():
    validate_siret("35600000049837")
    validate_siret("35600000000048")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("7328293200007", "Un numéro SIRET compte 14 chiffres : vous en avez saisi 13."),
        ("73282932000075", "Ce numéro SIRET n’existe pas : sa clé de contrôle est fausse, vérifiez la saisie."),
        ("7328293200007A", "Un numéro SIRET ne contient que des chiffres."),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "Un numéro SIRET ne contient que des chiffres."),
    ],
)
def test_siret_refused_says_why(number, said):
    with pytest.raises(ValidationError) as refused:
        validate_siret(number)
    assert refused.value.messages == [said]


@pytest.mark.parametrize("number", ["W931234567", "W9R1234567"])
def test_rna_accepts_overseas_and_mainland(number):
    validate_rna(number)


@pytest.mark.parametrize("number", ["931234567", "W93123456", "W9312345678", "X931234567"])
def test_rna_refuses_other_shapes(number):
    with pytest.raises(ValidationError, match="RNA"):
        validate_rna(number)


@pytest.mark.parametrize(
    ("number", "valid"), [("930000013", True), ("2A0000014", True), ("93000001", False), ("2C0000014", False)]
)
def test_finess_shape(number, valid):
    if valid:
        validate_finess(number)
    else:
        with pytest.raises(ValidationError, match="FINESS"):
            validate_finess(number)


def test_rpps_checks_its_key():
    validate_rpps("10001234565")
    with pytest.raises(ValidationError, match="RPPS"):
        validate_rpps("10001234566")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("01 48 65 42 10", "0148654210"),
        ("01.48.65.42.10", "0148654210"),
        ("+33 1 48 65 42 10", "0148654210"),
        ("+33 (0)1 48 65 42 10", "0148654210"),
        ("0033148654210", "0148654210"),
        ("0032 2 555 12 12", "+3225551212"),
        ("3114", "3114"),
        ("115", "115"),
    ],
)
def test_phone_is_stored_in_one_form(typed, stored):
    assert normalise_phone(typed) == stored
    validate_phone(stored)


@pytest.mark.parametrize("typed", ["014865421", "bureau", "0048", "+33"])
def test_phone_refuses_what_nobody_can_dial(typed):
    with pytest.raises(ValidationError, match="numéro de téléphone"):
        validate_phone(normalise_phone(typed))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("www.exemple.fr", "https://www.exemple.fr"), ("http://exemple.fr", "http://exemple.fr"), ("", "")],
)
def test_website_is_completed(typed, stored):
    assert normalise_website(typed) == stored


@pytest.mark.parametrize(
    ("confirmed_on", "state"),
    [
        (None, Freshness.NEVER),
        (dt.date(2026, 8, 31), Freshness.FRESH),
        (dt.date(2026, 2, 28), Freshness.FRESH),
        (dt.date(2026, 2, 27), Freshness.TO_CONFIRM),
        (dt.date(2025, 12, 31), Freshness.TO_CONFIRM),
        (dt.date(2025, 12, 30), Freshness.OVERDUE),
    ],
)
def test_freshness_changes_after_six_and_eight_months(confirmed_on, state):
    assert freshness_of(confirmed_on, dt.date(2026, 8, 31)) == state


def test_months_before_stays_in_the_month():
    assert months_before(dt.date(2024, 8, 31), 6) == dt.date(2024, 2, 29)
    assert months_before(dt.date(2026, 1, 15), 8) == dt.date(2025, 5, 15)


def test_years_after_a_29_february_exists():
    assert years_after(dt.date(2024, 2, 29), 3) == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Son numéro : 2 55 08 14 168 025 38.", True),
        ("255081416802538", True),
        ("255081416802539", False),
        ("SIRET 73282932000074", False),
        ("Appeler le 01 48 65 42 10 puis le 06 12 34 56 78", False),
    ],
)
def test_social_security_number_is_recognised(text, held):
    assert holds_nir(text) is held


def test_health_words_are_found_once_each_and_whole():
    assert health_words("Enceinte, diabétique et enceinte.") == ["enceinte", "diabétique"]
    assert health_words("Référente du centre, mobile, parle soninké.") == []

"""The closed forms against the published vectors of PHEindicatormethods (data/README.md)."""

import csv
from pathlib import Path

import pytest

from diagnostics.statistics import byar, exact_poisson, rate, wilson

DATA = Path(__file__).parent / "data"
LEVELS = {"95_0": 0.95, "99_8": 0.998}


def vectors(name):
    with (DATA / name).open() as file:
        return list(csv.DictReader(file))


def known(row, *names):
    return all(row[name] not in ("", "NA") for name in names)


@pytest.mark.parametrize("level", LEVELS)
def test_wilson_limits_match_the_published_proportions(level):
    checked = 0
    for row in vectors("proportions.csv"):
        if not known(row, "Numerator", "Denominator", f"lower{level}cl"):
            continue
        multiplier = float(row["multiplier"])
        limits = wilson(float(row["Numerator"]), float(row["Denominator"]), confidence=LEVELS[level])
        assert limits.lower * multiplier == pytest.approx(float(row[f"lower{level}cl"]), rel=1e-9)
        assert limits.upper * multiplier == pytest.approx(float(row[f"upper{level}cl"]), rel=1e-9)
        checked += 1
    assert checked > 5


@pytest.mark.parametrize("level", LEVELS)
def test_rate_limits_match_the_published_rates(level):
    checked = 0
    for row in vectors("rates.csv"):
        if not known(row, "Numerator", "Denominator", f"lower{level}cl"):
            continue
        limits = rate(
            int(row["Numerator"]), float(row["Denominator"]), per=float(row["multiplier"]), confidence=LEVELS[level]
        )
        assert limits.lower == pytest.approx(float(row[f"lower{level}cl"]), rel=1e-9, abs=1e-12)
        assert limits.upper == pytest.approx(float(row[f"upper{level}cl"]), rel=1e-9)
        checked += 1
    assert checked > 5


def test_byar_limits_match_the_published_counts():
    for row in vectors("byar_wilson.csv"):
        confidence = float(row["confidence"].rstrip("%")) / 100
        if row["method"] == "Byars":
            limits = byar(float(row["x"]), confidence=confidence)
        else:
            limits = wilson(float(row["x"]), float(row["n"]), confidence=confidence)
        # Not published where the formula goes below zero.
        assert limits.lower == pytest.approx(float(row["lowercl"] or 0), rel=1e-9)
        assert limits.upper == pytest.approx(float(row["uppercl"]), rel=1e-9)


def test_exact_limits_of_no_event_start_at_zero():
    limits = exact_poisson(0)

    assert limits.lower == 0
    assert limits.upper == pytest.approx(3.688879454113936, rel=1e-12)


@pytest.mark.parametrize(("numerator", "denominator"), [(5, 0), (5, -1), (-1, 10), (11, 10)])
def test_wilson_refuses_what_is_not_a_proportion(numerator, denominator):
    with pytest.raises(ValueError, match="not a proportion"):
        wilson(numerator, denominator)


def test_negative_counts_and_empty_populations_are_refused():
    with pytest.raises(ValueError, match="not a count"):
        byar(-1)
    with pytest.raises(ValueError, match="not a count"):
        exact_poisson(-1)
    with pytest.raises(ValueError, match="not a population"):
        rate(3, 0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, confidence=95)

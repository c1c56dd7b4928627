"""Targets: those of result and all of them, reached and missed, as the pages of evaluation count them."""

import dataclasses
import re
from decimal import Decimal

import pytest

from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.measures import targets_of
from asv_platform.reporting.note import note_document
from asv_platform.reporting.selectors.effects import effects_of, means_of
from asv_platform.reporting.snapshot import AnnualSnapshot, Measure
from tests.factories.reporting import annual_snapshot

REACHED = Measure("Rendez-vous honorés", "rendez-vous", Decimal(80), result=Decimal(89), is_result=True)
MISSED = Measure("Orientations suivies", "orientations", Decimal(220), result=Decimal(201), is_result=True)
FOLLOWED = Measure("Séances tenues", "séance", Decimal(10), result=Decimal(12))
TRAINED = Measure("Professionnels formés", "professionnels", Decimal(100), result=Decimal(88))


@pytest.fixture
def snapshot() -> AnnualSnapshot:
    found = annual_snapshot()
    actions = [
        dataclasses.replace(found.actions[0], measures=(REACHED, FOLLOWED)),
        dataclasses.replace(found.actions[1], measures=(MISSED, TRAINED)),
    ]
    return dataclasses.replace(found, actions=tuple(actions), effects=effects_of(tuple(actions), []))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]*>", " ", html, flags=re.DOTALL))


def test_report_says_which_targets_it_counts(snapshot):
    said = text(annual_document(snapshot).html)

    assert "Sur deux cibles de résultat, une est atteinte" in said
    assert "Tous indicateurs compris : 2 cibles atteintes sur 4" in said


def test_note_says_how_many_targets_are_missed(snapshot):
    assert "1 cible de résultat sur 2 atteinte, 2 sur 4 en tout" in text(note_document(snapshot).html)


def test_target_below_its_start_is_reached_downwards(snapshot):
    waiting = Measure("Jours d’attente", "jour", Decimal(20), baseline=Decimal(60), result=Decimal(15), is_result=True)
    action = dataclasses.replace(snapshot.actions[0], measures=(waiting,))

    assert targets_of(dataclasses.replace(snapshot, actions=(action,))).results.reached == 1


def test_effects_show_the_results_that_miss_their_target(snapshot):
    assert [(effect.title, effect.text, effect.proof) for effect in snapshot.effects] == [
        ("Rendez-vous honorés : 89", "Objectif 80, atteint ; action 1.", "Mesuré"),
        ("Orientations suivies : 201", "Objectif 220, non atteint ; action 2.", "Mesuré"),
        ("Professionnels formés : 88", "Objectif 100, non atteint ; action 2.", "Mesuré"),
    ]
    assert "Trois effets constatés, tous mesurés" in text(annual_document(snapshot).html)


def test_people_reached_are_a_means_and_no_effect(snapshot):
    said = [means.text for means in means_of(snapshot.actions, None)]

    assert any("personnes touchées" in text for text in said)
    assert not any("touchées" in effect.title for effect in snapshot.effects)


def test_first_knot_of_results_is_not_called_a_result_when_it_is_an_activity(snapshot):
    action = dataclasses.replace(snapshot.actions[0], measures=(FOLLOWED,))

    said = text(annual_document(dataclasses.replace(snapshot, actions=(action,))).html)

    assert "Réalisé Séances tenues : 12" in said

"""The note: what is asked comes first, grants are never mistaken for costs, nothing is said twice."""

import dataclasses
import re
from decimal import Decimal

import pytest

from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.note import note_document
from asv_platform.reporting.selectors.effects import trained_professionals
from asv_platform.reporting.snapshot import BrokenLink, Measure
from tests.factories.reporting import annual_snapshot

NEED = "Accéder aux cabinets avec un fauteuil ou une poussette"


@pytest.fixture
def snapshot():
    return annual_snapshot(alerts=())


def text(html: str) -> str:
    """What a reader reads, in order; plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]*>", " ", html, flags=re.DOTALL))


def test_note_asks_for_the_decisions_before_it_tells_the_year(snapshot):
    said = text(note_document(snapshot).html)

    order = ["décisions attendues de vous", "subventions accordées", "Qui paie", "Résultats", "Alertes", "Comité de"]
    assert sorted(order, key=said.index) == order
    assert snapshot.edition.decisions[0].who in said


def test_note_tells_grants_from_costs(snapshot):
    said = text(note_document(snapshot).html)

    assert "406 600 € de subventions accordées" in said
    assert "Coût total réalisé : 359 150 € sur 372 000 € prévus (18 comptes rendus), autres ressources comp" in said
    assert "votés" not in said
    assert "dépensés" not in said


def test_report_uses_the_same_words_for_the_same_money(snapshot):
    said = text(annual_document(snapshot).html)

    assert "406 600 € de subventions accordées" in said
    assert "359 150 € de coût total réalisé" in said
    assert "dépensés" not in said


def test_note_names_a_broken_link_once(snapshot):
    links = (
        BrokenLink(1, "besoin sans réponse depuis deux ans", (NEED,)),
        BrokenLink(1, "besoin sans priorité", (NEED,)),
        BrokenLink(2, "bilans en retard", ("Petits déjeuners", "Jardins")),
    )

    said = text(note_document(dataclasses.replace(snapshot, broken_links=links)).html)

    assert said.count(NEED) == 1
    assert "bilans en retard" in said
    assert "besoin sans priorité" not in said


def test_note_draws_the_perimeter_and_names_its_first_neighbourhoods(snapshot):
    places = tuple(
        dataclasses.replace(snapshot.territory.places[0], number=i, short_name=f"Quartier {i}") for i in range(9)
    )
    land = dataclasses.replace(snapshot.territory, places=places)

    html = note_document(dataclasses.replace(snapshot, territory=land)).html

    assert "Carte du périmètre" in html
    assert "Quartier 5" in text(html)
    assert "et 3 autres" in text(html)


def test_note_of_actions_without_grant_still_tells_their_cost(snapshot):
    actions = tuple(dataclasses.replace(action, grants=()) for action in snapshot.actions)

    said = text(note_document(dataclasses.replace(snapshot, actions=actions)).html)

    assert "Coût total réalisé" in said
    assert "Qui paie" not in said


def test_professionals_trained_are_not_told_when_one_count_is_hidden(snapshot):
    trained = Measure("Professionnels formés", "professionnels", result=Decimal(14), counts_people=True)
    hidden = dataclasses.replace(trained, hidden="masqué")
    facts = [dataclasses.replace(snapshot.actions[0], measures=(measure,)) for measure in (trained, hidden)]

    assert trained_professionals(facts[:1]) == 14
    assert trained_professionals(facts) is None

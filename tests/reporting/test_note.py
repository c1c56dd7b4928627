"""The note: what is asked comes first, grants are never mistaken for costs, nothing is said twice."""

import dataclasses
import datetime as dt
import re

import pytest

from asv_platform.reporting.annual import annual_document, life
from asv_platform.reporting.note import note_document
from asv_platform.reporting.snapshot import Appointment, AwaitedDecision, BrokenLink
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


COMMITTEE = Appointment("Comité de pilotage", dt.date(2027, 2, 12))
ASKED = (
    AwaitedDecision("Chercher un porteur", "Comité de pilotage", COMMITTEE.on),
    AwaitedDecision("Réclamer deux bilans", "Financeurs", COMMITTEE.on),
    AwaitedDecision("Renouveler le poste", "Ville", dt.date(2026, 12, 20)),
)


def with_decisions(snapshot, decisions):
    """The same year, with these decisions awaited and a committee to come."""
    edition = dataclasses.replace(snapshot.edition, decisions=decisions)
    return dataclasses.replace(snapshot, edition=edition, next_committee=COMMITTEE)


def test_committee_decides_on_the_day_it_meets_and_the_others_before(snapshot):
    asked = with_decisions(snapshot, ASKED)

    for said in (text(note_document(asked).html).lower(), text(annual_document(asked).html).lower()):
        assert "chercher un porteur comité de pilotage au comité du 12 février 2027" in said
        assert "réclamer deux bilans financeurs avant le comité du 12 février 2027" in said
        assert "avant le 20 décembre 2026" in said
        assert "avant le 12 février 2027" not in said


def test_decisions_of_another_year_are_not_said_of_the_next_one(snapshot):
    said = text(annual_document(with_decisions(snapshot, ASKED)).html)

    assert "2026 : trois" not in said
    assert "trois décisions à prendre" in said
    assert "décisions 2026" not in said


def test_date_of_several_decisions_is_said_once_on_the_thread(snapshot):
    two_days = life.perspectives(with_decisions(snapshot, ASKED))["chain"]
    one_day = life.perspectives(with_decisions(snapshot, ASKED[:2]))["chain"]

    assert [(what, state) for _, what, state in two_days] == [
        ("Décision 3", "open"),
        ("Comité de pilotage : décisions 1 et 2", "here"),
    ]
    assert one_day == []

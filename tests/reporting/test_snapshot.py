"""What is frozen comes back the same, and says what it does not know."""

import csv
import dataclasses
import io
import json
from decimal import Decimal

from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.annual.chapters import CHAPTERS, printed_chapters
from asv_platform.reporting.annual.diagnosis import diagnostic
from asv_platform.reporting.annual.heard import heard
from asv_platform.reporting.annual.outcomes import money_csv
from asv_platform.reporting.note import note_document
from asv_platform.reporting.snapshot import AnnualSnapshot, Diagnostic, EditionFacts, Identity
from asv_platform.reporting.totals import totals_of
from asv_platform.reporting.typography import french
from asv_platform.reporting.words import unbroken
from tests.factories.reporting import annual_snapshot

EMPTY = AnnualSnapshot(Identity("Dugny", "Ville de Dugny"), EditionFacts("annual_report", "Rapport annuel", 2025))


def test_snapshot_comes_back_from_json_as_it_was():
    snapshot = annual_snapshot()

    assert AnnualSnapshot.from_json(json.loads(json.dumps(snapshot.to_json()))) == snapshot


def test_snapshot_of_another_version_is_still_read():
    stored = EMPTY.to_json()
    del stored["alerts"]
    stored["identity"]["motto"] = "champ disparu"

    assert AnnualSnapshot.from_json(stored) == EMPTY


def test_totals_say_on_how_many_actions_they_rest():
    totals = totals_of(annual_snapshot())

    assert (totals.actions, totals.reported, totals.missing) == (21, 18, (11, 15, 20))
    assert totals.coverage == "18 actions sur 21 ont rendu leur bilan"
    assert (totals.granted, totals.spent, totals.people) == (406_600, 359_150, 3_702)


def test_chapters_without_data_are_left_out_and_named():
    html = annual_document(dataclasses.replace(annual_snapshot(), effects=(), diagnostic=Diagnostic())).html

    assert "Non imprimés, faute de données" in html
    assert "Le diagnostic partagé et Les effets." in html


def test_chosen_chapters_are_numbered_in_the_order_of_the_outline():
    snapshot = annual_snapshot()
    edition = dataclasses.replace(snapshot.edition, chapters=("annex", "finances", "essentials"))

    printed = printed_chapters(dataclasses.replace(snapshot, edition=edition))

    assert [(chapter.key, chapter.label) for chapter in printed] == [
        ("essentials", "1"),
        ("finances", "2"),
        ("annex", "A"),
    ]


def test_every_chapter_is_printed_for_a_full_year():
    assert [chapter.key for chapter in printed_chapters(annual_snapshot())] == [chapter.key for chapter in CHAPTERS]


def test_year_without_data_invents_no_figure():
    html = annual_document(EMPTY).html + note_document(EMPTY).html

    assert "Une année sans programme d’actions voté" in html
    assert "Aucun bilan n’est encore reçu" in html


def test_chapters_of_a_short_report_share_their_pages():
    snapshot = annual_snapshot()

    short = printed_chapters(dataclasses.replace(snapshot, actions=snapshot.actions[:3]))

    finances = next(chapter for chapter in short if chapter.key == "finances")
    assert {chapter.page for chapter in short if chapter.place >= finances.place} == {finances.place}
    assert [chapter.page for chapter in short if chapter.place < finances.place] == list(range(1, finances.place))


def test_chapters_of_a_long_report_open_their_own_page():
    assert all(chapter.page == chapter.place for chapter in printed_chapters(annual_snapshot()))


def test_neighbourhood_is_not_called_a_neighbourhood_twice():
    snapshot = annual_snapshot()
    place = dataclasses.replace(snapshot.territory.places[0], name="Quartier Pasteur")
    action = dataclasses.replace(snapshot.actions[0], places=(place.number,))
    land = dataclasses.replace(snapshot.territory, places=(place, *snapshot.territory.places[1:]))

    html = annual_document(dataclasses.replace(snapshot, territory=land, actions=(action,))).html

    assert "quartier Pasteur" in html
    assert "quartier Quartier" not in html


def test_follow_ups_are_all_counted_even_when_the_first_ones_are_printed():
    snapshot = annual_snapshot()
    actions = tuple(dataclasses.replace(action, next_step="Recommencer.") for action in snapshot.actions)

    html = annual_document(dataclasses.replace(snapshot, actions=actions)).html

    assert f"{len(actions)} suites annoncées" in html
    assert f"{len(actions) - len(snapshot.commitments)}\u00a0autres suites sont écrites" in html


def test_title_never_ends_on_a_word_alone():
    assert unbroken("Des soins plus proches, des aînés encore trop seuls").endswith("trop\u00a0seuls")
    assert unbroken("Toutes les subventions pour « Rompre la solitude »").endswith("la\u00a0solitude\u00a0»")
    assert unbroken("Un titre court") == "Un titre court"


def test_typography_keeps_an_hour_on_one_line():
    assert french("<p>un créneau à 18 h 30</p>") == "<p>un créneau à\u00a018\u00a0h\u00a030</p>"


def test_typography_sets_compound_names_and_ordinals():
    assert french("<p>Abreuvoir - Bondy Nord, le 1er mars</p>") == (
        "<p>Abreuvoir\u00a0– Bondy Nord, le 1<sup>er</sup>\u00a0mars</p>"
    )


def test_typography_does_not_break_a_drawing():
    drawn = french("<p>le 1er mars</p><svg><text>Soins de 1er recours</text><rect/></svg>")

    assert drawn.startswith("<p>le 1<sup>er</sup>")
    assert drawn.endswith("<svg><text>Soins de\u00a01er recours</text><rect/></svg>")


def test_typography_leaves_markup_alone():
    html = '<p title="a : b">Combien ? 12 450 € le 3 mars, « oui »</p><title>a : b</title>'

    assert french(html) == (
        '<p title="a : b">Combien\u202f? 12\u202f450\u202f€ le 3\u00a0mars, «\u202foui\u202f»</p><title>a : b</title>'
    )


def test_typography_sets_a_typed_apostrophe_that_django_escaped():
    assert french("<p>L&#x27;Albatros</p><p>L'Albatros</p>") == "<p>L’Albatros</p><p>L’Albatros</p>"


def test_needs_are_numbered_from_one_and_said_without_action_when_none_has_one():
    snapshot = annual_snapshot()
    needs = tuple(dataclasses.replace(need, number=need.number + 7, actions=()) for need in snapshot.diagnostic.needs)
    found = dataclasses.replace(snapshot, diagnostic=dataclasses.replace(snapshot.diagnostic, needs=needs[:2]))

    content = diagnostic(found)

    assert [need.number for need in content["needs"]] == [1, 2]
    assert content["needs_headline"].replace("\u00a0", " ") == "Deux besoins entendus ; aucun n’a d’action"


def test_cost_of_an_action_is_exported_once():
    snapshot = annual_snapshot()

    rows = list(csv.reader(io.StringIO(money_csv(snapshot).content.lstrip("\ufeff")), delimiter=";"))[1:]

    costs = [Decimal(row[-1].replace(",", ".").replace(" ", "")) for row in rows if row[-1]]
    assert sum(costs) == totals_of(snapshot).spent


def test_votes_of_few_residents_are_masked():
    snapshot = annual_snapshot()
    priority = dataclasses.replace(snapshot.diagnostic.priorities[0], committee_votes=9, resident_votes=6)
    found = dataclasses.replace(snapshot, diagnostic=dataclasses.replace(snapshot.diagnostic, priorities=(priority,)))

    assert [votes for _, votes in heard(found)["votes"]] == ["moins de 11"]


def test_year_without_alert_says_so_and_does_not_want_for_data():
    snapshot = annual_snapshot(alerts=(), broken_links=())

    html = annual_document(snapshot).html

    assert "Aucune alerte en cours." in html
    assert "faute de données" not in html


def test_text_of_the_coordinator_cannot_bring_markup():
    snapshot = annual_snapshot()
    edition = dataclasses.replace(snapshot.edition, foreword="<img src=x>", headline="<script>1</script>")

    html = annual_document(dataclasses.replace(snapshot, edition=edition)).html

    assert "<script>" not in html
    assert "<img src=x>" not in html

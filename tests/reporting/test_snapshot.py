"""What is frozen comes back the same, and says what it does not know."""

import dataclasses
import json

from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.annual.chapters import CHAPTERS, printed_chapters
from asv_platform.reporting.note import note_document
from asv_platform.reporting.snapshot import AnnualSnapshot, Diagnostic, EditionFacts, Identity
from asv_platform.reporting.totals import totals_of
from asv_platform.reporting.typography import french
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


def test_typography_leaves_markup_alone():
    html = '<p title="a : b">Combien ? 12 450 € le 3 mars, « oui »</p><title>a : b</title>'

    assert french(html) == (
        '<p title="a : b">Combien\u202f? 12\u202f450\u202f€ le 3\u00a0mars, «\u202foui\u202f»</p><title>a : b</title>'
    )


def test_text_of_the_coordinator_cannot_bring_markup():
    snapshot = annual_snapshot()
    edition = dataclasses.replace(snapshot.edition, foreword="<img src=x>", headline="<script>1</script>")

    html = annual_document(dataclasses.replace(snapshot, edition=edition)).html

    assert "<script>" not in html
    assert "<img src=x>" not in html

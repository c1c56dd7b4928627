"""The annual report and the note, printed from the sample year."""

import dataclasses

import pytest
import weasyprint

from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.note import note_document
from asv_platform.reporting.rendering import PDF_ASSETS, STYLESHEETS, render_pdf
from asv_platform.reporting.snapshot import AnnualSnapshot, EditionFacts, Identity
from tests.factories.reporting import annual_snapshot
from tests.harness.verapdf import assert_pdf_ua

pytestmark = pytest.mark.pdf
EMPTY = AnnualSnapshot(Identity("Dugny", "Ville de Dugny"), EditionFacts("annual_report", "Rapport annuel", 2025))


def draft(snapshot: AnnualSnapshot) -> AnnualSnapshot:
    return dataclasses.replace(snapshot, edition=dataclasses.replace(snapshot.edition, issued_on=None, number=None))


@pytest.fixture(scope="module")
def report():
    document = annual_document(annual_snapshot())
    return render_pdf(document.html, attachments=document.attachments)


@pytest.mark.django_db
def test_documents_are_made_without_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        document = note_document(annual_snapshot())
        render_pdf(document.html)


def test_report_is_pdf_ua(report, tmp_path):
    path = tmp_path / "rapport.pdf"
    path.write_bytes(report.content)

    assert report.page_count >= 15
    assert_pdf_ua(path)


@pytest.mark.parametrize("layout", [annual_document, note_document])
def test_draft_and_empty_documents_are_pdf_ua(layout, tmp_path):
    for name, snapshot in (("brouillon", draft(annual_snapshot())), ("vide", EMPTY)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(render_pdf(layout(snapshot).html).content)

        assert_pdf_ua(path)


def test_note_is_one_page_whatever_the_length_of_the_texts():
    snapshot = annual_snapshot()
    long = "Un texte nettement plus long que ce que l’on écrit d’ordinaire dans une note d’une page " * 3
    alerts = tuple(dataclasses.replace(alert, title=long) for alert in snapshot.alerts)
    decisions = tuple(dataclasses.replace(decision, what=long) for decision in snapshot.edition.decisions)
    edition = dataclasses.replace(snapshot.edition, decisions=decisions, headline=long)

    pages = [
        render_pdf(note_document(made).html).page_count
        for made in (snapshot, dataclasses.replace(snapshot, alerts=alerts, edition=edition), EMPTY)
    ]

    assert pages == [1, 1, 1]


@pytest.mark.parametrize(("quote", "is_roomy"), [("", True), ("Des mots d’habitants, cités en entier. " * 6, False)])
def test_short_note_is_set_larger_and_stays_on_one_page(quote, is_roomy):
    snapshot = annual_snapshot(broken_links=())
    long = "Un texte nettement plus long que ce que l’on écrit d’ordinaire dans une note d’une page " * 3
    alerts = tuple(dataclasses.replace(alert, title=long) for alert in snapshot.alerts[:1])
    decisions = tuple(dataclasses.replace(decision, what=long) for decision in snapshot.edition.decisions[:1])
    edition = dataclasses.replace(snapshot.edition, decisions=decisions, headline=long)
    measures = tuple(dataclasses.replace(row, label=long) for row in snapshot.actions[0].measures[:1])
    action = dataclasses.replace(snapshot.actions[0], measures=measures, quote=quote)

    html = note_document(dataclasses.replace(snapshot, alerts=alerts, edition=edition, actions=(action,))).html

    assert ("note roomy" in html) is is_roomy
    assert render_pdf(html).page_count == 1


def first_words(page) -> str:
    """What a page begins with, its margins left out."""
    body = page._page_box.children[0]  # noqa: SLF001 -- WeasyPrint has no public way to read a page back
    return next((box.text for box in body.descendants() if hasattr(box, "text") and box.text.strip()), "")


def test_source_of_a_sheet_is_never_alone_on_a_page():
    snapshot = annual_snapshot()
    grown = [
        dataclasses.replace(action, done="Des permanences chaque semaine. " * (6 + 2 * i))
        for i, action in enumerate(action for action in snapshot.actions if action.is_reported)
    ]
    edition = dataclasses.replace(snapshot.edition, chapters=("actions",))
    html = annual_document(dataclasses.replace(snapshot, actions=tuple(grown), edition=edition)).html

    sheets = [weasyprint.CSS(filename=PDF_ASSETS / name) for name in STYLESHEETS]
    pages = weasyprint.HTML(string=html, base_url=f"{PDF_ASSETS.as_uri()}/").render(stylesheets=sheets).pages

    assert len(pages) > len(grown) + 2
    assert not [words for words in map(first_words, pages) if words.startswith("Bilan rendu")]


def heads(html: str) -> list[str]:
    """The running head of each page, empty when it has none."""
    stylesheets = [weasyprint.CSS(filename=PDF_ASSETS / name) for name in STYLESHEETS]
    pages = weasyprint.HTML(string=html, base_url=PDF_ASSETS.as_uri() + "/").render(stylesheets=stylesheets).pages
    return ["".join(_texts(_margin(page, "top"))) for page in pages]


def _margin(page, side: str):
    boxes = page._page_box.children  # noqa: SLF001 -- WeasyPrint
    return [box for box in boxes if getattr(box, "at_keyword", "").startswith(f"@{side}")]


def _texts(boxes):
    for box in boxes:
        yield from [text.text for text in box.descendants() if hasattr(text, "text")]


def test_page_that_a_chapter_runs_over_to_has_its_running_head_and_no_other():
    snapshot = annual_snapshot()
    short = dataclasses.replace(snapshot, actions=snapshot.actions[:1])

    found = heads(annual_document(short).html)

    assert found[1] == ""  # the contents
    assert "Le diagnostic partagé" in found
    assert len(set(found) - {""}) > 2


@pytest.mark.parametrize("height", range(225, 252, 3))
def test_thread_of_dates_is_never_cut_nor_parted_from_what_precedes(height):
    dates = "".join(f"<li><b>{day} février</b><span>Décision {day}</span></li>" for day in range(1, 5))
    html = f'<div style="height:{height}mm"></div><p>Avant</p><ol class="chain last">{dates}</ol>'
    stylesheets = [weasyprint.CSS(filename=PDF_ASSETS / name) for name in STYLESHEETS]
    pages = weasyprint.HTML(string=html, base_url=PDF_ASSETS.as_uri() + "/").render(stylesheets=stylesheets).pages

    told = [" ".join(_texts([page._page_box])) for page in pages]  # noqa: SLF001 -- WeasyPrint

    assert any("Avant" in text and all(f"Décision {day}" in text for day in range(1, 5)) for text in told)

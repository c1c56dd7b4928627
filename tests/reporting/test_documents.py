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

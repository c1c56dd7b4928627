"""The annual report and the note, printed from the sample year."""

import dataclasses

import pytest

from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.note import note_document
from asv_platform.reporting.rendering import render_pdf
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

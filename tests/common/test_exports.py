"""Exports open in a French spreadsheet, and nothing in them can be taken for a formula."""

import datetime as dt
import io
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest

from asv_platform.common.exports import csv_response, xlsx_response
from asv_platform.common.lists import Column

ROW = ["=2+2", Decimal("1234.5"), dt.date(2026, 3, 5), True, None, "é;\"'\n🙂", 7]
HEADERS = ["Texte", "Montant", "Jour", "Oui", "Vide", "Divers", "Nombre"]


def test_csv_is_french_and_neutral():
    body = b"".join(csv_response("liste", HEADERS, [ROW]).streaming_content).decode()

    assert body.startswith("\ufeffTexte;Montant;")
    assert body.splitlines()[1].startswith("'=2+2;1234,5;05/03/2026;oui;;")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_neutralises_every_start_of_a_formula(start):
    body = b"".join(csv_response("liste", ["a"], [[f"{start}cmd"]]).streaming_content).decode()

    assert f"'{start}cmd" in body


@pytest.mark.django_db  # closing a response closes the connections that are too old
def test_xlsx_keeps_types_and_takes_no_formula():
    response = xlsx_response("liste", HEADERS, [ROW])

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    response.close()
    cells = next(sheet.iter_rows(min_row=2, max_row=2))
    assert cells[0].value == "=2+2"
    assert cells[0].data_type == "s"
    assert cells[1].value == 1234.5
    assert cells[2].value == dt.datetime(2026, 3, 5)  # noqa: DTZ001 -- a spreadsheet day has no zone
    assert sheet.freeze_panes == "A2"


def test_export_writes_whole_what_the_page_shortens_and_parts_items_that_hold_commas():
    row = SimpleNamespace(short="Abreuvoir – Bondy Nord…", name="Abreuvoir - Bondy Nord - Secteur Sud")
    places = Column("Quartier", "short", whole="name")
    needs = Column("Besoins", lambda row: ["Manger, bouger", "Dormir"], kind="tags")

    assert (places.read(row), places.exported(row)) == (row.short, row.name)
    assert needs.exported(row) == "Manger, bouger | Dormir"

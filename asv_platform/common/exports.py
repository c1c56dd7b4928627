"""Exports of exactly what a list shows: CSV and XLSX that French spreadsheets open without a question."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that a spreadsheet cannot take for a formula (CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def cents(amount: Decimal | int | None) -> Decimal | None:
    """An amount of money as every line of a file writes it, whatever the database gave: 0 is 0,00."""
    return None if amount is None else Decimal(amount).quantize(Decimal("0.01"))


def plain(value: Decimal | None) -> Decimal | None:
    """A number without useless zeros, whatever the database gave: 600, 12,5."""
    return None if value is None else Decimal(f"{value.normalize():f}")


def csv_cell(value) -> str:
    """A value in French format: decimal comma, dd/mm/yyyy, Paris time, oui/non."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    return str(value) if isinstance(value, int) else neutral(str(value))


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_response(name: str, headers: Sequence[str], rows: Iterable[Sequence]) -> StreamingHttpResponse:
    """Stream ``name``.csv: semicolons, UTF-8 with BOM, one line a row; memory stays flat."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
        yield "\ufeff" + writer.writerow(headers)
        for row in rows:
            yield writer.writerow([csv_cell(value) for value in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, headers: Sequence[str], rows: Iterable[Sequence]) -> FileResponse:
    """Send ``name``.xlsx with typed cells (numbers, dates), a frozen header line and filters."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by FileResponse
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Export")
    formats = {
        dt.date: book.add_format({"num_format": "dd/mm/yyyy"}),
        dt.datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headers, book.add_format({"bold": True, "bottom": 1}))
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, count, column, value, formats)
    sheet.autofilter(0, 0, count, max(len(headers) - 1, 0))
    sheet.set_column(0, len(headers), 22)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def _write_cell(sheet, row: int, column: int, value, formats) -> None:
    if isinstance(value, bool) or value is None:
        sheet.write_string(row, column, csv_cell(value))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, timezone.localtime(value).replace(tzinfo=None), formats[dt.datetime])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, formats[dt.date])
    else:
        sheet.write_string(row, column, str(value))

"""A printed edition before it is printed: HTML, attached files, a title. Pure functions of a snapshot."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.template.loader import get_template

from asv_platform.common.formats import date_short, shorten
from asv_platform.reporting.rendering import AttachedFile
from asv_platform.reporting.snapshot import AnnualSnapshot
from asv_platform.reporting.typography import french

LONGEST_NAME = 48  # of an ASV, on one line with the page number


@dataclass(frozen=True)
class Document:
    """Everything a PDF needs: rendering it reads nothing else."""

    html: str
    attachments: tuple[AttachedFile, ...] = ()


def document_html(template: str, context: dict) -> str:
    """The finished HTML of a document, typography included."""
    # Without l10n: figures are written by our filters, and a year never takes a thousands separator.
    loaded: Any = get_template(template)
    return french(loaded.template.render(Context(context, use_l10n=False)))


def imprint(snapshot: AnnualSnapshot) -> str:
    """The line at the foot of every page: who, what, which edition."""
    edition = snapshot.edition
    name = shorten(snapshot.identity.name, LONGEST_NAME)
    return f"ASV {name} · {edition.title} {edition.year} · {edition_line(snapshot)}"


def edition_line(snapshot: AnnualSnapshot) -> str:
    """``édition 2 du 14 avril 2026``, or what a draft is."""
    edition = snapshot.edition
    if edition.is_draft or edition.number is None:
        return "aperçu non émis"
    return f"édition {edition.number} du {date_short(edition.issued_on)}"


def csv_file(name: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, description: str) -> AttachedFile:
    """A French CSV (semicolons, decimal commas, BOM) to embed in a PDF."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return AttachedFile(name, "\ufeff" + text.getvalue(), description)


def _cell(value: object) -> object:
    text = "" if value is None else str(value).replace("\u202f", " ")
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(value, str) and text[:1] in {"=", "+", "-", "@", "\t"}:
        return f"'{text}"
    return text if isinstance(value, str) else text.replace(".", ",")

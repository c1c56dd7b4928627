"""The kinds of documents: for each, where its data come from, what lays it out, and what it may print."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from asv_platform.reporting.documents import Document
from asv_platform.reporting.enums import EditionKind
from asv_platform.reporting.snapshot import AnnualSnapshot


@dataclass(frozen=True)
class ReportKind:
    """One kind of document. ``selector`` and ``layout`` are dotted paths: nothing is imported before it is used."""

    key: str
    selector: str  # (asv, *, year, on) -> AnnualSnapshot
    layout: str  # AnnualSnapshot -> Document
    lead: str  # what the page that prepares it says
    has_chapters: bool = False
    has_foreword: bool = False
    has_decisions: bool = False
    has_watermark: bool = True

    @property
    def label(self) -> str:
        return EditionKind(self.key).label

    def read(self, asv: Any, **arguments: Any) -> AnnualSnapshot:
        """Read the data of an edition, inside the scope of ``asv``."""
        reader: Callable[..., AnnualSnapshot] = import_string(self.selector)
        return reader(asv, **arguments)

    def document(self, snapshot: AnnualSnapshot) -> Document:
        """Lay the snapshot out."""
        layout: Callable[[AnnualSnapshot], Document] = import_string(self.layout)
        return layout(snapshot)


KINDS = {
    kind.key: kind
    for kind in (
        ReportKind(
            key=EditionKind.ANNUAL_REPORT,
            selector="asv_platform.reporting.selectors.annual_snapshot",
            layout="asv_platform.reporting.annual.annual_document",
            lead="Le bilan complet de l’année, chapitre par chapitre, avec une fiche par action.",
            has_chapters=True,
            has_foreword=True,
            has_decisions=True,
        ),
        ReportKind(
            key=EditionKind.ELECTED_NOTE,
            selector="asv_platform.reporting.selectors.annual_snapshot",
            layout="asv_platform.reporting.note.note_document",
            lead="L’année en une page, en gros caractères, avec les décisions attendues.",
            has_decisions=True,
        ),
    )
}

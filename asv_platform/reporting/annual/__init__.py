"""The annual report: a snapshot in, a document out. The door of the package is ``annual_document``."""

from collections.abc import Callable

from asv_platform.reporting import charts, maps, thread
from asv_platform.reporting.annual import diagnosis, life, money, outcomes, overview, sheets
from asv_platform.reporting.annual.chapters import NumberedChapter, empty_chapters, has_no_alert, printed_chapters
from asv_platform.reporting.documents import Document, document_html, imprint
from asv_platform.reporting.snapshot import AnnualSnapshot
from asv_platform.reporting.words import unbroken

CONTENTS: dict[str, Callable[[AnnualSnapshot], dict]] = {
    "essentials": overview.essentials,
    "territory": overview.territory,
    "diagnostic": diagnosis.diagnostic,
    "programme": money.programme,
    "actions": sheets.actions,
    "finances": money.finances,
    "results": outcomes.results,
    "effects": outcomes.effects,
    "participation": life.participation,
    "alerts": life.alerts,
    "perspectives": life.perspectives,
    "annex": outcomes.annex,
}
WITH_OPENING = {"diagnostic"}  # chapters long enough for a full page of their own


def annual_document(snapshot: AnnualSnapshot) -> Document:
    """The annual report of the snapshot's year, with the data behind its figures attached."""
    chapters = printed_chapters(snapshot)
    context = {
        "snapshot": snapshot,
        "identity": snapshot.identity,
        "edition": snapshot.edition,
        "imprint": imprint(snapshot),
        "issued": overview.issued_text(snapshot),
        "head_style": _head_style(snapshot, chapters),
        "cover": maps.cover(snapshot.territory),
        "marks": charts.legend_marks(),
        "empty_chapters": empty_chapters(snapshot),
        "has_no_alert": has_no_alert(snapshot),
        "shares_pages": any(chapter.page != chapter.place for chapter in chapters),
        "places": {chapter.key: chapter.place for chapter in chapters},
        "chapters": [_page(chapter, snapshot) for chapter in chapters],
    }
    attachments = (outcomes.indicators_csv(snapshot), outcomes.money_csv(snapshot)) if snapshot.actions else ()
    return Document(document_html("pdf/annual/report.html", context), attachments)


def _head_style(snapshot: AnnualSnapshot, chapters: list[NumberedChapter]) -> str:
    openings = [chapter.place for chapter in chapters if chapter.key in WITH_OPENING]
    return thread.head_style(
        [chapter.label for chapter in chapters],
        pages=[chapter.page for chapter in chapters],
        openings=openings,
        draft=snapshot.edition.is_draft,
        colour=snapshot.identity.colour,
    )


def _page(chapter: NumberedChapter, snapshot: AnnualSnapshot) -> dict:
    content = CONTENTS[chapter.key](snapshot)
    content["headline"] = unbroken(content.get("headline", ""))
    return {"chapter": chapter, "content": content, "template": f"pdf/annual/{chapter.key}.html"}

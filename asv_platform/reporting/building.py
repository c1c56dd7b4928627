"""What the worker does to make an edition: read once, freeze, lay out, render, store."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from asv_platform.audit.services import record
from asv_platform.reporting.enums import EditionState, EditionTransition
from asv_platform.reporting.kinds import KINDS
from asv_platform.reporting.models import Edition, EditionSnapshot
from asv_platform.reporting.rendering import RenderedPdf, render_pdf
from asv_platform.reporting.snapshot import AnnualSnapshot, AwaitedDecision, EditionFacts
from asv_platform.reporting.workflow import EDITION

Progress = Callable[[int, str], None]


def build_preview(edition: Edition, *, today: dt.date, progress: Progress) -> None:
    """Read the data anew, freeze them, and store a PDF marked as a draft. Does nothing but to a draft."""
    if edition.state != EditionState.DRAFT:
        return
    progress(10, "Lecture des données")
    snapshot = KINDS[edition.kind].read(edition.asv, year=edition.year, on=today)
    EditionSnapshot.objects.update_or_create(edition=edition, defaults={"asv": edition.asv, "data": snapshot.to_json()})
    progress(40, "Mise en page de l’aperçu")
    pdf = _render(edition, replace(snapshot, edition=facts(edition, data_on=today)))
    progress(90, "Enregistrement de l’aperçu")
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if locked.state != EditionState.DRAFT:
            return
        locked.data_on = today
        locked.preview.name = _store(locked, pdf, prefix="apercu")
        locked.save(update_fields=["data_on", "preview", "updated_at"])


def build_issue(edition: Edition, *, progress: Progress) -> None:
    """Lay out the data that the draft froze, store the file and issue the edition. Running it again changes nothing."""
    if edition.state != EditionState.BUILDING:
        return
    progress(20, "Mise en page")
    frozen = EditionSnapshot.objects.get(edition=edition)
    snapshot = replace(AnnualSnapshot.from_json(frozen.data), edition=facts(edition, data_on=edition.data_on))
    pdf = _render(edition, snapshot)
    progress(90, "Enregistrement")
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if locked.state != EditionState.BUILDING:
            return
        frozen.data = snapshot.to_json()
        frozen.save(update_fields=["data", "updated_at"])
        _complete(locked, pdf)


def fail(edition: Edition, *, reason: str) -> None:
    """Say on the edition that its making was given up, and why."""
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if locked.state not in {EditionState.DRAFT, EditionState.BUILDING}:
            return
        locked.state = EDITION.target(EditionTransition.FAIL, source=locked.state)
        locked.failure = reason[:300]
        locked.save(update_fields=["state", "failure", "updated_at"])


def facts(edition: Edition, *, data_on: dt.date | None) -> EditionFacts:
    """What the edition itself adds to the data it prints."""
    return EditionFacts(
        kind=edition.kind,
        title=edition.get_kind_display(),
        year=edition.year,
        number=edition.number,
        issued_on=edition.issued_on,
        data_on=data_on,
        author=str(edition.author),
        headline=edition.headline,
        foreword=edition.foreword,
        foreword_author=edition.foreword_author,
        chapters=tuple(edition.chapters),
        comments=dict(edition.comments),
        decisions=tuple(_decision(item) for item in edition.decisions),
    )


def _decision(item: dict) -> AwaitedDecision:
    before = item.get("before")
    return AwaitedDecision(item["what"], item.get("who", ""), dt.date.fromisoformat(before) if before else None)


def _render(edition: Edition, snapshot: AnnualSnapshot) -> RenderedPdf:
    document = KINDS[edition.kind].document(snapshot)
    return render_pdf(document.html, attachments=document.attachments)


def _store(edition: Edition, pdf: RenderedPdf, *, prefix: str) -> str:
    """The same bytes have the same name: a job that runs twice writes one file."""
    name = f"editions/{edition.asv_id}/{edition.pk}/{prefix}-{pdf.sha256[:16]}.pdf"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(pdf.content))


def _complete(edition: Edition, pdf: RenderedPdf) -> None:
    edition.state = EDITION.target(EditionTransition.COMPLETE, source=edition.state)
    edition.file.name = _store(edition, pdf, prefix="edition")
    edition.sha256, edition.page_count, edition.issued_at = pdf.sha256, pdf.page_count, timezone.now()
    edition.supersedes = (
        Edition.objects.filter(kind=edition.kind, year=edition.year, state=EditionState.ISSUED)
        .exclude(pk=edition.pk)
        .order_by("-number")
        .first()
    )
    edition.save()
    record("edition.issued", by=edition.author, subject=edition, number=edition.number, sha256=pdf.sha256)

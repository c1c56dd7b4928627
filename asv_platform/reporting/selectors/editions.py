"""What the page of an edition shows, and what keeps it from being issued."""

from dataclasses import dataclass

from asv_platform.common.models import Job, JobState
from asv_platform.reporting.annual.chapters import TITLES
from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.kinds import KINDS, ReportKind
from asv_platform.reporting.models import Edition
from asv_platform.reporting.selectors.deliveries import DeliveryRow, delivery_rows


@dataclass(frozen=True)
class EditionSheet:
    """Everything that templates/reporting/edition_detail.html shows."""

    title: str
    kind: ReportKind
    state: str
    tone: str
    job: Job | None
    has_preview: bool
    has_file: bool
    missing: list[str]
    chapters: list[str]
    deliveries: list[DeliveryRow]
    opened: int
    successor: Edition | None


def edition_sheet(edition: Edition) -> EditionSheet:
    """The page of one edition."""
    state = EditionState(edition.state)
    deliveries = delivery_rows(edition)
    return EditionSheet(
        title=str(edition),
        kind=KINDS[edition.kind],
        state=state.label,
        tone=state.tone,
        job=_running(edition),
        has_preview=bool(edition.preview),
        has_file=bool(edition.file),
        missing=missing_before_issue(edition) if state == EditionState.DRAFT else [],
        chapters=[title for key, title in TITLES.items() if key in edition.chapters],
        deliveries=deliveries,
        opened=sum(row.opened_at is not None for row in deliveries),
        successor=successor_of(edition),
    )


def successor_of(edition: Edition) -> Edition | None:
    """The issued edition that replaces this one."""
    return edition.successors.filter(state=EditionState.ISSUED).order_by("-number").first()


def missing_before_issue(edition: Edition) -> list[str]:
    """What still keeps a draft from being issued; empty when it is ready."""
    if not edition.preview:
        return ["L’aperçu n’est pas encore prêt : attendez la fin de sa fabrication, puis relisez-le."]
    return []


def _running(edition: Edition) -> Job | None:
    job = edition.job
    return job if job and job.state in {JobState.WAITING, JobState.RUNNING} else None

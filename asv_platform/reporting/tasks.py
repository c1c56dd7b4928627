"""The jobs of reporting: ids in, the scope of the ASV, one call."""

from functools import partial

from django.utils import timezone

from asv_platform.common.jobs import GiveUp, job, progress
from asv_platform.common.models import Job
from asv_platform.reporting import building
from asv_platform.reporting.models import Edition
from asv_platform.territories.scoping import asv_scope

MOST_TRIES = 3  # a layout that failed three times fails for good


@job("reporting.build_preview")
def build_preview(row: Job, *, edition_id: int) -> None:
    """Make the preview of a draft."""
    _build(row, edition_id, partial(building.build_preview, today=timezone.localdate()))


@job("reporting.build_edition")
def build_edition(row: Job, *, edition_id: int) -> None:
    """Make the issued file of an edition."""
    _build(row, edition_id, building.build_issue)


def _build(row: Job, edition_id: int, build) -> None:
    if row.asv_id is None:
        raise GiveUp("the edition of no ASV")
    with asv_scope(row.asv_id):
        edition = Edition.objects.select_related("asv", "author").get(pk=edition_id)
        try:
            build(edition, progress=partial(progress, row))
        except Exception as error:
            if row.tries < MOST_TRIES:
                raise
            building.fail(edition, reason=f"{type(error).__name__} : {error}")
            raise GiveUp(str(error)) from error

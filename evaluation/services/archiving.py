"""Take what an action did off the lists, and put it back: nothing that an approved report counted moves any more."""

from django.db import transaction

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import archive, lock, restore
from evaluation.enums import ReportState
from evaluation.models import ActionIndicator, ActionReport, Measure, Session
from evaluation.services.closing import check_period
from evaluation.services.measures import MeasureLocked
from programmation.models import Action

Counted = Session | ActionIndicator | Measure


class ReportStands(DomainError):
    """An approved report was about to leave the lists."""

    def __init__(self) -> None:
        super().__init__("Ce bilan est approuvé : il fait foi et ne s’archive plus.")


@transaction.atomic
def archive_counted(*, row: Counted, by):
    """Archive a session, a measure or an indicator. Raises PeriodClosed, or MeasureLocked for an approved measure."""
    fresh = lock(row)
    check_period(action_of(fresh))
    if _is_locked(fresh):
        raise MeasureLocked
    return archive(fresh, by=by)


@transaction.atomic
def restore_counted(*, row: Counted, by):
    """Restore a session, a measure or an indicator. Raises PeriodClosed."""
    check_period(action_of(row))
    return restore(row, by=by)


@transaction.atomic
def archive_report(*, report: ActionReport, by) -> ActionReport:
    """Archive a report that is not approved. Raises ReportStands."""
    fresh = lock(report)
    if fresh.state == ReportState.APPROVED:
        raise ReportStands
    return archive(fresh, by=by)


def action_of(row: Counted) -> Action:
    """The action that a row counts for, directly or through its indicator."""
    return row.indicator.action if isinstance(row, Measure) else row.action


def _is_locked(row: Counted) -> bool:
    if isinstance(row, ActionIndicator):
        return row.measures.active().filter(approved_at__isnull=False).exists()
    return isinstance(row, Measure) and row.is_locked

"""The verbs of the evaluation."""

from evaluation.services.archiving import ReportStands, archive_counted, archive_report, restore_counted
from evaluation.services.closing import ActionCancelled, PeriodClosed
from evaluation.services.measures import (
    IndicatorShelved,
    MeasuredInFuture,
    MeasureLocked,
    approve_measure,
    change_indicator,
    change_measure,
    create_indicator,
    ensure_indicators,
    indicator_of_promise,
    take_measure,
)
from evaluation.services.reports import (
    ReportClosed,
    ReportIncomplete,
    approve_report,
    due_date,
    file_report,
    open_report,
    open_reports,
    return_report,
    save_report,
)
from evaluation.services.sessions import (
    HeldInFuture,
    cancel_action,
    cancel_session,
    log_session,
    plan_sessions,
    tell_session,
)

__all__ = [
    "ActionCancelled",
    "HeldInFuture",
    "IndicatorShelved",
    "MeasureLocked",
    "MeasuredInFuture",
    "PeriodClosed",
    "ReportClosed",
    "ReportIncomplete",
    "ReportStands",
    "approve_measure",
    "approve_report",
    "archive_counted",
    "archive_report",
    "cancel_action",
    "cancel_session",
    "change_indicator",
    "change_measure",
    "create_indicator",
    "due_date",
    "ensure_indicators",
    "file_report",
    "indicator_of_promise",
    "log_session",
    "open_report",
    "open_reports",
    "plan_sessions",
    "restore_counted",
    "return_report",
    "save_report",
    "take_measure",
    "tell_session",
]

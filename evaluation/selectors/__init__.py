"""What pages, exports and reports show of the results: frozen dataclasses, sums made by the database, raw counts."""

from evaluation.selectors.attendance import (
    AGE_FIELDS,
    Attendance,
)
from evaluation.selectors.follow_up import (
    ActionResults,
    SessionRow,
    action_results,
    duration,
    sessions_chart,
)
from evaluation.selectors.indicators import (
    IndicatorResult,
    TargetCount,
    indicator_result,
    indicator_results,
    measure_history,
    result_state,
    with_last_measure,
)
from evaluation.selectors.money import (
    FinancialLine,
    FinancialPart,
    FinancialReport,
    financial_report,
    gap_percent,
    needs_reason,
)
from evaluation.selectors.programme import (
    ActionResultRow,
    MonthCount,
    ProgrammeResults,
    evaluated_programme,
    months_chart,
    programme_results,
)
from evaluation.selectors.reports import (
    Missing,
    ReportRow,
    ReportSheet,
    SessionFacts,
    missing_before_filing,
    report_row,
    report_sheet,
    report_title,
    suggestions,
)
from evaluation.selectors.sessions import noted_session, shown_session
from evaluation.selectors.shown import ShownAttendance, ShownProgramme, shown_charts, shown_programme, shown_programmes

__all__ = [
    "AGE_FIELDS",
    "ActionResultRow",
    "ActionResults",
    "Attendance",
    "FinancialLine",
    "FinancialPart",
    "FinancialReport",
    "IndicatorResult",
    "Missing",
    "MonthCount",
    "ProgrammeResults",
    "ReportRow",
    "ReportSheet",
    "SessionFacts",
    "SessionRow",
    "ShownAttendance",
    "ShownProgramme",
    "TargetCount",
    "action_results",
    "duration",
    "evaluated_programme",
    "financial_report",
    "gap_percent",
    "indicator_result",
    "indicator_results",
    "measure_history",
    "missing_before_filing",
    "months_chart",
    "needs_reason",
    "noted_session",
    "programme_results",
    "report_row",
    "report_sheet",
    "report_title",
    "result_state",
    "sessions_chart",
    "shown_charts",
    "shown_programme",
    "shown_programmes",
    "shown_session",
    "suggestions",
    "with_last_measure",
]

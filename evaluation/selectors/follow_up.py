"""One action followed from its sessions to its report: for its page, the partner's page and the reports."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.formats import date_format

from asv_platform.common.charts import Bar, Chart, vertical_bars
from asv_platform.common.formats import number
from evaluation.enums import ReportState, SessionState
from evaluation.models import ActionReport, Session
from evaluation.selectors.indicators import IndicatorResult, TargetCount, indicator_results, target_counts
from evaluation.selectors.money import FinancialReport, financial_report
from evaluation.selectors.reports import ReportRow, report_row
from evaluation.selectors.shown import ShownAttendance, shown_action
from programmation.enums import ActionState
from programmation.models import Action

MOST_BARS = 16
MOST_PLANNED_BARS = 3
MOST_SHOWN = 6


@dataclass(frozen=True)
class SessionRow:
    """One session of a list."""

    pk: int
    held_on: dt.date
    when: str
    place: str
    neighbourhood: str
    state: str
    state_label: str
    tone: str
    people: int
    women: int
    men: int
    from_qpv: int
    satisfaction: str
    note: str


@dataclass(frozen=True)
class ActionResults:
    """What happened in one action."""

    action: Action
    sessions: tuple[SessionRow, ...]
    indicators: tuple[IndicatorResult, ...]
    money: FinancialReport
    money_of: ReportRow | None
    reports: tuple[ReportRow, ...]
    attendance: ShownAttendance
    people: str  # the distinct people declared, as may be read

    @property
    def targets(self) -> TargetCount:
        return target_counts(self.indicators)

    @property
    def is_open(self) -> bool:
        """Whether sessions and measures may still be noted (``services.closing`` refuses them otherwise)."""
        approved = any(row.is_final and row.state == ReportState.APPROVED for row in self.reports)
        return self.action.state != ActionState.CANCELLED and not approved

    @property
    def held(self) -> int:
        """Sessions that took place."""
        return sum(row.state == SessionState.HELD for row in self.sessions)

    @property
    def announced(self) -> int:
        """Held and still to come."""
        return self.held + sum(row.state == SessionState.PLANNED for row in self.sessions)

    @property
    def next_on(self) -> dt.date | None:
        """The day of the next planned session."""
        return min((row.held_on for row in self.sessions if row.state == SessionState.PLANNED), default=None)

    @property
    def average_text(self) -> str:
        """« 13 par séance »."""
        average = self.attendance.average
        return f"{number(average)} par séance" if average else ""

    @property
    def shown(self) -> tuple[SessionRow, ...]:
        """The next sessions and the latest ones; ``older`` holds the others."""
        return tuple(row for row in self.sessions if row.pk in self._shown_pks)

    @property
    def older(self) -> tuple[SessionRow, ...]:
        return tuple(row for row in self.sessions if row.pk not in self._shown_pks)

    @cached_property
    def _shown_pks(self) -> frozenset[int]:
        future = [row.pk for row in self.sessions if row.state == SessionState.PLANNED][-MOST_PLANNED_BARS:]
        past = [row.pk for row in self.sessions if row.state != SessionState.PLANNED][:MOST_SHOWN]
        return frozenset([*future, *past])


def action_results(action: Action, *, on: dt.date | None = None) -> ActionResults:
    """Sessions, indicators, money and reports of an action (programme and organisation loaded); eight queries."""
    reports = list(ActionReport.objects.active().filter(action=action).prefetch_related("lines").order_by("-due_on"))
    rows = tuple(report_row(report, on=on or dt.date.min) for report in reports)
    told = next((report for report in reports if financial_report(report.lines.all()).is_told), None)
    shown = told or next(iter(reports), None)
    attendance, programme = shown_action(action)
    return ActionResults(
        action=action,
        attendance=attendance,
        sessions=session_rows(action),
        indicators=indicator_results(action, programme.secrets_of(action.pk)),
        money=financial_report(shown.lines.all() if shown else []),
        money_of=rows[reports.index(told)] if told else None,
        reports=rows,
        people=programme.people.get(action.pk, ""),
    )


def session_rows(action: Action) -> tuple[SessionRow, ...]:
    """The sessions of an action, latest first; one query."""
    rows = Session.objects.active().filter(action=action).select_related("neighbourhood")
    return tuple(_session_row(row) for row in rows.order_by("-held_on", "-pk"))


def _session_row(row: Session) -> SessionRow:
    return SessionRow(
        pk=row.pk,
        held_on=row.held_on,
        when=session_hours(row),
        place=row.place,
        neighbourhood=str(row.neighbourhood or ""),
        state=row.state,
        state_label=row.get_state_display(),
        tone=row.state_enum.tone,
        people=row.people,
        women=row.women,
        men=row.men,
        from_qpv=row.from_qpv,
        satisfaction=row.get_satisfaction_display() or "",
        note=row.note,
    )


def session_hours(row: Session) -> str:
    """« 14 h, 2 h 30 »: when it began, how long it lasted; empty when unknown."""
    start = f"{row.starts_at.hour} h {row.starts_at:%M}".removesuffix(" 00") if row.starts_at else ""
    return ", ".join(part for part in (start, duration(row.hours)) if part)


def duration(hours: Decimal | None) -> str:
    """« 2 h 30 » for 2.5 hours."""
    if hours is None:
        return ""
    whole, minutes = divmod(round(hours * 60), 60)
    return f"{whole} h {minutes:02d}" if minutes else f"{whole} h"


def sessions_chart(results: ActionResults) -> Chart | None:
    """The last sessions as columns of people, in order of date; None before the first one."""
    rows = list(reversed(results.sessions))
    planned = [row for row in rows if row.state == SessionState.PLANNED][:MOST_PLANNED_BARS]
    held = [row for row in rows if row.state == SessionState.HELD][-(MOST_BARS - len(planned)) :]
    if not held:
        return None
    bars = [Bar(date_format(row.held_on, "j/m"), row.people) for row in held]
    bars += [Bar(date_format(row.held_on, "j/m"), None, "à venir") for row in planned]
    return vertical_bars("Personnes présentes aux dernières séances", bars, headers=("Séance", "Présents"))

"""The year in results: what was planned, what was done, for whom, and how well it is known."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from asv_platform.common.charts import Bar, Chart, vertical_bars
from asv_platform.common.formats import MONTHS_SHORT
from asv_platform.common.masking import shared
from evaluation.enums import ReportKind
from evaluation.models import ActionReport, ReportLine, Session
from evaluation.querysets import RENDERED_STATES, SessionQuerySet
from evaluation.selectors.attendance import Attendance, attendance_by_action
from evaluation.selectors.indicators import TargetCount, target_counts_by_action
from evaluation.selectors.reports import ReportRow, report_row
from evaluation.selectors.shown import ShownAttendance, ShownProgramme, declared, shown_counts
from programmation.enums import ActionState, BudgetSide
from programmation.models import Action, Programme
from programmation.nomenclature import IN_KIND_USES
from programmation.selectors import current_programme, listed_actions

ZERO = Decimal(0)


@dataclass(frozen=True)
class ActionResultRow:
    """One action of the year and its results."""

    pk: int
    number: int
    title: str
    organisation: str
    theme: str
    neighbourhoods: tuple[str, ...]
    state: str
    state_label: str
    tone: str
    blocked_reason: str
    held: int
    planned: int
    attendance: ShownAttendance
    expected_people: int | None
    people: str  # the distinct people declared, as may be read
    people_known: int | None  # the same as a number, None when it is hidden or not told
    targets: TargetCount
    granted: Decimal
    spent: Decimal | None
    report: ReportRow | None

    @property
    def announced(self) -> int:
        """Sessions held and still to come."""
        return self.held + self.planned

    @property
    def has_reported(self) -> bool:
        return self.report is not None and self.report.state in RENDERED_STATES


@dataclass(frozen=True)
class MonthCount:
    """One month and the sessions held in it.

    Sessions, not people: beside the days of the sessions, the people of a month give those of an action away.
    """

    month: dt.date
    sessions: int

    @property
    def label(self) -> str:
        return MONTHS_SHORT[self.month.month - 1]


@dataclass(frozen=True)
class ProgrammeResults:
    """The results of the programme of a year."""

    programme: Programme
    rows: tuple[ActionResultRow, ...]
    shown: ShownProgramme
    months: tuple[MonthCount, ...]
    ages_share: int | None  # participations whose age is known, in percent

    @property
    def actions(self) -> int:
        """The actions that should report: all but the cancelled ones."""
        return len(self.counted)

    @property
    def counted(self) -> tuple[ActionResultRow, ...]:
        return tuple(row for row in self.rows if row.state != ActionState.CANCELLED)

    @property
    def reported(self) -> int:
        """How many of them have filed their final report, or the one asked last."""
        return sum(row.has_reported for row in self.counted)

    @property
    def reports_asked(self) -> int:
        return sum(row.report is not None for row in self.counted)

    @property
    def attendance(self) -> ShownAttendance:
        return self.shown.attendance

    @property
    def sessions_held(self) -> int:
        return self.attendance.sessions

    @property
    def sessions_planned(self) -> int:
        """Sessions still to come."""
        return sum(row.planned for row in self.rows)

    @property
    def expected_people(self) -> int:
        return sum(row.expected_people or 0 for row in self.counted)

    @property
    def granted(self) -> Decimal:
        return sum((row.granted for row in self.counted), ZERO)

    @property
    def spent(self) -> Decimal:
        """The expenses told by the reports filed."""
        return sum((row.spent or ZERO for row in self.counted), ZERO)

    @property
    def spent_told_by(self) -> int:
        return sum(row.spent is not None for row in self.counted)

    @property
    def targets(self) -> TargetCount:
        found = [row.targets for row in self.counted]
        return TargetCount(
            sum(one.total for one in found), sum(one.measured for one in found), sum(one.reached for one in found)
        )

    @property
    def states(self) -> list[tuple[ActionState, int]]:
        """(state, number of actions), states without action left out."""
        counts = [(state, sum(row.state == state for row in self.rows)) for state in ActionState]
        return [(state, count) for state, count in counts if count]

    @property
    def with_session(self) -> int:
        return sum(bool(row.held) for row in self.counted)

    @property
    def with_measure(self) -> int:
        return sum(bool(row.targets.measured) for row in self.counted)


def evaluated_programme() -> Programme | None:
    """The programme to evaluate first: the latest one that has actions, else the current one."""
    found = Programme.objects.active().filter(actions__archived_at__isnull=True, actions__isnull=False)
    return found.order_by("-year").first() or current_programme()


def evaluable_programmes(*, on: dt.date) -> QuerySet[Programme]:
    """The programmes whose year has begun: before, there is nothing to report on."""
    return Programme.objects.active().filter(year__lte=on.year).order_by("-year")


def programme_results(programme: Programme, *, on: dt.date | None = None) -> ProgrammeResults:
    """Everything counted about the actions of one programme; a dozen queries whatever their number.

    What happened in an action cancelled since is not counted.
    """
    actions = Action.objects.active().filter(programme=programme)
    counted = Action.objects.live().filter(programme=programme)
    sessions = Session.objects.active().filter(action__in=counted.values("pk"))
    came, reports = attendance_by_action(sessions), _reports(actions)
    live = set(counted.values_list("pk", flat=True))
    told = declared({pk: rows for pk, rows in reports.items() if pk in live})
    shown = shown_counts({pk: found for pk, (found, _) in came.items()}, told)
    return ProgrammeResults(
        programme=programme,
        rows=tuple(_rows(actions, came, reports, shown, on or dt.date.min)),
        shown=shown,
        months=_months(sessions),
        ages_share=_ages_share([found for found, _ in came.values()], shown),
    )


def _ages_share(rows: list[Attendance], shown: ShownProgramme) -> int | None:
    people = sum(row.people for row in rows)
    return shared(sum(sum(row.ages) for row in rows), people) if shown.attendance.people else None


def _rows(actions: QuerySet, came, reports, shown: ShownProgramme, on: dt.date) -> list[ActionResultRow]:
    targets, spent = target_counts_by_action(actions, shown.secrets), _spent(actions)
    return [
        _row(action, came, targets, reports.get(action.pk, []), spent, shown, on)
        for action in listed_actions(actions).order_by("number")
    ]


def _row(action, came, targets, reports, spent, shown, on) -> ActionResultRow:
    found, planned = came.get(action.pk, (Attendance(), 0))
    proposal = action.proposal
    return ActionResultRow(
        pk=action.pk,
        number=action.number,
        title=action.title,
        organisation=action.organisation.name,
        theme=str(proposal.theme or "") if proposal else "",
        neighbourhoods=tuple(place.name for place in action.neighbourhoods.all()),
        state=action.state,
        state_label=action.get_state_display(),
        tone=action.state_enum.tone,
        blocked_reason=action.blocked_reason,
        held=found.sessions,
        planned=planned,
        attendance=shown.by_action.get(action.pk, ShownAttendance()),
        expected_people=proposal.expected_people if proposal else None,
        people=shown.people.get(action.pk, ""),
        people_known=shown.people_known.get(action.pk),
        targets=targets.get(action.pk, TargetCount()),
        granted=action.granted,
        spent=spent.get(action.pk),
        report=report_row(reports[0], on=on) if reports else None,
    )


def _reports(actions: QuerySet) -> dict[int, list[ActionReport]]:
    """The reports of each action, the final one first."""
    found: dict[int, list[ActionReport]] = {}
    for report in ActionReport.objects.active().filter(action__in=actions.values("pk")):
        found.setdefault(report.action_id, []).append(report)
    for rows in found.values():
        rows.sort(key=lambda report: report.kind != ReportKind.FINAL)
    return found


def _spent(actions: QuerySet) -> dict[int, Decimal]:
    """The expenses of the final reports filed, voluntary work left out."""
    lines = ReportLine.objects.filter(
        report__action__in=actions.values("pk"),
        report__kind=ReportKind.FINAL,
        report__state__in=RENDERED_STATES,
        report__archived_at__isnull=True,
        side=BudgetSide.CHARGE,
        actual__isnull=False,
    ).exclude(code__startswith=IN_KIND_USES)
    pairs = lines.order_by().values("report__action").annotate(total=Sum("actual"))
    return {row["report__action"]: row["total"] for row in pairs}


def _months(sessions: SessionQuerySet) -> tuple[MonthCount, ...]:
    held = sessions.held().order_by().annotate(month=TruncMonth("held_on")).values("month")
    rows = held.annotate(sessions=Count("pk")).order_by("month")
    return tuple(MonthCount(row["month"], row["sessions"]) for row in rows)


def months_chart(results: ProgrammeResults) -> Chart | None:
    """Sessions held month by month; None before the first one."""
    if not results.months:
        return None
    bars = [Bar(month.label, month.sessions) for month in results.months]
    return vertical_bars("Séances tenues par mois", bars, headers=("Mois", "Séances tenues"))

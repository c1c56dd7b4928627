"""What the actions of a year did: sessions, measures, reports. Only what was written down; nothing is estimated."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from asv_platform.common.formats import date_short, shorten
from asv_platform.common.masking import counts_people
from asv_platform.reporting.facts.life import Attendance, HeadCount
from asv_platform.reporting.facts.programme import ActionFacts, BudgetHeading, Measure
from asv_platform.reporting.selectors.programme import Thread, grants_of
from evaluation import models
from evaluation import selectors as evaluation
from evaluation.enums import ReportKind, ReportPath
from evaluation.models import ActionReport, ReportLine, Session
from evaluation.selectors import ShownProgramme
from evaluation.selectors.attendance import UNKNOWN_AGE, attendance_by_action
from evaluation.selectors.indicators import hidden_word, promises_of
from evaluation.selectors.shown import added, declared, shown_counts
from programmation.enums import BudgetSide, IndicatorKind
from programmation.models import Action, ProposalIndicator
from programmation.nomenclature import IN_KIND_USES, nomenclature


@dataclass(frozen=True)
class Results:
    """Everything recorded about the actions of a year, by the key of the action."""

    came: dict[int, evaluation.Attendance]
    measures: dict[int, tuple[Measure, ...]]
    reports: dict[int, ActionReport]
    due: dict[int, dt.date]  # of the final reports not filed and not late yet
    people: dict[int, int]  # the distinct people declared, as the pages count them
    shown: ShownProgramme  # what the pages show of all this


def results_of(actions: list[Action], *, on: dt.date) -> Results:
    """What was recorded until ``on`` about the actions of a year; at most six queries whatever their number."""
    sessions = attendance_by_action(Session.objects.filter(action__in=actions))
    came, reports = {pk: found for pk, (found, _) in sessions.items()}, _reports(actions)
    finals = [report for rows in reports.values() for report in rows if report.kind == ReportKind.FINAL]
    filed = {report.action_id: report for report in finals if not report.is_waiting}
    due = {report.action_id: report.due_on for report in finals if report.is_waiting and report.due_on >= on}
    people = declared(reports)
    shown = shown_counts(came, people)
    return Results(came, _measures(actions, shown, on), filed, due, people, shown)


def _measures(actions: list[Action], shown: ShownProgramme, on: dt.date) -> dict[int, tuple[Measure, ...]]:
    taken = models.Measure.objects.active().filter(measured_on__lte=on).order_by("-measured_on", "-pk")
    rows = models.ActionIndicator.objects.active().filter(action__in=actions).order_by("pk")
    found: dict[int, list[Measure]] = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("measures", taken, to_attr="taken")):
        taken_last = row.taken[0] if row.taken else None  # type: ignore[attr-defined]
        found[row.action_id].append(_measure(row, taken_last, shown.secrets_of(row.action_id)))
    promised = {action.proposal_id: action.pk for action in actions if action.pk not in found}
    for promise in promises_of([action for action in actions if action.pk not in found]):
        found[promised[promise.proposal_id]].append(_measure(promise))
    return {pk: tuple(measures) for pk, measures in found.items()}


def _measure(
    row: models.ActionIndicator | ProposalIndicator,
    taken: models.Measure | None = None,
    secrets: frozenset[int] = frozenset(),
) -> Measure:
    unit = "%" if row.is_ratio else row.unit
    return Measure(
        label=row.name,
        unit=unit,
        target=row.target,
        baseline=row.baseline,
        result=taken.value if taken else None,
        source=f"mesure du {date_short(taken.measured_on)}" if taken else "",
        is_result=row.kind in {IndicatorKind.RESULT, IndicatorKind.IMPACT},
        counts_people=not row.is_ratio and counts_people(row.unit),
        hidden=hidden_word(row, taken.value, taken.numerator, taken.denominator, secrets=secrets) if taken else "",
    )


def _reports(actions: list[Action]) -> dict[int, list[ActionReport]]:
    """The reports of each action, awaited or filed, each with its charges."""
    charges = ReportLine.objects.filter(side=BudgetSide.CHARGE).exclude(code__startswith=IN_KIND_USES)
    rows = ActionReport.objects.active().filter(action__in=actions)
    found: dict[int, list[ActionReport]] = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("lines", charges, to_attr="charges")):
        found[row.action_id].append(row)
    return found


def action_facts(action: Action, results: Results, thread: Thread, *, places: dict[str, int]) -> ActionFacts:
    """One action, whole; no query once it is loaded."""
    report = results.reports.get(action.pk)
    came = results.came.get(action.pk)
    axis = action.proposal.ottawa_axis if action.proposal else None
    return ActionFacts(
        number=action.number,
        title=action.title,
        holder=action.organisation.name,
        summary=shorten(action.proposal.goals, 220) if action.proposal else "",
        places=tuple(sorted(places[place.code] for place in action.neighbourhoods.all() if place.code in places)),
        priority=thread.priority,
        needs=thread.needs,
        quote=thread.quote,
        quote_source=thread.quote_source,
        grants=grants_of(action),
        sessions=came.sessions if came else None,
        participations=came.people if came else None,
        participations_in_qpv=came.from_qpv if came else None,
        measures=results.measures.get(action.pk, ()),
        levers=(axis.label,) if axis else (),
        report_due_on=results.due.get(action.pk),
        people=results.people.get(action.pk),
        **(_told(report) if report else {}),
    )


def _told(report: ActionReport) -> dict:
    """What the report of a partner says, in the words of the sheet."""
    lines: list[ReportLine] = report.charges  # type: ignore[attr-defined]
    known = [line.actual for line in lines if line.actual is not None]
    filed = report.filed_at
    return {
        "reported_on": timezone.localdate(filed) if filed else report.due_on,
        "spent": sum(known, Decimal(0)) if known else None,
        "planned": sum((line.planned for line in lines), Decimal(0)) if known else None,
        "gap_reason": _reasons(lines),
        "done": report.summary.strip(),
        "changed": report.objectives_reached.strip(),
        "difficult": report.difficulties.strip(),
        "lessons": report.lessons.strip(),
        "next_step": shorten(report.next_steps, 140),
        "outcome": "" if report.path == ReportPath.CARRIED_OUT else report.get_path_display(),
    }


def _reasons(lines: Iterable[ReportLine]) -> str:
    reasons = [line.explanation.strip().rstrip(".") for line in lines if line.explanation.strip()]
    return shorten(" ; ".join(dict.fromkeys(reasons)), 220)


def headings_of(actions: list[Action], results: Results) -> tuple[BudgetHeading, ...]:
    """The charges of the reports received, by chapter of the nomenclature of each proposal."""
    planned: dict[str, Decimal] = defaultdict(Decimal)
    actual: dict[str, Decimal] = defaultdict(Decimal)
    names: dict[str, str] = {}
    for action in actions:
        report = results.reports.get(action.pk)
        lines = report.charges if report else []  # type: ignore[attr-defined]
        if action.proposal is None or all(line.actual is None for line in lines):
            continue
        grid = nomenclature(action.proposal.nomenclature)
        labels = {post.code: post.label for post in grid.posts(BudgetSide.CHARGE)}
        for line in lines:
            post = grid.post_of(BudgetSide.CHARGE, line.code)
            names.setdefault(post, labels.get(post, line.label))
            planned[post] += line.planned
            actual[post] += line.actual or Decimal(0)
    return tuple(BudgetHeading(code, names[code], planned[code], actual[code]) for code in sorted(names))


def attendance_of(results: Results) -> Attendance:
    """Who came to the sessions of the year, by sex and by age."""
    whole = added(results.came.values())
    sexes = tuple(HeadCount(label, count) for label, count in whole.sex_rows if count)
    ages = tuple(HeadCount(label, count) for label, count in whole.age_rows if label != UNKNOWN_AGE)
    return Attendance(sexes, ages if any(whole.ages) else ()) if sexes else Attendance()

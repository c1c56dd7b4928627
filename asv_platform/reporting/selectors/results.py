"""What the actions of a year did: sessions, measures, reports. Only what was written down; nothing is estimated."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from asv_platform.common.formats import date_short, shorten
from asv_platform.common.masking import counts_people
from asv_platform.reporting.facts.life import Attendance, HeadCount
from asv_platform.reporting.facts.programme import ActionFacts, BudgetHeading, Measure
from asv_platform.reporting.selectors.programme import Thread, grants_of
from evaluation import models
from evaluation.enums import ReportKind, ReportPath, SessionState
from evaluation.models import ActionReport, ReportLine, Session
from evaluation.selectors.indicators import hidden_word, promises_of
from programmation.enums import BudgetSide, IndicatorKind
from programmation.models import Action, ProposalIndicator
from programmation.nomenclature import IN_KIND_USES, nomenclature

AGES = ("age_0_5", "age_6_11", "age_12_17", "age_18_25", "age_26_59", "age_60")
SEXES = (("women", "Femmes"), ("men", "Hommes"), ("unspecified", "Sans précision"))


@dataclass(frozen=True)
class Results:
    """Everything recorded about the actions of a year, by the key of the action."""

    sessions: dict[int, dict]
    measures: dict[int, tuple[Measure, ...]]
    reports: dict[int, ActionReport]
    due: dict[int, dt.date]


def results_of(actions: list[Action], *, on: dt.date) -> Results:
    """What was recorded until ``on`` about these actions; at most seven queries whatever their number."""
    return Results(_sessions(actions), _measures(actions, on), _reports(actions), _due(actions, on))


def _sessions(actions: list[Action]) -> dict[int, dict]:
    rows = Session.objects.active().filter(action__in=actions).order_by().values("action")
    held = Q(state=SessionState.HELD)
    sums = {name: Coalesce(Sum(name, filter=held), 0) for name in (*dict(SEXES), *AGES, "from_qpv")}
    return {row["action"]: row for row in rows.annotate(held=Count("pk", filter=held), **sums)}


def _measures(actions: list[Action], on: dt.date) -> dict[int, tuple[Measure, ...]]:
    taken = models.Measure.objects.active().filter(measured_on__lte=on).order_by("-measured_on", "-pk")
    rows = models.ActionIndicator.objects.active().filter(action__in=actions).order_by("pk")
    found: dict[int, list[Measure]] = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("measures", taken, to_attr="taken")):
        found[row.action_id].append(_measure(row, row.taken[0] if row.taken else None))  # type: ignore[attr-defined]
    promised = {action.proposal_id: action.pk for action in actions if action.pk not in found}
    for promise in promises_of([action for action in actions if action.pk not in found]):
        found[promised[promise.proposal_id]].append(_measure(promise, None))
    return {pk: tuple(measures) for pk, measures in found.items()}


def _measure(row: models.ActionIndicator | ProposalIndicator, taken: models.Measure | None) -> Measure:
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
        hidden=_hidden(row, taken),
    )


def _hidden(row: models.ActionIndicator | ProposalIndicator, taken: models.Measure | None) -> str:
    if taken is None:
        return ""
    return hidden_word(row, taken.value, taken.numerator, taken.denominator)


def _reports(actions: list[Action]) -> dict[int, ActionReport]:
    """The final reports filed, each with its charges."""
    rows = ActionReport.objects.rendered().filter(action__in=actions, kind=ReportKind.FINAL)
    charges = ReportLine.objects.filter(side=BudgetSide.CHARGE).exclude(code__startswith=IN_KIND_USES)
    return {row.action_id: row for row in rows.prefetch_related(Prefetch("lines", charges, to_attr="charges"))}


def _due(actions: list[Action], on: dt.date) -> dict[int, dt.date]:
    """When each final report is due, of those not filed and not late yet."""
    rows = ActionReport.objects.waiting().filter(action__in=actions, kind=ReportKind.FINAL, due_on__gte=on)
    return dict(rows.values_list("action", "due_on"))


def action_facts(action: Action, results: Results, thread: Thread, *, places: dict[str, int]) -> ActionFacts:
    """One action, whole; no query once it is loaded."""
    report = results.reports.get(action.pk)
    sessions = results.sessions.get(action.pk)
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
        sessions=sessions["held"] if sessions else None,
        participations=sum(sessions[name] for name, _ in SEXES) if sessions else None,
        participations_in_qpv=sessions["from_qpv"] if sessions else None,
        measures=results.measures.get(action.pk, ()),
        levers=(axis.label,) if axis else (),
        report_due_on=results.due.get(action.pk),
        **(_told(report) if report else {}),
    )


def _told(report: ActionReport) -> dict:
    """What the report of a partner says, in the words of the sheet."""
    lines: list[ReportLine] = report.charges  # type: ignore[attr-defined]
    known = [line.actual for line in lines if line.actual is not None]
    filed = report.filed_at
    return {
        "reported_on": timezone.localdate(filed) if filed else report.due_on,
        "people": report.people_reached,
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

    def total(name: str) -> int:
        return sum(row[name] for row in results.sessions.values())

    sexes = tuple(HeadCount(label, total(name)) for name, label in SEXES if total(name))
    labels = {field.name: str(field.verbose_name) for field in Session._meta.concrete_fields}
    ages = tuple(HeadCount(labels[name], total(name)) for name in AGES)
    return Attendance(sexes, ages if any(row.count for row in ages) else ()) if sexes else Attendance()

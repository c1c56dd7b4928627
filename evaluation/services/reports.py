"""The report of an action: asked, written as a draft, filed, corrected, approved."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError
from asv_platform.common.formats import money
from asv_platform.territories.editing import change_row, create_row, lock
from evaluation import notifications
from evaluation.enums import ReportKind, ReportPath, ReportState, ReportTransition
from evaluation.models import ActionReport, Measure, ReportLine
from evaluation.selectors.reports import Missing, missing_before_filing, out_of_reach
from evaluation.services.measures import approve_measure, ensure_indicators
from evaluation.workflow import REPORT
from programmation.enums import DecisionOutcome, FundingState
from programmation.models import Action, BudgetLine, Decision, Programme
from programmation.nomenclature import GRANTS, nomenclature

ZERO = Decimal(0)
# « Dans les six mois suivant la fin de l’exercice » (Cerfa 15059*02): the 30 June of the year after.
DUE_MONTH, DUE_DAY = 6, 30
# What is left to a partner who is asked too late.
LATE_DELAY = 30
# What is known of a line: what was spent or received, and why it differs.
LineAnswer = tuple[Decimal | None, str]


class ReportIncomplete(DomainError):
    """Something is missing; ``missing`` says what, field by field."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(f"Il reste à compléter avant le dépôt : {' '.join(item.text for item in missing)}")


class ReportClosed(DomainError):
    """A report already filed was about to be written in."""

    def __init__(self) -> None:
        super().__init__("Ce bilan est déposé : il ne change plus, sauf si une correction vous est demandée.")


class NobodyReached(DomainError):
    """Nobody receives what is written to the organisation."""

    def __init__(self, organisation: str) -> None:
        super().__init__(f"{organisation} n’a aucun accès à la plateforme : prévenez cette structure vous-même.")


def due_date(year: int) -> dt.date:
    """The day the final report of the actions of ``year`` is due."""
    return dt.date(year + 1, DUE_MONTH, DUE_DAY)


def asked_for(year: int, *, on: dt.date) -> dt.date:
    """The day to ask for: the legal one, or a month from ``on`` once it is past."""
    legal = due_date(year)
    return legal if legal >= on else on + dt.timedelta(days=LATE_DELAY)


@transaction.atomic
def open_report(*, action: Action, kind: ReportKind, due_on: dt.date, by, tell: bool = False) -> ActionReport:
    """The report asked of an action: its lines come from the budget. ``tell`` writes to the partner.

    One a kind: a second call returns the first, and tells nobody again.
    """
    lock(action)
    if found := ActionReport.objects.active().filter(action=action, kind=kind).first():
        return found
    ensure_indicators(action=action, by=by)
    report = create_row(
        ActionReport, asv=action.asv, by=by, event="report.asked", action=action, kind=kind, due_on=due_on
    )
    for position, line in enumerate(_planned_lines(action)):
        line.asv_id, line.report, line.position = action.asv_id, report, position
        line.save()
    if tell:
        notifications.report_asked(report)
    return report


def _planned_lines(action: Action) -> list[ReportLine]:
    """One line for each line of the budget; a grant is already told by the committee's decision."""
    if action.proposal is None:
        return []
    decisions = Decision.objects.active().filter(proposal_id=action.proposal_id)
    decided = {decision.funder_id: decision for decision in decisions}
    labels = _labels(action.proposal.nomenclature)
    lines = BudgetLine.objects.filter(proposal_id=action.proposal_id).exclude(funding_state=FundingState.REFUSED)
    return [_planned_line(row, labels, decided.get(row.funder_id)) for row in lines.select_related("funder")]


def _labels(version: str) -> dict[tuple[str, str], str]:
    grid = nomenclature(version)
    return {
        (side, line.code): line.label
        for side in ("charge", "product")
        for post in grid.posts(side)
        for line in post.lines
    }


def _planned_line(row: BudgetLine, labels: dict, decision: Decision | None) -> ReportLine:
    official = labels.get((row.side, row.code), row.code)
    label = row.funder.name if row.funder else (row.label or official)
    line = ReportLine(side=row.side, code=row.code, label=label[:200], planned=row.amount or ZERO)
    if decision and row.code.startswith(GRANTS) and decision.outcome != DecisionOutcome.ADJOURNED:
        line.actual = decision.amount
        if decision.amount != line.planned:
            line.explanation = f"Montant décidé par le financeur : {money(decision.amount)}."
    return line


@transaction.atomic
def open_reports(*, programme: Programme, due_on: dt.date, by, tell: bool = False) -> list[ActionReport]:
    """Ask every action of the year for its final report, once; returns the new ones. ``tell`` writes to partners."""
    actions = Action.objects.live().filter(programme=programme)
    known = ActionReport.objects.active().filter(kind=ReportKind.FINAL).values("action")
    opened = [
        open_report(action=action, kind=ReportKind.FINAL, due_on=due_on, by=by, tell=tell)
        for action in actions.exclude(pk__in=known).select_related("proposal", "organisation", "asv").order_by("number")
    ]
    if opened:
        record("programme.reports_asked", by=by, subject=programme, reports=len(opened), due_on=due_on.isoformat())
    return opened


@transaction.atomic
def save_report(
    *,
    report: ActionReport,
    by,
    version: int | None = None,
    lines: Mapping[int, LineAnswer] | None = None,
    **fields,
) -> ActionReport:
    """Save what the partner wrote, complete or not. ``lines`` is {pk of a line: (actual, explanation)}.

    Raises StaleEdit, ReportClosed or ValidationError.
    """
    fresh = lock(report, version=version)
    if not fresh.is_waiting:
        raise ReportClosed
    saved = change_row(fresh, by=by, event="report.saved", **fields)
    for line in ReportLine.objects.select_for_update(of=("self",)).filter(report=saved, pk__in=list(lines or {})):
        line.actual, line.explanation = (lines or {})[line.pk]
        line.version += 1
        line.full_clean()
        line.save()
    return saved


@transaction.atomic
def file_report(*, report: ActionReport, by, at: dt.datetime, on_behalf: bool = False) -> ActionReport:
    """File a report, the first time or after a correction: the coordination is told once.

    ``on_behalf``: the team files what the organisation sent otherwise; the organisation is told instead.

    A line left blank is what was planned, or nothing when the action did not take place. A report already filed comes
    back as it is. Raises ReportIncomplete or TransitionRefused.
    """
    fresh = lock(report)
    if fresh.state == ReportState.FILED:
        return fresh
    target = REPORT.target(ReportTransition.FILE, source=fresh.state)
    if missing := missing_before_filing(fresh):
        raise ReportIncomplete(missing)
    for line in fresh.lines.filter(actual__isnull=True):
        line.actual = ZERO if fresh.path == ReportPath.NOT_CARRIED_OUT else line.planned
        line.save()
    event = "report.filed_for" if on_behalf else "report.filed"
    filed = change_row(fresh, by=by, event=event, state=target, filed_at=at)
    tell = notifications.report_filed_for_partner if on_behalf else notifications.report_filed
    tell(filed)
    return filed


@transaction.atomic
def remind_report(*, report: ActionReport, by, on: dt.date) -> ActionReport:
    """Remind the partner of a report that is waited for. Raises ReportClosed once it is filed, or NobodyReached."""
    fresh = lock(report)
    if not fresh.is_waiting:
        raise ReportClosed
    if unread := out_of_reach([fresh.action.organisation_id]):
        raise NobodyReached(unread[0])
    # The version stays: what the partner is writing meanwhile is not stale.
    fresh.reminded_on = on
    fresh.save()
    record("report.reminded", by=by, subject=fresh)
    notifications.report_reminded(fresh)
    return fresh


@transaction.atomic
def return_report(*, report: ActionReport, by, request: str) -> ActionReport:
    """Ask the partner for a correction, in words. Raises TransitionRefused or ValidationError."""
    fresh = lock(report)
    target = REPORT.target(ReportTransition.RETURN, source=fresh.state)
    returned = change_row(fresh, by=by, event="report.to_correct", state=target, correction_request=request.strip())
    notifications.report_returned(returned)
    return returned


@transaction.atomic
def approve_report(*, report: ActionReport, by, at: dt.datetime) -> ActionReport:
    """Approve a filed report; the final one locks the sessions and measures it counted. Raises TransitionRefused."""
    fresh = lock(report)
    target = REPORT.target(ReportTransition.APPROVE, source=fresh.state)
    approved = change_row(fresh, by=by, event="report.approved", state=target, approved_at=at, correction_request="")
    if approved.kind == ReportKind.FINAL:
        for measure in Measure.objects.open().filter(indicator__action=approved.action):
            approve_measure(measure=measure, by=by, at=at)
    notifications.report_approved(approved)
    return approved

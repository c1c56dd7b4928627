"""What actions measured, towards what they promised."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery

from asv_platform.common.formats import number, percent
from asv_platform.common.masking import HIDDEN, SMALL, counts_people, is_small
from evaluation.enums import ResultState
from evaluation.models import ActionIndicator, Measure
from programmation.enums import IndicatorKind
from programmation.models import Action, ProposalIndicator

HALF = Decimal("0.5")
NUMBER = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator: what was promised, what was last measured.

    ``pk`` is None for a promise of the proposal that nobody measured yet; ``promise_pk`` then names it.
    """

    pk: int | None
    promise_pk: int | None
    name: str
    kind_label: str
    unit: str
    is_ratio: bool
    baseline: Decimal | None
    target: Decimal | None
    value: Decimal | None = None
    measured_on: dt.date | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_approved: bool = False
    secrets: frozenset[int] = frozenset()  # the counts of people hidden of the same action

    @property
    def hidden(self) -> str:
        """The word written in place of the value; empty when it may be read."""
        return hidden_word(self, self.value, self.numerator, self.denominator, secrets=self.secrets)

    @property
    def state(self) -> ResultState:
        if self.hidden:
            return ResultState.HIDDEN
        return result_state(self.value, baseline=self.baseline, target=self.target)

    def shown(self, value: Decimal | None) -> str:
        """A value with its unit when it is a percentage: « 61 % », « 41 »."""
        if value is None:
            return ""
        return percent(value) if self.is_ratio else number(value)

    @property
    def shown_value(self) -> str:
        return self.hidden or self.shown(self.value)

    @property
    def shown_target(self) -> str:
        return self.shown(self.target)

    @property
    def shown_baseline(self) -> str:
        return self.shown(self.baseline)

    @property
    def shown_parts(self) -> str:
        """« 23 sur 38 » for a percentage; empty when it is hidden."""
        if not self.is_ratio or self.numerator is None or self.hidden:
            return ""
        return f"{number(self.numerator)} sur {number(self.denominator)}"

    @property
    def detail(self) -> str:
        """« Résultat, 23 sur 38 » or « Processus, en personnes »."""
        if self.shown_parts:
            return f"{self.kind_label}, {self.shown_parts}"
        return f"{self.kind_label}, en {self.unit}" if self.unit and not self.is_ratio else self.kind_label


def hidden_word(
    indicator: "IndicatorResult | ActionIndicator | ProposalIndicator",
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    *,
    secrets: frozenset[int] = frozenset(),
) -> str:
    """The word written in place of a measure; empty when it may be read.

    « moins de 11 » when it is about a few people (what it counts, or one of the two sides of a percentage), « masqué »
    when it repeats one of the ``secrets``, the counts of people hidden of the same action.
    """
    if value is None:
        return ""
    if value in secrets and not indicator.is_ratio and not is_small(value):
        return HIDDEN
    if indicator.is_ratio and numerator is not None and denominator is not None:
        return SMALL if any(is_small(part) for part in (numerator, denominator, denominator - numerator)) else ""
    return SMALL if counts_people(indicator.unit) and is_small(value) else ""


def result_state(value: Decimal | None, *, baseline: Decimal | None, target: Decimal | None) -> ResultState:
    """Where a value stands between its baseline (0 when unknown) and its target, whichever way the target goes."""
    if value is None:
        return ResultState.NOT_MEASURED
    if target is None:
        return ResultState.WITHOUT_TARGET
    start = baseline or Decimal(0)
    way = target - start
    if (value >= target) if way >= 0 else (value <= target):
        return ResultState.REACHED
    return ResultState.HALFWAY if (value - start) / way >= HALF else ResultState.FAR


def with_last_measure(indicators: QuerySet) -> QuerySet:
    """Each row with its latest measure in ``last_value``, ``last_on``, ``last_numerator``, ``last_denominator``."""
    latest = Measure.objects.active().filter(indicator=OuterRef("pk")).order_by("-measured_on", "-pk")
    return indicators.annotate(
        last_value=Subquery(latest.values("value")[:1], output_field=NUMBER),
        last_numerator=Subquery(latest.values("numerator")[:1], output_field=NUMBER),
        last_denominator=Subquery(latest.values("denominator")[:1], output_field=NUMBER),
        last_on=Subquery(latest.values("measured_on")[:1]),
        last_approved_at=Subquery(latest.values("approved_at")[:1]),
    )


def indicator_result(row: ActionIndicator, secrets: frozenset[int] = frozenset()) -> IndicatorResult:
    """The result of one row of ``with_last_measure``; ``secrets`` are the counts of people hidden of its action."""
    return IndicatorResult(
        pk=row.pk,
        promise_pk=row.source_id,
        name=row.name,
        kind_label=row.get_kind_display(),
        unit=row.unit,
        is_ratio=row.is_ratio,
        baseline=row.baseline,
        target=row.target,
        value=row.last_value,  # type: ignore[attr-defined]
        measured_on=row.last_on,  # type: ignore[attr-defined]
        numerator=row.last_numerator,  # type: ignore[attr-defined]
        denominator=row.last_denominator,  # type: ignore[attr-defined]
        is_approved=bool(row.last_approved_at),  # type: ignore[attr-defined]
        secrets=secrets,
    )


def indicator_results(action: Action, secrets: frozenset[int] = frozenset()) -> tuple[IndicatorResult, ...]:
    """The indicators of an action: those adopted, else the promises of its proposal. Two queries at most."""
    rows = with_last_measure(ActionIndicator.objects.active().filter(action=action)).order_by("pk")
    found = tuple(indicator_result(row, secrets) for row in rows)
    if found or action.proposal_id is None:
        return found
    return tuple(_promise(row) for row in promises_of([action]))


def promises_of(actions: Sequence[Action]) -> QuerySet[ProposalIndicator]:
    """What the proposals of these actions promised and no indicator took up; one archived since took it up too."""
    taken_up = ActionIndicator.objects.filter(action__in=actions, source__isnull=False)
    promised = ProposalIndicator.objects.filter(proposal__action__in=actions)
    return promised.exclude(pk__in=taken_up.values("source")).order_by("position", "pk")


def _promise(row: ProposalIndicator) -> IndicatorResult:
    return IndicatorResult(
        pk=None,
        promise_pk=row.pk,
        name=row.name,
        kind_label=str(IndicatorKind(row.kind).label),
        unit=row.unit,
        is_ratio=row.is_ratio,
        baseline=row.baseline,
        target=row.target,
    )


@dataclass(frozen=True)
class TargetCount:
    """How many indicators may be told, how many are measured, how many reach their target.

    Whether a hidden value reaches its target would give it away: it is measured, and not told.
    """

    total: int = 0
    measured: int = 0
    reached: int = 0


def target_counts(results: tuple[IndicatorResult, ...] | list[IndicatorResult]) -> TargetCount:
    """Count these results."""
    return count_states([result.state for result in results])


def count_states(states: Sequence[ResultState]) -> TargetCount:
    """The same from where each indicator stands."""
    measured = [state for state in states if state != ResultState.NOT_MEASURED]
    told = sum(state != ResultState.HIDDEN for state in states)
    return TargetCount(told, len(measured), sum(state == ResultState.REACHED for state in states))


def target_counts_by_action(actions: QuerySet, secrets: Mapping[int, frozenset[int]]) -> dict[int, TargetCount]:
    """The same for each of these actions, in one query; ``secrets`` are the counts of people hidden of each."""
    rows = with_last_measure(ActionIndicator.objects.active().filter(action__in=actions.values("pk"))).order_by("pk")
    by_action: dict[int, list[IndicatorResult]] = {}
    for row in rows:
        by_action.setdefault(row.action_id, []).append(indicator_result(row, secrets.get(row.action_id, frozenset())))
    return {pk: target_counts(results) for pk, results in by_action.items()}


def measure_history(indicator: ActionIndicator, secrets: frozenset[int] = frozenset()) -> list[Measure]:
    """The measures of an indicator, latest first, each with the ``word`` that hides it."""
    rows = list(indicator.measures.active())
    for row in rows:
        word = hidden_word(indicator, row.value, row.numerator, row.denominator, secrets=secrets)
        row.word = word  # type: ignore[attr-defined]
    return rows

"""The indicators of an action as every page and the CSV show them: masked the same way everywhere."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from asv_platform.common.formats import number, percent, plural
from asv_platform.common.masking import SMALL, is_small
from asv_platform.reporting import charts
from asv_platform.reporting.snapshot import ActionFacts, AnnualSnapshot, Measure
from asv_platform.reporting.words import share, whole_percent
from evaluation.enums import ResultState
from evaluation.selectors.indicators import TargetCount, count_states, result_state

AWAITED = "attendu"


@dataclass(frozen=True)
class MeasureRow:
    label: str
    unit: str
    target: str
    result: str
    rate: str
    source: str
    chart: SafeString | None
    is_known: bool
    is_result: bool
    is_awaited: bool
    is_provisional: bool  # the action is under way: what is short of its target may still reach it
    state: ResultState
    exported: Decimal | str | None

    @property
    def is_reached(self) -> bool:
        return self.state == ResultState.REACHED

    @property
    def is_compared(self) -> bool:
        """Whether a result that may be read stands beside a target."""
        return self.state in {ResultState.REACHED, ResultState.HALFWAY, ResultState.FAR}


@dataclass(frozen=True)
class Targets:
    """How the indicators of a year stand towards their targets: those of result or impact, and all of them."""

    results: TargetCount
    every: TargetCount

    @property
    def words(self) -> str:
        """``20 cibles atteintes sur 28``, the figure of the page of evaluation."""
        return f"{plural(self.every.reached, 'cible atteinte', 'cibles atteintes')} sur {number(self.every.total)}"


def measure_rows(action: ActionFacts) -> list[MeasureRow]:
    """The rows of an action, in its order."""
    return [_row(measure, is_provisional=action.is_under_way) for measure in action.measures]


def targets_of(snapshot: AnnualSnapshot) -> Targets:
    """The targets of every action; those of result are counted once compared."""
    rows = [row for action in snapshot.actions for row in measure_rows(action)]
    return Targets(
        results=count_states([row.state for row in rows if row.is_result and row.is_compared]),
        every=count_states([row.state for row in rows]),
    )


def state_of(measure: Measure) -> ResultState:
    """Where an indicator stands towards its target, as the pages of evaluation say it."""
    if hidden_result(measure):
        return ResultState.HIDDEN
    return result_state(measure.result, baseline=measure.baseline, target=measure.target)


def hidden_result(measure: Measure) -> str:
    """The word printed in place of a result about a few people, or that gives a hidden count away."""
    return measure.hidden or (SMALL if measure.counts_people and is_small(measure.result) else "")


def _row(measure: Measure, *, is_provisional: bool) -> MeasureRow:
    word = hidden_result(measure)
    rate = None if word or measure.result is None or _goes_down(measure) else share(measure.result, measure.target or 0)
    said = word or (AWAITED if measure.result is None else _shown(measure, measure.result))
    about = f"{whole_percent(rate)} de la cible" if rate is not None else said
    return MeasureRow(
        label=measure.label,
        unit=measure.unit,
        target=_shown(measure, measure.target) or "–",
        result=said,
        rate=whole_percent(rate),
        source=measure.source or ("Bilan attendu" if measure.result is None else ""),
        chart=_bullet(measure, rate, f"{measure.label} : {about}"),
        is_known=measure.result is not None and not word,
        is_result=measure.is_result,
        is_awaited=measure.result is None,
        is_provisional=is_provisional,
        state=state_of(measure),
        exported=word or measure.result,
    )


def _goes_down(measure: Measure) -> bool:
    """Whether less is better: what was obtained is then no share of the target."""
    return measure.baseline is not None and measure.target is not None and measure.target < measure.baseline


def _shown(measure: Measure, value: Decimal | None) -> str:
    """A value with its unit when it is a percentage."""
    if value is None or measure.unit != "%":
        return number(value)
    return percent(value, 0 if value == value.to_integral_value() else 1)


def _bullet(measure: Measure, rate: Decimal | None, title: str) -> SafeString | None:
    """Hatched while the report is awaited; nothing when there is no target to measure against."""
    if rate is None and measure.result is not None:
        return None
    return charts.bullet(None if rate is None else float(rate) / 100, title=title)

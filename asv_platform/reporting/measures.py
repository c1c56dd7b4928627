"""The indicators of an action as every page and the CSV show them: masked the same way everywhere."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from asv_platform.common.formats import number, percent
from asv_platform.common.masking import SMALL, is_small
from asv_platform.reporting import charts
from asv_platform.reporting.snapshot import ActionFacts, Measure
from asv_platform.reporting.words import share, whole_percent

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
    is_reached: bool
    is_awaited: bool
    is_provisional: bool  # the action is under way: what is short of its target may still reach it
    exported: Decimal | str | None


def measure_rows(action: ActionFacts) -> list[MeasureRow]:
    """The rows of an action, in its order."""
    return [_row(measure, is_provisional=action.is_under_way) for measure in action.measures]


def hidden_result(measure: Measure) -> str:
    """The word printed in place of a result about a few people, or that gives a hidden count away."""
    return measure.hidden or (SMALL if measure.counts_people and is_small(measure.result) else "")


def _row(measure: Measure, *, is_provisional: bool) -> MeasureRow:
    word = hidden_result(measure)
    rate = None if word or measure.result is None else share(measure.result, measure.target or 0)
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
        is_reached=rate is not None and rate >= 100,
        is_awaited=measure.result is None,
        is_provisional=is_provisional,
        exported=word or measure.result,
    )


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

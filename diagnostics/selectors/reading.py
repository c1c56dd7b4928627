"""One figure beside another: better, close, worse, or why they may not be compared. The only comparison there is."""

from dataclasses import dataclass
from decimal import Decimal

from asv_platform.common import formats
from diagnostics.enums import Better, IndicatorKind, Reading
from diagnostics.models import Indicator, IndicatorValue

DIRECTIONS = {
    (Better.UP, True): Reading.BETTER,
    (Better.UP, False): Reading.WORSE,
    (Better.DOWN, True): Reading.WORSE,
    (Better.DOWN, False): Reading.BETTER,
    (Better.NEITHER, True): Reading.HIGHER,
    (Better.NEITHER, False): Reading.LOWER,
}


@dataclass(frozen=True)
class Comparison:
    """How a figure reads beside the one it is compared with; ``reason`` explains a refusal or a doubt."""

    reading: Reading
    difference: Decimal | None = None
    difference_text: str = ""
    is_significant: bool = False
    reason: str = ""


def compare(indicator: Indicator, value: IndicatorValue | None, reference: IndicatorValue | None) -> Comparison:
    """Compare two published figures of one indicator.

    With limits, the reading is favourable, close or unfavourable; without, it is a plain difference. Figures that are
    missing, masked or refused, counts, and standardised rates of two different years are not comparable.
    """
    if refusal := _refusal(indicator, value, reference):
        return Comparison(Reading.NOT_COMPARABLE, reason=refusal)
    assert value is not None  # noqa: S101 -- for the type checker: refused above
    assert reference is not None  # noqa: S101 -- same
    assert value.value is not None  # noqa: S101 -- same
    assert reference.value is not None  # noqa: S101 -- same
    difference = value.value - reference.value
    shown = difference_text(indicator, difference)
    doubt = "" if value.period == reference.period else f"Périodes différentes : {value.period} et {reference.period}."
    if value.lower is None or value.upper is None:
        return Comparison(_plain(difference), difference, shown, reason=doubt)
    if _overlap(value, reference):
        return Comparison(Reading.SIMILAR, difference, shown, reason=doubt)
    reading = DIRECTIONS[(Better(indicator.better), difference > 0)]
    return Comparison(reading, difference, shown, is_significant=True, reason=doubt)


def _refusal(indicator: Indicator, value: IndicatorValue | None, reference: IndicatorValue | None) -> str:
    if value is None or value.value is None:
        return "Aucune valeur publiable ici."
    if reference is None or reference.value is None:
        return "Aucune valeur publiable pour le territoire de comparaison."
    if indicator.kind == IndicatorKind.COUNT:
        return "Un effectif dépend de la taille du territoire : il ne se compare pas."
    if indicator.kind == IndicatorKind.STANDARDISED and value.period != reference.period:
        return "Deux taux standardisés de périodes différentes ne se comparent pas."
    return ""


def _plain(difference: Decimal) -> Reading:
    if difference == 0:
        return Reading.EQUAL
    return Reading.HIGHER if difference > 0 else Reading.LOWER


def _overlap(value: IndicatorValue, reference: IndicatorValue) -> bool:
    low = reference.value if reference.lower is None else reference.lower
    high = reference.value if reference.upper is None else reference.upper
    return value.lower <= high and low <= value.upper  # type: ignore[operator]


def value_text(indicator: Indicator, value: Decimal | None) -> str:
    """A figure as people read it: « 43,0 % », « 15 830 € », « 955,9 »; nothing for None."""
    if value is None:
        return ""
    if indicator.unit == "%":
        return formats.percent(value, indicator.decimals)
    if indicator.unit.startswith("€"):
        return formats.money(round(value))
    return formats.number(value, indicator.decimals)


def difference_text(indicator: Indicator, difference: Decimal) -> str:
    """A difference as people read it: points for shares, euros for incomes."""
    unit = {"%": "pts", "€ par an": "€"}.get(indicator.unit, "")
    text = formats.signed(difference, indicator.decimals)
    return f"{text}{formats.NBSP}{unit}" if unit else text

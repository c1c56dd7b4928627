"""From the lines of a file to the values of one indicator: what is withheld, masked, refused or published."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from diagnostics.reference.files import Line, number
from diagnostics.statistics import wilson

SMALL = 11
HUNDRED = Decimal(100)
PLACES = Decimal("0.0001")
WITHHELD_NOTE = "Secret statistique : valeur non diffusée par le producteur."
SMALL_NOTE = "Secret statistique : moins de 11 personnes."


@dataclass(frozen=True)
class Figure:
    """One value ready to store."""

    level: str
    code: str
    name: str
    period: str
    source_file: str
    source_line: int
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    note: str = ""
    is_hidden: bool = False
    is_refused: bool = False


def figures(series: dict, lines: list[Line], *, kind: str) -> Iterator[Figure]:
    """The figures of one series, one for each territory and period: a repeated line counts once.

    A share above 100 % is kept as refused, a withheld cell or one about fewer than 11 people as hidden.
    """
    seen = set()
    read = _fraction if "numerator" in series else _published
    for line in lines:
        if not _wanted(series, line):
            continue
        blank = _blank(series, line)
        key = (blank.code, blank.period)
        if key not in seen:
            seen.add(key)
            yield _checked(read(series, line, blank), kind)


def _wanted(series: dict, line: Line) -> bool:
    return all(line.cells.get(column) == value for column, value in series.get("where", {}).items())


def _blank(series: dict, line: Line) -> Figure:
    cells = line.cells
    return Figure(
        level=series["level"],
        code=series.get("code_value") or cells[series["code"]].strip(),
        name=series.get("name_value") or cells.get(series.get("name", ""), "").strip(),
        period=cells[series["period_column"]] if "period_column" in series else series["period"],
        source_file=series["file"],
        source_line=line.number,
    )


def _published(series: dict, line: Line, blank: Figure) -> Figure:
    value = number(line.cells[series["value"]])
    if value is None:
        return _hidden(blank, WITHHELD_NOTE)
    population = number(line.cells[series["n"]]) if "n" in series else None
    figure = replace(blank, value=_rounded(value), denominator=population)
    return _with_limits(figure, Decimal(series.get("rounding", "0"))) if population else figure


def _fraction(series: dict, line: Line, blank: Figure) -> Figure:
    parts = [number(line.cells[column]) for column in series["numerator"]]
    total = number(line.cells[series["denominator"]])
    if total is None or None in parts:
        return _hidden(blank, WITHHELD_NOTE)
    count = sum((part for part in parts if part is not None), Decimal(0))
    if count < SMALL or total < SMALL:
        # Neither the count nor its total is kept: one would give the other back.
        return _hidden(blank, SMALL_NOTE)
    figure = replace(blank, value=_rounded(count / total * HUNDRED), numerator=count, denominator=total)
    return _with_limits(figure, Decimal(0)) if series.get("limits", True) else figure


def _with_limits(figure: Figure, rounding: Decimal) -> Figure:
    """Wilson limits; ``rounding`` widens them by what the producer rounded away."""
    assert figure.value is not None  # noqa: S101 -- for the type checker: both callers have just set it
    assert figure.denominator is not None  # noqa: S101 -- same
    if not 0 <= figure.value <= HUNDRED:
        return figure
    share = figure.numerator if figure.numerator is not None else figure.value * figure.denominator / HUNDRED
    limits = wilson(float(share), float(figure.denominator))
    lower, upper = (Decimal(str(limit)) * HUNDRED for limit in (limits.lower, limits.upper))
    return replace(
        figure, lower=_rounded(max(Decimal(0), lower - rounding)), upper=_rounded(min(HUNDRED, upper + rounding))
    )


def _checked(figure: Figure, kind: str) -> Figure:
    if kind == "proportion" and figure.value is not None and not 0 <= figure.value <= HUNDRED:
        shown = f"{figure.value:.1f}".replace(".", ",")
        note = f"Valeur refusée : {shown} % publiés, une part ne peut pas dépasser 100 %."
        return replace(figure, value=None, numerator=None, lower=None, upper=None, is_refused=True, note=note)
    return figure


def _hidden(blank: Figure, note: str) -> Figure:
    return replace(blank, is_hidden=True, note=note)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(PLACES, rounding=ROUND_HALF_UP)

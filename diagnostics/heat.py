"""The comparison as tables: the heat map of the screen, and the lines of the exports."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from asv_platform.common.charts import Gap
from asv_platform.common.formats import short_place
from diagnostics.enums import Better, GeographyLevel, Reading
from diagnostics.selectors import FALLBACK, NOT_LOADED, ComparisonTable, FigureCell, IndicatorRow

TONES = {Reading.BETTER: ("better", "arrow-up-right"), Reading.WORSE: ("worse", "arrow-down-right")}
# A column of the heat map is narrow; the key of the table says what the word stands for.
SHORT = {FALLBACK: "commune"}
HEADERS = (
    "Indicateur", "Rubrique", "Unité", "Échelle", "Territoire", "Code", "Période", "Valeur", "Limite basse à 95 %",
    "Limite haute à 95 %", "Lecture", "Comparé à", "Écart", "Précision", "Source", "Fichier",
)  # fmt: skip


@dataclass(frozen=True)
class HeatCell:
    """One cell: its words never rest on the colour (``tone``) alone."""

    text: str
    tone: str = ""
    icon: str = ""
    hint: str = ""
    sub: str = ""


@dataclass(frozen=True)
class HeatRow:
    """One indicator."""

    label: str
    code: str
    sub: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatGroup:
    """The indicators of one heading."""

    label: str
    rows: list[HeatRow] = field(default_factory=list)


@dataclass(frozen=True)
class HeatTable:
    """A table of neighbourhoods × indicators; the last columns are the communes, for reference."""

    caption: str
    columns: tuple[str, ...]
    groups: tuple[HeatGroup, ...]

    @property
    def width(self) -> int:
        return len(self.columns) + 1


def current_table(table: ComparisonTable) -> HeatTable:
    """The neighbourhoods of today and their communes."""
    places = [*table.perimeter.neighbourhoods, *table.perimeter.communes]
    rows = [
        (row, (*row.neighbourhoods, *_references(row, {GeographyLevel.COMMUNE}))) for row in table.rows if row.is_local
    ]
    return _table("Indicateurs par quartier", places, rows)


def old_table(table: ComparisonTable) -> HeatTable:
    """The neighbourhoods of 2015 whose succession nobody confirmed: places of their own, by their label."""
    places = table.perimeter.old_neighbourhoods
    return _table(
        "Indicateurs des quartiers de 2015", places, [(r, r.old_neighbourhoods) for r in table.rows if r.is_old]
    )


def larger_table(table: ComparisonTable) -> HeatTable:
    """The territories that contain the neighbourhoods, from the communes to France."""
    places = [*table.perimeter.communes, *table.perimeter.larger]
    rows = [(row, row.references) for row in table.rows if any(cell.status != "missing" for cell in row.references)]
    return _table("Repères aux échelles plus larges", places, rows)


def _references(row: IndicatorRow, levels: set[GeographyLevel]) -> tuple[FigureCell, ...]:
    return tuple(cell for cell in row.references if cell.place.level in levels)


def _table(caption: str, places, rows) -> HeatTable:
    groups: dict[str, HeatGroup] = {}
    for row, cells in rows:
        heading = row.indicator.heading
        group = groups.setdefault(heading, HeatGroup(heading))
        periods = sorted({cell.period for cell in cells if cell.period})
        sub = f"{row.indicator.source}, {', '.join(periods)}"
        group.rows.append(
            HeatRow(row.indicator.name, row.indicator.code, sub, tuple(heat_cell(cell) for cell in cells))
        )
    return HeatTable(caption, tuple(short_place(place.name) for place in places), tuple(groups.values()))


def heat_cell(cell: FigureCell) -> HeatCell:
    """A figure as a cell: masked ones are hatched and say why, missing ones are dashes that say so."""
    if cell.status == "missing":
        return HeatCell("–", "na", hint=NOT_LOADED)
    if cell.status == "hidden":
        return HeatCell("secret", "hidden-v", "lock", hint=cell.note)
    if cell.status == "refused":
        return HeatCell("refusée", "hidden-v", "triangle-alert", hint=cell.note)
    if cell.place.level != GeographyLevel.QPV:
        return HeatCell(cell.text, "ref", sub=cell.flag)
    tone, icon = TONES.get(cell.comparison.reading, ("", ""))
    read = cell.comparison.reading != Reading.NOT_COMPARABLE
    gap = cell.comparison.difference_text if read and cell.comparison.reading != Reading.EQUAL else ""
    return HeatCell(
        cell.text,
        tone,
        icon,
        hint=f"{cell.comparison.reading.label}, comparé à {cell.comparator}" if read else cell.flag,
        sub=SHORT.get(cell.flag, cell.flag) or gap,
    )


def export_lines(table: ComparisonTable) -> Iterator[list]:
    """One line a figure, in the order of the screen; what is not loaded is left out."""
    for row in table.rows:
        for cell in row.cells:
            if cell.status != "missing":
                yield _line(row, cell)


def _line(row: IndicatorRow, cell: FigureCell) -> list:
    indicator, comparison = row.indicator, cell.comparison
    level = GeographyLevel(cell.place.level).label + (" de 2015" if cell.place.is_2015 else "")
    compared = comparison.reading != Reading.NOT_COMPARABLE
    return [
        indicator.name, indicator.heading, indicator.unit, level, cell.place.name, cell.place.code, cell.period,
        _plain(cell.value, indicator.decimals) if cell.is_known else cell.text,
        _plain(cell.lower, 1), _plain(cell.upper, 1),
        comparison.reading.label if compared else "", cell.comparator if compared else "",
        _plain(comparison.difference, indicator.decimals),
        ". ".join(part for part in (cell.flag, cell.note, comparison.reason) if part), indicator.source, cell.source,
    ]  # fmt: skip


def _plain(value: Decimal | None, decimals: int) -> Decimal | None:
    return None if value is None else round(value, decimals)


VERDICTS = {Reading.BETTER: "better", Reading.WORSE: "worse", Reading.SIMILAR: "similar"}


def gaps(table: ComparisonTable, code: str) -> tuple[str, str, list[Gap]]:
    """A neighbourhood facing its comparator: its name, the comparator's, and each indicator that has a direction."""
    name, comparator, found = "", "", []
    for row in table.rows:
        cell = next((one for one in row.neighbourhoods if one.place.code == code), None)
        if cell is None or row.indicator.better == Better.NEITHER or not cell.comparator:
            continue
        name, comparator = cell.place.name, cell.comparator
        if cell.comparison.difference is not None:
            found.append(_gap(row, cell))
    return name, comparator, found


def _gap(row: IndicatorRow, cell: FigureCell) -> Gap:
    reference = next(one for one in row.references if one.place.name == cell.comparator)
    difference = cell.comparison.difference or Decimal(0)
    share = difference / reference.value if reference.value else Decimal(0)
    sign = 1 if row.indicator.better == Better.UP else -1
    # Half the track for a gap of 50 %: enough room for the widest, and small gaps stay visible.
    position = float(share) * 2 * sign
    return Gap(row.indicator.name, position, cell.text, VERDICTS.get(cell.comparison.reading, "unknown"))

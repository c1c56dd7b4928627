"""Evidences as they are read: the published figure behind each, with its place, period and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from asv_platform.territories.models import Asv
from diagnostics.enums import EvidenceKind, GeographyLevel
from diagnostics.models import Evidence, IndicatorValue
from diagnostics.selectors.comparison import MASKED, NOT_LOADED
from diagnostics.selectors.perimeter import perimeter
from diagnostics.selectors.reading import value_text

SCALES = {
    GeographyLevel.COMMUNE: "donnée communale",
    GeographyLevel.EPCI: "donnée intercommunale",
    GeographyLevel.DEPARTMENT: "donnée départementale",
    GeographyLevel.REGION: "donnée régionale",
    GeographyLevel.FRANCE: "donnée nationale",
}


@dataclass(frozen=True)
class EvidenceCard:
    """One proof of a need; ``figure`` is set for a published figure, masked ones included."""

    pk: int
    kind: str
    kind_label: str
    text: str
    figure: str = ""
    indicator: str = ""
    indicator_code: str = ""
    place: str = ""
    flag: str = ""
    source: str = ""
    dated_on: object = None


def evidence_cards(evidences: Iterable[Evidence]) -> dict[int, list[EvidenceCard]]:
    """The cards of these evidences by need, in one query for all their figures."""
    rows = list(evidences)
    figures = _figures([row for row in rows if row.kind == EvidenceKind.FIGURE])
    cards: dict[int, list[EvidenceCard]] = {}
    for row in rows:
        key = (row.indicator_id, row.geography_level, row.geography_code)
        cards.setdefault(row.need_id, []).append(_card(row, figures.get(key)))
    return cards


def _figures(rows: list[Evidence]) -> dict[tuple, IndicatorValue]:
    if not rows:
        return {}
    values = IndicatorValue.objects.filter(
        indicator__in={row.indicator_id for row in rows}, geography_code__in={row.geography_code for row in rows}
    ).order_by("period")
    return {(value.indicator_id, value.level, value.geography_code): value for value in values}


def _card(row: Evidence, value: IndicatorValue | None) -> EvidenceCard:
    base: dict[str, Any] = {"pk": row.pk, "kind": row.kind, "kind_label": row.get_kind_display(), "text": row.text,
            "dated_on": row.dated_on}  # fmt: skip
    if row.indicator is None:
        return EvidenceCard(**base)
    figure = NOT_LOADED
    if value is not None:
        masked = MASKED if value.is_hidden else "valeur refusée"
        figure = masked if value.value is None else value_text(row.indicator, value.value)
    return EvidenceCard(
        **base,
        figure=figure,
        indicator=row.indicator.name,
        indicator_code=row.indicator.code,
        place=value.geography_name if value else "",
        flag=SCALES.get(GeographyLevel(row.geography_level), "") if row.geography_level else "",
        source=f"{row.indicator.source}, {value.period}" if value else row.indicator.source,
    )


def place_choices(asv: Asv) -> list[tuple[str, list[tuple[str, str]]]]:
    """The territories whose figures may prove a need of ``asv``, by scale: (« level:code », name)."""
    places = perimeter(asv)
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in (*places.neighbourhoods, *places.old_neighbourhoods, *places.communes, *places.larger):
        scale = "Quartiers de 2015" if place.is_2015 else GeographyLevel(place.level).label
        groups.setdefault(scale, []).append((f"{place.level}:{place.code}", place.name))
    return list(groups.items())

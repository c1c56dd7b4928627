"""Load every published figure once, in one transaction; do nothing when the shipped files are already in."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db import transaction

from actors.models import Term
from asv_platform.territories.models import ReferenceLoad
from diagnostics.models import Indicator, IndicatorValue
from diagnostics.reference.files import Line, definitions, fingerprint, read_lines
from diagnostics.reference.series import Figure, figures

NAME = "indicators"
BATCH = 1000
FIELDS = (
    "name", "heading", "definition", "unit", "kind", "denominator_label", "better", "source", "source_url_text",
    "licence", "caveats", "decimals", "position", "determinant_id",
)  # fmt: skip


@dataclass(frozen=True)
class IndicatorReport:
    """What a run did: the number of indicators and values, of those hidden and refused."""

    changed: bool
    counts: dict[str, int]


@transaction.atomic
def load_indicators(*, at: dt.datetime, force: bool = False) -> IndicatorReport:
    """Put the shipped indicators and their values in the database. Without effect when nothing changed."""
    identity = fingerprint()
    load = ReferenceLoad.objects.select_for_update().filter(name=NAME).first()
    if load and load.fingerprint == identity and not force:
        return IndicatorReport(changed=False, counts=load.counts)
    counts = _reload()
    ReferenceLoad.objects.update_or_create(
        name=NAME, defaults={"fingerprint": identity, "counts": counts, "loaded_at": at}
    )
    return IndicatorReport(changed=True, counts=counts)


def _reload() -> dict[str, int]:
    known = definitions()
    _write_indicators(known)
    ids = dict(Indicator.objects.values_list("code", "pk"))
    counts: Counter[str] = Counter(indicators=len(known), values=0, hidden=0, refused=0)
    IndicatorValue.objects.all().delete()
    IndicatorValue.objects.bulk_create(_counted(_rows(known, ids), counts), batch_size=BATCH)
    return dict(counts)


def _write_indicators(known: list[dict]) -> None:
    """Update the indicators in place: evidences point to them. One that left the files keeps no value."""
    determinants = dict(Term.objects.filter(kind="determinant").values_list("code", "pk"))
    rows = [
        Indicator(
            code=definition["code"],
            position=position,
            determinant_id=determinants.get(definition.get("determinant", "")),
            **{name: definition[name] for name in FIELDS if name in definition},
        )
        for position, definition in enumerate(known, start=1)
    ]
    Indicator.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=list(FIELDS))


def _rows(known: list[dict], ids: dict[str, int]) -> Iterator[IndicatorValue]:
    @cache
    def lines(name: str) -> list[Line]:
        return read_lines(name)

    for definition in known:
        for series in definition["series"]:
            for figure in figures(series, lines(series["file"]), kind=definition["kind"]):
                yield _row(figure, ids[definition["code"]])


def _row(figure: Figure, indicator_id: int) -> IndicatorValue:
    return IndicatorValue(
        indicator_id=indicator_id,
        level=figure.level,
        geography_code=figure.code,
        geography_name=figure.name[:200],
        period=figure.period,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        lower=figure.lower,
        upper=figure.upper,
        note=figure.note,
        is_hidden=figure.is_hidden,
        is_refused=figure.is_refused,
        source_file=figure.source_file,
        source_line=figure.source_line,
    )


def _counted(rows: Iterator[IndicatorValue], counts: Counter[str]) -> Iterator[IndicatorValue]:
    for row in rows:
        counts["values"] += 1
        counts["hidden"] += row.is_hidden
        counts["refused"] += row.is_refused
        yield row

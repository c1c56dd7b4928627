"""The chapter Le diagnostic partagé: gaps with the reference, voices by theme, needs and priorities."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from asv_platform.common.formats import join_and, number
from asv_platform.reporting import charts
from asv_platform.reporting.annual.money import KeyFigure
from asv_platform.reporting.snapshot import AnnualSnapshot, Comparison, Diagnostic, Need, Theme
from asv_platform.reporting.words import capital, counted, in_words, unbroken
from diagnostics.selectors import times_heard

FEW_COMPARISONS = 5  # up to here the voices begin on the page of the gaps


@dataclass(frozen=True)
class ComparisonRow:
    label: str
    unit: str
    value: str
    reference: str
    status: str
    flag: str
    chart: SafeString | None


@dataclass(frozen=True)
class NeedRow:
    number: int
    statement: str
    voices: str
    evidence: str
    places: str
    priority: str
    actions: str


def diagnostic(snapshot: AnnualSnapshot) -> dict:
    """What the chapter shows."""
    found = snapshot.diagnostic
    notes = _notes(found.comparisons)
    return {
        "facts": found,
        "spoken": _spoken(found),
        "comparison_headline": unbroken(comparison_headline(found.comparisons)),
        "groups": [
            (name, [_row(row, notes) for row in rows])
            for name, rows in groupby(found.comparisons, key=lambda row: row.group)
        ],
        "has_room": 0 < len(found.comparisons) <= FEW_COMPARISONS,
        "notes": [f"{letter}. {note}" for note, letter in notes.items()],
        "marks": charts.legend_marks(),
        "themes_headline": unbroken(_themes_headline(found.themes)),
        "needs_headline": unbroken(_needs_headline(found.needs)),
        "has_broken_needs": any(not (need.priority and need.actions) for need in found.needs),
        "needs": [_need(rank, need, snapshot) for rank, need in enumerate(found.needs, start=1)],
        "places": snapshot.territory.places,
    }


def _spoken(found: Diagnostic) -> list[KeyFigure]:
    """Who spoke: their words, and how many times these were heard."""
    told = (
        (found.resident_voices, found.resident_mentions, "d’habitant", "d’habitants"),
        (found.professional_voices, found.professional_mentions, "de professionnel", "de professionnels"),
    )
    return [
        KeyFigure(number(words), f"parole {one}" if words < 2 else f"paroles {many}", times_heard(words, times))
        for words, times, one, many in told
        if words
    ]


def comparison_headline(rows: tuple[Comparison, ...]) -> str:
    """``Sur quatorze écarts mesurés, sept sont défavorables et un seul est favorable``: those read with an interval."""
    worse = sum(row.status == "worse" for row in rows)
    better = sum(row.status == "better" for row in rows)
    assessed = sum(row.status != "none" for row in rows)
    if not assessed:
        return "Les chiffres publiés, à côté de ceux de la référence"
    start = f"Sur {counted(assessed, 'écart mesuré', 'écarts mesurés')}, "
    if not worse and not better:
        return start + "aucun n’est net"
    return start + " et ".join(filter(None, [_so_many(worse, "défavorable"), _so_many(better, "favorable")]))


def _so_many(count: int, adjective: str) -> str:
    if count == 0:
        return ""
    if count == 1:
        return f"un seul est {adjective}"
    return f"{in_words(count)} sont {adjective}s"


def _notes(rows: tuple[Comparison, ...]) -> dict[str, str]:
    """Each distinct note and the letter that calls it."""
    distinct = dict.fromkeys(row.note for row in rows if row.note)
    return {note: chr(ord("a") + index) for index, note in enumerate(distinct)}


def _row(row: Comparison, notes: dict[str, str]) -> ComparisonRow:
    value, reference = _figure(row.value), _figure(row.reference)
    status = row.reading or charts.STATUS[row.status]
    return ComparisonRow(
        label=row.label,
        unit=" · ".join(filter(None, [row.unit, row.period, row.against and f"réf. {row.against}"])),
        value=value,
        reference=reference,
        status=status,
        flag=notes.get(row.note, ""),
        chart=_spine(row, f"{row.group}, {row.label} : {value} contre {reference}, {status}"),
    )


def _figure(value: float) -> str:
    return number(value, 0 if abs(value) > 100 else 1)


def _spine(row: Comparison, title: str) -> SafeString | None:
    if row.higher_is_better is None or row.low is None or row.high is None:
        return None
    drawn = charts.SpineRow(
        value=row.value,
        reference=row.reference,
        low=row.low,
        first_quartile=row.low if row.first_quartile is None else row.first_quartile,
        third_quartile=row.high if row.third_quartile is None else row.third_quartile,
        high=row.high,
        higher_is_better=row.higher_is_better,
        status=row.status,
        interval=row.interval,
    )
    return charts.spine(drawn, title=title)


def _themes_headline(themes: tuple[Theme, ...]) -> str:
    """How many themes, and whether the voices agree."""
    start = capital(counted(len(themes), "thème"))
    apart = [theme.title for theme in themes if theme.disagreement]
    if not apart:
        return f"{start}, vu{'s' if len(themes) > 1 else ''} par cinq voix"
    return f"{start} ; les voix divergent sur {join_and([f'« {title} »' for title in apart])}"


def _needs_headline(needs: tuple[Need, ...]) -> str:
    total = counted(len(needs), "besoin", "besoins")
    answered = sum(bool(need.actions) for need in needs)
    if answered == len(needs):
        followed = "tous suivis" if len(needs) > 1 else "suivi"
        return capital(f"{total} entendu{'s' if len(needs) > 1 else ''}, {followed} d’une action")
    if not answered:
        return capital(f"{total} entendus ; aucun n’a d’action" if len(needs) > 1 else f"{total} entendu, sans action")
    without = len(needs) - answered
    return capital(f"{total} entendu{'s' if len(needs) > 1 else ''}, dont {in_words(without)} sans action")


def _need(rank: int, need: Need, snapshot: AnnualSnapshot) -> NeedRow:
    every_place = len(need.places) == len(snapshot.territory.places) > 1
    return NeedRow(
        number=rank,
        statement=need.statement,
        voices=capital(", ".join(need.voices)),
        evidence=capital(need.evidence),
        places="tous" if every_place else " · ".join(str(place) for place in need.places),
        priority=str(need.priority or ""),
        actions=" · ".join(str(action) for action in need.actions),
    )

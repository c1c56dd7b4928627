"""The chapter La participation: who spoke, who voted, who came."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from asv_platform.common.formats import number, plural
from asv_platform.common.masking import masks, shown
from asv_platform.reporting import charts
from asv_platform.reporting.snapshot import AnnualSnapshot, Attendance, HeadCount, PlaceVoices
from asv_platform.reporting.words import capital, in_words
from diagnostics.selectors import times_heard

ELSEWHERE = "Sans quartier précisé"


@dataclass(frozen=True)
class VoiceRow:
    name: str
    residents: int
    heard: int
    professionals: int
    needs: int
    bar: SafeString | None


@dataclass(frozen=True)
class CountRow:
    label: str
    count: str
    bar: SafeString | None


def heard(snapshot: AnnualSnapshot) -> dict:
    """The words by neighbourhood, the two votes, and who came to the sessions."""
    attendance, votes = snapshot.attendance, snapshot.diagnostic.priorities
    ages = _with_unknown(attendance)
    rows = [*count_rows(attendance.sexes), *count_rows(ages)]
    return {
        "voices": voice_rows(snapshot),
        "votes": [
            (row, "" if row.resident_votes is None else shown(row.resident_votes))
            for row in votes
            if row.committee_votes is not None or row.resident_votes is not None
        ],
        "sexes": count_rows(attendance.sexes),
        "came": count_rows(ages),
        "came_total": attendance.total,
        "came_hidden": any(row.bar is None and row.count != "0" for row in rows),
    }


def _with_unknown(attendance: Attendance) -> tuple[HeadCount, ...]:
    """The ages, and those that nobody noted: with them, the rows make the total."""
    unknown = attendance.total - sum(row.count for row in attendance.ages)
    return (*attendance.ages, HeadCount("Âge non noté", unknown)) if attendance.ages and unknown else attendance.ages


def voice_rows(snapshot: AnnualSnapshot) -> list[VoiceRow]:
    """The neighbourhoods, those where nobody was heard included."""
    names = {place.number: place.name for place in snapshot.territory.places}
    most = max((row.heard for row in snapshot.diagnostic.voices), default=0)
    return [_voice_row(row, names.get(row.place or 0, ELSEWHERE), most) for row in snapshot.diagnostic.voices]


def _voice_row(row: PlaceVoices, name: str, most: int) -> VoiceRow:
    said = f"{name} : {plural(row.residents, 'parole')}, {times_heard(row.residents, row.heard)}".rstrip(", ")
    bar = charts.bar(row.heard, most, width=40, title=said) if row.heard else None
    return VoiceRow(name, row.residents, row.heard, row.professionals, row.needs, bar)


def count_rows(counts: tuple[HeadCount, ...]) -> list[CountRow]:
    """People by group; what is too small is masked, and what would let one work it out."""
    most = max((row.count for row in counts), default=1) or 1
    return [
        CountRow(
            label=row.label,
            count=mask or number(row.count),
            bar=None
            if mask or not row.count
            else charts.bar(row.count, most, width=26, title=f"{row.label} : {number(row.count)}"),
        )
        for row, mask in zip(counts, masks([row.count for row in counts]), strict=True)
    ]


def headline(snapshot: AnnualSnapshot) -> str:
    """What the year shows of participation, in one line."""
    places = [row for row in snapshot.diagnostic.voices if row.place is not None]
    silent = [row for row in places if not row.residents]
    if places and silent and len(silent) < len(places):
        where = "un quartier" if len(silent) == 1 else f"{in_words(len(silent))} quartiers"
        return f"La parole des habitants manque encore dans {where}"
    if snapshot.attendance.total:
        return capital(f"{plural(snapshot.attendance.total, 'participation')} aux séances de l’année")
    return "Qui a pris part, et à quoi"

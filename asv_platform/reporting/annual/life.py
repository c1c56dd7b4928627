"""The chapters La participation, Les alertes and Les perspectives."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from asv_platform.common.formats import MONTHS_SHORT, date_short, join_and, number
from asv_platform.common.masking import masks, total_hides
from asv_platform.reporting import charts
from asv_platform.reporting.annual import heard
from asv_platform.reporting.snapshot import AlertFacts, AnnualSnapshot, Appointment, AwaitedDecision, CalendarEntry
from asv_platform.reporting.words import capital, counted, in_words, listed

PHASES = ("Diagnostic", "Priorités", "Programmation", "Mise en œuvre", "Évaluation")
PHASES_IN_SENTENCE = (
    "au diagnostic", "au choix des priorités", "à la programmation", "à la mise en œuvre", "à l’évaluation",
)  # fmt: skip
LATE = dt.timedelta(days=180)


@dataclass(frozen=True)
class HeatCell:
    css: str
    text: str


@dataclass(frozen=True)
class HeatRow:
    name: str
    cells: list[HeatCell]
    people: str


@dataclass(frozen=True)
class AgeRow:
    label: str
    women: str
    men: str
    women_bar: SafeString | None
    men_bar: SafeString | None


@dataclass(frozen=True)
class AlertRow:
    facts: AlertFacts
    sent: str
    state: str
    chart: SafeString | None


@dataclass(frozen=True)
class Span:
    """Cells of the calendar: how many months, what is written, how dark."""

    months: int
    text: str = ""
    css: str = ""


def participation(snapshot: AnnualSnapshot) -> dict:
    """What the chapter La participation shows."""
    names = {place.number: place.name for place in snapshot.territory.places}
    hidden = masks([row.people for row in snapshot.participation])
    return {
        "headline": _participation_headline(snapshot),
        "phases": PHASES,
        "heat": [
            HeatRow(
                names.get(row.place, str(row.place)), [_heat(level) for level in row.levels], mask or number(row.people)
            )
            for row, mask in zip(snapshot.participation, hidden, strict=True)
        ],
        "ladder": [(charts.swatch(level), name) for level, name in enumerate(charts.LADDER)],
        **_ages(snapshot),
        **heard.heard(snapshot),
    }


def _heat(level: int | None) -> HeatCell:
    if level is None:
        return HeatCell("none", "non suivi")
    return HeatCell(f"level{level}" if level else "none", capital(charts.LADDER[level]))


def _participation_headline(snapshot: AnnualSnapshot) -> str:
    means = {}
    for phase in range(len(PHASES)):
        known = [row.levels[phase] for row in snapshot.participation if row.levels[phase] is not None]
        if known:
            means[phase] = sum(level or 0 for level in known) / len(known)
    if len(set(means.values())) < 2:
        return heard.headline(snapshot)
    most, least = max(means, key=lambda p: means[p]), min(means, key=lambda p: means[p])
    most_said, least_said = PHASES_IN_SENTENCE[most], PHASES_IN_SENTENCE[least]
    return f"Les habitants prennent part surtout {most_said}, le moins {least_said}"


def _ages(snapshot: AnnualSnapshot) -> dict:
    bands = snapshot.participants
    women, men = [band.women for band in bands], [band.men for band in bands]
    flat = masks([*women, *men], partner=lambda index: (index + len(bands)) % (2 * len(bands)))
    hidden = list(zip(flat[: len(bands)], flat[len(bands) :], strict=True))
    most = max([count for count in [*women, *men] if count] or [1])
    return {
        "ages": [
            AgeRow(
                label=band.label,
                women=w or number(band.women) or "–",
                men=m or number(band.men) or "–",
                women_bar=_age_bar(band.label, "femmes", band.women, most, w),
                men_bar=_age_bar(band.label, "hommes", band.men, most, m),
            )
            for band, (w, m) in zip(bands, hidden, strict=True)
        ],
        "ages_total": None if total_hides([*women, *men]) else sum(count or 0 for count in [*women, *men]),
        "ages_hidden": any(w or m for w, m in hidden),
    }


def _age_bar(label: str, who: str, count: int | None, most: int, mask: str) -> SafeString | None:
    if mask or not count:
        return None
    return charts.bar(count, most, width=24, title=f"{label}, {who} : {count}")


def alerts(snapshot: AnnualSnapshot) -> dict:
    """What the chapter Les alertes shows."""
    on = snapshot.edition.data_on
    return {
        "headline": _alerts_headline(snapshot),
        "rows": [_alert(alert, on) for alert in snapshot.alerts],
        "broken_links": snapshot.broken_links,
        "data_on": on,
        "year": snapshot.edition.year,
    }


def _alerts_headline(snapshot: AnnualSnapshot) -> str:
    total = len(snapshot.alerts)
    if not total:
        broken = sum(link.count for link in snapshot.broken_links)
        return capital(f"le fil est rompu {'à un endroit' if broken == 1 else f'à {in_words(broken)} endroits'}")
    waiting = sum(alert.answered_on is None for alert in snapshot.alerts)
    said = counted(total, "alerte", feminine=True)
    if not waiting:
        return capital(f"{said}, toutes avec une réponse" if total > 1 else f"{said}, avec une réponse")
    if waiting == total:
        return capital(f"{said}, sans réponse")
    verb = "reste" if waiting == 1 else "restent"
    return capital(f"{counted(waiting, 'alerte', feminine=True)} sur {in_words(total)} {verb} sans réponse")


def _alert(alert: AlertFacts, on: dt.date | None) -> AlertRow:
    sent = _sent(alert)
    if alert.sent_on is None:
        return AlertRow(alert, sent, "Date d’envoi non renseignée", None)
    end = alert.answered_on or on
    days = (end - alert.sent_on).days if end else 0
    state = f"Répondue en {days} jours" if alert.answered_on else f"Sans réponse depuis {days} jours"
    return AlertRow(alert, sent, state, charts.wait(max(days, 1), answered=alert.answered_on is not None))


def _sent(alert: AlertFacts) -> str:
    parts = [f"Adressée à : {alert.addressee}" if alert.addressee else "Destinataire non renseigné"]
    if alert.sent_on:
        parts.append(f"le {date_short(alert.sent_on)}")
    text = ", ".join(parts) + "."
    if alert.reminded_on:
        text += f" Relances : {join_and([date_short(day) for day in alert.reminded_on])}."
    return text


def perspectives(snapshot: AnnualSnapshot) -> dict:
    """What the chapter Les perspectives shows."""
    edition = snapshot.edition
    year = edition.year + 1
    return {
        "headline": _perspectives_headline(snapshot),
        "year": year,
        "commitments": [snapshot.commitments[i : i + 2] for i in range(0, len(snapshot.commitments), 2)],
        "more_commitments": _announced(snapshot) - len(snapshot.commitments),
        "months": [capital(name) for name in MONTHS_SHORT],
        "calendar": calendar_rows(snapshot.calendar, year),
        "decisions": [
            (decision, capital(decision_when(decision, snapshot.next_committee))) for decision in edition.decisions
        ],
        "chain": _dates(snapshot),
        "committee": snapshot.next_committee,
        "coverage": snapshot.edition.data_on,
    }


def _perspectives_headline(snapshot: AnnualSnapshot) -> str:
    commitments, decisions = _announced(snapshot), len(snapshot.edition.decisions)
    parts = []
    if commitments:
        parts.append(f"{counted(commitments, 'suite annoncée', 'suites annoncées', feminine=True)}")
    if decisions:
        parts.append(f"{counted(decisions, 'décision', feminine=True)} à prendre")
    return capital(", ".join(parts)) or f"Le calendrier {snapshot.edition.year + 1}"


def decision_when(decision: AwaitedDecision, committee: Appointment | None) -> str:
    """When a decision is awaited: a committee decides on the day it meets, the others before it. Empty without date."""
    if decision.before is None:
        return ""
    if committee is None or decision.before != committee.on:
        return f"avant le {date_short(decision.before)}"
    start = "au" if "comité" in decision.who.lower() else "avant le"
    return f"{start} comité du {date_short(committee.on)}"


def _announced(snapshot: AnnualSnapshot) -> int:
    """How many actions say what comes next: the chapter prints the first ones, the sheets all of them."""
    return max(len(snapshot.commitments), sum(bool(action.next_step) for action in snapshot.actions))


def calendar_rows(entries: tuple[CalendarEntry, ...], year: int) -> list[tuple[str, list[Span]]]:
    """The twelve months of ``year``, one row for each kind of entry; what falls outside the year is cut."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    inside = [entry for entry in entries if entry.ends_on >= first and entry.starts_on <= last]
    ordered = sorted(inside, key=lambda entry: entry.starts_on)
    rows: dict[str, list[CalendarEntry]] = {entry.row: [] for entry in inside}
    for entry in ordered:
        rows[entry.row].append(entry)
    return [(row, _spans(found, first, last)) for row, found in rows.items()]


def _spans(entries: list[CalendarEntry], first: dt.date, last: dt.date) -> list[Span]:
    spans: list[Span] = []
    month = 1
    for start, group in groupby(entries, key=lambda entry: max(entry.starts_on, first).month):
        found = list(group)
        begin = max(start, month)
        end = max(begin, min(max(entry.ends_on for entry in found), last).month)
        if begin > 12 or start < month:
            continue
        spans += [Span(1)] * (begin - month)
        spans.append(_span(found, end - begin + 1))
        month = end + 1
    return spans + [Span(1)] * (13 - month)


def _span(found: list[CalendarEntry], months: int) -> Span:
    one_day = all(entry.starts_on == entry.ends_on for entry in found)
    if one_day:
        return Span(months, ", ".join(str(entry.starts_on.day) for entry in found), "full")
    return Span(months, found[0].label, "plain")


def _dates(snapshot: AnnualSnapshot) -> list[tuple[str, str, str]]:
    """The thread of the coming dates, five at most, each said once; nothing when they are one and the same."""
    committee = snapshot.next_committee
    ranks: dict[dt.date, list[int]] = {}
    for rank, decision in enumerate(snapshot.edition.decisions, start=1):
        if decision.before:
            ranks.setdefault(decision.before, []).append(rank)
    if not ranks:
        return []
    days = sorted({*ranks, committee.on} if committee else ranks)
    if len(days) == 1:
        return []
    return [_date(day, ranks.get(day, []), committee) for day in days[:5]]


def _date(day: dt.date, ranks: list[int], committee: Appointment | None) -> tuple[str, str, str]:
    asked = f"décision{'s' if len(ranks) > 1 else ''} {listed(ranks)}" if ranks else ""
    if committee is None or day != committee.on:
        return date_short(day), capital(asked), "open"
    return date_short(day), " : ".join(filter(None, [committee.title, asked])), "here"

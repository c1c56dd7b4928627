"""The note to elected officials: the year on one page, from the same snapshot as the annual report."""

from dataclasses import dataclass

from asv_platform.common.formats import date_long, date_short, join_and, money, plural, shorten
from asv_platform.reporting import charts, maps, thread
from asv_platform.reporting.annual.life import decision_when
from asv_platform.reporting.annual.money import KeyFigure, funder_parts, grants_bar
from asv_platform.reporting.annual.overview import (
    granted_figure,
    heard_figure,
    partners_figure,
    people_figure,
    sessions_figure,
)
from asv_platform.reporting.documents import Document, document_html, imprint
from asv_platform.reporting.measures import MeasureRow, measure_rows, targets_of
from asv_platform.reporting.snapshot import (
    ActionFacts,
    AlertFacts,
    AnnualSnapshot,
    Appointment,
    AwaitedDecision,
    BrokenLink,
)
from asv_platform.reporting.totals import Totals, totals_of
from asv_platform.reporting.words import unbroken

SHOWN = 3
ONE_LINE = 62  # letters of a decision on one line
FEW = 1  # actions that can be told, not only counted
MOST_PLACES = 6  # in the legend of the map
LONGEST_HEADLINE, LONGEST_DECISION, LONGEST_WHO, LONGEST_ASV = 100, 84, 32, 60  # what one page can hold
LONG_HEADLINE = 64  # beyond, the headline is set smaller
LONGEST_NAME = 70
LETTERS = 80  # of a line of text
ROOMY = 5  # lines of decisions, results, alerts and actions up to which the page is set larger


@dataclass(frozen=True)
class Line:
    """A strong word and what it means."""

    strong: str
    text: str
    is_figure: bool = True


@dataclass(frozen=True)
class DecisionLine:
    what: str
    who: str
    when: str

    @property
    def is_short(self) -> bool:
        """Whether it leaves a line for who decides."""
        return len(self.what) <= ONE_LINE


def note_document(snapshot: AnnualSnapshot) -> Document:
    """The one-page note of the snapshot's year. Long texts are shortened: a second page is never printed."""
    totals = totals_of(snapshot)
    headline = shorten(snapshot.edition.headline or _headline(snapshot, totals), LONGEST_HEADLINE)
    results, warnings, few = _results(snapshot), _warnings(snapshot), _few_actions(snapshot)
    decisions = snapshot.edition.decisions[:SHOWN]
    context = {
        "snapshot": snapshot,
        "identity": snapshot.identity,
        "name": shorten(snapshot.identity.name, LONGEST_ASV),
        "edition": snapshot.edition,
        "imprint": imprint(snapshot),
        "head_style": thread.single_style(draft=snapshot.edition.is_draft),
        "headline": unbroken(headline),
        "is_long": len(headline) > LONG_HEADLINE,
        "totals": totals,
        "figures": _figures(snapshot, totals),
        "money": _money(snapshot, totals),
        "map": maps.perimeter(snapshot.territory, width=51.3, height=48, letters=2.3),
        "places": _places(snapshot),
        "results": results,
        "warnings": warnings,
        "actions": few,
        "decisions": [_decision(row, snapshot.next_committee) for row in decisions],
        "is_roomy": len(decisions) + len(results) + len(warnings) + _lines(few) <= ROOMY,
        "committee": _committee(snapshot),
        "source": _source(snapshot, totals),
    }
    return Document(document_html("pdf/note.html", context))


def _headline(snapshot: AnnualSnapshot, totals: Totals) -> str:
    if not totals.actions:
        return f"L’année {snapshot.edition.year} de l’atelier santé ville"
    if totals.actions == 1:
        told = "son bilan est rendu" if totals.reported else totals.awaited or "son bilan est attendu"
        return f"{snapshot.edition.year} : une action, {told}"
    told = "toutes avec un bilan" if totals.reported == totals.actions else f"{totals.reported} avec un bilan"
    if not totals.reported and totals.awaited:
        told = totals.awaited
    return f"{plural(totals.actions, 'action')} en {snapshot.edition.year}, {told}"


def _figures(snapshot: AnnualSnapshot, totals: Totals) -> list[KeyFigure]:
    """Three figures of the report, in the same words; a masked one gives its place to the next."""
    figures = [
        granted_figure(snapshot, totals),
        None if totals.people_hidden else people_figure(totals),
        sessions_figure(totals),
        heard_figure(snapshot),
        partners_figure(snapshot),
    ]
    return [figure for figure in figures if figure][:SHOWN]


def _money(snapshot: AnnualSnapshot, totals: Totals) -> dict:
    """Who granted what, and what the actions cost with their other resources: never one for the other."""
    parts = funder_parts(snapshot)
    return {
        "bar": grants_bar(parts, width=162, height=5),
        "parts": [(charts.tint(i), part.label, money(part.value)) for i, part in enumerate(parts)],
        "text": _money_text(totals),
    }


def _money_text(totals: Totals) -> str:
    if not totals.accounted:
        return "Aucun compte rendu financier n’est encore reçu : le coût réalisé n’est pas connu."
    accounts = plural(totals.accounted, "compte rendu", "comptes rendus")
    return (
        f"Coût total réalisé : {money(totals.spent)} sur {money(totals.planned)} prévus "
        f"({accounts}), autres ressources comprises."
    )


def _places(snapshot: AnnualSnapshot) -> dict:
    """The neighbourhoods numbered on the map: the first ones by name."""
    places = snapshot.territory.places
    return {
        "shown": [(place.number, place.short_name) for place in places[:MOST_PLACES]],
        "more": max(len(places) - MOST_PLACES, 0),
    }


def _few_actions(snapshot: AnnualSnapshot) -> list[ActionFacts]:
    """The actions by name when they are very few: the page then has room for them."""
    return list(snapshot.actions) if len(snapshot.actions) <= FEW else []


def _lines(actions: list[ActionFacts]) -> int:
    """The lines that the actions told by name take, about."""
    return sum(1 + len(action.summary + action.quote) // LETTERS for action in actions)


def _results(snapshot: AnnualSnapshot) -> list[Line]:
    """How many targets of result are reached, then the best of them: alone, these would hide the others."""
    rows = [row for action in snapshot.actions for row in measure_rows(action) if row.is_known]
    best = sorted(rows, key=lambda row: (not row.is_result, not row.is_reached))
    return [*_targets(snapshot), *(Line(row.result, _result_text(row)) for row in best)][:SHOWN]


def _targets(snapshot: AnnualSnapshot) -> list[Line]:
    found = targets_of(snapshot)
    reached, total = found.results.reached, found.results.total
    if total < 2:
        return []
    said = f"{plural(reached, 'cible')} de résultat sur {total}"
    so_far = " à ce jour" if totals_of(snapshot).awaited else ""
    word = "atteintes" if reached > 1 else "atteinte"
    text = f"{word}{so_far}, {found.every.reached} sur {found.every.total} en tout"
    return [Line(said, text, is_figure=False)]


def _result_text(row: MeasureRow) -> str:
    label = shorten(row.label[:1].lower() + row.label[1:], 60)
    if row.target == "–":
        return label
    if row.is_provisional and not row.is_reached:
        return f"{label} à ce jour ; objectif\u00a0{row.target}"
    return f"{label} ; objectif {'atteint' if row.is_reached else 'non atteint'}\u00a0({row.target})"


def _warnings(snapshot: AnnualSnapshot) -> list[Line]:
    """The alerts without an answer first; then the places where the thread is broken."""
    ordered = sorted(snapshot.alerts, key=lambda alert: alert.answered_on is not None)
    lines = [Line(shorten(alert.title, 52), _alert_text(alert), is_figure=False) for alert in ordered]
    lines += [Line(str(link.count), _broken_text(link)) for link in _distinct(snapshot.broken_links)]
    return lines[:SHOWN]


def _distinct(links: tuple[BrokenLink, ...]) -> list[BrokenLink]:
    """The broken links, those about something already named left for the report."""
    named: set[str] = set()
    kept = []
    for link in links:
        if not (link.names and named.issuperset(link.names)):
            kept.append(link)
        named.update(link.names)
    return kept


def _broken_text(link: BrokenLink) -> str:
    """What is broken; by its name when it is alone."""
    if link.count != 1 or not link.names:
        return shorten(link.label, 70)
    name = link.names[0].strip("«» ")
    return f"{link.label} : « {shorten(name, LONGEST_NAME)} »"


def _alert_text(alert: AlertFacts) -> str:
    if alert.answered_on:
        return f"réponse reçue le {date_short(alert.answered_on)}"
    if alert.sent_on:
        return f"sans réponse depuis le {date_short(alert.sent_on)}"
    return "sans réponse"


def _decision(decision: AwaitedDecision, committee: Appointment | None) -> DecisionLine:
    return DecisionLine(
        what=shorten(decision.what, LONGEST_DECISION),
        who=shorten(decision.who, LONGEST_WHO),
        when=decision_when(decision, committee) or "dès maintenant",
    )


def _committee(snapshot: AnnualSnapshot) -> Line | None:
    committee = snapshot.next_committee
    if committee is None:
        return None
    when = ", ".join(filter(None, [date_long(committee.on), committee.time]))
    return Line(f"{committee.title} : {when}", committee.place, is_figure=False)


def _source(snapshot: AnnualSnapshot, totals: Totals) -> str:
    edition, identity = snapshot.edition, snapshot.identity
    parts = []
    if totals.actions:
        on = f" au {date_short(edition.data_on)}" if edition.data_on else ""
        late = f"{plural(len(totals.missing), 'attendu')}" if totals.missing else ""
        awaited = f" ({totals.awaited or late})" if totals.missing else ""
        parts.append(f"Source : {totals.coverage}{on}{awaited}")
    if snapshot.programme_source:
        parts.append(snapshot.programme_source[:1].lower() + snapshot.programme_source[1:])
    contact = join_and([identity.contact_name or identity.contact_email])
    text = " ; ".join(parts) + "." if parts else ""
    return f"{text} Contact : {contact}." if contact else text

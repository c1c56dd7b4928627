"""The note to elected officials: the year on one page, from the same snapshot as the annual report."""

from dataclasses import dataclass

from asv_platform.common.formats import date_long, date_short, join_and, money, number, plural, shorten
from asv_platform.reporting import thread
from asv_platform.reporting.annual.money import funders_bar, people_share_bar
from asv_platform.reporting.documents import Document, document_html, imprint
from asv_platform.reporting.measures import MeasureRow, measure_rows
from asv_platform.reporting.snapshot import ActionFacts, AlertFacts, AnnualSnapshot, BrokenLink
from asv_platform.reporting.totals import Totals, totals_of

SHOWN = 3
LONGEST_HEADLINE, LONGEST_DECISION = 100, 84  # what one page can hold
LONG_HEADLINE = 64  # beyond, the headline is set smaller
LONGEST_NAME = 36


@dataclass(frozen=True)
class Line:
    """A strong word and what it means."""

    strong: str
    text: str
    is_figure: bool = True


@dataclass(frozen=True)
class DecisionLine:
    what: str
    when: str


def note_document(snapshot: AnnualSnapshot) -> Document:
    """The one-page note of the snapshot's year. Long texts are shortened: a second page is never printed."""
    totals = totals_of(snapshot)
    headline = shorten(snapshot.edition.headline or _headline(snapshot, totals), LONGEST_HEADLINE)
    context = {
        "snapshot": snapshot,
        "identity": snapshot.identity,
        "edition": snapshot.edition,
        "imprint": imprint(snapshot),
        "head_style": thread.single_style(draft=snapshot.edition.is_draft),
        "headline": headline,
        "is_long": len(headline) > LONG_HEADLINE,
        "totals": totals,
        "money_text": _money_text(totals),
        "money_bar": funders_bar(snapshot, width=96),
        "people": "" if totals.people_hidden else number(totals.people),
        "people_bar": people_share_bar(snapshot, width=96),
        "results": _results(snapshot),
        "warnings": _warnings(snapshot),
        "actions": _few_actions(snapshot),
        "decisions": [_decision(d.what, d.before) for d in snapshot.edition.decisions[:SHOWN]],
        "committee": _committee(snapshot),
        "source": _source(snapshot, totals),
    }
    return Document(document_html("pdf/note.html", context))


def _headline(snapshot: AnnualSnapshot, totals: Totals) -> str:
    if not totals.actions:
        return f"L’année {snapshot.edition.year} de l’atelier santé ville"
    if totals.actions == 1:
        told = "son bilan est rendu" if totals.reported else "son bilan est attendu"
        return f"{snapshot.edition.year} : une action, {told}"
    told = "toutes avec un bilan" if totals.reported == totals.actions else f"{totals.reported} avec un bilan"
    return f"{plural(totals.actions, 'action')} en {snapshot.edition.year}, {told}"


def _money_text(totals: Totals) -> str:
    if not totals.accounted:
        return "aucun compte rendu financier n’est encore reçu."
    who = (
        f"les {totals.accounted} qui ont rendu leurs comptes"
        if totals.accounted > 1
        else "celle qui a rendu ses comptes"
    )
    return f"{money(totals.spent)} dépensés par {who}."


def _few_actions(snapshot: AnnualSnapshot) -> list[ActionFacts]:
    """The actions by name when they are few and nothing is asked: the page then has room for them."""
    return [] if snapshot.edition.decisions or len(snapshot.actions) > SHOWN else list(snapshot.actions)


def _results(snapshot: AnnualSnapshot) -> list[Line]:
    rows = [row for action in snapshot.actions for row in measure_rows(action) if row.is_known]
    best = sorted(rows, key=lambda row: (not row.is_result, not row.is_reached))
    return [Line(row.result, _result_text(row)) for row in best[:SHOWN]]


def _result_text(row: MeasureRow) -> str:
    label = shorten(row.label[:1].lower() + row.label[1:], 60)
    if row.target == "–":
        return label
    return f"{label} ; objectif {'atteint' if row.is_reached else 'non atteint'} ({row.target})"


def _warnings(snapshot: AnnualSnapshot) -> list[Line]:
    """The alerts without an answer first; then the places where the thread is broken."""
    ordered = sorted(snapshot.alerts, key=lambda alert: alert.answered_on is not None)
    lines = [Line(shorten(alert.title, 52), _alert_text(alert), is_figure=False) for alert in ordered]
    lines += [Line(str(link.count), _broken_text(link)) for link in snapshot.broken_links]
    return lines[:SHOWN]


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


def _decision(what: str, before) -> DecisionLine:
    return DecisionLine(
        shorten(what, LONGEST_DECISION), f"avant le {date_short(before)}" if before else "dès maintenant"
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
        awaited = f" ({plural(len(totals.missing), 'attendu')})" if totals.missing else ""
        parts.append(f"Source : {totals.coverage}{on}{awaited}")
    if snapshot.programme_source:
        parts.append(snapshot.programme_source[:1].lower() + snapshot.programme_source[1:])
    contact = join_and([identity.contact_name or identity.contact_email])
    text = " ; ".join(parts) + "." if parts else ""
    return f"{text} Contact : {contact}." if contact else text

"""The Monday page: at most seven lines that matter, and the year at a glance."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Min, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from actors.enums import Freshness
from actors.models import Organisation
from asv_platform.common.charts.calendar import GanttRow, Span, gantt
from asv_platform.common.counting import CountRows, figures_of
from asv_platform.common.formats import date_long, date_short, join_and, money, number, percent, plural
from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.models import Edition
from asv_platform.territories.models import Asv
from evaluation.enums import ReportState
from evaluation.filters import held_in
from evaluation.models import ActionReport
from evaluation.selectors import ShownProgramme
from programmation.enums import ProposalState
from programmation.filters import TO_CHECK, live_in
from programmation.models import AccessRequest, Action, Call, Programme, Proposal
from programmation.selectors import calls_with_counts, programme_money
from programmation.workflow import BEFORE_REVIEW

MAX_LINES = 7
MOST_NAMED = 200
REPORT_NAMES = {"title": F("action__title"), "holder": F("action__organisation__name")}
PROPOSAL_NAMES = {"holder": F("organisation__name")}
NAMED = 3
REPORT_TIME = dt.timedelta(days=60)  # what a partner is given to write, on the calendar


@dataclass(frozen=True)
class Line:
    """One line of the ledger: what waits, for whom, and the one thing to do."""

    state: str
    title: str
    sub: str
    url: str
    action_label: str
    tone: str = "ink"
    icon: str = ""


@dataclass(frozen=True)
class Pile:
    """Proposals in the same case (``key`` of the list's filter), and the line that tells how many there are."""

    key: str
    states: frozenset[ProposalState]
    words: tuple[str, str]
    badge: str
    action_label: str
    icon: str


PILES = (
    Pile(
        TO_CHECK, BEFORE_REVIEW,
        ("proposition déposée est à vérifier", "propositions déposées sont à vérifier"),
        "On vous attend", "Vérifier", "paperclip",
    ),
    Pile(
        ProposalState.DELIBERATION, frozenset({ProposalState.DELIBERATION}),
        ("proposition attend une décision", "propositions attendent une décision"),
        "Échéance", "Décider", "scale",
    ),
    Pile(
        ProposalState.INCOMPLETE, frozenset({ProposalState.INCOMPLETE}),
        ("dossier incomplet attend un complément", "dossiers incomplets attendent un complément"),
        "Vous attendez", "Voir", "hourglass",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    value: str
    label: str
    trend: str = ""
    url: str = ""


@dataclass(frozen=True)
class Desk:
    """What the lines are read from: how much waits, and the names of those it is about (the first ones)."""

    asv: Asv
    on: dt.date
    waiting: dict[str, Any]
    reports: tuple[dict, ...]
    proposals: tuple[dict, ...]


def ledger(asv: Asv, *, on: dt.date) -> list[Line]:
    """The lines that matter on that day, the most urgent first, seven at most; six queries, a few hundred rows."""
    desk = _desk(asv, on)
    return [line for make in LINES for line in make(desk)][:MAX_LINES]


def _desk(asv: Asv, on: dt.date) -> Desk:
    reports = ActionReport.objects.active()
    late = reports.late(on)
    undecided = Proposal.objects.undecided()
    stale = Organisation.objects.active().with_freshness(Freshness.OVERDUE, on)
    columns = {
        "late": CountRows(late),
        "late_since": Subquery(late.order_by("due_on").values("due_on")[:1]),
        "committee_on": Subquery(_committees(undecided, on).values("day")[:1]),
        "reports_filed": CountRows(reports.filter(state=ReportState.FILED)),
        **{pile.key: CountRows(undecided.filter(state__in=pile.states)) for pile in PILES},
        "stale": CountRows(stale),
    }
    shown = late | reports.filter(state=ReportState.FILED)
    return Desk(
        asv=asv,
        on=on,
        waiting=figures_of(asv, **columns),
        reports=tuple(shown.order_by("due_on", "pk").values("state", **REPORT_NAMES)[:MOST_NAMED]),
        proposals=tuple(undecided.order_by("filed_at", "pk").values("state", **PROPOSAL_NAMES)[:MOST_NAMED]),
    )


def _committees(undecided: QuerySet, on: dt.date) -> QuerySet:
    """The days when a committee decides what is in deliberation, the next one first."""
    rows = undecided.filter(state=ProposalState.DELIBERATION, call__programme__committee_on__gte=on)
    return rows.values(day=F("call__programme__committee_on")).order_by("day")


def _url(asv: Asv, name: str, query: str = "", pk: int | None = None) -> str:
    return reverse(name, kwargs={"asv": asv.slug} | ({"pk": pk} if pk else {})) + query


def _named(rows: Iterable[dict], name: str) -> str:
    """« A, B et C », or « A, B et 4 autres »: who is meant, without a long list."""
    unique = list(dict.fromkeys(row[name] for row in rows))
    if len(unique) <= NAMED:
        return join_and(unique)
    return join_and([*unique[: NAMED - 1], f"{len(unique) - NAMED + 1} autres"])


def _reports(desk: Desk) -> Iterable[Line]:
    """What is late, then what waits to be read."""
    asv, late, filed = desk.asv, desk.waiting["late"], desk.waiting["reports_filed"]
    if late:
        rows = [row for row in desk.reports if row["state"] != ReportState.FILED]
        title = f"{plural(late, 'bilan attendu', 'bilans attendus')} depuis le {date_short(desk.waiting['late_since'])}"
        url = _url(asv, "evaluation:report_list", "?late=true")
        yield Line("En retard", title, _named(rows, "holder"), url, "Voir", "bad", "triangle-alert")
    if filed:
        rows = [row for row in desk.reports if row["state"] == ReportState.FILED]
        title = f"{plural(filed, 'bilan déposé est', 'bilans déposés sont')} à lire"
        url = _url(asv, "evaluation:report_list", "?state=filed")
        yield Line("On vous attend", title, _named(rows, "title"), url, "Lire", icon="file-text")


def _access_requests(desk: Desk) -> Iterable[Line]:
    rows = AccessRequest.objects.filter(state="pending").select_related("user", "organisation").order_by("pk")
    for row in rows[:2]:
        title = f"{row.user} demande à écrire pour {row.organisation}"
        url = _url(desk.asv, "programmation:access_list")
        yield Line("On vous attend", title, f"Demandé le {date_short(row.created_at)}", url, "Répondre", icon="users")


def _proposals(desk: Desk) -> Iterable[Line]:
    """What waits for us, for the committee, for the partner."""
    for pile in PILES:
        if count := desk.waiting[pile.key]:
            rows = [row for row in desk.proposals if row["state"] in pile.states]
            decides = pile.key == ProposalState.DELIBERATION
            sub = _committee(desk.waiting["committee_on"]) if decides else _named(rows, "holder")
            url = _url(desk.asv, "programmation:proposal_list", f"?etat={pile.key}")
            yield Line(pile.badge, plural(count, *pile.words), sub, url, pile.action_label, icon=pile.icon)


def _committee(coming: dt.date | None) -> str:
    return f"Comité prévu {date_long(coming)}" if coming else "La date du comité reste à fixer"


def _closing_calls(desk: Desk) -> Iterable[Line]:
    now = timezone.now()
    rows = Call.objects.published().filter(opens_at__lte=now, closes_at__gt=now)
    for row in calls_with_counts(rows).order_by("closes_at")[:2]:
        days = (timezone.localtime(row.closes_at).date() - desk.on).days
        left = "aujourd’hui" if days == 0 else f"dans {plural(days, 'jour', 'jours')}"
        sub = (
            f"{plural(row.filed, 'proposition déposée', 'propositions déposées')}, "
            f"{plural(row.drafts, 'brouillon', 'brouillons')}"
        )
        url = _url(desk.asv, "programmation:call_detail", pk=row.pk)
        yield Line("Échéance", f"« {row.title} » ferme {left}", sub, url, "Voir", icon="calendar")


def _draft_editions(desk: Desk) -> Iterable[Line]:
    for row in Edition.objects.active().filter(state=EditionState.DRAFT).order_by("-created_at")[:1]:
        url = _url(desk.asv, "reporting:edition_detail", pk=row.pk)
        yield Line("À émettre", str(row), "Relisez le brouillon, puis émettez-le", url, "Relire", icon="book-open")


def _stale_contacts(desk: Desk) -> Iterable[Line]:
    if count := desk.waiting["stale"]:
        cards = plural(count, "fiche n’est pas confirmée", "fiches ne sont pas confirmées")
        title = f"{cards} depuis plus de huit mois"
        url = _url(desk.asv, "actors:organisation_list", f"?fraicheur={Freshness.OVERDUE}")
        yield Line("Contacts", title, "Un appel ou un courriel suffit", url, "Vérifier", icon="phone")


LINES = (
    _reports,
    _access_requests,
    _proposals,
    _closing_calls,
    _draft_editions,
    _stale_contacts,
)


def figures(asv: Asv, programme: Programme | None, shown: ShownProgramme) -> list[Figure]:
    """The year at a glance; each figure says how many actions it comes from. Four queries."""
    if programme is None:
        return []
    found = figures_of(asv, **_year_columns(asv, programme))
    where = f"{found['covered']} sur {found['places']}"
    actions = _url(asv, "programmation:action_list", live_in(programme))
    return [
        *_money(asv, programme, found["holders"]),
        _people(asv, programme, found["actions"], shown),
        Figure(where, "quartiers nommés par une action", "", actions),
    ]


def _year_columns(asv: Asv, programme: Programme) -> dict:
    actions = Action.objects.live().filter(programme=programme)
    asked = Proposal.objects.in_the_running().filter(call__programme=programme)
    return {
        "actions": CountRows(actions),
        "covered": CountRows(actions, of="neighbourhoods"),
        "places": CountRows(Asv.neighbourhoods.through._default_manager.filter(asv=asv)),
        "holders": CountRows(asked, of="organisation"),
    }


def _money(asv: Asv, programme: Programme, holders: int) -> Iterable[Figure]:
    # The same selector feeds the page of the programme: the figures cannot differ.
    found, url = programme_money(programme), _url(asv, "programmation:programme_detail", pk=programme.pk)
    label = f"accordés sur {money(found.envelope)} d’enveloppes" if found.envelope else "accordés par le comité"
    share = percent(100 * found.granted / found.envelope) if found.envelope else ""
    yield Figure(money(found.granted), label, share, url)
    label = f"demandés par {plural(holders, 'organisation', 'organisations')}"
    yield Figure(money(found.asked), label, "", url)


def _people(asv: Asv, programme: Programme, actions: int, shown: ShownProgramme) -> Figure:
    """The people reached that reports declare; before any report, the participations that sessions counted."""
    if shown.declared_by:
        trend = f"déclaré par {plural(shown.declared_by, 'action', 'actions')} sur {number(actions)}"
        url = _url(asv, "evaluation:overview", f"?annee={programme.year}")
        return Figure(shown.people_text, "personnes différentes touchées", trend, url)
    trend = f"en {plural(shown.attendance.sessions, 'séance', 'séances')}"
    return Figure(
        shown.attendance.text, "participations", trend, _url(asv, "evaluation:session_list", held_in(programme))
    )


def calendar(programme: Programme | None, *, on: dt.date):
    """The calendar of the year: calls, committee, actions, reports; None without a programme."""
    if programme is None:
        return None
    start, end = dt.date(programme.year, 1, 1), dt.date(programme.year, 12, 31)
    rows = [*_call_rows(programme.year, on), *_committee_rows(programme, on), *_action_rows(programme, on)]
    rows += _report_rows(programme.year, on)
    rows = [row for row in rows if any(span.ends_on >= start and span.starts_on <= end for span in row.spans)]
    if not rows:
        return None
    return gantt(f"Calendrier de l’année {programme.year}", rows, starts_on=start, ends_on=end, today=on)


def _state(start: dt.date, end: dt.date, on: dt.date) -> str:
    return "past" if end < on else "todo" if start > on else "current"


def _call_rows(year: int, on: dt.date) -> Iterable[GanttRow]:
    """The calls open at some time of the year: that of its programme, and already that of the next one."""
    calls = Call.objects.active().filter(opens_at__year__lte=year, closes_at__year__gte=year).order_by("opens_at")
    for call in calls.select_related("programme"):
        start, end = (timezone.localtime(moment).date() for moment in (call.opens_at, call.closes_at))
        yield GanttRow(f"Appel {call.programme.year}", [Span(start, end, "Dépôt", _state(start, end, on))])


def _committee_rows(programme: Programme, on: dt.date) -> Iterable[GanttRow]:
    if day := programme.committee_on:
        yield GanttRow("Comité", [Span(day, day, "Décisions", _state(day, day, on))])


def _action_rows(programme: Programme, on: dt.date) -> Iterable[GanttRow]:
    days = Action.objects.live().filter(programme=programme).aggregate(first=Min("starts_on"), last=Max("ends_on"))
    first, last = days["first"], days["last"]
    if first and last and first <= last:
        yield GanttRow(f"Actions {programme.year}", [Span(first, last, "Séances", _state(first, last, on))])


def _report_rows(year: int, on: dt.date) -> Iterable[GanttRow]:
    due = ActionReport.objects.active().filter(due_on__year=year)
    days = due.aggregate(first=Min("due_on"), last=Max("due_on"))
    if days["first"]:
        first, last = days["first"] - REPORT_TIME, days["last"]
        yield GanttRow("Bilans", [Span(first, last, "À rendre", _state(first, last, on))])

"""The Monday page: at most seven lines that matter, and the year at a glance."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation
from asv_platform.common.charts.calendar import GanttRow, Span, gantt
from asv_platform.common.formats import date_long, date_short, join_and, money, number, percent, plural
from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.models import Edition
from asv_platform.territories.models import Asv
from evaluation.enums import ReportState, SessionState
from evaluation.models import ActionReport, Session
from programmation.enums import ProposalState
from programmation.models import AccessRequest, Action, Call, Programme, Proposal
from programmation.selectors.money import programme_money

MAX_LINES = 7
STALE_AFTER = dt.timedelta(days=240)
NAMED = 3


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
class Figure:
    value: str
    label: str
    trend: str = ""
    url: str = ""


def ledger(asv: Asv, *, on: dt.date) -> list[Line]:
    """The lines that matter on that day, the most urgent first, seven at most."""
    found = (line for make in LINES for line in make(asv, on))
    return list(found)[:MAX_LINES]


def _url(asv: Asv, name: str, query: str = "", pk: int | None = None) -> str:
    return reverse(name, kwargs={"asv": asv.slug} | ({"pk": pk} if pk else {})) + query


def _named(names: Iterable[str]) -> str:
    """« A, B et C », or « A, B et 4 autres »: who is meant, without a long list."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= NAMED:
        return join_and(unique)
    return join_and([*unique[: NAMED - 1], f"{len(unique) - NAMED + 1} autres"])


def _late_reports(asv: Asv, on: dt.date) -> Iterable[Line]:
    waiting = [ReportState.DRAFT, ReportState.TO_CORRECT]
    rows = ActionReport.objects.active().filter(state__in=waiting, due_on__lt=on).order_by("due_on")
    late = list(rows.values_list("due_on", "action__organisation__name"))
    if late:
        title = f"{plural(len(late), 'bilan attendu', 'bilans attendus')} depuis le {date_short(late[0][0])}"
        url = _url(asv, "evaluation:report_list", "?late=true")
        yield Line("En retard", title, _named(name for _, name in late), url, "Voir", "bad", "triangle-alert")


def _reports_to_read(asv: Asv, on: dt.date) -> Iterable[Line]:
    rows = ActionReport.objects.active().filter(state=ReportState.FILED).order_by("filed_at")
    names = list(rows.values_list("action__title", flat=True))
    if names:
        title = f"{plural(len(names), 'bilan déposé est', 'bilans déposés sont')} à lire"
        url = _url(asv, "evaluation:report_list", "?state=filed")
        yield Line("On vous attend", title, _named(names), url, "Lire", icon="file-text")


def _proposals_to_check(asv: Asv, on: dt.date) -> Iterable[Line]:
    rows = Proposal.objects.active().filter(state__in=[ProposalState.FILED, ProposalState.ADMISSIBILITY])
    names = list(rows.order_by("filed_at").values_list("organisation__name", flat=True))
    if names:
        title = f"{plural(len(names), 'proposition déposée est', 'propositions déposées sont')} à vérifier"
        url = _url(asv, "programmation:proposal_list", "?etat=filed")
        yield Line("On vous attend", title, _named(names), url, "Vérifier", icon="paperclip")


def _access_requests(asv: Asv, on: dt.date) -> Iterable[Line]:
    rows = AccessRequest.objects.filter(state="pending").select_related("user", "organisation").order_by("pk")
    for row in rows[:2]:
        title = f"{row.user} demande à écrire pour {row.organisation}"
        url = _url(asv, "programmation:access_list")
        yield Line("On vous attend", title, f"Demandé le {date_short(row.created_at)}", url, "Répondre", icon="users")


def _proposals_incomplete(asv: Asv, on: dt.date) -> Iterable[Line]:
    rows = Proposal.objects.active().filter(state=ProposalState.INCOMPLETE)
    names = list(rows.order_by("pk").values_list("organisation__name", flat=True))
    if names:
        title = f"{plural(len(names), 'dossier incomplet attend', 'dossiers incomplets attendent')} un complément"
        url = _url(asv, "programmation:proposal_list", "?etat=incomplete")
        yield Line("Vous attendez", title, _named(names), url, "Voir", icon="hourglass")


def _deliberations(asv: Asv, on: dt.date) -> Iterable[Line]:
    rows = Proposal.objects.active().filter(state=ProposalState.DELIBERATION)
    dates = list(rows.order_by("call__programme__committee_on").values_list("call__programme__committee_on", flat=True))
    if dates:
        when = next((day for day in dates if day and day >= on), None)
        sub = f"Comité prévu {date_long(when)}" if when else "La date du comité reste à fixer"
        title = f"{plural(len(dates), 'proposition attend', 'propositions attendent')} une décision"
        url = _url(asv, "programmation:proposal_list", "?etat=deliberation")
        yield Line("Échéance", title, sub, url, "Décider", icon="scale")


def _closing_calls(asv: Asv, on: dt.date) -> Iterable[Line]:
    now = timezone.now()
    drafts = Count("proposals", filter=Q(proposals__state=ProposalState.DRAFT, proposals__archived_at=None))
    filed = Count("proposals", filter=~Q(proposals__state=ProposalState.DRAFT) & Q(proposals__archived_at=None))
    rows = Call.objects.active().filter(published_at__isnull=False, opens_at__lte=now, closes_at__gt=now)
    for row in rows.annotate(drafts=drafts, filed=filed).order_by("closes_at")[:2]:
        days = (timezone.localtime(row.closes_at).date() - on).days
        left = "aujourd’hui" if days == 0 else f"dans {plural(days, 'jour', 'jours')}"
        sub = (
            f"{plural(row.filed, 'proposition déposée', 'propositions déposées')}, "
            f"{plural(row.drafts, 'brouillon', 'brouillons')}"
        )
        url = _url(asv, "programmation:call_detail", pk=row.pk)
        yield Line("Échéance", f"« {row.title} » ferme {left}", sub, url, "Voir", icon="calendar")


def _draft_editions(asv: Asv, on: dt.date) -> Iterable[Line]:
    for row in Edition.objects.active().filter(state=EditionState.DRAFT).order_by("-created_at")[:1]:
        url = _url(asv, "reporting:edition_detail", pk=row.pk)
        yield Line("À émettre", str(row), "Relisez le brouillon, puis émettez-le", url, "Relire", icon="book-open")


def _stale_contacts(asv: Asv, on: dt.date) -> Iterable[Line]:
    limit = on - STALE_AFTER
    stale = Q(confirmed_on__lt=limit) | Q(confirmed_on=None, created_at__date__lt=limit)
    count = Organisation.objects.active().filter(stale).count()
    if count:
        cards = plural(count, "fiche n’est pas confirmée", "fiches ne sont pas confirmées")
        title = f"{cards} depuis plus de huit mois"
        url = _url(asv, "actors:organisation_list", "?fraicheur=overdue")
        yield Line("Contacts", title, "Un appel ou un courriel suffit", url, "Vérifier", icon="phone")


LINES = (
    _late_reports,
    _reports_to_read,
    _access_requests,
    _proposals_to_check,
    _deliberations,
    _closing_calls,
    _proposals_incomplete,
    _draft_editions,
    _stale_contacts,
)


def figures(asv: Asv, programme: Programme | None) -> list[Figure]:
    """The year at a glance; each figure says how many actions it comes from."""
    if programme is None:
        return []
    actions = Action.objects.active().filter(programme=programme)
    covered = set(actions.values_list("neighbourhoods", flat=True)) - {None}
    where = f"{len(covered)} sur {asv.neighbourhoods.count()}"
    return [
        *_money(asv, programme),
        _people(asv, programme, actions.count()),
        Figure(where, "quartiers nommés par une action", "", _url(asv, "actors:coverage")),
    ]


def _money(asv: Asv, programme: Programme) -> Iterable[Figure]:
    # The same selector feeds the pages of the programme: the figures cannot differ.
    found = programme_money(programme)
    label = f"accordés sur {money(found.envelope)} d’enveloppes" if found.envelope else "accordés par le comité"
    share = percent(100 * found.granted / found.envelope) if found.envelope else ""
    yield Figure(money(found.granted), label, share, _url(asv, "programmation:envelope_list"))
    asked = Proposal.objects.in_the_running().filter(call__programme=programme)
    count = asked.aggregate(n=Count("organisation", distinct=True))["n"]
    label = f"demandés par {plural(count, 'organisation', 'organisations')}"
    yield Figure(money(found.asked), label, "", _url(asv, "programmation:proposal_list"))


def _people(asv: Asv, programme: Programme, actions: int) -> Figure:
    """The people reached that reports declare; before any report, the presences that sessions counted."""
    told = [ReportState.FILED, ReportState.APPROVED]
    reports = ActionReport.objects.active().filter(action__programme=programme, state__in=told)
    reached = reports.aggregate(total=Sum("people_reached"), n=Count("action", distinct=True))
    if reached["total"]:
        trend = f"déclaré par {plural(reached['n'], 'action', 'actions')} sur {number(actions)}"
        label = "personnes différentes touchées"
        return Figure(number(reached["total"]), label, trend, _url(asv, "evaluation:overview"))
    held = Session.objects.active().filter(action__programme=programme, state=SessionState.HELD)
    counted = held.aggregate(n=Count("pk"), people=Sum(F("women") + F("men") + F("unspecified")))
    trend = f"en {plural(counted['n'], 'séance', 'séances')}"
    return Figure(number(counted["people"] or 0), "présences", trend, _url(asv, "evaluation:session_list"))


def calendar(programme: Programme | None, *, on: dt.date):
    """The calendar of the year: calls, committee, actions, reports; None without a programme."""
    if programme is None:
        return None
    start, end = dt.date(programme.year, 1, 1), dt.date(programme.year, 12, 31)
    rows = [*_call_rows(programme, on), *_action_rows(programme, on), *_report_rows(programme, on)]
    rows = [row for row in rows if any(span.ends_on >= start and span.starts_on <= end for span in row.spans)]
    if not rows:
        return None
    return gantt(f"Calendrier du programme {programme.year}", rows, starts_on=start, ends_on=end, today=on)


def _state(start: dt.date, end: dt.date, on: dt.date) -> str:
    return "past" if end < on else "todo" if start > on else "current"


def _call_rows(programme: Programme, on: dt.date) -> Iterable[GanttRow]:
    for call in Call.objects.active().filter(programme=programme).order_by("opens_at"):
        start, end = (timezone.localtime(moment).date() for moment in (call.opens_at, call.closes_at))
        yield GanttRow(f"Appel {programme.year}", [Span(start, end, "Dépôt", _state(start, end, on))])


def _action_rows(programme: Programme, on: dt.date) -> Iterable[GanttRow]:
    days = Action.objects.active().filter(programme=programme, starts_on__isnull=False, ends_on__isnull=False)
    starts = list(days.values_list("starts_on", "ends_on"))
    if starts:
        first, last = min(day for day, _ in starts), max(day for _, day in starts)
        yield GanttRow(f"Actions {programme.year}", [Span(first, last, "Séances", _state(first, last, on))])


def _report_rows(programme: Programme, on: dt.date) -> Iterable[GanttRow]:
    due = ActionReport.objects.active().filter(due_on__year=programme.year).order_by("due_on")
    days = list(due.values_list("due_on", flat=True))
    if days:
        first = days[0] - dt.timedelta(days=60)
        yield GanttRow("Bilans", [Span(first, days[-1], "À rendre", _state(first, days[-1], on))])

"""The thread of a year, from a resident's words to the partner's report, and the places where it breaks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.urls import reverse

from asv_platform.common.formats import date_short, number, plural, shorten
from asv_platform.common.knots import Knot
from asv_platform.territories.models import Asv
from diagnostics.models import Need, Priority, Voice
from evaluation.enums import ReportState, SessionState
from evaluation.models import ActionReport, Session
from programmation.enums import ActionState, ProposalState
from programmation.models import Action, Objective, Programme, Proposal

MAX_SHOWN = 50
UNANSWERED_AFTER = dt.timedelta(days=730)


@dataclass(frozen=True)
class BrokenLink:
    """One place where the thread breaks: what, where, and what to do about it."""

    text: str
    sub: str
    url: str
    action: str
    is_words: bool = False


@dataclass(frozen=True)
class Break:
    """All the broken links of one kind; ``count`` may exceed the links shown."""

    knot: str
    title: str
    why: str
    count: int
    links: tuple[BrokenLink, ...]


@dataclass(frozen=True)
class YearThread:
    """The thread of one year of programme."""

    year: int | None
    knots: tuple[Knot, ...]
    breaks: tuple[Break, ...]

    @property
    def broken(self) -> int:
        """How many links are broken in all."""
        return sum(found.count for found in self.breaks)


def year_thread(asv: Asv, *, on: dt.date) -> YearThread:
    """The thread of the programme of ``on``'s year, or of the last one before it; a constant number of queries."""
    programme = Programme.objects.active().filter(year__lte=on.year).order_by("-year").first()
    breaks = tuple(found for found in _breaks(asv, programme, on) if found.count)
    return YearThread(
        year=programme.year if programme else None,
        knots=tuple(_knots(asv, programme, breaks)),
        breaks=breaks,
    )


# Rows of the year


def _of_diagnostic(rows: QuerySet, programme: Programme | None) -> QuerySet:
    """The rows of the diagnostic that the programme stands on: the latest one of its year or before."""
    before = rows.filter(diagnostic__year__lte=programme.year) if programme else rows
    return rows.filter(diagnostic__year=before.aggregate(year=Max("diagnostic__year"))["year"])


def _needs(programme: Programme | None) -> QuerySet:
    return _of_diagnostic(Need.objects.active(), programme)


def _priorities(programme: Programme | None) -> QuerySet:
    return _of_diagnostic(Priority.objects.active(), programme)


def _live_actions(programme: Programme | None) -> QuerySet:
    return Action.objects.active().filter(programme=programme).exclude(state=ActionState.CANCELLED)


# Broken links


def _breaks(asv: Asv, programme: Programme | None, on: dt.date) -> Iterable[Break]:
    yield _voices_without_need(asv)
    yield _needs_without_priority(asv, programme)
    yield _needs_without_answer(asv, programme, on)
    if programme:
        yield _priorities_without_action(asv, programme)
        yield _objectives_without_priority(asv, programme)
        yield _actions_without_need(asv, programme)
        yield _actions_without_session(asv, programme, on)
        yield _late_reports(asv, on)


def _break(knot: str, title: str, why: str, rows: QuerySet, link) -> Break:
    shown = list(rows[: MAX_SHOWN + 1])
    count = len(shown) if len(shown) <= MAX_SHOWN else rows.count()
    return Break(knot, title, why, count, tuple(link(row) for row in shown[:MAX_SHOWN]))


def _url(asv: Asv, name: str, pk: int | None = None) -> str:
    return reverse(name, kwargs={"asv": asv.slug} | ({"pk": pk} if pk else {}))


def _voices_without_need(asv: Asv) -> Break:
    rows = Voice.objects.active().filter(need=None).select_related("neighbourhood").order_by("-heard_on", "pk")

    def link(row: Voice) -> BrokenLink:
        place = f"{row.neighbourhood}, " if row.neighbourhood else ""
        sub = f"{place}{row.context or row.get_kind_display()}{', ' + date_short(row.heard_on) if row.heard_on else ''}"
        url = _url(asv, "diagnostics:voice_detail", row.pk)
        return BrokenLink(f"« {shorten(row.words)} »", sub, url, "Relier à un besoin", is_words=True)

    why = "Ces paroles ont été recueillies, mais ne nourrissent aucun besoin."
    return _break("Paroles", "Paroles sans besoin", why, rows, link)


def _needs_without_priority(asv: Asv, programme: Programme | None) -> Break:
    rows = _needs(programme).filter(priorities=None).select_related("theme").order_by("-severity", "pk")

    def link(row: Need) -> BrokenLink:
        said = f", entendu {number(row.mentions)} fois" if row.mentions else ""
        sub = f"Besoin n° {row.number}, {row.theme}{said}"
        return BrokenLink(row.statement, sub, _url(asv, "diagnostics:need_detail", row.pk), "Relier à une priorité")

    why = "Un besoin reconnu qu’aucune priorité ne reprend reste sans suite."
    return _break("Besoins", "Besoins sans priorité", why, rows, link)


def _needs_without_answer(asv: Asv, programme: Programme | None, on: dt.date) -> Break:
    rows = (
        _needs(programme)
        .annotate(first_heard=Min("voices__heard_on"))
        .filter(first_heard__lt=on - UNANSWERED_AFTER)
        .exclude(priorities__objectives__actions__programme=programme)
        .distinct()
        .order_by("pk")
    )

    def link(row: Any) -> BrokenLink:
        sub = f"Besoin n° {row.number}, entendu dès le {date_short(row.first_heard)}, sans action cette année"
        return BrokenLink(row.statement, sub, _url(asv, "diagnostics:need_detail", row.pk), "Voir le besoin")

    why = "Ces besoins ont été dits il y a plus de deux ans et aucune action de l’année n’y répond."
    return _break("Besoins", "Besoins sans réponse depuis deux ans", why, rows, link)


def _priorities_without_action(asv: Asv, programme: Programme) -> Break:
    live = _live_actions(programme).values("objectives__priorities")
    rows = _priorities(programme).exclude(pk__in=live.filter(objectives__priorities__isnull=False)).order_by("rank")

    def link(row: Priority) -> BrokenLink:
        votes = [
            plural(row.committee_votes, "voix du comité", "voix du comité") if row.committee_votes else "",
            plural(row.resident_votes, "voix d’habitant", "voix d’habitants") if row.resident_votes else "",
        ]
        sub = f"Priorité {row.rank}" + "".join(f", {vote}" for vote in votes if vote)
        return BrokenLink(row.title, sub, _url(asv, "diagnostics:priority_detail", row.pk), "Voir la priorité")

    why = f"Aucune action du programme {programme.year} ne répond à ces priorités."
    return _break("Priorités", "Priorités sans action", why, rows, link)


def _objectives_without_priority(asv: Asv, programme: Programme) -> Break:
    rows = Objective.objects.active().filter(programme=programme, priorities=None, parent=None)

    def link(row: Objective) -> BrokenLink:
        url = _url(asv, "programmation:objective_edit", row.pk)
        return BrokenLink(row.title, f"Objectif {programme.year}", url, "Relier à une priorité")

    why = "On ne sait pas à quoi ils répondent."
    return _break("Objectifs", "Objectifs sans priorité", why, rows.order_by("position", "pk"), link)


def _actions_without_need(asv: Asv, programme: Programme) -> Break:
    linked = Action.objects.filter(programme=programme, objectives__priorities__needs__isnull=False).values("pk")
    rows = _live_actions(programme).exclude(pk__in=linked).select_related("organisation").order_by("number")

    def link(row: Action) -> BrokenLink:
        url = _url(asv, "programmation:action_detail", row.pk)
        return BrokenLink(row.title, str(row.organisation), url, "Relier à un objectif")

    return _break("Actions", "Actions sans besoin", "Ces actions ne répondent à aucun besoin écrit.", rows, link)


def _actions_without_session(asv: Asv, programme: Programme, on: dt.date) -> Break:
    since = on - dt.timedelta(days=60)
    rows = (
        _live_actions(programme)
        .filter(state=ActionState.RUNNING, starts_on__lt=since)
        .exclude(sessions__state=SessionState.HELD, sessions__held_on__gte=since)
        .select_related("organisation")
        .order_by("number")
    )

    def link(row: Action) -> BrokenLink:
        url = _url(asv, "programmation:action_detail", row.pk)
        return BrokenLink(row.title, str(row.organisation), url, "Voir l’action")

    why = "Ces actions sont en cours, mais aucune séance n’a été notée depuis deux mois."
    return _break("Séances", "Actions sans séance récente", why, rows, link)


def _late_reports(asv: Asv, on: dt.date) -> Break:
    waiting = [ReportState.DRAFT, ReportState.TO_CORRECT]
    rows = (
        ActionReport.objects.active()
        .filter(state__in=waiting, due_on__lt=on)
        .select_related("action__organisation")
        .order_by("due_on", "pk")
    )

    def link(row: ActionReport) -> BrokenLink:
        sub = f"{row.action.organisation}, attendu le {date_short(row.due_on)}"
        return BrokenLink(row.action.title, sub, _url(asv, "evaluation:report_detail", row.pk), "Voir le bilan")

    return _break("Bilans", "Bilans en retard", "Sans bilan, l’élu lit « attendu ».", rows, link)


# Knots


def _knots(asv: Asv, programme: Programme | None, breaks: tuple[Break, ...]) -> Iterable[Knot]:
    broken = {name: [found for found in breaks if found.knot == name] for name in {found.knot for found in breaks}}
    for kind, big, sub, name in _counts(programme):
        first = broken.get(kind, [None])[0]
        yield Knot(
            kind=kind,
            big=big,
            sub="" if first else sub,
            url=_url(asv, name),
            state="missing" if first else "done",
            action_label=f"{number(first.count)} {_lower(first.title)}" if first else "",
            action_url=f"{_url(asv, 'console:thread')}#{first.knot.lower()}" if first else "",
        )


def _lower(title: str) -> str:
    """« Besoins sans priorité » → « sans priorité »: the knot already says the first word."""
    return title.partition(" ")[2]


def _counts(programme: Programme | None) -> Iterable[tuple[str, str, str, str]]:
    voices = Voice.objects.active().aggregate(n=Count("pk"), said=Sum("mentions"))
    sessions = Session.objects.active().filter(action__programme=programme, state=SessionState.HELD)
    held = sessions.aggregate(n=Count("pk"), people=Sum(F("women") + F("men") + F("unspecified")))
    reports = ActionReport.objects.active().filter(action__programme=programme)
    filed = Q(state__in=[ReportState.FILED, ReportState.APPROVED])
    counted = reports.aggregate(n=Count("pk"), filed=Count("pk", filter=filed))
    objectives = Objective.objects.active().filter(programme=programme)
    piloted = objectives.aggregate(n=Count("pk"), piloted=Count("pilot"))
    proposals = Proposal.objects.active().filter(call__programme=programme).exclude(state=ProposalState.DRAFT)
    actions = _live_actions(programme)
    return [
        ("Paroles", number(voices["n"]), "recueillies", "diagnostics:voice_list"),
        ("Besoins", number(_needs(programme).count()), "reconnus", "diagnostics:need_list"),
        ("Priorités", number(_priorities(programme).count()), "votées", "diagnostics:priority_list"),
        ("Objectifs", number(piloted["n"]), f"{number(piloted['piloted'])} pilotés", "programmation:objective_list"),
        ("Propositions", number(proposals.count()), "déposées", "programmation:proposal_list"),
        ("Actions", number(actions.count()), "financées", "programmation:action_list"),
        ("Séances", number(held["n"]), f"{number(held['people'] or 0)} présences", "evaluation:session_list"),
        ("Bilans", number(counted["filed"]), f"sur {number(counted['n'])}", "evaluation:report_list"),
    ]

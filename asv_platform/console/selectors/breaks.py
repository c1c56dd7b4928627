"""The places where the thread of a year breaks: for each kind, which rows, and what to do about one."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from asv_platform.common.formats import date_short, number, plural, shorten
from asv_platform.reporting.selectors.alerts import UNANSWERED_AFTER
from asv_platform.territories.models import Asv
from diagnostics.models import Need, Priority, Voice
from evaluation.enums import ReportState, SessionState
from evaluation.models import ActionReport, Session
from programmation.enums import ActionState
from programmation.models import Action, Objective, Programme

QUIET_AFTER = dt.timedelta(days=60)


@dataclass(frozen=True)
class BrokenLink:
    """One place where the thread breaks: what, where, and what to do about it."""

    text: str
    sub: str
    url: str
    action: str
    is_words: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of broken link: the knot it hangs at, the rows it is about, and the link each row makes."""

    knot: str
    title: str
    why: str
    rows: QuerySet
    link: Callable[[Any], BrokenLink]


@dataclass(frozen=True)
class Ground:
    """What a thread is read from: the ASV, the programme, the year of the diagnostic it stands on, the day."""

    asv: Asv
    programme: Programme | None
    diagnostic_year: int | None
    on: dt.date

    def url(self, name: str, pk: int | None = None) -> str:
        return reverse(name, kwargs={"asv": self.asv.slug} | ({"pk": pk} if pk else {}))

    def needs(self) -> QuerySet:
        return Need.objects.active().filter(diagnostic__year=self.diagnostic_year)

    def priorities(self) -> QuerySet:
        return Priority.objects.active().filter(diagnostic__year=self.diagnostic_year)

    def actions(self) -> QuerySet:
        return Action.objects.active().filter(programme=self.programme).exclude(state=ActionState.CANCELLED)


def kinds(ground: Ground) -> Iterator[Kind]:
    """Every kind, in the order of the thread; nothing is read yet."""
    yield _voices_without_need(ground)
    yield _needs_without_priority(ground)
    yield _needs_without_answer(ground)
    if ground.programme:
        yield _priorities_without_action(ground)
        yield _objectives_without_priority(ground)
        yield _actions_without_need(ground)
        yield _actions_without_session(ground)
        yield _late_reports(ground)


def _voices_without_need(ground: Ground) -> Kind:
    rows = Voice.objects.active().filter(need=None).select_related("neighbourhood").order_by("-heard_on", "pk")

    def link(row: Voice) -> BrokenLink:
        place = f"{row.neighbourhood.short_name}, " if row.neighbourhood else ""
        sub = f"{place}{row.context or row.get_kind_display()}{', ' + date_short(row.heard_on) if row.heard_on else ''}"
        url = ground.url("diagnostics:voice_detail", row.pk)
        return BrokenLink(f"« {shorten(row.words)} »", sub, url, "Relier à un besoin", is_words=True)

    why = "Ces paroles ont été recueillies, mais ne nourrissent aucun besoin."
    return Kind("Paroles", "Paroles sans besoin", why, rows, link)


def _needs_without_priority(ground: Ground) -> Kind:
    rows = ground.needs().filter(priorities=None).select_related("theme").order_by("-severity", "pk")

    def link(row: Need) -> BrokenLink:
        said = f", entendu {number(row.mentions)} fois" if row.mentions else ""
        sub = f"Besoin n° {row.number}, {row.theme}{said}"
        return BrokenLink(row.statement, sub, ground.url("diagnostics:need_detail", row.pk), "Relier à une priorité")

    why = "Un besoin reconnu qu’aucune priorité ne reprend reste sans suite."
    return Kind("Besoins", "Besoins sans priorité", why, rows, link)


def _needs_without_answer(ground: Ground) -> Kind:
    heard = Voice.objects.active().filter(need=OuterRef("pk"))
    answered = ground.actions().filter(objectives__priorities__needs=OuterRef("pk"))
    rows = (
        ground.needs()
        .filter(Exists(heard.filter(heard_on__lt=ground.on - UNANSWERED_AFTER)), ~Exists(answered))
        .annotate(first_heard=Subquery(heard.order_by("heard_on").values("heard_on")[:1]))
        .order_by("pk")
    )

    def link(row: Any) -> BrokenLink:
        sub = f"Besoin n° {row.number}, entendu dès le {date_short(row.first_heard)}, sans action cette année"
        return BrokenLink(row.statement, sub, ground.url("diagnostics:need_detail", row.pk), "Voir le besoin")

    why = "Ces besoins ont été dits il y a plus de deux ans et aucune action de l’année n’y répond."
    return Kind("Besoins", "Besoins sans réponse depuis deux ans", why, rows, link)


def _priorities_without_action(ground: Ground) -> Kind:
    answered = ground.actions().filter(objectives__priorities=OuterRef("pk"))
    rows = ground.priorities().filter(~Exists(answered)).order_by("rank", "pk")

    def link(row: Priority) -> BrokenLink:
        votes = [
            plural(row.committee_votes, "voix du comité", "voix du comité") if row.committee_votes else "",
            plural(row.resident_votes, "voix d’habitant", "voix d’habitants") if row.resident_votes else "",
        ]
        sub = f"Priorité {row.rank}" + "".join(f", {vote}" for vote in votes if vote)
        return BrokenLink(row.title, sub, ground.url("diagnostics:priority_detail", row.pk), "Voir la priorité")

    why = f"Aucune action du programme {_year(ground)} ne répond à ces priorités."
    return Kind("Priorités", "Priorités sans action", why, rows, link)


def _objectives_without_priority(ground: Ground) -> Kind:
    rows = Objective.objects.active().filter(programme=ground.programme, priorities=None, parent=None)

    def link(row: Objective) -> BrokenLink:
        url = ground.url("programmation:objective_detail", row.pk)
        return BrokenLink(row.title, f"Objectif {_year(ground)}", url, "Relier à une priorité")

    why = "On ne sait pas à quoi ils répondent."
    return Kind("Objectifs", "Objectifs sans priorité", why, rows.order_by("position", "pk"), link)


def _actions_without_need(ground: Ground) -> Kind:
    linked = Need.objects.filter(priorities__objectives__actions=OuterRef("pk"))
    rows = ground.actions().filter(~Exists(linked)).select_related("organisation").order_by("number")

    def link(row: Action) -> BrokenLink:
        url = ground.url("programmation:action_detail", row.pk)
        return BrokenLink(row.title, str(row.organisation), url, "Relier à un objectif")

    return Kind("Actions", "Actions sans besoin", "Ces actions ne répondent à aucun besoin écrit.", rows, link)


def _actions_without_session(ground: Ground) -> Kind:
    since = ground.on - QUIET_AFTER
    held = Session.objects.active().filter(action=OuterRef("pk"), state=SessionState.HELD, held_on__gte=since)
    rows = ground.actions().filter(~Exists(held), state=ActionState.RUNNING, starts_on__lt=since)

    def link(row: Action) -> BrokenLink:
        url = ground.url("evaluation:action", row.pk)
        return BrokenLink(row.title, str(row.organisation), url, "Voir l’action")

    why = "Ces actions sont en cours, mais aucune séance n’a été notée depuis deux mois."
    ordered = rows.select_related("organisation").order_by("number")
    return Kind("Séances", "Actions sans séance récente", why, ordered, link)


def _late_reports(ground: Ground) -> Kind:
    waiting = [ReportState.DRAFT, ReportState.TO_CORRECT]
    rows = ActionReport.objects.active().filter(state__in=waiting, due_on__lt=ground.on)

    def link(row: ActionReport) -> BrokenLink:
        sub = f"{row.action.organisation}, attendu le {date_short(row.due_on)}"
        return BrokenLink(row.action.title, sub, ground.url("evaluation:report_detail", row.pk), "Voir le bilan")

    ordered = rows.select_related("action__organisation").order_by("due_on", "pk")
    return Kind("Bilans", "Bilans en retard", "Sans bilan, l’élu lit « attendu ».", ordered, link)


def _year(ground: Ground) -> int | str:
    return ground.programme.year if ground.programme else ""

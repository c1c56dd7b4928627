"""Where the thread of a year is cut, and what that suggests to ask those who decide."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from asv_platform.common.formats import plural, shorten
from asv_platform.reporting.facts.edition import AwaitedDecision
from asv_platform.reporting.facts.life import BrokenLink
from asv_platform.reporting.selectors.year import Year, year_of
from asv_platform.territories.models import Asv
from diagnostics.models import Need, Priority, Voice
from evaluation.models import ActionReport
from programmation.enums import ActionState
from programmation.models import Action, Programme

UNANSWERED_AFTER = dt.timedelta(days=730)
NAMED = 5  # how many broken links are named
LONGEST = 110
COMMITTEE = "Comité de pilotage"


@dataclass(frozen=True)
class Alert:
    """All the broken links of one kind: how many, the first ones by name, and what may be decided about them."""

    key: str
    count: int
    singular: str
    plural: str
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """The words that follow the count."""
        return self.singular if self.count < 2 else self.plural


def alerts_of(asv: Asv, *, year: int, on: dt.date) -> tuple[Alert, ...]:
    """The broken links of the programme of ``year`` as they stand ``on`` that day, the gravest kind first.

    The diagnostic is the one the programme stands on. A constant number of queries.
    """
    return alerts_in(year_of(asv, year=year, on=on))


def alerts_in(year: Year) -> tuple[Alert, ...]:
    """The same, for a year already found."""
    return tuple(alert for alert in (make(year) for make in KINDS) if alert.count)


def broken_links(alerts: Iterable[Alert]) -> tuple[BrokenLink, ...]:
    """The alerts as a snapshot keeps them."""
    return tuple(BrokenLink(alert.count, alert.label, alert.names) for alert in alerts)


def suggested_decisions(asv: Asv, *, year: int, on: dt.date) -> list[AwaitedDecision]:
    """What the broken links of a year suggest to ask: the first words of a draft, for a person to keep or change."""
    committee = Programme.objects.active().filter(asv=asv, committee_on__gte=on).order_by("committee_on").first()
    before = committee.committee_on if committee else None
    found = {alert.key: alert for alert in alerts_of(asv, year=year, on=on)}
    return [AwaitedDecision(write(found[key]), who, before) for key, (who, write) in DECISIONS.items() if key in found]


def suggested_headlines(asv: Asv, *, year: int, on: dt.date) -> list[str]:
    """Sentences that the data allow one to write at the head of the year, each short enough for the note."""
    found = alerts_of(asv, year=year, on=on)
    programme = Programme.objects.active().filter(asv=asv, year=year).first()
    actions = Action.objects.active().filter(programme=programme).exclude(state=ActionState.CANCELLED).count()
    start = f"{plural(actions, 'action')} en {year}" if programme and actions else ""
    broken = [f"{alert.count} {alert.label}" for alert in found if alert.key in {"priorities", "unanswered"}]
    return [" ; ".join([start, text]) if start else text.capitalize() for text in broken] or ([start] if start else [])


def _alert(key: str, words: tuple[str, str], rows: QuerySet, name: Callable[[object], str]) -> Alert:
    shown = list(rows[: NAMED + 1])
    count = len(shown) if len(shown) <= NAMED else rows.count()
    return Alert(key, count, *words, names=tuple(shorten(name(row), LONGEST) for row in shown[:NAMED]))


def _priorities(year: Year) -> Alert:
    live = Action.objects.active().filter(programme=year.programme).exclude(state=ActionState.CANCELLED)
    answered = live.filter(objectives__priorities__isnull=False).values("objectives__priorities")
    rows = Priority.objects.active().filter(diagnostic=year.diagnostic).order_by("rank", "pk")
    rows = rows.exclude(pk__in=answered) if year.programme else rows.none()
    return _alert("priorities", ("priorité sans action", "priorités sans action"), rows, str)


def _unanswered(year: Year) -> Alert:
    """Heard more than two years ago, and no action of the year."""
    words = ("besoin sans réponse depuis deux ans", "besoins sans réponse depuis deux ans")
    rows = (
        Need.objects.active()
        .filter(diagnostic=year.diagnostic)
        .annotate(heard=Max("voices__heard_on"))
        .filter(heard__lt=year.on - UNANSWERED_AFTER)
        .exclude(priorities__objectives__actions__in=_answering(year))
        .order_by("heard", "number")
    )
    return _alert("unanswered", words, rows, str)


def _answering(year: Year) -> QuerySet:
    rows = Action.objects.active().filter(programme=year.programme) if year.programme else Action.objects.none()
    return rows.exclude(state=ActionState.CANCELLED)


def _late(year: Year) -> Alert:
    rows = ActionReport.objects.late(year.on).filter(action__in=_answering(year)).select_related("action")
    return _alert("late", ("bilan en retard", "bilans en retard"), rows.order_by("due_on", "pk"), _action_of)


def _action_of(report) -> str:
    return report.action.title


def _needs(year: Year) -> Alert:
    rows = (
        Need.objects.active()
        .filter(diagnostic=year.diagnostic)
        .exclude(priorities__archived_at__isnull=True, priorities__isnull=False)
    )
    return _alert("needs", ("besoin sans priorité", "besoins sans priorité"), rows.order_by("-severity", "number"), str)


def _loose(year: Year) -> Alert:
    words = ("action qui ne répond à aucune priorité", "actions qui ne répondent à aucune priorité")
    rows = _answering(year).exclude(objectives__priorities__isnull=False).order_by("number")
    return _alert("loose", words, rows, str)


def _voices(year: Year) -> Alert:
    words = ("parole qui ne nourrit aucun besoin", "paroles qui ne nourrissent aucun besoin")
    rows = Voice.objects.active().filter(diagnostic=year.diagnostic, need=None).order_by("-mentions", "pk")
    return _alert("voices", words, rows, lambda row: f"« {str(row).strip('«» ')} »")


KINDS = (_priorities, _unanswered, _late, _needs, _loose, _voices)


def _named(alert: Alert, one: str, many: str) -> str:
    return one.format(shorten(alert.names[0], 70)) if alert.count == 1 else many.format(alert.count)


DECISIONS: dict[str, tuple[str, Callable[[Alert], str]]] = {
    "priorities": (
        COMMITTEE,
        lambda a: _named(
            a, "Chercher un porteur pour « {} », ou y renoncer", "Chercher un porteur pour {} priorités sans action"
        ),
    ),
    "unanswered": (
        COMMITTEE,
        lambda a: _named(
            a, "Dire aux habitants ce qui répond à « {} »", "Dire aux habitants ce qui répond à {} besoins anciens"
        ),
    ),
    "late": (
        "Financeurs",
        lambda a: _named(a, "Réclamer le bilan de « {} »", "Réclamer {} bilans en retard avant tout renouvellement"),
    ),
    "needs": (
        COMMITTEE,
        lambda a: _named(a, "Rattacher à une priorité « {} »", "Rattacher {} besoins à une priorité, ou les écarter"),
    ),
}  # fmt: skip

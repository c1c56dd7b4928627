"""Where the thread of a year is cut, and what that suggests to ask those who decide."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, Concat, RowNumber

from asv_platform.common.formats import plural, shorten
from asv_platform.reporting.facts.edition import AwaitedDecision
from asv_platform.reporting.facts.life import BrokenLink
from asv_platform.reporting.selectors import breaks
from asv_platform.reporting.selectors.year import Year, year_of
from asv_platform.territories.models import Asv

NAMED = 5  # how many broken links are named
LONGEST, LONGEST_ASKED = 110, 70
COMMITTEE = "Comité de pilotage"


@dataclass(frozen=True)
class Kind:
    """One kind of broken link: its rows, what names one, and the words that follow their count."""

    key: str
    rows: Callable[[Year], QuerySet]
    name: Any
    singular: str
    plural: str
    is_words: bool = False

    def shown(self, name: str) -> str:
        """One name as documents print it."""
        return shorten(f"« {name.strip('«» ')} »" if self.is_words else name, LONGEST)


# A report may be awaited from another year, and an action bear the same name every year.
REPORT_NAME = Concat("action__title", Value(" ("), Cast("action__programme__year", CharField()), Value(")"))
KINDS = (
    Kind("priorities", breaks.priorities_without_action, F("title"), "priorité sans action", "priorités sans action"),
    Kind(
        "unanswered",
        breaks.needs_without_answer,
        F("statement"),
        "besoin sans réponse depuis deux ans",
        "besoins sans réponse depuis deux ans",
    ),
    Kind("late", breaks.late_reports, REPORT_NAME, "bilan en retard", "bilans en retard"),
    Kind("needs", breaks.needs_without_priority, F("statement"), "besoin sans priorité", "besoins sans priorité"),
    Kind("loose", breaks.actions_without_need, F("title"), "action sans besoin", "actions sans besoin"),
    Kind(
        "quiet", breaks.actions_without_session, F("title"), "action sans séance récente", "actions sans séance récente"
    ),
    Kind(
        "aimless", breaks.objectives_without_priority, F("title"), "objectif sans priorité", "objectifs sans priorité"
    ),
    Kind(
        "voices",
        breaks.voices_without_need,
        F("words"),
        "parole qui ne nourrit aucun besoin",
        "paroles qui ne nourrissent aucun besoin",
        is_words=True,
    ),
)


@dataclass(frozen=True)
class Alert:
    """All the broken links of one kind: how many, and the first ones by name."""

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
    """The same, from a year already found; one query."""
    first, *others = (_named(kind, kind.rows(year)) for kind in KINDS)
    found: dict[str, list[str]] = defaultdict(list)
    for key, name, _ in first.union(*others, all=True).order_by("place"):
        found[key].append(name)
    return tuple(_alert(kind, found[kind.key]) for kind in KINDS if found[kind.key])


def _named(kind: Kind, rows: QuerySet) -> QuerySet:
    """The key of the kind, the name of each row, and its place among them."""
    order: Any = list(rows.query.order_by)
    place = Window(RowNumber(), order_by=order)
    named = rows.order_by().annotate(kind_key=Value(kind.key), told=kind.name, place=place)
    return named.values_list("kind_key", "told", "place")


def _alert(kind: Kind, names: list[str]) -> Alert:
    shown = tuple(kind.shown(name) for name in names[:NAMED])
    return Alert(kind.key, len(names), kind.singular, kind.plural, shown)


def broken_links(alerts: Iterable[Alert]) -> tuple[BrokenLink, ...]:
    """The alerts as a snapshot keeps them."""
    return tuple(BrokenLink(alert.count, alert.label, alert.names) for alert in alerts)


@dataclass(frozen=True)
class Suggestions:
    """First words for a draft, drawn from the broken links: a person keeps, changes or erases them."""

    headlines: tuple[str, ...]
    decisions: tuple[AwaitedDecision, ...]


def suggestions_of(asv: Asv, *, year: int, on: dt.date) -> Suggestions:
    """What the data of a year suggest to write and to ask; empty when nothing is broken."""
    found = year_of(asv, year=year, on=on)
    alerts = {alert.key: alert for alert in alerts_in(found)}
    before = found.next_committee()
    return Suggestions(
        headlines=tuple(_headlines(found, alerts)),
        decisions=tuple(
            AwaitedDecision(_asked(alerts[key], *texts), who, before)
            for key, (who, *texts) in DECISIONS.items()
            if key in alerts
        ),
    )


def _headlines(year: Year, alerts: dict[str, Alert]) -> Iterable[str]:
    count = breaks.actions_in(year).count()
    start = f"{plural(count, 'action')} en {year.number}, " if count else f"{year.number} : "
    for key in ("priorities", "unanswered", "late"):
        if key in alerts:
            yield f"{start}{alerts[key].count} {alerts[key].label}"


def _asked(alert: Alert, one: str, many: str) -> str:
    return one.format(shorten(alert.names[0], LONGEST_ASKED)) if alert.count == 1 else many.format(alert.count)


DECISIONS = {
    "priorities": (
        COMMITTEE,
        "Chercher un porteur pour « {} », ou y renoncer",
        "Chercher un porteur pour {} priorités sans action, ou y renoncer",
    ),
    "unanswered": (
        COMMITTEE,
        "Dire aux habitants ce qui répond à « {} »",
        "Dire aux habitants ce qui répond à {} besoins anciens",
    ),
    "late": ("Financeurs", "Réclamer le bilan de « {} »", "Réclamer {} bilans en retard avant tout renouvellement"),
    "needs": (COMMITTEE, "Rattacher « {} » à une priorité", "Rattacher {} besoins à une priorité, ou les écarter"),
}

"""Where the thread of a year is cut, and what that suggests to ask those who decide."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from asv_platform.common.formats import plural, shorten
from asv_platform.reporting.facts.edition import AwaitedDecision
from asv_platform.reporting.facts.life import BrokenLink
from asv_platform.reporting.selectors.diagnosis import Heard, heard_in
from asv_platform.reporting.selectors.programme import loaded_actions, loaded_objectives, priorities_of
from asv_platform.reporting.selectors.year import Year, year_of
from asv_platform.territories.models import Asv
from diagnostics.models import Need
from evaluation.models import ActionReport
from programmation.models import Action

UNANSWERED_AFTER = dt.timedelta(days=730)
NAMED = 5  # how many broken links are named
LONGEST, LONGEST_ASKED = 110, 70
COMMITTEE = "Comité de pilotage"


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


@dataclass(frozen=True)
class Rows:
    """Everything the alerts are read in: the diagnostic, the actions with their priorities, the late reports."""

    year: Year
    heard: Heard
    actions: list[Action]
    priorities: dict[int, list[int]]  # keys of the priorities, by number of action
    late: tuple[ActionReport, ...]


def alerts_of(asv: Asv, *, year: int, on: dt.date) -> tuple[Alert, ...]:
    """The broken links of the programme of ``year`` as they stand ``on`` that day, the gravest kind first.

    The diagnostic is the one the programme stands on. A constant number of queries.
    """
    return alerts_in(_rows_of(year_of(asv, year=year, on=on)))


def _rows_of(year: Year) -> Rows:
    actions, objectives = loaded_actions(year), loaded_objectives(year)
    late = ActionReport.objects.late(year.on).filter(action__in=actions).order_by("due_on", "pk")
    priorities = {action.number: priorities_of(action, objectives) for action in actions}
    return Rows(year, heard_in(year), actions, priorities, tuple(late))


def alerts_in(rows: Rows) -> tuple[Alert, ...]:
    """The same, from rows already loaded."""
    found = [
        Alert(key, len(names), *WORDS[key], names=tuple(shorten(name, LONGEST) for name in names[:NAMED]))
        for key, names in ((key, list(find(rows))) for key, find in KINDS.items())
    ]
    return tuple(alert for alert in found if alert.count)


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
    rows = _rows_of(found)
    alerts = {alert.key: alert for alert in alerts_in(rows)}
    before = found.next_committee()
    return Suggestions(
        headlines=tuple(_headlines(rows, alerts)),
        decisions=tuple(
            AwaitedDecision(_asked(alerts[key], *texts), who, before)
            for key, (who, *texts) in DECISIONS.items()
            if key in alerts
        ),
    )


def _headlines(rows: Rows, alerts: dict[str, Alert]) -> Iterable[str]:
    actions = plural(len(rows.actions), "action") if rows.actions else ""
    for key in ("priorities", "unanswered", "late"):
        if key in alerts:
            broken = f"{alerts[key].count} {alerts[key].label}"
            yield f"{actions} en {rows.year.number}, {broken}" if actions else f"{rows.year.number} : {broken}"


def _asked(alert: Alert, one: str, many: str) -> str:
    return one.format(shorten(alert.names[0], LONGEST_ASKED)) if alert.count == 1 else many.format(alert.count)


# What is broken


def _priorities(rows: Rows) -> Iterable[str]:
    answered = {key for keys in rows.priorities.values() for key in keys}
    return [row.title for row in rows.heard.priorities if rows.year.programme and row.pk not in answered]


def _is_answered(need: Need, rows: Rows) -> bool:
    keys = {priority.pk for priority in rows.heard.priorities_of(need)}
    return any(keys.intersection(found) for found in rows.priorities.values())


def _unanswered(rows: Rows) -> Iterable[str]:
    """Last heard more than two years ago, and no action of the year."""
    limit = rows.year.on - UNANSWERED_AFTER
    for need in rows.heard.needs:
        days = [voice.heard_on for voice in rows.heard.voices if voice.need_id == need.pk and voice.heard_on]
        if days and min(days) < limit and not _is_answered(need, rows):
            yield need.statement


def _late(rows: Rows) -> Iterable[str]:
    titles = {action.pk: action.title for action in rows.actions}
    return [titles[report.action_id] for report in rows.late if report.action_id in titles]


def _needs(rows: Rows) -> Iterable[str]:
    return [need.statement for need in rows.heard.needs if not rows.heard.priorities_of(need)]


def _loose(rows: Rows) -> Iterable[str]:
    return [action.title for action in rows.actions if not rows.priorities[action.number]]


def _voices(rows: Rows) -> Iterable[str]:
    return [f"« {voice.words.strip('«» ')} »" for voice in rows.heard.voices if voice.need_id is None]


KINDS: dict[str, Callable[[Rows], Iterable[str]]] = {
    "priorities": _priorities,
    "unanswered": _unanswered,
    "late": _late,
    "needs": _needs,
    "loose": _loose,
    "voices": _voices,
}
WORDS = {
    "priorities": ("priorité sans action", "priorités sans action"),
    "unanswered": ("besoin sans réponse depuis deux ans", "besoins sans réponse depuis deux ans"),
    "late": ("bilan en retard", "bilans en retard"),
    "needs": ("besoin sans priorité", "besoins sans priorité"),
    "loose": ("action qui ne répond à aucune priorité", "actions qui ne répondent à aucune priorité"),
    "voices": ("parole qui ne nourrit aucun besoin", "paroles qui ne nourrissent aucun besoin"),
}
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

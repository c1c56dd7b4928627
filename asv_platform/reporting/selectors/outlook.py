"""What comes after the year: calls, committees, actions and reports already dated; nothing else is announced."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from asv_platform.common.formats import shorten
from asv_platform.reporting.facts.life import Appointment, CalendarEntry, Commitment
from asv_platform.reporting.selectors.year import Year
from evaluation.models import ActionReport
from programmation.enums import ActionState
from programmation.models import Action, Call

CALLS, COMMITTEE, ACTIONS, REPORTS = "Appel à propositions", "Comité de pilotage", "Actions", "Bilans à rendre"
MOST_COMMITMENTS = 4


def calendar_of(year: Year) -> tuple[CalendarEntry, ...]:
    """What is dated in the year that follows, by kind."""
    first, last = dt.date(year.number + 1, 1, 1), dt.date(year.number + 1, 12, 31)
    entries = [*_calls(year), *_committees(year), *_actions(year), *_reports(year)]
    return tuple(entry for entry in entries if entry.ends_on >= first and entry.starts_on <= last)


def _calls(year: Year) -> Iterable[CalendarEntry]:
    rows = Call.objects.published().filter(asv=year.asv, programme__year__gt=year.number).order_by("opens_at")
    for row in rows.select_related("programme"):
        opens, closes = (timezone.localdate(moment) for moment in (row.opens_at, row.closes_at))
        yield CalendarEntry(CALLS, opens, closes, str(row.programme.year))


def _committees(year: Year) -> Iterable[CalendarEntry]:
    return [CalendarEntry(COMMITTEE, day, day) for day in year.committees() if day.year == year.number + 1]


def _actions(year: Year) -> Iterable[CalendarEntry]:
    rows = Action.objects.active().filter(
        asv=year.asv, programme__year=year.number + 1, starts_on__isnull=False, ends_on__isnull=False
    )
    days = list(rows.exclude(state=ActionState.CANCELLED).order_by().values_list("starts_on", "ends_on"))
    if days:
        yield CalendarEntry(ACTIONS, min(day for day, _ in days), max(day for _, day in days), str(year.number + 1))


def _reports(year: Year) -> Iterable[CalendarEntry]:
    rows = ActionReport.objects.active().filter(asv=year.asv, due_on__year=year.number + 1).order_by("due_on")
    for day in rows.values_list("due_on", flat=True).distinct():
        yield CalendarEntry(REPORTS, day, day, "")


def next_committee_of(year: Year) -> Appointment | None:
    """The first committee planned from the day of the data on."""
    day = year.next_committee()
    return Appointment(COMMITTEE, day) if day else None


def commitments_of(actions: list[Action], reports: dict[int, ActionReport]) -> tuple[Commitment, ...]:
    """What partners wrote that they will do next, in the order of the actions."""
    told = [(action, reports[action.pk].next_steps) for action in actions if action.pk in reports]
    found = [Commitment(action.title, shorten(text, 220)) for action, text in told if text.strip()]
    return tuple(found[:MOST_COMMITMENTS])

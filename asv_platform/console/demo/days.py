"""The days on which something of the demonstration may happen: working days, weekdays of an action, school terms."""

import datetime as dt
from functools import cache
from typing import Any

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
# Wide enough for the three zones and any year: nothing of a school is told outside these terms.
TERMS = (((3, 10), (4, 2)), ((5, 5), (7, 2)), ((9, 3), (10, 15)), ((11, 4), (12, 17)))
SEASON = ("03-01", "12-15")


@cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """The public holidays of metropolitan France."""
    fixed = {dt.date(year, month, day) for month, day in FIXED}
    return frozenset(fixed | {_easter(year) + dt.timedelta(days=days) for days in AFTER_EASTER})


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def working_day(day: dt.date) -> dt.date:
    """``day``, or the next one that is neither in a weekend nor a public holiday."""
    while day.weekday() > 4 or day in public_holidays(day.year):
        day += dt.timedelta(days=1)
    return day


def session_days(row: dict[str, Any], year: int) -> list[dt.date]:
    """The days of the sessions of an action of the file: its weekdays, evenly spread over its season.

    Never a public holiday; within the school terms only for what happens in a school.
    """
    wanted = {WEEKDAYS.index(name) for name in row["days"]}
    first, last = (dt.date.fromisoformat(f"{year}-{day}") for day in row.get("season", SEASON))
    days = [first + dt.timedelta(days=rank) for rank in range((last - first).days + 1)]
    open_days = [day for day in days if day.weekday() in wanted and day not in public_holidays(year)]
    return _spread([day for day in open_days if not row.get("school") or _in_term(day)], row["sessions"])


def _in_term(day: dt.date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in TERMS)


def _spread(days: list[dt.date], count: int) -> list[dt.date]:
    """``count`` of these days, or all of them, from the first to the last."""
    if count >= len(days):
        return days
    return [days[rank * (len(days) - 1) // max(count - 1, 1)] for rank in range(count)]

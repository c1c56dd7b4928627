"""Effects, participation, alerts and what comes next."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """An effect at one of the three levels, and what allows one to say so."""

    level: str  # residents | professionals | policies
    title: str
    text: str = ""
    proof: str = ""  # Mesuré | Déclaré | Présumé


@dataclass(frozen=True)
class Means:
    """How the ASV acts at a level, in a few words."""

    level: str
    text: str


@dataclass(frozen=True)
class Participation:
    """The highest step of the ladder reached in a neighbourhood at each phase (0 none … 4 co-construction)."""

    place: int
    levels: tuple[int | None, ...]
    people: int | None = None


@dataclass(frozen=True)
class AgeBand:
    label: str
    women: int | None
    men: int | None


@dataclass(frozen=True)
class HeadCount:
    label: str
    count: int


@dataclass(frozen=True)
class Attendance:
    """The participations of the sessions held, by sex and by age: who came twice counts twice."""

    sexes: tuple[HeadCount, ...] = ()
    ages: tuple[HeadCount, ...] = ()

    @property
    def total(self) -> int:
        return sum(row.count for row in self.sexes)


@dataclass(frozen=True)
class AlertFacts:
    """A signal sent to an institution."""

    title: str
    text: str = ""
    addressee: str = ""
    sent_on: dt.date | None = None
    reminded_on: tuple[dt.date, ...] = ()
    answered_on: dt.date | None = None
    outcome: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class BrokenLink:
    """A place where the thread is cut: "2 priorités sans action"."""

    count: int
    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Commitment:
    title: str
    text: str = ""


@dataclass(frozen=True)
class CalendarEntry:
    """Something of the coming year: a period, or one day when both dates are equal."""

    row: str
    starts_on: dt.date
    ends_on: dt.date
    label: str = ""


@dataclass(frozen=True)
class Appointment:
    """The next committee."""

    title: str
    on: dt.date
    time: str = ""
    place: str = ""

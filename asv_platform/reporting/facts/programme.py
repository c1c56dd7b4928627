"""Objectives, actions and money."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Objective:
    number: str
    title: str
    priority: int | None = None
    level: str = ""
    actions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Grant:
    """What one funder gave to an action."""

    funder: str  # key of a Funder
    amount: Decimal


@dataclass(frozen=True)
class Measure:
    """An indicator of an action: what was aimed at, what was obtained."""

    label: str
    unit: str = ""
    target: Decimal | None = None
    baseline: Decimal | None = None  # where the action started from, when it is known
    result: Decimal | None = None
    source: str = ""
    is_result: bool = False  # a result rather than a process: shown in the chapter of results
    counts_people: bool = False
    hidden: str = ""  # the word printed in place of a result that may not be read


@dataclass(frozen=True)
class ActionFacts:
    number: int
    title: str
    holder: str
    summary: str = ""
    places: tuple[int, ...] = ()
    priority: int | None = None
    needs: tuple[str, ...] = ()  # those of the priority
    grants: tuple[Grant, ...] = ()
    spent: Decimal | None = None
    planned: Decimal | None = None
    gap_reason: str = ""
    people: int | None = None
    people_in_qpv: int | None = None
    sessions: int | None = None
    participations: int | None = None  # who came twice counts twice
    participations_in_qpv: int | None = None
    reported_on: dt.date | None = None
    report_due_on: dt.date | None = None  # of a report awaited, while the day of the data is not past it
    done: str = ""
    changed: str = ""
    difficult: str = ""
    quote: str = ""
    quote_source: str = ""
    lessons: str = ""
    next_step: str = ""
    outcome: str = ""  # said when the action was not carried out as planned
    measures: tuple[Measure, ...] = ()
    levers: tuple[str, ...] = ()  # axes of the Ottawa charter

    @property
    def granted(self) -> Decimal:
        return sum((grant.amount for grant in self.grants), Decimal(0))

    @property
    def is_under_way(self) -> bool:
        """Whether nothing of it is to be judged yet: its report is not due."""
        return self.report_due_on is not None

    @property
    def is_reported(self) -> bool:
        return self.reported_on is not None


@dataclass(frozen=True)
class Funder:
    key: str
    name: str
    requested: Decimal | None = None
    paid: Decimal | None = None


@dataclass(frozen=True)
class BudgetHeading:
    """A chapter of the official nomenclature, over the financial reports received."""

    code: str
    name: str
    planned: Decimal
    actual: Decimal

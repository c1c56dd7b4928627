"""What an edition says, frozen: everything its pages show is computed from this and from nothing else.

Selectors fill a snapshot, the job stores it as JSON on the edition, templates read it back. ``None`` always means
"not known" and is printed as such; zero means zero. Counts of people are true counts: masking happens where they are
shown (``masking``), for the page and for the attached CSV alike.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from asv_platform.reporting.serialise import from_json, to_json

Ring = tuple[tuple[float, float], ...]
"""Longitudes and latitudes of a closed line (WGS 84)."""


@dataclass(frozen=True)
class Identity:
    """Who publishes."""

    name: str
    carrier: str
    carrier_kind: str = ""
    level: str = ""
    communes: tuple[str, ...] = ()
    created_year: int | None = None
    coordinators: tuple[str, ...] = ()
    full_time_equivalent: Decimal | None = None
    health_contract: str = ""
    city_contract: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    colour: str = "#0F5E5A"
    logo: str = ""  # data: address, so that the snapshot depends on no file


@dataclass(frozen=True)
class AwaitedDecision:
    """Something the reader is asked to decide."""

    what: str
    who: str = ""
    before: dt.date | None = None


@dataclass(frozen=True)
class EditionFacts:
    """What the coordinator adds to the data, and what identifies the edition."""

    kind: str
    title: str
    year: int
    number: int | None = None
    issued_on: dt.date | None = None
    data_on: dt.date | None = None
    author: str = ""
    headline: str = ""
    foreword: str = ""
    foreword_author: str = ""
    chapters: tuple[str, ...] = ()
    comments: dict[str, str] = field(default_factory=dict)
    decisions: tuple[AwaitedDecision, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.issued_on is None


@dataclass(frozen=True)
class Town:
    """A commune of the perimeter. Without outline the map shows the neighbourhoods only."""

    code: str
    name: str
    population: int | None = None
    rings: tuple[Ring, ...] = ()
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Place:
    """A priority neighbourhood, numbered for the map and the tables."""

    number: int
    code: str
    name: str
    short_name: str
    communes: str = ""
    population: int | None = None
    poverty: float | None = None
    employment: float | None = None
    rings: tuple[Ring, ...] = ()
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Territory:
    towns: tuple[Town, ...] = ()
    neighbours: tuple[Town, ...] = ()
    places: tuple[Place, ...] = ()
    source: str = ""
    outline_source: str = ""


@dataclass(frozen=True)
class Network:
    """The activity of the network over the year."""

    partners: int | None = None
    partners_before: int | None = None
    meetings: int | None = None
    steering_meetings: int | None = None
    technical_meetings: int | None = None
    professionals_trained: int | None = None


@dataclass(frozen=True)
class Comparison:
    """One row of the spine chart: here against a reference, among the comparable areas."""

    group: str
    label: str
    unit: str
    value: float
    reference: float
    low: float | None = None
    first_quartile: float | None = None
    third_quartile: float | None = None
    high: float | None = None
    interval: tuple[float, float] | None = None
    higher_is_better: bool | None = None
    status: str = "none"  # better | worse | same | none
    period: str = ""
    note: str = ""


@dataclass(frozen=True)
class Voice:
    """What one of the five voices says about a theme."""

    voice: str
    says: str
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True)
class Theme:
    title: str
    voices: tuple[Voice, ...] = ()
    disagreement: str = ""


@dataclass(frozen=True)
class Need:
    number: int
    statement: str
    voices: tuple[str, ...] = ()
    evidence: str = ""
    places: tuple[int, ...] = ()
    priority: int | None = None
    actions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Priority:
    number: int
    title: str
    short_title: str = ""
    needs: int = 0


@dataclass(frozen=True)
class Objective:
    number: str
    title: str
    priority: int | None = None
    actions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Diagnostic:
    """The shared local diagnostic in force."""

    title: str = ""
    state: str = ""
    residents_heard: int | None = None
    professionals_heard: int | None = None
    reference_name: str = ""
    comparison_scope: str = ""  # what the light bars range over: "les 40 communes"
    comparisons: tuple[Comparison, ...] = ()
    comparison_source: str = ""
    themes: tuple[Theme, ...] = ()
    needs: tuple[Need, ...] = ()
    priorities: tuple[Priority, ...] = ()


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
    result: Decimal | None = None
    source: str = ""
    is_result: bool = False  # a result rather than a process: shown in the chapter of results
    counts_people: bool = False


@dataclass(frozen=True)
class ActionFacts:
    number: int
    title: str
    holder: str
    summary: str = ""
    places: tuple[int, ...] = ()
    priority: int | None = None
    need: str = ""
    grants: tuple[Grant, ...] = ()
    spent: Decimal | None = None
    planned: Decimal | None = None
    gap_reason: str = ""
    people: int | None = None
    people_in_qpv: int | None = None
    sessions: int | None = None
    reported_on: dt.date | None = None
    done: str = ""
    changed: str = ""
    difficult: str = ""
    quote: str = ""
    quote_source: str = ""
    next_step: str = ""
    measures: tuple[Measure, ...] = ()
    levers: tuple[str, ...] = ()  # axes of the Ottawa charter

    @property
    def granted(self) -> Decimal:
        return sum((grant.amount for grant in self.grants), Decimal(0))

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


@dataclass(frozen=True)
class AnnualSnapshot:
    """The year of an ASV: feeds the annual report, the note to elected officials and the attached CSV."""

    identity: Identity
    edition: EditionFacts
    territory: Territory = Territory()
    network: Network = Network()
    diagnostic: Diagnostic = Diagnostic()
    objectives: tuple[Objective, ...] = ()
    programme_source: str = ""
    actions: tuple[ActionFacts, ...] = ()
    granted_before: Decimal | None = None
    funders: tuple[Funder, ...] = ()
    headings: tuple[BudgetHeading, ...] = ()
    means: tuple[Means, ...] = ()
    effects: tuple[Effect, ...] = ()
    participation: tuple[Participation, ...] = ()
    participants: tuple[AgeBand, ...] = ()
    alerts: tuple[AlertFacts, ...] = ()
    broken_links: tuple[BrokenLink, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    next_committee: Appointment | None = None

    def to_json(self) -> dict[str, Any]:
        """The JSON value stored on the edition."""
        return to_json(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "AnnualSnapshot":
        """The snapshot that ``to_json`` stored."""
        return from_json(cls, value)

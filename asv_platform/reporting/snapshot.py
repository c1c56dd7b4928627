"""What an edition says, frozen: everything its pages show is computed from this and from nothing else.

Selectors fill a snapshot, the job stores it as JSON on the edition, templates read it back. ``None`` always means
"not known" and is printed as such; zero means zero. Counts of people are true counts: masking happens where they are
shown (``masking``), for the page and for the attached CSV alike.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from asv_platform.reporting.facts.diagnosis import (
    Comparison,
    Diagnostic,
    Need,
    PlaceVoices,
    Priority,
    Theme,
    Voice,
)
from asv_platform.reporting.facts.edition import (
    AwaitedDecision,
    EditionFacts,
)
from asv_platform.reporting.facts.life import (
    AgeBand,
    AlertFacts,
    Appointment,
    Attendance,
    BrokenLink,
    CalendarEntry,
    Commitment,
    Effect,
    HeadCount,
    Means,
    Participation,
)
from asv_platform.reporting.facts.programme import (
    ActionFacts,
    BudgetHeading,
    Funder,
    Grant,
    Measure,
    Objective,
)
from asv_platform.reporting.facts.territory import (
    Identity,
    Network,
    Place,
    Ring,
    Territory,
    Town,
)
from asv_platform.reporting.serialise import from_json, to_json

__all__ = [
    "ActionFacts",
    "AgeBand",
    "AlertFacts",
    "AnnualSnapshot",
    "Appointment",
    "Attendance",
    "AwaitedDecision",
    "BrokenLink",
    "BudgetHeading",
    "CalendarEntry",
    "Commitment",
    "Comparison",
    "Diagnostic",
    "EditionFacts",
    "Effect",
    "Funder",
    "Grant",
    "HeadCount",
    "Identity",
    "Means",
    "Measure",
    "Need",
    "Network",
    "Objective",
    "Participation",
    "Place",
    "PlaceVoices",
    "Priority",
    "Ring",
    "Territory",
    "Theme",
    "Town",
    "Voice",
]


@dataclass(frozen=True)
class AnnualSnapshot:
    """The year of an ASV: feeds the annual report, the note to elected officials and the attached CSV."""

    identity: Identity
    edition: EditionFacts
    territory: Territory = field(default_factory=Territory)
    network: Network = field(default_factory=Network)
    diagnostic: Diagnostic = field(default_factory=Diagnostic)
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
    attendance: Attendance = field(default_factory=Attendance)
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

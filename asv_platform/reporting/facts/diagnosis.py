"""What the shared diagnostic says: gaps, voices, needs, priorities."""

from dataclasses import dataclass


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
    reading: str = ""  # the words of the screen, when they say more than the status
    against: str = ""  # the name of the reference, when rows do not share one
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
    needs: int = 0
    committee_votes: int | None = None
    resident_votes: int | None = None


@dataclass(frozen=True)
class PlaceVoices:
    """The words written down in a neighbourhood (None: somewhere else in the perimeter), and from whom.

    ``heard`` is how many times those of residents were heard.
    """

    place: int | None
    residents: int
    professionals: int
    needs: int = 0
    heard: int = 0


@dataclass(frozen=True)
class Diagnostic:
    """The shared local diagnostic in force."""

    title: str = ""
    state: str = ""
    resident_voices: int | None = None  # words written down; the mentions are how many times they were heard
    resident_mentions: int | None = None
    professional_voices: int | None = None
    professional_mentions: int | None = None
    reference_name: str = ""
    voices: tuple[PlaceVoices, ...] = ()
    comparison_scope: str = ""  # what the light bars range over: "les 40 communes"
    comparisons: tuple[Comparison, ...] = ()
    comparison_source: str = ""
    themes: tuple[Theme, ...] = ()
    needs: tuple[Need, ...] = ()
    priorities: tuple[Priority, ...] = ()

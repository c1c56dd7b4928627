"""What the coordinator adds to the data, and what identifies the edition."""

import datetime as dt
from dataclasses import dataclass, field


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

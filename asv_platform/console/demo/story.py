"""The story of a demonstration ASV: its data file, its dates and the rows already written, by key."""

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from actors.models import Organisation, Person, Term
from asv_platform.accounts.models import User
from asv_platform.territories.models import Asv, Commune, Neighbourhood
from diagnostics.models import Need, Priority

DATA = Path(__file__).parent / "data"


@dataclass
class Story:
    """What the builders of the demonstration share: the file, the calendar, the rows by their key in the file.

    The priorities are kept by the day of their adoption: each edition of the diagnostic has its own.
    """

    data: dict[str, Any]
    today: dt.date
    asv: Asv
    coordinator: User
    terms: dict[str, Term]
    communes: dict[str, Commune]
    places: dict[str, Neighbourhood]
    organisations: dict[str, Organisation] = field(default_factory=dict)
    partners: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    priorities: dict[dt.date, dict[str, Priority]] = field(default_factory=dict)

    @property
    def perimeter(self) -> list[str]:
        """The codes of the communes of the ASV."""
        return self.data["asv"]["communes"]

    @property
    def year(self) -> int:
        """The programme in progress: this year from July on, last year before."""
        return reference_year(self.today)

    def day(self, annee: int, month: int, day: int) -> dt.date:
        """A day of the year ``annee`` of the story (0: the programme in progress)."""
        return dt.date(self.year + annee, month, day)

    def priorities_on(self, day: dt.date) -> dict[str, Priority]:
        """The priorities in force on a day: the last ones adopted until then."""
        return self.priorities[max(adopted_on for adopted_on in self.priorities if adopted_on <= day)]

    def some_terms(self, codes: list[str]) -> list[Term]:
        return [self.terms[code] for code in codes]

    def some_places(self, codes: list[str]) -> list[Neighbourhood]:
        return [self.places[code] for code in codes]


def reference_year(today: dt.date) -> int:
    """The year of the programme that the demonstration shows in progress."""
    return today.year if today.month >= 7 else today.year - 1


def read(name: str) -> dict[str, Any]:
    """The data file of one demonstration ASV; amounts are decimals."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal)

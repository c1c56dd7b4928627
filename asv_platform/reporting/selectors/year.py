"""The rows that a year rests on, found once for every part of its snapshot."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from asv_platform.territories.models import Asv
from diagnostics.models import Diagnostic
from programmation.enums import DecisionOutcome
from programmation.models import Decision, Programme


@dataclass(frozen=True)
class Year:
    """A year of an ASV as it stands on a day: its programme, and the diagnostic that the programme stands on.

    ``programmes`` are all those of the ASV, the oldest first, each with ``granted``.
    """

    asv: Asv
    number: int
    on: dt.date
    programmes: tuple[Programme, ...]
    diagnostic: Diagnostic | None

    @property
    def programme(self) -> Programme | None:
        return self.programme_of(self.number)

    def programme_of(self, number: int) -> Programme | None:
        """The programme of another year."""
        return next((row for row in self.programmes if row.year == number), None)

    def committees(self) -> Iterable[dt.date]:
        """The days of the committees of every programme, in order."""
        return sorted(row.committee_on for row in self.programmes if row.committee_on)

    def next_committee(self) -> dt.date | None:
        """The first committee planned from the day of the data on."""
        return next((day for day in self.committees() if day >= self.on), None)


def year_of(asv: Asv, *, year: int, on: dt.date) -> Year:
    """The programmes of the ASV and the latest diagnostic of that year or before; two queries."""
    granted = Decision.objects.active().filter(
        outcome=DecisionOutcome.ACCEPTED, proposal__call__programme=OuterRef("pk")
    )
    total = granted.order_by().values("proposal__call__programme").annotate(total=Sum("amount")).values("total")
    programmes = Programme.objects.active().filter(asv=asv).annotate(granted=Subquery(total)).order_by("year")
    diagnostic = Diagnostic.objects.active().filter(asv=asv, year__lte=year).order_by("-year").first()
    return Year(asv, year, on, tuple(programmes), diagnostic)

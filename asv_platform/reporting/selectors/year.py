"""The rows that a year rests on, found once for every part of its snapshot."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery, Sum

from asv_platform.territories.models import Asv
from diagnostics.models import Diagnostic, Need, Priority
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
    """A year of the ASV; two queries."""
    return Year(asv, year, on, _programmes(asv), _diagnostic(asv, year))


def current_year(asv: Asv, *, on: dt.date) -> Year:
    """The year at work on a day: that of the day's programme, or of the last one before it; two queries."""
    programmes = _programmes(asv)
    number = max((row.year for row in programmes if row.year <= on.year), default=on.year)
    return Year(asv, number, on, programmes, _diagnostic(asv, number))


def _programmes(asv: Asv) -> tuple[Programme, ...]:
    granted = Decision.objects.active().filter(
        outcome=DecisionOutcome.ACCEPTED, proposal__call__programme=OuterRef("pk")
    )
    total = granted.order_by().values("proposal__call__programme").annotate(total=Sum("amount")).values("total")
    return tuple(Programme.objects.active().filter(asv=asv).annotate(granted=Subquery(total)).order_by("year"))


def _diagnostic(asv: Asv, year: int) -> Diagnostic | None:
    """The latest one of that year or before that says something: the next one, just begun, is empty."""
    said = [Exists(model.objects.active().filter(diagnostic=OuterRef("pk"))) for model in (Need, Priority)]
    rows = Diagnostic.objects.active().filter(asv=asv, year__lte=year).annotate(is_told=said[0] | said[1])
    return rows.order_by("-is_told", "-year").first()

"""The rows that a year rests on, found once for every part of its snapshot."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from asv_platform.territories.models import Asv
from diagnostics.models import Diagnostic, Need, Priority
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

    @property
    def closes_on(self) -> dt.date:
        """The day at which the year is judged: its last, or that of the data while it runs."""
        return min(self.on, dt.date(self.number, 12, 31))

    def committees(self) -> Iterable[dt.date]:
        """The days of the committees of every programme, in order."""
        return sorted(row.committee_on for row in self.programmes if row.committee_on)

    def next_committee(self) -> dt.date | None:
        """The first committee planned from the day of the data on."""
        return next((day for day in self.committees() if day >= self.on), None)


def year_of(asv: Asv, *, year: int, on: dt.date) -> Year:
    """A year of the ASV; two queries."""
    return _year(asv, year, on, _programmes(asv))


def current_year(asv: Asv, *, on: dt.date) -> Year:
    """The year at work on a day: that of the day's programme, or of the last one before it; two queries."""
    programmes = _programmes(asv)
    number = max((row.year for row in programmes if row.year <= on.year), default=on.year)
    return _year(asv, number, on, programmes)


def _year(asv: Asv, number: int, on: dt.date, programmes: tuple[Programme, ...]) -> Year:
    year = Year(asv, number, on, programmes, diagnostic=None)
    return replace(year, diagnostic=_diagnostic(year))


def _programmes(asv: Asv) -> tuple[Programme, ...]:
    granted = Decision.objects.counted().filter(proposal__call__programme=OuterRef("pk"))
    total = granted.order_by().values("proposal__call__programme").annotate(total=Sum("amount")).values("total")
    return tuple(Programme.objects.active().filter(asv=asv).annotate(granted=Subquery(total)).order_by("year"))


def _diagnostic(year: Year) -> Diagnostic | None:
    """The one that the programme was voted on: the latest validated by the day of its vote, or of its committee.

    When there is none, the latest of that year or before. One that says something first: the next, just begun, is
    empty.
    """
    programme = year.programme
    voted_on = (programme.voted_on or programme.committee_on) if programme else None
    said = [Exists(model.objects.active().filter(diagnostic=OuterRef("pk"))) for model in (Need, Priority)]
    in_time = Q(validated_on__isnull=False, validated_on__lte=voted_on or dt.date.min)
    rows = Diagnostic.objects.active().filter(asv=year.asv, year__lte=year.number)
    rows = rows.annotate(is_told=said[0] | said[1], was_validated=in_time)
    return rows.order_by("-is_told", "-was_validated", "-year").first()

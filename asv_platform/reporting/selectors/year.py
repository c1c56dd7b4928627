"""The rows that a year rests on, found once for every part of its snapshot."""

import datetime as dt
from dataclasses import dataclass

from asv_platform.territories.models import Asv
from diagnostics.models import Diagnostic
from programmation.models import Programme


@dataclass(frozen=True)
class Year:
    """A year of an ASV as it stands on a day: its programme, and the diagnostic that the programme stands on."""

    asv: Asv
    number: int
    on: dt.date
    programme: Programme | None
    diagnostic: Diagnostic | None


def year_of(asv: Asv, *, year: int, on: dt.date) -> Year:
    """The programme of ``year`` and the latest diagnostic of that year or before; two queries."""
    programme = Programme.objects.active().filter(asv=asv, year=year).first()
    diagnostic = Diagnostic.objects.active().filter(asv=asv, year__lte=year).order_by("-year").first()
    return Year(asv, year, on, programme, diagnostic)

"""The year of an ASV, read once for every document that prints it."""

import datetime as dt

from asv_platform.reporting.enums import EditionKind
from asv_platform.reporting.selectors.territory import identity_of, territory_of
from asv_platform.reporting.snapshot import AnnualSnapshot, EditionFacts
from asv_platform.territories.models import Asv


def annual_snapshot(asv: Asv, *, year: int, on: dt.date) -> AnnualSnapshot:
    """Everything known of ``year`` as it stands ``on`` that day. Must run inside the scope of ``asv``."""
    return AnnualSnapshot(
        identity=identity_of(asv),
        edition=EditionFacts(EditionKind.ANNUAL_REPORT, EditionKind.ANNUAL_REPORT.label, year, data_on=on),
        territory=territory_of(asv),
    )

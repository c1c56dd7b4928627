"""Load everything once, in one transaction; do nothing when the shipped files are already in."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from asv_platform.territories.enums import EpciKind, Generation
from asv_platform.territories.models import (
    Commune,
    CommuneContour,
    CommuneFormerCode,
    Department,
    DepartmentContour,
    Epci,
    Neighbourhood,
    NeighbourhoodContour,
    ReferenceLoad,
    Region,
    Succession,
)
from asv_platform.territories.reference.administrative import load_administrative
from asv_platform.territories.reference.contours import load_contours
from asv_platform.territories.reference.files import fingerprint
from asv_platform.territories.reference.neighbourhoods import load_neighbourhoods

NAME = "territories"


class ReferenceIncomplete(RuntimeError):
    """Rows of the shipped files are missing from the database after the load; nothing was kept."""


@dataclass(frozen=True)
class LoadReport:
    """What the database holds, and whether this call had to write it."""

    changed: bool
    counts: dict[str, int]


def load_reference(*, at: dt.datetime, force: bool = False) -> LoadReport:
    """Bring the reference tables to the shipped edition. Idempotent; ``force`` reloads an edition already in.

    Raises ReferenceIncomplete when a table ends with fewer rows than its file.
    """
    load = ReferenceLoad.objects.filter(name=NAME).first()
    if load and load.fingerprint == fingerprint() and not force:
        return LoadReport(changed=False, counts=load.counts)
    with transaction.atomic():
        expected = load_administrative() | load_neighbourhoods() | load_contours()
        counts = _counts()
        _check(expected, counts)
        ReferenceLoad.objects.update_or_create(
            name=NAME, defaults={"fingerprint": fingerprint(), "counts": counts, "loaded_at": at}
        )
    return LoadReport(changed=True, counts=counts)


def _counts() -> dict[str, int]:
    epcis = Epci.objects.filter(kind=EpciKind.EPT).count()
    contours = NeighbourhoodContour.objects
    return {
        "regions": Region.objects.count(),
        "departments": Department.objects.count(),
        "epci": Epci.objects.count() - epcis,
        "ept": epcis,
        "communes": Commune.objects.count(),
        "former_codes": CommuneFormerCode.objects.count(),
        "qpv2024": Neighbourhood.objects.filter(generation=Generation.QPV_2024).count(),
        "qpv2015": Neighbourhood.objects.filter(generation=Generation.QPV_2015).count(),
        "qpv_communes": Neighbourhood.communes.through._default_manager.count(),
        "successions": Succession.objects.count(),
        "qpv2024_contours": contours.filter(neighbourhood__generation=Generation.QPV_2024).count(),
        "qpv2015_contours": contours.filter(neighbourhood__generation=Generation.QPV_2015).count(),
        "commune_contours": CommuneContour.objects.count(),
        "department_contours": DepartmentContour.objects.count(),
    }


def _check(expected: dict[str, int], counts: dict[str, int]) -> None:
    short = [
        f"{name} : {counts[name]} au lieu de {number}" for name, number in expected.items() if counts[name] < number
    ]
    if short:
        raise ReferenceIncomplete("Chargement incomplet, rien n’a été conservé. " + " ; ".join(short))

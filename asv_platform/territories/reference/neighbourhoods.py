"""The priority neighbourhoods (QPV) of both generations, and the successions proposed between them."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from asv_platform.territories.enums import Generation
from asv_platform.territories.models import (
    Commune,
    CommuneFormerCode,
    Department,
    Epci,
    Neighbourhood,
    Succession,
)
from asv_platform.territories.normalise import normalise
from asv_platform.territories.reference.files import read_csv, read_features
from asv_platform.territories.reference.upsert import BATCH, ids_by, upsert

# Décret 2023-1314: the 2024 geography came into force a year later overseas.
START = {Generation.QPV_2015: dt.date(2015, 1, 1), Generation.QPV_2024: dt.date(2024, 1, 1)}
OVERSEAS_START_2024 = dt.date(2025, 1, 1)
METHODS = {
    "libelle_identique": "Libellé identique, commune partagée",
    "libelle_proche": "Libellé proche, commune partagée",
}


@dataclass(frozen=True)
class Places:
    """Primary keys of what a QPV refers to, by code."""

    departments: dict[str, int]
    communes: dict[str, int]
    epcis: dict[str, int]
    epci_of_commune: dict[int, int | None]


def load_neighbourhoods() -> dict[str, int]:
    """Write both generations and the proposals between them; return the number of rows of each."""
    places = _places()
    recent = [_recent_row(feature["properties"]) for feature in read_features("qpv2024")]
    older = [_older_row(row) for row in read_csv("qpv2015")]
    rows = [*recent, *older]
    communes = {row["code"]: _commune_ids(row["communes"], places) for row in rows}
    upsert([_neighbourhood(row, communes[row["code"]], places) for row in rows], key="code")
    links = _link_communes(communes)
    return {
        "qpv2024": len(recent),
        "qpv2015": len(older),
        "qpv_communes": links,
        "successions": _propose_successions(),
    }


def _places() -> Places:
    communes = ids_by(Commune, "code") | dict(CommuneFormerCode.objects.values_list("code", "commune_id"))
    return Places(
        departments=ids_by(Department, "code"),
        communes=communes,
        epcis=ids_by(Epci, "siren"),
        epci_of_commune={pk: ept or epci for pk, ept, epci in Commune.objects.values_list("pk", "ept_id", "epci_id")},
    )


def _recent_row(properties: dict) -> dict:
    return {
        "code": properties["code_qp"],
        "name": properties["lib_qp"],
        "generation": Generation.QPV_2024,
        "department": properties["insee_dep"],
        "communes": properties["insee_com"],
        "epci": properties["siren_epci"] or "",
        "population": properties["population"],
    }


def _older_row(row: dict[str, str]) -> dict:
    return {
        "code": row["code_qp"],
        "name": row["lib_qp"],
        "generation": Generation.QPV_2015,
        "department": row["insee_dep"],
        "communes": row["insee_com_cog2026"],
        "epci": "",
        "population": int(row["pop_mun_2018"]) if row["pop_mun_2018"] else None,
    }


def _commune_ids(codes: str, places: Places) -> list[int]:
    """Current communes in published order, once each: 93059 and 93066 are the same commune today.

    The separator differs between published files (comma, semicolon, with or without a space).
    """
    return list(dict.fromkeys(places.communes[code] for code in re.findall(r"\w{5}", codes)))


def _neighbourhood(row: dict, communes: list[int], places: Places) -> Neighbourhood:
    overseas = row["department"].startswith(("97", "98"))
    recent = row["generation"] == Generation.QPV_2024
    start_2024 = OVERSEAS_START_2024 if overseas else START[Generation.QPV_2024]
    return Neighbourhood(
        code=row["code"],
        name=row["name"],
        search_name=normalise(row["name"]),
        generation=row["generation"],
        department_id=places.departments[row["department"]],
        epci_id=_epci_id(row["epci"], communes, places),
        population=row["population"],
        in_force_from=start_2024 if recent else START[Generation.QPV_2015],
        in_force_to=None if recent else start_2024 - dt.timedelta(days=1),
    )


def _epci_id(sirens: str, communes: list[int], places: Places) -> int | None:
    """The first known EPCI published for the QPV, else that of its first commune.

    The file gives the commune's SIREN for Paris, several EPCI for some QPV and none for others.
    """
    published = (places.epcis.get(siren) for siren in re.findall(r"\d{9}", sirens))
    return next((pk for pk in published if pk), None) or places.epci_of_commune[communes[0]]


def _link_communes(communes: dict[str, list[int]]) -> int:
    ids = ids_by(Neighbourhood, "code")
    through = Neighbourhood.communes.through
    wanted = {(ids[code], commune) for code, commune_ids in communes.items() for commune in commune_ids}
    existing = set(through._default_manager.values_list("neighbourhood_id", "commune_id"))
    _remove_links(through, existing - wanted)
    through._default_manager.bulk_create(
        [through(neighbourhood_id=one, commune_id=other) for one, other in sorted(wanted - existing)],
        batch_size=BATCH,
    )
    return len(wanted)


def _remove_links(through, links: Iterable[tuple[int, int]]) -> None:
    for neighbourhood, commune in links:
        through._default_manager.filter(neighbourhood_id=neighbourhood, commune_id=commune).delete()


def _propose_successions() -> int:
    """Add the missing proposals; what a person confirmed or rejected is left as it is."""
    ids = ids_by(Neighbourhood, "code")
    rows = read_csv("successions")
    Succession.objects.bulk_create(
        [
            Succession(
                old_id=ids[row["code_qp_2015"]],
                new_id=ids[row["code_qp_2024"]],
                score=Decimal(row["score_libelle"]),
                method=METHODS[row["methode"]],
            )
            for row in rows
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return len(rows)

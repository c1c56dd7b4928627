"""Regions, departments, EPCI, EPT, communes and the codes that stand for a commune (COG 2026)."""

from asv_platform.territories.enums import EpciKind
from asv_platform.territories.models import Commune, CommuneFormerCode, Department, Epci, Region
from asv_platform.territories.normalise import normalise
from asv_platform.territories.reference.files import read_json
from asv_platform.territories.reference.upsert import ids_by, upsert

# The Métropole de Lyon has a category of its own in the DGCL's files; for readers it is a métropole.
KINDS = {"MET69": EpciKind.METRO}


def load_administrative() -> dict[str, int]:
    """Write the administrative geography and return the number of rows of each table."""
    cog = read_json("cog2026.json")
    upsert([Region(code=code, name=name) for code, name in cog["regions"]], key="code")
    regions = ids_by(Region, "code")
    upsert(
        [Department(code=code, name=name, region_id=regions[region]) for code, name, region in cog["departments"]],
        key="code",
    )
    upsert(
        [
            Epci(siren=siren, name=name, kind=KINDS.get(kind, kind), population=population)
            for siren, name, kind, population in cog["epci"]
        ],
        key="siren",
    )
    _load_communes(cog["communes"])
    _load_former_codes(cog["former_codes"])
    return {
        "regions": len(cog["regions"]),
        "departments": len(cog["departments"]),
        "epci": sum(row[2] != EpciKind.EPT for row in cog["epci"]),
        "ept": sum(row[2] == EpciKind.EPT for row in cog["epci"]),
        "communes": len(cog["communes"]),
        "former_codes": len(cog["former_codes"]),
    }


def _load_communes(rows: list[list]) -> None:
    departments, epcis = ids_by(Department, "code"), ids_by(Epci, "siren")
    upsert(
        [
            Commune(
                code=code,
                name=name,
                search_name=normalise(name),
                siren=siren,
                postal_codes=postal_codes,
                population=population,
                department_id=departments[department],
                epci_id=epcis.get(epci),
                ept_id=epcis.get(ept),
            )
            for code, name, siren, postal_codes, population, department, epci, ept in rows
        ],
        key="code",
    )


def _load_former_codes(rows: list[list]) -> None:
    communes = ids_by(Commune, "code")
    upsert(
        [
            CommuneFormerCode(code=code, name=name, kind=kind, commune_id=communes[current])
            for code, name, kind, current in rows
        ],
        key="code",
    )

"""Who publishes, and where: from the ASV and its reference territories."""

import base64
import mimetypes
import re
from collections.abc import Iterable

from asv_platform.accounts.enums import Role
from asv_platform.reporting.snapshot import Identity, Place, Ring, Territory, Town
from asv_platform.territories.contours import rings_of
from asv_platform.territories.models import Asv, Commune, Neighbourhood

PREFIX = re.compile(r"^(ASV|atelier santé ville)\s+", re.IGNORECASE)
LARGEST_LOGO = 400_000
LONGEST_NAME = 36
LOGO_TYPES = {"image/png", "image/jpeg"}


def identity_of(asv: Asv, *, towns: Iterable[Town]) -> Identity:
    """The ASV as its documents present it."""
    coordinators = asv.memberships.filter(role=Role.COORDINATOR).select_related("user").order_by("pk")
    return Identity(
        name=PREFIX.sub("", asv.name),
        carrier=asv.carrier_name,
        carrier_kind=asv.get_carrier_kind_display(),
        level=asv.get_level_display(),
        communes=tuple(town.name for town in towns),
        created_year=asv.created_year,
        coordinators=tuple(member.user.get_full_name() for member in coordinators if member.user.get_full_name()),
        full_time_equivalent=asv.coordinator_fte,
        health_contract=asv.cls_reference,
        city_contract=asv.city_contract_reference,
        contact_name=asv.contact_name,
        contact_email=asv.contact_email,
        contact_phone=asv.contact_phone,
        colour=asv.colour,
        logo=_logo(asv),
    )


def territory_of(asv: Asv) -> Territory:
    """The communes and the priority neighbourhoods of the ASV, with their outlines when they are loaded."""
    communes = asv.communes.select_related("contour").order_by("name")
    neighbourhoods = (
        asv.neighbourhoods.select_related("contour").prefetch_related("communes").order_by("-population", "name")
    )
    towns = tuple(_town(commune) for commune in communes)
    places = tuple(_place(number, row) for number, row in enumerate(neighbourhoods, start=1))
    return Territory(
        towns=towns,
        places=places,
        source="Insee, populations des communes et des quartiers prioritaires.",
        outline_source=_outline_source(towns, places),
    )


def _outline_source(towns: Iterable[Town], places: Iterable[Place]) -> str:
    """Who drew the outlines that the map shows, and no other."""
    drawn = [
        "ANCT, quartiers prioritaires" if any(place.rings for place in places) else "",
        "IGN, Admin Express" if any(town.rings for town in towns) else "",
    ]
    return " ; ".join(filter(None, drawn))


def _town(commune: Commune) -> Town:
    rings = _rings(commune)
    longitude, latitude = _middle(rings)
    return Town(commune.code, commune.name, commune.population, rings, longitude, latitude)


def short_name(name: str) -> str:
    """The first names of a neighbourhood that lists many; a short name as it is."""
    parts = name.split(" - ")
    while len(" - ".join(parts)) > LONGEST_NAME and len(parts) > 1:
        parts.pop()
    kept = " - ".join(parts)
    return kept if kept == name else f"{kept}…"


def _place(number: int, neighbourhood: Neighbourhood) -> Place:
    return Place(
        number=number,
        code=neighbourhood.code,
        name=neighbourhood.name,
        short_name=short_name(neighbourhood.name),
        communes=", ".join(commune.name for commune in neighbourhood.communes.all()),
        population=neighbourhood.population,
        rings=_rings(neighbourhood),
        longitude=neighbourhood.longitude,
        latitude=neighbourhood.latitude,
    )


def _rings(row: Commune | Neighbourhood) -> tuple[Ring, ...]:
    contour = getattr(row, "contour", None)
    if contour is None:
        return ()
    # Five decimals are one metre: more would only weigh on the snapshot.
    return tuple(tuple((round(x, 5), round(y, 5)) for x, y in ring) for ring in rings_of(contour.wkb))


def _middle(rings: tuple[Ring, ...]) -> tuple[float | None, float | None]:
    if not rings:
        return None, None
    largest = max(rings, key=len)
    xs, ys = [point[0] for point in largest], [point[1] for point in largest]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _logo(asv: Asv) -> str:
    """The logo as a data: address; nothing when it is missing, too heavy or not an image that prints."""
    name = asv.logo.name or ""
    kind = mimetypes.guess_type(name)[0]
    if kind not in LOGO_TYPES or not asv.logo.storage.exists(name) or asv.logo.size > LARGEST_LOGO:
        return ""
    with asv.logo.open() as file:
        return f"data:{kind};base64,{base64.b64encode(file.read()).decode()}"

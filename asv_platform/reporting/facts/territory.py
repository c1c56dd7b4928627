"""Who publishes, and where."""

from dataclasses import dataclass
from decimal import Decimal

Ring = tuple[tuple[float, float], ...]
"""Longitudes and latitudes of a closed line (WGS 84)."""


@dataclass(frozen=True)
class Identity:
    """Who publishes."""

    name: str
    carrier: str
    carrier_kind: str = ""
    level: str = ""
    communes: tuple[str, ...] = ()
    created_year: int | None = None
    coordinators: tuple[str, ...] = ()
    full_time_equivalent: Decimal | None = None
    health_contract: str = ""
    city_contract: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    colour: str = "#0F5E5A"
    logo: str = ""  # data: address, so that the snapshot depends on no file


@dataclass(frozen=True)
class Town:
    """A commune of the perimeter. Without outline the map shows the neighbourhoods only."""

    code: str
    name: str
    population: int | None = None
    rings: tuple[Ring, ...] = ()
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Place:
    """A priority neighbourhood, numbered for the map and the tables."""

    number: int
    code: str
    name: str
    short_name: str
    communes: str = ""
    population: int | None = None
    poverty: float | None = None
    employment: float | None = None
    rings: tuple[Ring, ...] = ()
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Territory:
    towns: tuple[Town, ...] = ()
    neighbours: tuple[Town, ...] = ()
    places: tuple[Place, ...] = ()
    source: str = ""
    outline_source: str = ""


@dataclass(frozen=True)
class Network:
    """The activity of the network over the year."""

    partners: int | None = None
    confirmed: int | None = None  # records confirmed within the last six months
    partners_before: int | None = None
    meetings: int | None = None
    steering_meetings: int | None = None
    technical_meetings: int | None = None

"""Addresses of a local copy of the Base Adresse Nationale: no service is ever called."""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from asv_platform.territories.normalise import normalise


@dataclass(frozen=True)
class Address:
    """A numbered address and its position."""

    number: str
    street: str
    longitude: float
    latitude: float


def find_address(path: str, *, postal_code: str, street: str) -> Address | None:
    """The address « 12 bis rue de la République » of a postal code, or the first of the street without its number.

    ``path`` is a CSV of the BAN (separator « ; », gzip accepted). The file is read once per postal code, about a second
    for the 300,000 lines of a department; the last sixteen postal codes stay in memory.
    """
    number, name = _split(street)
    if not name:
        return None
    same_street = [address for address in _addresses(path, postal_code) if address.street == name]
    exact = [address for address in same_street if address.number == number]
    return next(iter(exact or (same_street if not number else [])), None)


def _split(street: str) -> tuple[str, str]:
    """(« 12bis », « rue de la republique »)."""
    found = re.match(r"\s*(\d+)\s*(bis|ter|quater|[a-z])?\b[\s,]*(.*)", street, re.IGNORECASE)
    if not found:
        return "", normalise(street)
    return found[1] + (found[2] or "").lower(), normalise(found[3])


@lru_cache(maxsize=16)
def _addresses(path: str, postal_code: str) -> list[Address]:
    with _open(Path(path)) as file:
        return [
            Address(
                number=row["numero"] + row["rep"].lower(),
                street=normalise(row["nom_voie"]),
                longitude=float(row["lon"]),
                latitude=float(row["lat"]),
            )
            for row in _rows(file)
            if row["code_postal"] == postal_code
        ]


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _rows(file: TextIO) -> Iterator[dict[str, str]]:
    return csv.DictReader(file, delimiter=";")

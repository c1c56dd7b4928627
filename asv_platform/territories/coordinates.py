"""Coordinates as people paste them: decimal points or commas, degrees and minutes, hemispheres, map links."""

import re
from dataclasses import dataclass

from asv_platform.common.errors import DomainError

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_ANGLE = rf"([+-]?{_NUMBER})\s*(?:°\s*(?:(\d{{1,2}}(?:[.,]\d+)?)\s*'\s*(?:(\d{{1,2}}(?:[.,]\d+)?)\s*\"\s*)?)?)?"
_LETTER_AFTER = re.compile(rf"{_ANGLE}\s*([NSEWO]?)")
_LETTER_BEFORE = re.compile(rf"([NSEWO])\s*{_ANGLE}")
_MAP_LINK = re.compile(r"(?:@|[?&](?:q|ll|mlat)=|geo:|#map=\d+/)(-?\d+\.\d+)(?:,|%2C|/|&mlon=)(-?\d+\.\d+)", re.I)
_SAME_SIGN = str.maketrans({"’": "'", "′": "'", "″": '"', "”": '"', "“": '"', "º": "°", "−": "-", "–": "-"})
EAST_WEST, NORTH_SOUTH = {"E", "W", "O"}, {"N", "S"}
_WORDS = {"NORD": "N", "SUD": "S", "OUEST": "O", "EST": "E", "LATITUDE": "", "LONGITUDE": "", "LAT": "", "LON": ""}


class UnreadableCoordinates(DomainError):
    """The text is not a pair of coordinates."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(
            hint or "Ces coordonnées ne sont pas lisibles : saisissez la latitude puis la longitude, comme 48.94, 2.46."
        )


@dataclass(frozen=True)
class Coordinates:
    """A position in degrees, WGS 84."""

    longitude: float
    latitude: float

    def __str__(self) -> str:
        return f"{self.latitude:.5f}, {self.longitude:.5f}"


def parse_coordinates(text: str) -> Coordinates:
    """Read one position. Raises UnreadableCoordinates, in French, when there is not exactly one.

    Without hemisphere the latitude comes first; the reverse order is recognised where it can only be mainland France.
    """
    if link := _MAP_LINK.search(text):
        return _checked(float(link[2]), float(link[1]))
    angles = _angles(_plain(text))
    if len(angles) != 2:
        raise UnreadableCoordinates
    (first, letter), (second, other) = angles
    unnamed = not letter and not other
    if letter in EAST_WEST or other in NORTH_SOUTH or (unnamed and _is_reversed(first, second)):
        return _checked(first, second)
    return _checked(second, first)


def _plain(text: str) -> str:
    plain = text.translate(_SAME_SIGN).replace("''", '"').upper()
    for word, letter in _WORDS.items():
        plain = re.sub(rf"\b{word}\b\s*[:=]?", letter, plain)
    return plain


def _angles(text: str) -> list[tuple[float, str]]:
    """Each angle of the text in degrees, with its hemisphere letter or an empty string."""
    if _LETTER_BEFORE.match(text.strip(" (")):
        return [(_degrees(angle, letter), letter) for letter, *angle in _LETTER_BEFORE.findall(text)]
    return [(_degrees(angle, letter), letter) for *angle, letter in _LETTER_AFTER.findall(text)]


def _degrees(angle: list[str], letter: str) -> float:
    """Degrees, minutes and seconds (as typed, the last two perhaps empty) in degrees; south and west are negative."""
    degrees, minutes, seconds = (float(part.replace(",", ".")) if part else 0.0 for part in angle)
    value = abs(degrees) + minutes / 60 + seconds / 3600
    return -value if angle[0].startswith("-") or letter in {"S", "W", "O"} else value


def _is_reversed(first: float, second: float) -> bool:
    return -6 <= first <= 10 and 41 <= second <= 52


def _checked(longitude: float, latitude: float) -> Coordinates:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise UnreadableCoordinates("La latitude va de -90 à 90 et la longitude de -180 à 180 : vérifiez la saisie.")
    return Coordinates(longitude=longitude, latitude=latitude)

"""How the platform writes figures, dates and sentences in French, for pages, PDF and exports alike.

Pure functions: no request, no database, no clock. Typographic spaces keep a number with its unit.
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone
from django.utils.formats import number_format

NBSP = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MONTHS_SHORT = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

Number = int | float | Decimal | str


def with_year(title: str, year: int) -> str:
    """``Réduire les écarts (2026)``; a title that says its year stays as it is."""
    return title if str(year) in title else f"{title} ({year})"


def _decimal(value: Number) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not a number") from error


def _grouped(value: Decimal, places: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    return sign + f"{abs(rounded):,f}".replace(",", NBSP).replace(".", ",")


def number(value: Number | None, places: int | None = None) -> str:
    """``1 284``, ``4,4``; without ``places``, up to two decimals and no useless zero; nothing for None."""
    if value is None or value == "":
        return ""
    amount = _decimal(value)
    if places is not None:
        return _grouped(amount, places)
    text = _grouped(amount, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


def signed(value: Number | None, places: int | None = None) -> str:
    """A difference with its sign: ``+8``, ``−0,12``, ``0``."""
    text = number(value, places)
    return f"+{text}" if text and _decimal(value or 0) > 0 else text


def money(value: Number | None) -> str:
    """``12 450 €``; the cents only when there are some; nothing for None."""
    if value is None or value == "":
        return ""
    amount = _decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole = amount == amount.to_integral_value()
    return f"{_grouped(amount, 0 if whole else 2)}{NBSP}€"


def percent(value: Number | None, places: int | None = None) -> str:
    """``45 %`` from 45 (not from 0.45); one decimal at most unless ``places`` says otherwise."""
    if value is None or value == "":
        return ""
    if places is None:
        amount = _decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        places = 0 if amount == amount.to_integral_value() else 1
    return f"{number(value, places)}{NBSP}%"


def file_size(value: int | None) -> str:
    """``212 ko``, ``1,4 Mo``; nothing for None."""
    if value is None:
        return ""
    for unit, size in (("Mo", 1_000_000), ("ko", 1000)):
        if value >= size:
            places = 1 if unit == "Mo" and value < 10 * size else 0
            return f"{number(Decimal(value) / size, places).removesuffix(',0')}{NBSP}{unit}"
    return f"{value}{NBSP}octets"


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day(value: dt.date) -> str:
    return "1er" if value.day == 1 else str(value.day)


def date_short(value: dt.date | None) -> str:
    """``12 mars 2026``; nothing for None."""
    if not value:
        return ""
    value = _local(value)
    return f"{_day(value)}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def date_long(value: dt.date | None) -> str:
    """``jeudi 5 mars 2026``; nothing for None."""
    if not value:
        return ""
    value = _local(value)
    return f"{DAYS[value.weekday()]} {date_short(value)}"


def date_numeric(value: dt.date | None) -> str:
    """``12/03/2026``, for narrow columns and exports; nothing for None."""
    return _local(value).strftime("%d/%m/%Y") if value else ""


def time(value: dt.time | dt.datetime | None) -> str:
    """``14 h 32``, ``14 h``; nothing for None."""
    if not isinstance(value, dt.time | dt.datetime):
        return ""
    local = timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
    minutes = f"{NBSP}{local.minute:02d}" if local.minute else ""
    return f"{local.hour}{NBSP}h{minutes}"


def date_time(value: dt.datetime | None) -> str:
    """``12 mars 2026 à 14 h 32``, Paris time; nothing for None."""
    return f"{date_short(value)} à {time(value)}" if value else ""


def month(value: dt.date | None) -> str:
    """``mars 2026``; nothing for None."""
    return f"{MONTHS[value.month - 1]}{NBSP}{value.year}" if value else ""


def period(start: dt.date | None, end: dt.date | None) -> str:
    """``du 8 avril 2026 au 16 décembre 2026``, or the half that is known."""
    if start and end:
        return f"du {date_short(start)} au {date_short(end)}" if start != end else f"le {date_short(start)}"
    if start:
        return f"à partir du {date_short(start)}"
    return f"jusqu’au {date_short(end)}" if end else ""


def phone(value: str | None) -> str:
    """``01 48 00 00 00`` from any writing of a French number; another number comes back as it is."""
    if not value:
        return ""
    digits = re.sub(r"[\s.\-()]", "", value)
    digits = re.sub(r"^(\+33|0033)", "0", digits)
    if re.fullmatch(r"0\d{9}", digits):
        return NBSP.join(re.findall(r"\d\d", digits))
    return value


def typo(text: str | None) -> str:
    """French spaces: narrow before ``; ! ?``, plain no-break before ``: % € –``, inside ``« »`` and numbers."""
    if not text:
        return ""
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NBSP, text)
    text = re.sub(r"[ \u00a0]+([;!?])", NARROW + r"\1", text)
    text = re.sub(r" +([:%€»])", NBSP + r"\1", text)
    text = re.sub(r"« +", "«" + NBSP, text)
    text = text.replace(" – ", NBSP + "– ")
    return text.replace("'", "’")


def plural(count: int | Decimal | None, singular: str, plural_form: str = "") -> str:
    """``1 proposition``, ``34 propositions``, ``aucune`` being the caller's word: 0 is singular in French."""
    amount = Decimal(count or 0)
    many = plural_form or f"{singular}s"
    return f"{number(amount)}{NBSP}{singular if abs(amount) < 2 else many}"


def join_and(items: list[str], word: str = "et") -> str:
    """``a, b et c``."""
    items = [str(item) for item in items if item]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def join_or(items: list[str]) -> str:
    """``a, b ou c``."""
    return join_and(items, "ou")


def short_place(name: str) -> str:
    """The beginning of an official name that lists three places or more: « Abreuvoir – Bondy Nord… »."""
    parts = name.split(" - ")
    return name if len(parts) < 3 else f"{parts[0]} – {parts[1]}…"


def stored(value: object) -> str:
    """A value of a field as a person would write it, whatever its type; nothing for None."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.datetime):
        return date_time(value)
    if isinstance(value, dt.date):
        return date_short(value)
    if isinstance(value, Decimal):
        return number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(value, dict):
        value = [item for item in value.values() if item]
    if isinstance(value, list | tuple):
        return ", ".join(stored(item) for item in value)
    return "" if value is None else str(value)


def shorten(text: str | None, length: int = 160) -> str:
    """The beginning of a text, cut between two words, with ``…`` when something was cut."""
    text = " ".join((text or "").split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"

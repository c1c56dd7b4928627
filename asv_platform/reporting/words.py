"""French wording of figures inside sentences."""

from collections.abc import Sequence
from decimal import Decimal

from asv_platform.common import formats

UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip


ONE_LINE = 42  # letters of a title


def in_words(count: int, *, feminine: bool = False) -> str:
    """``deux``, ``seize``, ``17``; ``une`` when feminine."""
    if count == 1 and feminine:
        return "une"
    return UNITS[count] if 0 <= count < len(UNITS) else formats.number(count)


def counted(count: int, singular: str, plural: str = "", *, feminine: bool = False) -> str:
    """``une alerte``, ``deux alertes``."""
    return f"{in_words(count, feminine=feminine)} {singular if count < 2 else plural or singular + 's'}"


def unbroken(text: str) -> str:
    """A title of several lines whose last one never holds one word alone."""
    start, space, end = text.replace(" »", "\u00a0»").rpartition(" ")
    return f"{start}\u00a0{end}" if space and len(text) > ONE_LINE else text


def capital(text: str) -> str:
    """The sentence with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """``part`` as a percentage of ``whole``; None when there is nothing to divide by."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None


def whole_percent(value: Decimal | None) -> str:
    """``45 %``, or a dash when unknown."""
    return "–" if value is None else formats.percent(value, 0)


def listed(items: Sequence[object]) -> str:
    """``11, 15 et 20``."""
    return formats.join_and([str(item) for item in items])

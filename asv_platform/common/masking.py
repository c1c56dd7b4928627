"""Small numbers: a count of fewer than 11 people is never shown, nor left to be worked out from the others.

This is the one place that says which counts are hidden. Forms show what they ask to the person who types it; every
other page, export and document asks here.
"""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from asv_platform.common.formats import number

THRESHOLD = 11
SMALL = "moins de 11"
HIDDEN = "masqué"
# A small count that could only be one or two numbers would be as good as printed.
MOST_PRECISE = 3

Count = int | Decimal
# Units that are not people. What is not here is taken for people: a rendez-vous is somebody's.
THINGS = frozenset({
    "seance", "atelier", "permanence", "reunion", "heure", "jour", "journee", "semaine", "mois", "an", "euro", "km",
    "m2", "%", "structure", "organisation", "partenaire", "quartier", "lieu", "site", "ecole", "document", "affiche",
    "depliant", "support", "outil", "guide", "exemplaire", "repas", "panier", "parcelle", "jardin", "evenement",
    "action", "livrable", "numero", "article", "emission", "video", "podcast", "cycle", "session",
})  # fmt: skip


def is_small(count: Count | None) -> bool:
    """Whether a count of people is too small to be shown. Zero people are nobody: zero is shown."""
    return count is not None and 0 < count < THRESHOLD


def masks(counts: Sequence[Count | None], *, partner: Callable[[int], int] | None = None) -> list[str]:
    """For each count of a published list, the word to print in its place, or "" when it may be shown.

    ``SMALL`` counts are hidden for themselves. Their total can be worked out from a total published beside the list:
    other counts are ``HIDDEN`` with them until at least two are, what they add up to is large enough, and the words
    themselves leave each small count ``MOST_PRECISE`` possible values or more. The first one taken is the ``partner``
    of a small count when there is one (the men of the same age), else the smallest.
    """
    words = [SMALL if is_small(count) else "" for count in counts]
    if not any(words):
        return words
    for index in _next_hidden(counts, words, partner):
        if not _can_be_worked_out(counts, words):
            break
        words[index] = words[index] or HIDDEN
    return words


def total_hides(counts: Sequence[Count | None]) -> bool:
    """Whether the total of a published list must be hidden too: small, or it would give a masked count away."""
    words = masks(counts)
    return is_small(sum(count or 0 for count in counts)) or (any(words) and _can_be_worked_out(counts, words))


def shown(count: Count | None, word: str = "") -> str:
    """A count as a page or a document writes it: in figures, or ``word`` (« moins de 11 » when it is small)."""
    return word or (SMALL if is_small(count) else number(count))


def shared(part: Count, whole: Count) -> int | None:
    """``part`` in percent of ``whole``, rounded; None when there is no whole, or when one side counts a few people."""
    if not whole or is_small(part) or is_small(whole - part):
        return None
    return round(100 * part / whole)


def counts_people(unit: str) -> bool:
    """Whether what is counted in this unit is people, as far as can be told: so it is, unless the unit says not."""
    plain = unicodedata.normalize("NFKD", unit.lower()).encode("ascii", "ignore").decode()
    first = (plain.split() or [""])[0]
    return first not in THINGS and first.removesuffix("s") not in THINGS


def hidden_rows(rows: Sequence[Sequence[Count]], *, also: Collection[int] = ()) -> list[bool]:
    """For rows published beside the total of each of them and of each column: those to hide, whole.

    A row is hidden for a small count (or when its index is in ``also``), then the smallest others with it, until no
    column lets one be worked out.
    """
    hidden = [index in also or any(is_small(count) for count in row) for index, row in enumerate(rows)]
    others = sorted((i for i, row in enumerate(rows) if not hidden[i] and any(row)), key=lambda i: sum(rows[i]))
    while any(hidden) and others and not _columns_hold([row for row, out in zip(rows, hidden, strict=True) if out]):
        hidden[others.pop(0)] = True
    return hidden


def columns_hide(rows: Sequence[Sequence[Count]], hidden: Sequence[bool]) -> bool:
    """Whether the totals of the columns must be hidden too: hiding these rows is not enough."""
    kept = [row for row, out in zip(rows, hidden, strict=True) if out]
    return bool(kept) and not _columns_hold(kept)


def _columns_hold(rows: Sequence[Sequence[Count]]) -> bool:
    """Whether what these hidden rows add up to, column by column, leaves each small count several values."""
    wholes = [sum(row) for row in rows]
    return all(_column_holds([row[i] for row in rows], wholes) for i in range(len(rows[0])))


def _column_holds(column: Sequence[Count], wholes: Sequence[Count]) -> bool:
    total = sum(column)
    if not total:
        return True
    if is_small(total) or len([count for count in column if count]) < 2:
        return False
    # A reader knows the total of each row too: a count is at most that, and at least what the others cannot hold.
    ranges = [min(whole, total) - max(0, total - (sum(wholes) - whole)) for whole in wholes if whole]
    return min(ranges) + 1 >= MOST_PRECISE


def _can_be_worked_out(counts: Sequence[Count | None], words: Sequence[str]) -> bool:
    hidden = [count or 0 for count, word in zip(counts, words, strict=True) if word]
    return len(hidden) < 2 or sum(hidden) < THRESHOLD or _values_left(sum(hidden), words) < MOST_PRECISE


def _values_left(total: Count, words: Sequence[str]) -> Count:
    """How many values a small count may have, for a reader who knows what the hidden counts add up to.

    A reader knows that a small one is 1 to 10, and that another one is 11 or more, else it would be small: a count of 1
    hidden with a count of 11 adds up to 12, which has no other explanation.
    """
    small, others = list(words).count(SMALL), list(words).count(HIDDEN)
    most = min(THRESHOLD - 1, total - (small - 1) - others * THRESHOLD)
    least = 1 if others else max(1, total - (small - 1) * (THRESHOLD - 1))
    return most - least + 1


def _next_hidden(
    counts: Sequence[Count | None], words: Sequence[str], partner: Callable[[int], int] | None
) -> list[int]:
    """The shown counts, in the order in which they would have to be hidden."""
    partners = {partner(index) for index, word in enumerate(words) if word} if partner else set()
    shown = [index for index, count in enumerate(counts) if count and not words[index]]
    return sorted(shown, key=lambda index: (index not in partners, counts[index] or 0))

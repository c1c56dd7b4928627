"""Small numbers: a count of fewer than 11 people is never shown, nor left to be worked out from the others."""

from collections.abc import Callable, Sequence
from decimal import Decimal

THRESHOLD = 11
SMALL = "moins de 11"
HIDDEN = "masqué"
# A small count that could only be one or two numbers would be as good as printed.
MOST_PRECISE = 3

Count = int | Decimal


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

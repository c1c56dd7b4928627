"""Small numbers: a count of fewer than 11 people is never shown, nor left to be worked out from the others."""

from collections.abc import Callable, Sequence
from decimal import Decimal

THRESHOLD = 11
SMALL = "moins de 11"
HIDDEN = "masqué"

Count = int | Decimal


def is_small(count: Count | None) -> bool:
    """Whether a count of people is too small to be shown. Zero people are nobody: zero is shown."""
    return count is not None and 0 < count < THRESHOLD


def masks(counts: Sequence[Count | None], *, partner: Callable[[int], int] | None = None) -> list[str]:
    """For each count of a published list, the word to print in its place, or "" when it may be shown.

    ``SMALL`` counts are hidden for themselves. Their total can be worked out from a total published beside the list:
    other counts are ``HIDDEN`` with them until at least two are and what they add up to is large enough. The first one
    taken is the ``partner`` of a small count when there is one (the men of the same age), else the smallest.
    """
    words = [SMALL if is_small(count) else "" for count in counts]
    if not any(words):
        return words
    for index in _next_hidden(counts, words, partner):
        if not _can_be_worked_out(counts, words):
            break
        words[index] = words[index] or HIDDEN
    return words


def _can_be_worked_out(counts: Sequence[Count | None], words: Sequence[str]) -> bool:
    hidden = [count or 0 for count, word in zip(counts, words, strict=True) if word]
    return len(hidden) < 2 or sum(hidden) < THRESHOLD


def _next_hidden(
    counts: Sequence[Count | None], words: Sequence[str], partner: Callable[[int], int] | None
) -> list[int]:
    """The shown counts, in the order in which they would have to be hidden."""
    partners = {partner(index) for index, word in enumerate(words) if word} if partner else set()
    shown = [index for index, count in enumerate(counts) if count and not words[index]]
    return sorted(shown, key=lambda index: (index not in partners, counts[index] or 0))

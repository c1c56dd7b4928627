"""Where words fit inside an outline: the widest horizontal room, found line by line."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from asv_platform.reporting.snapshot import Ring

Span = tuple[float, float]
Room = tuple[float, float, float]
"""The middle of a room (x, y) and its width."""

LINES = 25  # horizontal lines tried over the height of an outline


def widest(rings: Sequence[Ring], *, avoid: Sequence[Ring] = (), height: float = 0) -> Room | None:
    """The widest room of ``height`` inside ``rings`` and outside ``avoid``; None when there is none."""

    def free(y: float) -> list[Span]:
        found = [(float("-inf"), float("inf"))]
        for line in (y - height / 2, y, y + height / 2):
            found = _common(found, _without(_spans(rings, line), _spans(avoid, line)))
        return found

    return _widest(rings, free)


def widest_shared(rings: Sequence[Ring], bounds: Sequence[Ring]) -> Room | None:
    """The widest room in what ``rings`` share with ``bounds``; None when they share nothing."""
    return _widest(rings, lambda y: _common(_spans(rings, y), _spans(bounds, y)))


def _widest(rings: Sequence[Ring], spans_at: Callable[[float], list[Span]]) -> Room | None:
    ys = [y for ring in rings for _, y in ring]
    if not ys:
        return None
    step = (max(ys) - min(ys)) / (LINES + 1)
    heights = [min(ys) + step * rank for rank in range(1, LINES + 1)]
    rooms = [((a + b) / 2, y, b - a) for y in heights for a, b in spans_at(y)]
    return max(rooms, key=lambda room: room[2], default=None)


def _spans(rings: Sequence[Ring], y: float) -> list[Span]:
    """The parts of the horizontal line at ``y`` that are inside the outline, from left to right."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _common(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    shared = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return [(a, b) for a, b in shared if a < b]


def _without(kept: Sequence[Span], removed: Sequence[Span]) -> list[Span]:
    for a, b in removed:
        kept = [part for c, d in kept for part in ((c, min(d, a)), (max(c, b), d)) if part[0] < part[1]]
    return list(kept)

"""What a snapshot keeps of the counts of people: nothing that lets a hidden one be worked out from another."""

from collections.abc import Sequence
from dataclasses import replace

from asv_platform.common.masking import HIDDEN, is_small, masks, shared, total_hides
from asv_platform.reporting.facts.life import Attendance
from asv_platform.reporting.facts.programme import ActionFacts, Measure


def publishable(facts: Sequence[ActionFacts]) -> tuple[ActionFacts, ...]:
    """The actions, without what gives away the people of an action whose count is hidden beside the others."""
    words = masks([action.people for action in facts])
    counts = [action.participations for action in facts]
    total, inside = _sum(counts), _sum([action.participations_in_qpv for action in facts])
    # The pages show the participations of each action beside their total: what they hide, documents do not add up.
    is_hidden = total_hides(counts)
    has_share = not is_hidden and shared(inside, total) is not None
    return tuple(
        replace(
            action,
            measures=tuple(_measure(measure, action.people if word else None) for measure in action.measures),
            participations=None if is_hidden else action.participations,
            participations_in_qpv=action.participations_in_qpv if has_share else None,
        )
        for action, word in zip(facts, words, strict=True)
    )


def published_attendance(found: Attendance, facts: Sequence[ActionFacts]) -> Attendance:
    """Who came by sex and age: nothing when the total is hidden, and no part that would give a count away."""
    sexes = [row.count for row in found.sexes]
    ages = [row.count for row in found.ages]
    if all(action.participations is None for action in facts) or total_hides(sexes):
        return Attendance()
    ages_hide = total_hides([*ages, found.total - sum(ages)])
    return Attendance(found.sexes, () if ages_hide else found.ages)


def _measure(measure: Measure, people: int | None) -> Measure:
    """An indicator that repeats a hidden count is hidden with it."""
    repeats = people is not None and measure.counts_people and measure.result == people
    return replace(measure, hidden=HIDDEN) if repeats and not is_small(people) else measure


def _sum(counts: Sequence[int | None]) -> int:
    return sum(count or 0 for count in counts)

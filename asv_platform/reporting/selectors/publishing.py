"""What a snapshot keeps of the counts of people: what the pages show of them, and nothing more."""

from collections.abc import Iterable
from dataclasses import replace

from asv_platform.reporting.facts.life import Attendance
from asv_platform.reporting.facts.programme import ActionFacts
from evaluation.selectors import ShownProgramme


def publishable(facts: Iterable[ActionFacts], shown: ShownProgramme) -> tuple[ActionFacts, ...]:
    """The actions, without the participations that documents would add up to a total that the pages hide."""
    has_total, has_share = shown.attendance.people is not None, shown.attendance.qpv_share is not None
    return tuple(
        replace(
            action,
            participations=action.participations if has_total else None,
            participations_in_qpv=action.participations_in_qpv if has_share else None,
        )
        for action in facts
    )


def published_attendance(found: Attendance, shown: ShownProgramme) -> Attendance:
    """Who came by sex and age: the parts that the pages show of the year."""
    if not shown.attendance.sexes:
        return Attendance()
    return Attendance(found.sexes, found.ages if shown.attendance.ages else ())

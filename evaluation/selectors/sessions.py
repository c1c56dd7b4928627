"""Who came to one session: as noted, for those who may correct it, and as may be read by the others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from asv_platform.common.formats import number
from asv_platform.common.masking import HIDDEN
from evaluation.models import Session
from evaluation.selectors.attendance import Attendance, attendance_of, sums
from evaluation.selectors.shown import PARTS, Line, ShownAttendance, shown_action, shown_counts


def noted_session(session: Session) -> ShownAttendance:
    """Who came to a session, as it was noted: for those who may correct it; one query."""
    found = _by_session(session)[session.pk]
    parts = {name: tuple((label, number(count), count) for label, count in rows(found)) for name, rows in PARTS.items()}
    return ShownAttendance(1, found.people, number(found.people), **parts)


def shown_session(session: Session) -> ShownAttendance:
    """Who came to a held session (its action and programme loaded), as may be read beside the other pages."""
    published, _ = shown_action(session.action)
    return shown_sessions(published, _by_session(session))[session.pk]


def shown_sessions(published: ShownAttendance, came: Mapping[int, Attendance]) -> dict[int, ShownAttendance]:
    """The counts of the held sessions of an action, as may be read beside those ``published`` of the action.

    They add up to these: nothing is told of them when these are hidden, and among them a small count hides others, as
    among the actions of a programme.
    """
    shown = shown_counts(came, {})
    if published.people is None or shown.attendance.people is None:
        return {pk: ShownAttendance(1, None, HIDDEN) for pk in came}
    hidden = [name for name in PARTS if not (_is_whole(getattr(published, name)) and getattr(shown.attendance, name))]
    left_out: dict[str, Any] = dict.fromkeys(hidden, ())
    return {pk: replace(found, **left_out) for pk, found in shown.by_action.items()}


def _by_session(session: Session) -> Mapping[int, Attendance]:
    """The participations of each session that counts with this one, in its action."""
    rows = Session.objects.held().filter(action=session.action_id).order_by().values("pk").annotate(**sums())
    return {row["pk"]: attendance_of(row) for row in rows}


def _is_whole(part: tuple[Line, ...]) -> bool:
    """Whether every count of a part is published: one that is hidden could be told by its sessions."""
    return bool(part) and all(count is not None for _, _, count in part)

"""Actions as lists, pages and reports show them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from programmation.models import Action
from programmation.selectors.money import actions_with_money


@dataclass(frozen=True)
class ActionRow:
    """One action of a list."""

    pk: int
    number: int
    year: int
    title: str
    organisation_id: int
    organisation: str
    state: str
    state_label: str
    tone: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    neighbourhoods: tuple[str, ...]
    objectives: tuple[str, ...]
    theme: str
    granted: Decimal
    is_common_law: bool
    is_late: bool
    blocked_reason: str


def listed_actions(actions: QuerySet) -> QuerySet:
    """The actions with what a list shows; three queries whatever their number."""
    return (
        actions_with_money(actions)
        .select_related("organisation", "programme", "proposal__theme")
        .prefetch_related("neighbourhoods", "objectives")
    )


def is_late(action: Action, *, on: dt.date) -> bool:
    """The action should have ended before ``on`` and has not."""
    return bool(action.ends_on and action.ends_on < on and action.state in {"planned", "running", "blocked"})


def action_rows(actions: QuerySet, *, on: dt.date) -> list[ActionRow]:
    """The actions given, in three queries."""
    return [_row(row, on) for row in listed_actions(actions)]


def _row(row, on: dt.date) -> ActionRow:
    theme = row.proposal.theme if row.proposal else None
    return ActionRow(
        pk=row.pk,
        number=row.number,
        year=row.programme.year,
        title=row.title,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        state=row.state,
        state_label=row.get_state_display(),
        tone=row.state_enum.tone,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        neighbourhoods=tuple(place.name for place in row.neighbourhoods.all()),
        objectives=tuple(str(objective) for objective in row.objectives.all()),
        theme=str(theme or ""),
        granted=row.granted,
        is_common_law=row.is_common_law,
        is_late=is_late(row, on=on),
        blocked_reason=row.blocked_reason,
    )

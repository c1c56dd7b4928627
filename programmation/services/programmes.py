"""What happens to a programme, its objectives and its envelopes."""

import datetime as dt

from django.db import transaction

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import change_row, create_row, lock
from asv_platform.territories.models import Asv
from programmation.enums import ProgrammeTransition
from programmation.models import Envelope, Objective, Programme
from programmation.workflow import PROGRAMME


class VoteNotDated(DomainError):
    """The vote of a programme was recorded without its date."""

    def __init__(self) -> None:
        super().__init__("Donnez la date du vote du comité.")


class ObjectiveHasChildren(DomainError):
    """An objective with others under it cannot change level or be archived."""

    def __init__(self) -> None:
        super().__init__("Cet objectif en porte d’autres : déplacez-les ou archivez-les d’abord.")


def create_programme(*, asv: Asv, by, **fields) -> Programme:
    """Create the programme of a year. Raises ValidationError when the year has one already."""
    return create_row(Programme, asv=asv, by=by, event="programme.created", **fields)


def change_programme(*, programme: Programme, by, version: int | None = None, **fields) -> Programme:
    """Change a programme. Raises StaleEdit or ValidationError."""
    return change_row(programme, by=by, event="programme.changed", version=version, **fields)


@transaction.atomic
def move_programme(
    *, programme: Programme, transition: ProgrammeTransition, by, voted_on: dt.date | None = None
) -> Programme:
    """Make one permitted move; a vote is dated. Raises TransitionRefused or VoteNotDated."""
    fresh = lock(programme)
    fields: dict = {"state": PROGRAMME.target(transition, source=fresh.state)}
    if transition == ProgrammeTransition.VOTE:
        if voted_on is None:
            raise VoteNotDated
        fields["voted_on"] = voted_on
    return change_row(fresh, by=by, event=f"programme.{fields['state']}", **fields)


def create_objective(*, programme: Programme, by, **fields) -> Objective:
    """Add an objective to the tree. Raises ValidationError when its parent is not of the level above."""
    return create_row(Objective, asv=programme.asv, by=by, event="objective.created", programme=programme, **fields)


@transaction.atomic
def change_objective(*, objective: Objective, by, version: int | None = None, **fields) -> Objective:
    """Change an objective; its level stays while others depend on it. Raises StaleEdit or ValidationError."""
    level = fields.get("level", objective.level)
    if level != Objective.objects.get(pk=objective.pk).level and objective.children.active().exists():
        raise ObjectiveHasChildren
    return change_row(objective, by=by, event="objective.changed", version=version, **fields)


@transaction.atomic
def archive_objective(*, objective: Objective, by, at: dt.datetime) -> Objective:
    """Take an objective off the tree, unless others stand under it."""
    if objective.children.active().exists():
        raise ObjectiveHasChildren
    return change_row(objective, by=by, event="objective.archived", archived_at=at)


def create_envelope(*, programme: Programme, by, **fields) -> Envelope:
    """Record what a funder brings this year. Raises ValidationError when it has an envelope already."""
    return create_row(Envelope, asv=programme.asv, by=by, event="envelope.created", programme=programme, **fields)


def change_envelope(*, envelope: Envelope, by, version: int | None = None, **fields) -> Envelope:
    """Change an envelope. Raises StaleEdit or ValidationError."""
    return change_row(envelope, by=by, event="envelope.changed", version=version, **fields)

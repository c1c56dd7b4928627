"""Indicators and their measures: a percentage is computed, never typed; an approved measure does not change."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import change_row, create_row, lock
from evaluation.models import ActionIndicator, Measure
from evaluation.selectors.indicators import promises_of
from evaluation.services.closing import check_open
from programmation.models import Action, ProposalIndicator

CENT = Decimal("0.01")


class MeasureLocked(DomainError):
    """An approved measure was about to change."""

    def __init__(self) -> None:
        super().__init__("Cette mesure est validée : ajoutez-en une nouvelle, datée d’aujourd’hui.")


class IndicatorShelved(DomainError):
    """A measure of an archived indicator, which no page would show."""

    def __init__(self) -> None:
        super().__init__("Cet indicateur est archivé : il ne se mesure plus, sauf si l’équipe de l’ASV le rétablit.")


class MeasuredInFuture(DomainError):
    """A measure dated after today."""

    field = "measured_on"

    def __init__(self) -> None:
        super().__init__("La date de la mesure n’est pas encore passée.")


@transaction.atomic
def ensure_indicators(*, action: Action, by) -> None:
    """Adopt the indicators promised by the proposal, once. An indicator archived since stays archived."""
    if not promises_of([action]).exists():
        return
    # The action is the lock: two first sessions at the same time adopt each indicator once.
    lock(action)
    for row in promises_of([action]):
        create_row(
            ActionIndicator,
            asv=action.asv,
            by=by,
            event="actionindicator.adopted",
            action=action,
            source=row,
            name=row.name,
            kind=row.kind,
            unit=row.unit,
            is_ratio=row.is_ratio,
            baseline=row.baseline,
            target=row.target,
        )


def indicator_of_promise(*, action: Action, promise: ProposalIndicator, by) -> ActionIndicator:
    """The indicator of the action that comes from this promise, archived or not, adopted now if need be."""
    ensure_indicators(action=action, by=by)
    return ActionIndicator.objects.get(action=action, source=promise)


def create_indicator(*, action: Action, by, **fields) -> ActionIndicator:
    """Add an indicator that the proposal did not promise, after adopting those it did."""
    ensure_indicators(action=action, by=by)
    return create_row(ActionIndicator, asv=action.asv, by=by, event="actionindicator.created", action=action, **fields)


@transaction.atomic
def change_indicator(*, indicator: ActionIndicator, by, version: int | None = None, **fields) -> ActionIndicator:
    """Change an indicator. Its nature (number or percentage) is fixed once it has a measure."""
    is_ratio = fields.get("is_ratio", indicator.is_ratio)
    if is_ratio != lock(indicator).is_ratio and indicator.measures.active().exists():
        raise ValidationError({"is_ratio": "Cet indicateur a déjà une mesure : sa nature ne change plus."})
    return change_row(indicator, by=by, event="actionindicator.changed", version=version, **fields)


def measured_value(
    indicator: ActionIndicator, *, numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None
) -> dict[str, Any]:
    """The three numbers of a measure: a percentage comes from its parts, another value is what was counted."""
    if not indicator.is_ratio:
        if value is None:
            raise ValidationError({"value": "Indiquez la valeur mesurée."})
        return {"numerator": None, "denominator": None, "value": value}
    if numerator is None:
        raise ValidationError({"numerator": "Indiquez un nombre, 0 s’il n’y en a pas."})
    if not denominator:
        raise ValidationError({"denominator": "Indiquez un total plus grand que zéro."})
    return {"numerator": numerator, "denominator": denominator, "value": (100 * numerator / denominator).quantize(CENT)}


@transaction.atomic
def take_measure(
    *,
    indicator: ActionIndicator,
    by,
    on: dt.date,
    measured_on: dt.date,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    value: Decimal | None = None,
    comment: str = "",
) -> Measure:
    """Write down one measure.

    Raises IndicatorShelved, MeasuredInFuture, ActionCancelled, PeriodClosed or ValidationError.
    """
    check_open(indicator.action)
    if indicator.archived_at:
        raise IndicatorShelved
    if measured_on > on:
        raise MeasuredInFuture
    numbers = measured_value(indicator, numerator=numerator, denominator=denominator, value=value)
    return create_row(
        Measure,
        asv=indicator.asv,
        by=by,
        event="measure.taken",
        indicator=indicator,
        measured_on=measured_on,
        comment=comment,
        **numbers,
    )


@transaction.atomic
def change_measure(
    *, measure: Measure, by, on: dt.date, version: int | None = None, measured_on: dt.date, comment: str = "", **parts
) -> Measure:
    """Correct a measure. Raises MeasureLocked once it is approved, StaleEdit, MeasuredInFuture or ValidationError."""
    fresh = lock(measure, version=version)
    if fresh.is_locked:
        raise MeasureLocked
    if measured_on > on:
        raise MeasuredInFuture
    given = {name: parts.get(name) for name in ("numerator", "denominator", "value")}
    numbers = measured_value(fresh.indicator, **given)
    return change_row(fresh, by=by, event="measure.changed", measured_on=measured_on, comment=comment, **numbers)


@transaction.atomic
def approve_measure(*, measure: Measure, by, at: dt.datetime) -> Measure:
    """Lock a measure: it stands in the reports. Approving twice changes nothing."""
    fresh = lock(measure)
    if fresh.is_locked:
        return fresh
    return change_row(fresh, by=by, event="measure.approved", approved_at=at)

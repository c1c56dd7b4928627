"""How every owned row is written: created, changed under lock, archived, restored. One way for all apps."""

from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from asv_platform.audit.services import record
from asv_platform.common.errors import StaleEdit
from asv_platform.territories.models import Asv, AsvOwned

Row = TypeVar("Row", bound=AsvOwned)


@transaction.atomic
def create_row(model: type[Row], *, asv: Asv, by, event: str, **fields: Any) -> Row:
    """Create one owned row, check every rule of its model, and record ``event``.

    Many-to-many fields are given as iterables. Raises ValidationError with French messages.
    """
    plain, many = _split(model, fields)
    row = model(asv=asv, **plain)
    row.full_clean()
    row.save()
    _set_many(row, many)
    record(event, by=by, subject=row)
    return row


def lock(row: Row, *, version: int | None = None) -> Row:
    """The same row, read again and locked until the end of the transaction.

    With the ``version`` the person was editing, raises StaleEdit when somebody saved meanwhile.
    """
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise StaleEdit
    return fresh


@transaction.atomic
def change_row(row: Row, *, by, event: str, version: int | None = None, **fields: Any) -> Row:
    """Lock one row, set ``fields``, check its model's rules, save, and record ``event``. Raises StaleEdit."""
    fresh = lock(row, version=version)
    plain, many = _split(type(row), fields)
    changed = [name for name, value in plain.items() if getattr(fresh, name) != value]
    for name, value in plain.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.version += 1
    fresh.save()
    _set_many(fresh, many)
    record(event, by=by, subject=fresh, fields=sorted([*changed, *many]))
    return fresh


@transaction.atomic
def archive(row: Row, *, by) -> Row:
    """Take a row off the lists; nothing is lost and it can be restored."""
    return change_row(row, by=by, event=f"{row._meta.model_name}.archived", archived_at=timezone.now())


@transaction.atomic
def restore(row: Row, *, by) -> Row:
    """Put an archived row back on the lists."""
    return change_row(row, by=by, event=f"{row._meta.model_name}.restored", archived_at=None)


def _split(model: type[models.Model], fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    many_names = {field.name for field in model._meta.many_to_many}
    plain = {name: value for name, value in fields.items() if name not in many_names}
    return plain, {name: value for name, value in fields.items() if name in many_names}


def _set_many(row: models.Model, many: dict[str, Any]) -> None:
    for name, values in many.items():
        getattr(row, name).set(values)

"""One ASV at a time: reading or writing a tenant's rows outside its scope raises."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models

EVERY_ASV: frozenset[int] = frozenset({-1})

_scope: ContextVar[frozenset[int] | None] = ContextVar("asv_scope", default=None)


class NoAsvInScope(RuntimeError):
    """A query would have read the rows of every tenant."""


class OutsideScope(RuntimeError):
    """A row of a tenant that is not in scope was about to be written."""


@contextmanager
def _open(ids: frozenset[int] | None) -> Iterator[None]:
    token = _scope.set(ids)
    try:
        yield
    finally:
        _scope.reset(token)


def asv_scope(*asv_ids: int):
    """Restrict every query and every write of the block to these ASV."""
    return _open(frozenset(asv_ids))


def every_asv(*, reason: str):
    """Lift the restriction. ``reason`` is for the reader and for ``grep``: there should be few."""
    if not reason:
        raise ValueError("every_asv() needs a reason")
    return _open(EVERY_ASV)


def scope_in_force() -> frozenset[int] | None:
    """The ids in scope, EVERY_ASV, or None when no scope is open."""
    return _scope.get()


class ScopedQuerySet(models.QuerySet):
    """Base of the querysets of tenant rows."""

    def active(self):
        """Rows that are not archived."""
        return self.filter(archived_at__isnull=True)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """``objects`` of every row owned by an ASV. Fails closed: raises NoAsvInScope outside a scope."""

    def get_queryset(self):
        ids = _scope.get()
        if ids is None:
            raise NoAsvInScope(f"{self.model.__name__}: open asv_scope(…) first.")
        queryset = super().get_queryset()
        return queryset if ids is EVERY_ASV else queryset.filter(asv_id__in=ids)


def check_write(row: models.Model) -> None:
    """Refuse to save a row of an ASV out of scope, or one that points to another ASV's rows.

    Only related rows already loaded are compared: the check never queries. Raises OutsideScope or NoAsvInScope.
    """
    ids = _scope.get()
    asv_id = row.asv_id  # type: ignore[attr-defined]
    if ids is None:
        raise NoAsvInScope(f"{row._meta.label}: open asv_scope(…) first.")
    if ids is not EVERY_ASV and asv_id not in ids:
        raise OutsideScope(f"{row._meta.label} of ASV {asv_id}")
    for field in row._meta.concrete_fields:
        related = row._state.fields_cache.get(field.name) if field.is_relation else None
        if getattr(related, "asv_id", asv_id) != asv_id:
            raise OutsideScope(f"{row._meta.label}.{field.name} points to another ASV")

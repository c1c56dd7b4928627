"""One row of every model that an ASV can have, made through the factories, recognisable wherever it would show."""

import importlib
import pkgutil
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import factory
from django.apps import apps
from django.conf import settings
from django.db import connection, models

import tests.factories
from asv_platform.territories.models import Asv, AsvOwned

# A primary key that no sequence of the tests reaches: an address built with it means these rows and no other.
ROW = 777_777
SENTINEL = "zzsentinelle"
SENTINEL_EMAIL = f"{SENTINEL}@exemple.fr"
# Written by the services themselves, shown in no page by their own address.
WITHOUT_FACTORY = {"audit.AuditEntry", "common.Job", "notifications.Message"}


@cache
def factories_by_model() -> dict[type[models.Model], Any]:
    """The factory of each model: the first one that its module defines."""
    found: dict[type[models.Model], Any] = {}
    for module in pkgutil.walk_packages(tests.factories.__path__, "tests.factories."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, factory.django.DjangoModelFactory):
                model = value._meta.model
                if model is not None and value.__module__ == module.name:
                    found.setdefault(model, value)
    return found


def is_owned(model: type[models.Model]) -> bool:
    """Whether the rows of a model are read inside the scope of their ASV only."""
    return issubclass(model, AsvOwned)


def owned_models() -> list[type[models.Model]]:
    """The models whose rows are read inside the scope of their ASV only."""
    return [model for model in apps.get_models() if is_owned(model)]


def models_of_an_asv() -> list[type[models.Model]]:
    """The models whose rows name an ASV, scoped or not; the tables of history follow theirs."""
    ours = tuple(settings.PLATFORM_APPS)
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(ours)
        and not hasattr(model, "instance_type")
        and model._meta.label not in WITHOUT_FACTORY
        and any(key.name == "asv" and key.related_model is Asv for key in _foreign_keys(model))
    ]


def populate(asv) -> dict[type[models.Model], models.Model]:
    """Create one row of every model in ``asv``, each pointing to the others, with sentinel texts."""
    rows: dict[type[models.Model], models.Model] = {}
    for model in _in_order():
        if model in factories_by_model():
            rows[model] = _make(model, asv, rows)
    return rows


def state_of_the_rows() -> list[tuple]:
    """For every owned table, the number of rows and the last transaction that wrote one (PostgreSQL)."""
    names = [model._meta.db_table for model in owned_models()]
    selects = [f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM \"{name}\"" for name in names]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects))
        return sorted(cursor.fetchall())


def _in_order() -> list[type[models.Model]]:
    """The models, those that are pointed to first."""
    wanted = models_of_an_asv()
    graph = {model: {target for target in _targets(model) if target in wanted} - {model} for model in wanted}
    return list(TopologicalSorter(graph).static_order())


def _targets(model: type[models.Model]) -> set:
    """The models that a row cannot do without."""
    return {key.related_model for key in _foreign_keys(model) if not key.null}


def _foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _make(model: type[models.Model], asv, rows: dict) -> models.Model:
    links = {
        key.name: rows[key.related_model] for key in _foreign_keys(model) if not key.null and key.related_model in rows
    }
    row = factories_by_model()[model].create(id=ROW, asv=asv, **links)
    texts = {field.attname: _sentinel(field) for field in model._meta.concrete_fields if _takes_sentinel(field)}
    if texts:
        # Straight to the table: the point is what would show, not how it was written.
        model._base_manager.filter(pk=row.pk).update(**texts)
        row.refresh_from_db()
    return row


def _takes_sentinel(field: models.Field) -> bool:
    if field.choices or field.unique or not isinstance(field, models.CharField | models.TextField):
        return False
    if isinstance(field, models.SlugField | models.URLField):
        return False
    return field.max_length is None or field.max_length >= len(SENTINEL_EMAIL)


def _sentinel(field: models.Field) -> str:
    return SENTINEL_EMAIL if isinstance(field, models.EmailField) else SENTINEL

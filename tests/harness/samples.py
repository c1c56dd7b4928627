"""One row of every owned model in an ASV, made through the factories, recognisable wherever it would show."""

import importlib
import pkgutil
from functools import cache
from graphlib import TopologicalSorter

import factory
from django.apps import apps
from django.db import models

import tests.factories
from asv_platform.territories.models import AsvOwned

# A primary key that no sequence of the tests reaches: an address built with it means these rows and no other.
ROW = 777_777
SENTINEL = "zzsentinelle"
SENTINEL_EMAIL = f"{SENTINEL}@exemple.fr"


@cache
def factories_by_model() -> dict[type[models.Model], type[factory.django.DjangoModelFactory]]:
    """The factory of each model: the first one that its module defines."""
    found: dict[type[models.Model], type[factory.django.DjangoModelFactory]] = {}
    for module in pkgutil.walk_packages(tests.factories.__path__, "tests.factories."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, factory.django.DjangoModelFactory):
                model = value._meta.model
                if model is not None and value.__module__ == module.name:
                    found.setdefault(model, value)
    return found


def populate(asv) -> dict[type[models.Model], models.Model]:
    """Create one row of every owned model in ``asv``, each pointing to the others, with sentinel texts."""
    rows: dict[type[models.Model], models.Model] = {}
    for model in _in_order():
        if model in factories_by_model():
            rows[model] = _make(model, asv, rows)
    return rows


def _in_order() -> list[type[models.Model]]:
    """The owned models, those that are pointed to first."""
    owned = [model for model in apps.get_models() if issubclass(model, AsvOwned)]
    graph = {model: {target for target in _targets(model) if target in owned and target is not model} for model in owned}
    return [model for model in TopologicalSorter(graph).static_order() if model in owned]


def _targets(model: type[models.Model]) -> set[type[models.Model]]:
    """The models that a row cannot do without."""
    return {f.related_model for f in _foreign_keys(model) if not f.null}  # type: ignore[misc]


def _foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _make(model: type[models.Model], asv, rows: dict) -> models.Model:
    links = {
        field.name: rows[field.related_model]
        for field in _foreign_keys(model)
        if not field.null and field.related_model in rows
    }
    row = factories_by_model()[model](id=ROW, asv=asv, **links)
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

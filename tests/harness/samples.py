"""One row of every model that an ASV can have, made through the factories, recognisable wherever it would show."""

import importlib
import pkgutil
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import factory
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

import tests.factories
from asv_platform.territories.models import Asv, AsvOwned

# A primary key that no sequence of the tests reaches: an address built with it means these rows and no other.
ROW = 777_777
SENTINEL = "zzsentinelle"
Rows = dict[type[models.Model], models.Model]
# Of this year, so that pages that choose a year by themselves find them, whatever the factories draw.
YEARLY = {"programmation.Programme", "diagnostics.Diagnostic"}
# So that every address that serves a file has one to serve, and every form that waits for a check is shown.
TRAITS: dict[str, dict[str, Any]] = {
    "reporting.Edition": {"issued": True, "previewed": True},
    "actors.Organisation": {"confirmed": True},
}
# Keys that may be empty, and that the pages of a real row need.
LINKED = {"programmation.Action.proposal"}
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


def sentinel_of(model: type[models.Model]) -> str:
    """The word that the texts of this model carry."""
    return f"{SENTINEL}{model._meta.model_name}"


def populate(asv, *, pk: int = ROW) -> Rows:
    """Create one row of every model in ``asv``, each pointing to the others, with sentinel texts."""
    rows: Rows = {}
    for model in _in_order():
        if model in factories_by_model():
            rows[model] = _make(model, asv, rows, pk)
    return rows


def add_rows(asv, first: Rows, count: int) -> None:
    """Add ``count`` rows of every model, parts of the first rows where the database allows, else of new ones."""
    for _ in range(count):
        newest = dict(first)
        for model in first:
            newest[model] = _one_more(model, asv, first) or _one_more(model, asv, newest) or first[model]


def _one_more(model: type[models.Model], asv, rows: Rows) -> models.Model | None:
    links = {key.name: rows[key.related_model] for key in _links(model) if key.related_model in rows}
    try:
        with transaction.atomic():
            row = factories_by_model()[model].create(asv=asv, **links, **_earlier(rows[model]))
            _link_many(row, rows)
            return row
    except IntegrityError:
        # One a parent: the next try gives it a parent of its own.
        return None


def _earlier(row: models.Model) -> dict[str, int]:
    """The first programme and the first diagnostic stay the latest: those that pages choose by themselves."""
    if type(row)._meta.label not in YEARLY:
        return {}
    years = type(row)._base_manager.filter(asv=row.asv_id)  # type: ignore[attr-defined]
    return {"year": years.aggregate(year=models.Min("year"))["year"] - 1}


def _in_order() -> list[type[models.Model]]:
    """The models, those that are pointed to first."""
    wanted = models_of_an_asv()
    graph = {model: {key.related_model for key in _links(model)} & {*wanted} - {model} for model in wanted}
    return list(TopologicalSorter(graph).static_order())


def _foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _links(model: type[models.Model]) -> list[models.ForeignKey]:
    """The keys that make a row a part of another one."""
    return [key for key in _foreign_keys(model) if not key.null or f"{model._meta.label}.{key.name}" in LINKED]


def _make(model: type[models.Model], asv, rows: Rows, pk: int) -> models.Model:
    links = {key.name: rows[key.related_model] for key in _links(model) if key.related_model in rows}
    year = {"year": timezone.localdate().year} if model._meta.label in YEARLY else {}
    row = factories_by_model()[model].create(id=pk, asv=asv, **links, **year, **TRAITS.get(model._meta.label, {}))
    _link_many(row, rows)
    texts = {field.attname: _sentinel(field) for field in model._meta.concrete_fields if _takes_sentinel(field)}
    if texts:
        # Straight to the table: the point is what would show, not how it was written.
        model._base_manager.filter(pk=row.pk).update(**texts)
        row.refresh_from_db()
    _mark_files(row)
    return row


def _link_many(row: models.Model, rows: Rows) -> None:
    for many in row._meta.many_to_many:
        if many.related_model in rows:
            getattr(row, many.name).add(rows[many.related_model])


def _mark_files(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and (file := getattr(row, field.name)):
            with file.open("ab") as content:
                content.write(sentinel_of(type(row)).encode())


def _takes_sentinel(field: models.Field) -> bool:
    # A text with a default or with choices is read by programs.
    if field.choices or field.unique or not isinstance(field, models.CharField | models.TextField):
        return False
    if isinstance(field, models.SlugField | models.URLField) or field.get_default():
        return False
    return field.max_length is None or field.max_length >= len(_sentinel(field))


def _sentinel(field: models.Field) -> str:
    word = sentinel_of(field.model)
    return f"{word}@exemple.fr" if isinstance(field, models.EmailField) else word

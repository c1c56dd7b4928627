"""Every address of the site, discovered from the resolver, and how to ask for it."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models, transaction
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.harness.samples import ROW, models_of_an_asv

# Values of the arguments that name no row of an ASV; everything else is found in the samples.
KWARG_VALUES = {
    "asv": ["le-blanc-mesnil-dugny"],
    "app_label": [config.label for config in apps.get_app_configs()],
    "code": ["QN09356I", "93007", "taux-de-pauvrete"],
    "content_type_id": ["1"],
    "index": ["0"],
    "key": ["x-y-z"],
    "kind": ["commune", "quartier"],
    "name": ["x"],
    "object_id": [str(ROW)],
    "token": ["x-y-z"],
    "uidb36": ["1"],
    "url": ["x"],
}
MOST_PATHS = 60


@dataclass(frozen=True)
class Address:
    """One leaf of the URL configuration."""

    name: str
    route: str
    kwargs: tuple[str, ...]
    args: int
    view: Callable

    @property
    def is_public(self) -> bool:
        """Whether somebody who is not logged in may read it."""
        return not getattr(self.view, "login_required", True)

    @property
    def is_of_an_asv(self) -> bool:
        """Whether the address names the ASV."""
        return "asv" in self.kwargs


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


@cache
def addresses() -> list[Address]:
    """Every address, in the order of the configuration."""
    return list(_leaves(get_resolver()))


def share(number: int, of: int) -> list[Address]:
    """One part in ``of`` of the addresses: a long walk is several tests, which run side by side."""
    return addresses()[number::of]


def _leaves(resolver: URLResolver, prefix: str = "", namespaces: tuple[str, ...] = (), known=()) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        kwargs = (*known, *_names(entry.pattern))
        if isinstance(entry, URLPattern):
            full_name = ":".join((*namespaces, entry.name)) if entry.name else ""
            regex = entry.pattern.regex
            yield Address(full_name, route, kwargs, regex.groups - len(regex.groupindex), entry.callback)
        else:
            inside = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _leaves(entry, route, inside, kwargs)


def _names(pattern) -> tuple[str, ...]:
    # Not its converters: Django shares them between the patterns of the same route, and fills them when it reverses.
    return tuple(pattern.regex.groupindex)


def values_of(kwarg: str, samples) -> list[str]:
    """The values worth trying for an argument: the primary key of the rows, or what a field of that name holds."""
    if kwarg in KWARG_VALUES:
        return KWARG_VALUES[kwarg]
    if kwarg in {"pk", "id"} or kwarg.endswith(("_pk", "_id")) or kwarg in _model_names():
        return [str(ROW)]
    held = [getattr(row, kwarg) for row in samples.values() if _has_field(row, kwarg)]
    return list(dict.fromkeys(str(value) for value in held if value not in {None, ""}))


def paths_of(address: Address, samples) -> list[str]:
    """The paths that this address can have with the rows of the samples."""
    if address.name == "":
        # Two addresses of Django's admin have no name: old forms that redirect, and the catch-all.
        return ["/" + address.route.replace("<path:object_id>", str(ROW)).partition("(?P<")[0]]
    if address.args:
        # Only the history of a row in the admin: the row, then the entry of its history.
        return [reverse(address.name, args=[ROW] * address.args)]
    values = [values_of(kwarg, samples) for kwarg in address.kwargs]
    combinations = itertools.islice(itertools.product(*values), MOST_PATHS)
    paths = [_path(address, dict(zip(address.kwargs, combination, strict=True))) for combination in combinations]
    return list(dict.fromkeys(path for path in paths if path))


@contextmanager
def ask(client, method: str, path: str, data: dict | None = None) -> Iterator[Answer]:
    """Ask for a page and take back whatever it did: no request of the walk depends on the one before."""
    cookies = client.cookies.output(header="", sep=";")
    point = transaction.savepoint()
    try:
        response = getattr(client, method)(path, data)
        # Consumed, not closed: closing a response outside the test client closes the connection of the test.
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield Answer(response.status_code, body)
    finally:
        transaction.savepoint_rollback(point)
        client.cookies.clear()
        client.cookies.load(cookies)


def _path(address: Address, kwargs: dict) -> str | None:
    try:
        return reverse(address.name, kwargs=kwargs)
    except NoReverseMatch:
        # A value that this converter does not accept: another combination does.
        return None


def _has_field(row: models.Model, name: str) -> bool:
    return any(field.name == name for field in row._meta.concrete_fields)


@cache
def _model_names() -> frozenset[str]:
    return frozenset(model._meta.model_name or "" for model in models_of_an_asv())

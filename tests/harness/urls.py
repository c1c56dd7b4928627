"""Every address of the site, discovered from the resolver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One leaf of the URL configuration."""

    name: str
    route: str
    kwargs: tuple[str, ...]
    view: Callable

    @property
    def is_public(self) -> bool:
        """Whether somebody who is not logged in may read it."""
        return not getattr(self.view, "login_required", True)

    @property
    def is_of_an_asv(self) -> bool:
        """Whether the address names the ASV."""
        return "asv" in self.kwargs


def addresses() -> list[Address]:
    """Every address, in the order of the configuration."""
    return list(_leaves(get_resolver()))


def _leaves(resolver: URLResolver, prefix: str = "", namespaces: tuple[str, ...] = (), known=()) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        kwargs = (*known, *_names(entry.pattern))
        if isinstance(entry, URLPattern):
            full_name = ":".join((*namespaces, entry.name or ""))
            yield Address(full_name, route, kwargs, entry.callback)
        else:
            inside = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _leaves(entry, route, inside, kwargs)


def _names(pattern) -> tuple[str, ...]:
    return (*pattern.converters, *(name for name in pattern.regex.groupindex if name not in pattern.converters))

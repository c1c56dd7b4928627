"""The door of every ASV: who may enter a page, and which rows the page sees."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.module_loading import import_string

from asv_platform.accounts.enums import Role
from asv_platform.accounts.selectors import lacks_second_factor
from asv_platform.common.kept_forms import keep_form, remember_person
from asv_platform.territories.models import Asv
from asv_platform.territories.scoping import asv_scope, every_asv

Scope = Callable[[], AbstractContextManager[None]]
END = object()


class ScopeMiddleware:
    """Open the scope that the URL and the user call for, around the whole response.

    The scope is opened in ``__call__`` and not around the view, so that middlewares below, template responses and
    streamed bodies see it too. A stranger gets a 404, not a 403: the answer must not say that the ASV exists; an
    anonymous visitor gets the login page whether it exists or not.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.asv = None  # type: ignore[attr-defined]
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        scope = _scope_for(request, match)
        if scope is None:
            return self._without_scope(request)
        if _needs_second_factor(request, match):
            messages.warning(request, "Ajoutez un second facteur à votre compte : il est exigé pour la coordination.")
            return redirect("mfa_index")
        with scope():
            response = self.get_response(request)
        if request.user.is_authenticated:
            remember_person(request, response)
        return _streamed_in(scope, response)

    def process_view(self, request, view, args, kwargs):
        kwargs.pop("asv", None)  # Views read request.asv.

    def _without_scope(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.user.is_anonymous or not _asks_to_log_in(response):
            return response
        if request.method == "POST":
            keep_form(request)
        # A script that asked for a piece of a page must not be led to the whole page of the login.
        return HttpResponse(status=401) if request.htmx else response  # type: ignore[attr-defined]


def _scope_for(request: HttpRequest, match: ResolverMatch) -> Scope | None:
    """The scope of this request; None where no tenant row is to be seen. Raises Http404 for a stranger."""
    slug = match.kwargs.get("asv")
    if slug is not None and getattr(match.func, "asv_public", False):
        request.asv = get_object_or_404(Asv, slug=slug, is_public=True)  # type: ignore[attr-defined]
        return partial(asv_scope, request.asv.pk)  # type: ignore[attr-defined]
    if not request.user.is_authenticated:
        return None
    if slug is not None:
        return _member_scope(request, slug)
    if "admin" in match.app_names:
        return _admin_scope(request)
    return _path_scope(request)


def _member_scope(request: Any, slug: str) -> Scope:
    # One query gives the ASV, the role in it and the other ASV of the user (the switcher of the frame).
    request.asv = next((asv for asv in request.user.asvs if asv.slug == slug), None)
    if request.asv is None:
        raise Http404
    return partial(asv_scope, request.asv.pk)


def _admin_scope(request: Any) -> Scope:
    if request.user.is_superuser:
        return partial(every_asv, reason="admin des opérateurs")
    return partial(asv_scope, *(pk for pk, role in request.user.roles.items() if role == Role.COORDINATOR))


def _path_scope(request: Any) -> Scope | None:
    """Pages of a person across several ASV (PATH_SCOPES): path prefix → function of the user giving the ASV ids."""
    for prefix, dotted in settings.PATH_SCOPES.items():
        if request.path_info.startswith(prefix):
            return partial(asv_scope, *import_string(dotted)(request.user))
    return None


def _needs_second_factor(request: Any, match: ResolverMatch) -> bool:
    """Coordinators in their ASV, and everybody in the admin, when the setting says so."""
    if not settings.MFA_REQUIRED_FOR_COORDINATORS or request.user.is_anonymous:
        return False
    coordinates = request.asv is not None and request.user.roles.get(request.asv.pk) == Role.COORDINATOR
    return (coordinates or "admin" in match.app_names) and lacks_second_factor(request.user)


def _asks_to_log_in(response: HttpResponseBase) -> bool:
    location = response.headers.get("Location", "")
    return response.status_code == 302 and location.partition("?")[0] == resolve_url(settings.LOGIN_URL)


def _streamed_in(scope: Scope, response: Any) -> HttpResponseBase:
    if response.streaming and not response.is_async and not isinstance(response, FileResponse):
        response.streaming_content = _iterate(scope, response.streaming_content)
    return response


def _iterate(scope: Scope, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Each chunk is computed inside the scope, which is closed before it is handed to the server."""
    iterator = iter(chunks)
    while True:
        with scope():
            chunk = next(iterator, END)
        if chunk is END:
            return
        yield chunk  # type: ignore[misc]

"""The public pages that belong to no app: home, obligations, glossary, style guide."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from asv_platform.common.glossary import ENTRIES
from asv_platform.common.http import read_only
from asv_platform.common.kept_data import KEPT_DATA
from asv_platform.common.styleguide import styleguide_context


def _from_setting(name: str, *args: Any) -> list[Any]:
    """What the function named by a setting answers (common imports no app); nothing when the setting is empty."""
    path = settings_of(name)
    if not path:
        return []
    source: Callable[..., list[Any]] = import_string(path)
    return source(*args)


@login_not_required
@read_only
def home(request: HttpRequest) -> HttpResponse:
    """What the platform is, which ASV have a public page, where to log in; who is logged in finds their spaces.

    Settings: HOME_PLACES names a function that lists the public ASV (name, url, sub, search_text), HOME_SPACES a
    function of the user that lists where they work (label, url, sub).
    """
    wanted = " ".join(request.GET.get("q", "").split())
    places = _from_setting("HOME_PLACES")
    spaces = _from_setting("HOME_SPACES", request.user) if request.user.is_authenticated else []
    found = [place for place in places if wanted.casefold() in place.search_text.casefold()]
    return render(request, "pages/home.html", {"places": found, "wanted": wanted, "spaces": spaces})


@login_not_required
@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration that the law asks for, on the official model."""
    context = {
        "publisher": settings_of("PUBLISHER"),
        "contact": settings_of("ACCESSIBILITY_CONTACT"),
        "established_on": settings_of("ACCESSIBILITY_DATE"),
    }
    return render(request, "pages/accessibility.html", context)


@login_not_required
@read_only
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes and hosts the site."""
    context = {
        "publisher": settings_of("PUBLISHER"),
        "publication_director": settings_of("PUBLICATION_DIRECTOR"),
        "hosting_provider": settings_of("HOSTING_PROVIDER"),
    }
    return render(request, "pages/legal.html", context)


@login_not_required
@read_only
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, how long, and their rights."""
    return render(request, "pages/privacy.html", {"contact": settings_of("DPO_CONTACT"), "rows": KEPT_DATA})


@login_not_required
@read_only
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the trade."""
    return render(request, "pages/glossary.html", {"entries": ENTRIES})


@login_not_required
@read_only
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component once; for those who build the site only."""
    if not settings.STYLEGUIDE:
        raise Http404
    return render(request, "pages/styleguide.html", styleguide_context())


def settings_of(name: str) -> Any:
    """What the operator gives in the settings; empty when they gave nothing."""
    return getattr(settings, name, "")

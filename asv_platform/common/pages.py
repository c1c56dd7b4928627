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
from asv_platform.common.styleguide import styleguide_context


def _public_asvs() -> list[Any]:
    """The published ASV to list on the home page, as the setting names them (common imports no app)."""
    source: Callable[[], list[Any]] | None = (
        import_string(settings.HOME_ASVS) if getattr(settings, "HOME_ASVS", "") else None
    )
    return source() if source else []


@login_not_required
@read_only
def home(request: HttpRequest) -> HttpResponse:
    """What the platform is, which ASV publish their programme, where to log in."""
    wanted = " ".join(request.GET.get("q", "").split())
    places = _public_asvs()
    found = [place for place in places if wanted.casefold() in place.search_text.casefold()]
    return render(request, "pages/home.html", {"places": found, "wanted": wanted, "published": len(places)})


@login_not_required
@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration that the law asks for, on the official model."""
    return render(request, "pages/accessibility.html")


@login_not_required
@read_only
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes and hosts the site."""
    return render(request, "pages/legal.html", {"publisher": settings_of("PUBLISHER"), "host": settings_of("HOST")})


@login_not_required
@read_only
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, how long, and their rights."""
    return render(request, "pages/privacy.html", {"contact": settings_of("DPO_CONTACT")})


@login_not_required
@read_only
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the trade."""
    return render(request, "pages/glossary.html", {"entries": ENTRIES})


@login_not_required
@read_only
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component once; for those who build the site only."""
    if not (settings.DEBUG or getattr(settings, "STYLEGUIDE", False)):
        raise Http404
    return render(request, "pages/styleguide.html", styleguide_context())


def settings_of(name: str) -> str:
    """A text the operator gives in the settings; empty when they gave none."""
    return getattr(settings, name, "")

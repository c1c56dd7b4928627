"""The pages of refusal and failure. They read neither the database nor the session: both may be what failed."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone

from asv_platform.common import formats

RETRY_AFTER_SECONDS = 600


def _answer(request: HttpRequest, status: int, **context) -> HttpResponse:
    reference = f"P-{status}-{secrets.token_hex(2).upper()}"
    request.error_reference = reference  # type: ignore[attr-defined]
    context |= {
        "SITE_NAME": settings.SITE_NAME,
        "status": status,
        "reference": reference,
        "now": formats.time(timezone.now()),
    }
    # Without the request: no context processor runs, so no query and no session.
    return HttpResponse(loader.render_to_string(f"{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403: the person is known, the page is not for them."""
    return _answer(request, 403, csrf=False)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a form sent too late, or from another site."""
    return _answer(request, 403, csrf=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: the cut thread."""
    return _answer(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429, when a rate limit refuses (allauth's handler429 too)."""
    response = _answer(request, 429)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return _answer(request, 500)


def maintenance(request: HttpRequest) -> HttpResponse:
    """503 while the site is closed; says when to come back."""
    response = _answer(request, 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response

"""What somebody typed while their session was expiring: kept until they log in again."""

import time

from allauth.core import ratelimit
from django.http import HttpRequest, QueryDict

SESSION_KEY = "kept_form"
MAX_BYTES = 200_000
MAX_AGE = 3600


def keep_form(request: HttpRequest) -> None:
    """Keep the POST of an anonymous visitor (no files, no token, 200 kB at most) for the page of the same path.

    Call it only after the CSRF check has passed: a foreign site must not be able to prefill a form.
    """
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    encoded = data.urlencode()
    if not encoded or len(encoded) > MAX_BYTES:
        return
    # A stranger must not be able to fill the table of sessions.
    if not ratelimit.consume(request, action="kept_form"):
        return
    request.session[SESSION_KEY] = {"path": request.path, "data": encoded, "at": int(time.time())}


def take_kept_form(request: HttpRequest, path: str) -> QueryDict | None:
    """The data typed for ``path`` before the session expired, once; None when there is none or it is too old."""
    kept = request.session.get(SESSION_KEY)
    if kept is None:
        return None
    is_old = time.time() - kept["at"] > MAX_AGE
    if is_old or kept["path"] == path:
        del request.session[SESSION_KEY]
    return None if is_old or kept["path"] != path else QueryDict(kept["data"])

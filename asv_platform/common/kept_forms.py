"""What somebody typed while their session was expiring: kept until they, and nobody else, log in again."""

import time

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict

SESSION_KEY = "kept_form"
MAX_BYTES = 200_000
MAX_AGE = 3600
# Signed: the number of the last person who worked in this browser. It opens nothing.
PERSON_COOKIE = "personne"
PERSON_AGE = 30 * 24 * 3600


def remember_person(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note in the browser who works there: what is typed once their session is over will be theirs."""
    person = str(request.user.pk)
    if _last_person(request) == person:
        return
    response.set_signed_cookie(
        PERSON_COOKIE,
        person,
        salt=PERSON_COOKIE,
        max_age=PERSON_AGE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def keep_form(request: HttpRequest) -> None:
    """Keep the POST of an anonymous visitor (no files, no token, 200 kB at most) for the page of the same path.

    Only for the last person who worked in this browser: on a shared computer, the next one must not receive it.
    Call it only after the CSRF check has passed: a foreign site must not be able to prefill a form.
    """
    person = _last_person(request)
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    encoded = data.urlencode()
    if not person or not encoded or len(encoded) > MAX_BYTES:
        return
    # A stranger must not be able to fill the table of sessions; one that exists may be written again.
    if SESSION_KEY not in request.session and not ratelimit.consume(request, action="kept_form"):
        return
    kept = {"path": request.path, "data": encoded, "at": int(time.time()), "person": person}
    request.session[SESSION_KEY] = kept


def take_kept_form(request: HttpRequest, path: str) -> QueryDict | None:
    """The data this person typed for ``path`` before their session expired, once; None when there is none.

    What is older than an hour, or was typed by somebody else, is forgotten on the way.
    """
    kept = request.session.get(SESSION_KEY)
    if kept is None:
        return None
    is_lost = time.time() - kept["at"] > MAX_AGE or kept["person"] != str(request.user.pk)
    if is_lost or kept["path"] == path:
        del request.session[SESSION_KEY]
    return None if is_lost or kept["path"] != path else QueryDict(kept["data"])


def _last_person(request: HttpRequest) -> str | None:
    return request.get_signed_cookie(PERSON_COOKIE, default=None, salt=PERSON_COOKIE)

"""Reading an edition by a signed link: no account, no cookie needed to read, nothing consumed by a GET.

Mail scanners open links: only the button of the page (POST) counts as a reading. The referrer of these pages stays on
the site (``same-origin``): with ``no-referrer``, browsers post a null origin, which the CSRF protection refuses.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from asv_platform.common.http import read_only
from asv_platform.common.views import Page
from asv_platform.reporting import links
from asv_platform.reporting.models import Delivery
from asv_platform.reporting.services import record_opening
from asv_platform.territories.scoping import asv_scope


def not_indexed(view):
    """Keep search engines and shared caches away from what a link opens."""

    @wraps(view)
    def wrapper(*args, **kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(wrapper)


@login_not_required
@not_indexed
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the link opens; the button records the reading and leads to the PDF."""
    delivery = _delivery(token)
    if closed := _why_closed(delivery):
        return _closed(request, delivery, closed)
    if request.method == "POST":
        with asv_scope(delivery.asv_id):
            record_opening(delivery=delivery, now=timezone.now())
        return HttpResponseRedirect(reverse("reading:pdf", kwargs={"token": token}))
    edition, asv = delivery.edition, delivery.asv
    page = Page(title=f"{edition.get_kind_display()} {edition.year}", lead=f"Atelier santé ville {asv.name}")
    context = {"page": page, "delivery": delivery, "edition": edition, "reader": delivery.recipient, "asv": asv}
    return render(request, "reporting/reading.html", context)


@login_not_required
@not_indexed
@read_only
def pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    """The document itself, shown in the browser."""
    delivery = _delivery(token)
    if closed := _why_closed(delivery):
        return _closed(request, delivery, closed)
    edition = delivery.edition
    return FileResponse(edition.file.open("rb"), content_type="application/pdf", filename=edition.file_name)


def _delivery(token: str) -> Delivery:
    delivery = links.delivery_for(token)
    if delivery is None:
        raise Http404
    return delivery


def _why_closed(delivery: Delivery) -> str:
    edition = delivery.edition
    if edition.withdrawn_at:
        return f"Cette édition a été retirée. Motif : {edition.withdrawal_reason}"
    if delivery.revoked_at:
        return "Ce lien a été désactivé par l’atelier santé ville."
    if delivery.is_closed(timezone.now()):
        return "Ce lien n’est plus valable : il s’ouvrait pendant 30 jours."
    return ""


def _closed(request: HttpRequest, delivery: Delivery, reason: str) -> HttpResponse:
    lead = f"{delivery.edition.get_kind_display()} {delivery.edition.year}, atelier santé ville {delivery.asv.name}"
    context = {"page": Page(title="Ce document ne s’ouvre plus", lead=lead), "reason": reason, "asv": delivery.asv}
    return render(request, "reporting/reading_closed.html", context, status=410)

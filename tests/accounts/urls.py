"""The real site, and pages that look at the scope."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import include, path

from asv_platform import urls as site
from asv_platform.accounts.access import public_asv_page
from asv_platform.territories.scoping import EVERY_ASV, scope_in_force


def scope_text() -> str:
    scope = scope_in_force()
    return "every" if scope is EVERY_ASV else "none" if scope is None else ",".join(map(str, sorted(scope)))


@login_not_required
def home(request):
    return HttpResponse(scope_text())


def page(request):
    return HttpResponse(scope_text())


def streamed(request):
    return StreamingHttpResponse(f"{scope_text()};" for _ in range(3))


def form_page(request):
    return HttpResponse("enregistré")


@public_asv_page
def public(request):
    return HttpResponse(f"{request.asv} {scope_text()}")


def of_partner(user):
    """Stands for actors.selectors.partner_asv_ids."""
    return [4, 7] if user.first_name == "Fatou" else []


member_pages = [
    path("essai/public/", public),
    path("essai/page/", page),
    path("essai/flux/", streamed),
    path("essai/saisie/", form_page),
]
urlpatterns = [
    path("essai/", home),
    path("mes-dossiers/essai/", page),
    path("asv/<slug:asv>/", include(member_pages)),
    *site.urlpatterns,
]
handler400, handler403, handler404 = site.handler400, site.handler403, site.handler404
handler429, handler500 = site.handler429, site.handler500

"""A small site: the real door and pages of accounts, and pages that look at the scope."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import include, path

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
    path("", public, name="public"),
    path("page/", page, name="page"),
    path("flux/", streamed, name="streamed"),
    path("saisie/", form_page, name="form"),
    path("parametres/", include("asv_platform.accounts.asv_urls")),
]
urlpatterns = [
    path("", home, name="home"),
    path("", include("asv_platform.accounts.urls")),
    path("", include("asv_platform.common.urls")),
    path("admin/", admin.site.urls),
    path("mes-dossiers/", page, name="partner"),
    path("asv/<slug:asv>/", include(member_pages)),
]

handler400 = "asv_platform.common.error_views.bad_request"
handler403 = "asv_platform.common.error_views.permission_denied"
handler404 = "asv_platform.common.error_views.not_found"
handler500 = "asv_platform.common.error_views.server_error"
handler429 = "asv_platform.common.error_views.too_many_requests"

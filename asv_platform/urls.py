"""Every address of the site: French, readable, the ASV always in the path and never in the session."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("asv_platform.common.urls")),
    path("", include("asv_platform.accounts.urls")),
    path("", include("asv_platform.console.urls")),
    path("admin/", admin.site.urls),
    path("territoires/", include("asv_platform.territories.urls")),
    path("lecture/", include("asv_platform.reporting.public_urls")),
    path("mes-dossiers/", include("programmation.partner_urls")),
    path("mes-dossiers/actions/", include("evaluation.partner_urls")),
    path(
        "asv/<slug:asv>/",
        include(
            [
                path("", include("asv_platform.console.public_urls")),
                path("appels/", include("programmation.public_urls")),
                path("", include("asv_platform.console.asv_urls")),
                path("parametres/", include("asv_platform.accounts.asv_urls")),
                path("reseau/", include("actors.urls")),
                path("diagnostic/", include("diagnostics.urls")),
                path("programmation/", include("programmation.urls")),
                path("evaluation/", include("evaluation.urls")),
                path("rapports/", include("asv_platform.reporting.urls")),
            ]
        ),
    ),
]

handler400 = "asv_platform.common.error_views.bad_request"
handler403 = "asv_platform.common.error_views.permission_denied"
handler404 = "asv_platform.common.error_views.not_found"
handler429 = "asv_platform.common.error_views.too_many_requests"
handler500 = "asv_platform.common.error_views.server_error"

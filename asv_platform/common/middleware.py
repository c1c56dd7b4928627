"""What stands before every page: the site may be closed for maintenance; it uses none of a device's powers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from asv_platform.common.error_views import maintenance

OPEN_DURING_MAINTENANCE = ("/static/", "/sante/")


class MaintenanceMiddleware:
    """Answer 503 to everything but the static files and the health checks while MAINTENANCE is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.MAINTENANCE and not request.path.startswith(OPEN_DURING_MAINTENANCE):
            return maintenance(request)
        return self.get_response(request)


class PermissionsPolicyMiddleware:
    """Send PERMISSIONS_POLICY: what no script of ours, nor one that would have slipped in, may ask of the device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response

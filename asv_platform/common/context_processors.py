"""What every page knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """The name of the site, its address and that of its source code (AGPL), from the settings."""
    return {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, "SOURCE_URL": settings.SOURCE_URL}

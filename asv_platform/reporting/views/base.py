"""What the pages of reporting share."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from asv_platform.reporting.models import Edition


class ReportingMixin:
    """Addresses of reporting in the ASV of the URL."""

    request: Any

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(f"reporting:{name}", kwargs={"asv": self.request.asv.slug, **kwargs})

    def may(self, permission: str) -> bool:
        return self.request.user.has_perm(f"reporting.{permission}", self.request.asv)


class EditionMixin(ReportingMixin):
    """A page about one edition."""

    object: Any

    def get_queryset(self) -> QuerySet[Edition]:
        return Edition.objects.active().select_related("asv", "author", "job", "supersedes")

    def crumbs(self) -> list[tuple[str, str]]:
        return [
            ("Éditions", self.url("edition_list")),
            (str(self.object), self.url("edition_detail", pk=self.object.pk)),
        ]

    def get_success_url(self, result: Any) -> str:
        return self.url("edition_detail", pk=self.object.pk)

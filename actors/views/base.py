"""What the pages of the network share: addresses, crumbs, and which actions a person may see."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation, Person

Crumbs = list[tuple[str, str]]


def link(request, name: str, **kwargs) -> str:
    """The address of a page of the network of the ASV in the URL."""
    return reverse(f"actors:{name}", kwargs={"asv": request.asv.slug, **kwargs})


class NetworkMixin:
    """A page of the network."""

    request: Any

    def url(self, name: str, **kwargs) -> str:
        return link(self.request, name, **kwargs)

    def may_edit(self) -> bool:
        return self.request.user.has_perm("actors.edit", self.request.asv)

    @property
    def today(self) -> dt.date:
        return timezone.localdate()


class SubPage:
    """A page under that of one row: ``crumb`` ends the trail, cancelling goes back to the row."""

    crumb = ""

    def crumbs(self) -> Crumbs:
        return [*super().crumbs(), (self.crumb, "")]  # type: ignore[misc]

    def cancel_url(self) -> str:
        return super().crumbs()[-1][1]  # type: ignore[misc]


class OrganisationMixin(NetworkMixin):
    """A page about one organisation, archived or not."""

    object: Any

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.select_related("commune")

    def crumbs(self) -> Crumbs:
        return [
            ("Organisations", self.url("organisation_list")),
            (str(self.object), self.url("organisation_detail", pk=self.object.pk)),
        ]

    def get_success_url(self, result: Any) -> str:
        return self.url("organisation_detail", pk=self.object.pk)

    def tabs(self, current: str) -> list[dict[str, Any]]:
        pages = [("Fiche", "organisation_detail"), ("Historique", "organisation_history")]
        return [
            {"label": label, "url": self.url(name, pk=self.object.pk), "current": name == current}
            for label, name in pages
        ]


class PersonMixin(NetworkMixin):
    """A page about one person, archived or not."""

    object: Any

    def get_queryset(self) -> QuerySet[Person]:
        return Person.objects.all()

    def crumbs(self) -> Crumbs:
        return [
            ("Personnes", self.url("person_list")),
            (str(self.object), self.url("person_detail", pk=self.object.pk)),
        ]

    def get_success_url(self, result: Any) -> str:
        return self.url("person_detail", pk=self.object.pk)

    def tabs(self, current: str) -> list[dict[str, Any]]:
        pages = [("Fiche", "person_detail"), ("Historique", "person_history")]
        return [
            {"label": label, "url": self.url(name, pk=self.object.pk), "current": name == current}
            for label, name in pages
        ]

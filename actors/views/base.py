"""What the pages of the network share: addresses, crumbs, and which actions a person may see."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation, Person
from asv_platform.common.views import Action, DetailPage
from asv_platform.territories.pages import shelf_action

Crumbs = list[tuple[str, str]]


class NetworkMixin:
    """A page of the network."""

    view_permission = "actors.view"
    edit_permission = "actors.edit"
    request: Any

    def url(self, name: str, **kwargs) -> str:
        return reverse(f"actors:{name}", kwargs={"asv": self.request.asv.slug, **kwargs})

    def may_edit(self) -> bool:
        return self.request.user.has_perm(self.edit_permission, self.request.asv)

    @property
    def today(self) -> dt.date:
        return timezone.localdate()


class RecordMixin(NetworkMixin):
    """A page about one record, archived or not: ``noun`` names its pages (``person`` → ``person_detail``)."""

    object: Any
    noun = ""
    list_label = ""

    def own_url(self) -> str:
        return self.url(f"{self.noun}_detail", pk=self.object.pk)

    def crumbs(self) -> Crumbs:
        return [(self.list_label, self.url(f"{self.noun}_list")), (str(self.object), self.own_url())]

    def get_success_url(self, result: Any) -> str:
        return self.own_url()

    def tabs(self, current: str) -> list[dict[str, Any]]:
        pages = [("Fiche", f"{self.noun}_detail"), ("Historique", f"{self.noun}_history")]
        return [
            {"label": label, "url": self.url(name, pk=self.object.pk), "current": name == current}
            for label, name in pages
        ]


class OrganisationMixin(RecordMixin):
    """A page about one organisation."""

    noun = "organisation"
    list_label = "Organisations"
    archive_consequences = (
        "Elle ne pourra plus être choisie dans les nouveaux dossiers.",
        "Ses partenaires perdent leur accès.",
    )

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.select_related("commune")


class PersonMixin(RecordMixin):
    """A page about one person."""

    noun = "person"
    list_label = "Personnes"

    def get_queryset(self) -> QuerySet[Person]:
        return Person.objects.all()


class RecordPage(RecordMixin, DetailPage):
    """The page of one record, under the mixin that says which kind."""

    permission = "actors.view"

    def crumbs(self) -> Crumbs:
        return [*super().crumbs()[:1], (str(self.object), "")]

    def actions(self) -> list[Action]:
        if not self.may_edit():
            return []
        shelf = shelf_action(self, self.noun)
        if self.object.archived_at:
            return [shelf]
        return [shelf, Action("Modifier la fiche", self.url(f"{self.noun}_edit", pk=self.object.pk), "pencil")]

    def extra_context_data(self) -> dict[str, Any]:
        return {
            "tabs": self.tabs(f"{self.noun}_detail"),
            "may_edit": self.may_edit() and self.object.archived_at is None,
        }

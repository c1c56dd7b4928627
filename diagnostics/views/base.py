"""What the pages of the diagnostic share: addresses, crumbs, who may change what."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from asv_platform.common.parsing import whole_number
from asv_platform.common.views import Action, EditPage
from asv_platform.territories.pages import shelf_action
from diagnostics.models import Diagnostic
from diagnostics.selectors import open_diagnostics
from diagnostics.services import DiagnosticClosed, archive_content, restore_content

Crumbs = list[tuple[str, str]]


class DiagnosticsMixin:
    """A page of the diagnostic."""

    view_permission = "diagnostics.view"
    edit_permission = "diagnostics.edit"
    request: Any

    def url(self, name: str, **kwargs) -> str:
        return reverse(f"diagnostics:{name}", kwargs={"asv": self.request.asv.slug, **kwargs})

    def list_url(self, name: str, **filters) -> str:
        query = "&".join(f"{key}={value}" for key, value in filters.items())
        return f"{self.url(name)}?{query}" if query else self.url(name)

    def can(self, permission: str) -> bool:
        return self.request.user.has_perm(f"diagnostics.{permission}", self.request.asv)

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    def home_crumb(self) -> tuple[str, str]:
        return ("Diagnostic", self.url("diagnostic_list"))

    def edition_crumbs(self, diagnostic: Diagnostic) -> Crumbs:
        return [self.home_crumb(), (f"Édition {diagnostic.year}", self.url("diagnostic_detail", pk=diagnostic.pk))]


class ContentMixin(DiagnosticsMixin):
    """A page about one row of an edition: ``noun`` names its pages (``need`` → ``need_detail``)."""

    object: Any
    noun = ""
    plural_label = ""

    def edition(self) -> Diagnostic:
        return self.object.diagnostic

    def crumbs(self) -> Crumbs:
        return [
            *self.edition_crumbs(self.edition()),
            (self.plural_label, self.list_url(f"{self.noun}_list", diagnostic=self.edition().pk)),
            (str(self.object), self.url(f"{self.noun}_detail", pk=self.object.pk)),
        ]

    def get_success_url(self, result: Any) -> str:
        return self.url(f"{self.noun}_detail", pk=self.object.pk)

    def archive_row(self) -> Any:
        return archive_content(row=self.object, by=self.request.user)

    def restore_row(self) -> Any:
        return restore_content(row=self.object, by=self.request.user)

    def may_edit(self) -> bool:
        """Whether this person may change this row now: by their role, and because the edition is open."""
        return self.can("edit") and self.edition().is_open

    def closed(self) -> tuple[str, str] | None:
        """Why this person cannot change the row, and the page where to open its edition again; None when they can."""
        edition = self.edition()
        if edition.is_open or not self.can("edit"):
            return None
        return str(DiagnosticClosed(edition)), self.url("diagnostic_detail", pk=edition.pk)

    def content_actions(self, edit_label: str) -> list[Action]:
        """Archive, history and edit, or restore: what the row's own page offers."""
        pk = self.object.pk
        history = Action("Historique", self.url(f"{self.noun}_history", pk=pk), "history", "secondary")
        if not self.may_edit():
            return [history]
        shelf = shelf_action(self, self.noun)
        if self.object.archived_at:
            return [history, shelf]
        return [history, shelf, Action(edit_label, self.url(f"{self.noun}_edit", pk=pk), "pencil")]


class OpenEditionMixin:
    """A form about an edition: once it is closed, say so instead of showing a form that cannot be sent."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        edition = self.edition()  # type: ignore[attr-defined]
        if edition.is_open:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        messages.warning(request, str(DiagnosticClosed(edition)))
        return HttpResponseRedirect(self.get_success_url(None))  # type: ignore[attr-defined]


class ContentEditPage(OpenEditionMixin, EditPage):
    """The form of one row of an edition, under the mixin that says which."""

    permission = "diagnostics.edit"

    def form_kwargs(self) -> dict[str, Any]:
        return {"asv": self.request.asv}


class EditionListMixin(DiagnosticsMixin):
    """A list of the contents of one edition or of all of them."""

    @cached_property
    def may_add(self) -> bool:
        """Whether this person may add a row: by their role, and because the edition shown, or one of all, is open."""
        shown = whole_number(self.request.GET.get("diagnostic"))
        editions = open_diagnostics()
        return self.can("edit") and (editions.filter(pk=shown) if shown else editions).exists()

    def add_url(self, name: str) -> str:
        """A form's address, with the edition that the page is filtered on."""
        diagnostic = whole_number(self.request.GET.get("diagnostic"))
        return self.list_url(name, diagnostic=diagnostic) if diagnostic else self.url(name)


class EditionCreateMixin(EditionListMixin):
    """Add a row to an open edition; without any, say so instead of showing a form that cannot be sent."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not open_diagnostics().exists():
            messages.warning(
                request, "Aucun diagnostic n’est ouvert : créez celui de l’année, ou rouvrez la concertation."
            )
            return HttpResponseRedirect(self.url("diagnostic_list"))
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def form_kwargs(self) -> dict[str, Any]:
        return {"asv": self.request.asv}

    def get_initial(self) -> dict[str, Any]:
        """The edition, theme or need named in the address, else the most recent open edition."""
        asked = {name: whole_number(self.request.GET.get(name)) for name in ("theme", "need", "diagnostic")}
        latest = open_diagnostics().first()
        named = {name: value for name, value in asked.items() if value}
        return {"diagnostic": latest and latest.pk, **named}

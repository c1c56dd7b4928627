"""Settings of an ASV."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.urls import reverse

from asv_platform.accounts.forms import AsvForm
from asv_platform.accounts.selectors import asv_facts, perimeter_facts
from asv_platform.audit.views import HistoryPage
from asv_platform.common.views import Action, EditPage, Page, PermissionView, not_found_unless
from asv_platform.territories.models import Asv
from asv_platform.territories.services import update_asv


class SettingsView(PermissionView):
    """What the ASV says of itself, and the way to its members."""

    permission = "accounts.view_settings"
    template_name = "accounts/settings.html"
    http_method_names = ["get", "head", "options"]
    title = "Paramètres"

    def may(self, permission: str) -> bool:
        return self.request.user.has_perm(permission, self.request.asv)

    def actions(self) -> list[Action]:
        slug = {"asv": self.request.asv.slug}
        links = [Action("Historique", reverse("accounts:settings_history", kwargs=slug), "history", "secondary")]
        if self.may("accounts.view_members"):
            links.append(Action("Membres", reverse("accounts:members", kwargs=slug), icon="users", kind="secondary"))
        if self.may("accounts.change_asv"):
            links.append(Action("Modifier", reverse("accounts:settings_edit", kwargs=slug), icon="pencil"))
        return links

    def get_context_data(self, **kwargs):
        page = Page(**self.page_fields())
        found = {"facts": asv_facts(self.request.asv), "perimeter": perimeter_facts(self.request.asv)}
        return super().get_context_data(**kwargs) | {"page": page, **found}


class LogoView(PermissionView):
    """The logo, as the settings show it."""

    permission = "accounts.view_settings"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:  # type: ignore[override]
        return FileResponse(not_found_unless(self.request.asv.logo).open("rb"))


class _OfAsv:
    """A page about the settings of the ASV in the address."""

    request: Any

    def crumbs(self):
        return [("Paramètres", reverse("accounts:settings", kwargs={"asv": self.request.asv.slug}))]

    def get_queryset(self):
        return Asv.objects.all()

    def load(self, **kwargs):
        # Another instance than request.asv: the form writes on the one it validates, even when it refuses.
        super().load(pk=self.request.asv.pk)  # type: ignore[misc]


class SettingsHistory(_OfAsv, HistoryPage):
    permission = "accounts.view_settings"


class SettingsEditView(_OfAsv, EditPage):
    """Change what the ASV says of itself; its name, its address and its perimeter belong to the operators."""

    permission = "accounts.change_asv"
    form_class = AsvForm
    title = "Modifier la présentation"
    success_message = "La présentation est enregistrée."

    def act(self, data):
        if data["logo"] is False:  # the box « Effacer »
            data = data | {"logo": ""}
        return update_asv(asv=self.object, by=self.request.user, version=self.sent_version(), **data)

    def get_success_url(self, result):
        return reverse("accounts:settings", kwargs={"asv": self.request.asv.slug})

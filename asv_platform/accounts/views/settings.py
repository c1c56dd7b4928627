"""Settings of an ASV."""

from django.urls import reverse

from asv_platform.accounts.forms import AsvForm
from asv_platform.accounts.selectors import asv_facts
from asv_platform.common.views import Action, EditPage, Page, PermissionView
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
        links = []
        if self.may("accounts.view_members"):
            links.append(Action("Membres", reverse("accounts:members", kwargs=slug), icon="users", kind="secondary"))
        if self.may("accounts.change_asv"):
            links.append(Action("Modifier", reverse("accounts:settings_edit", kwargs=slug), icon="pencil"))
        return links

    def get_context_data(self, **kwargs):
        page = Page(**self.page_fields())
        return super().get_context_data(**kwargs) | {"page": page, "facts": asv_facts(self.request.asv)}


class SettingsEditView(EditPage):
    """Change what the ASV says of itself; its name, its address and its perimeter belong to the operators."""

    permission = "accounts.change_asv"
    form_class = AsvForm
    title = "Modifier la présentation"
    success_message = "La présentation est enregistrée."

    def crumbs(self):
        return [("Paramètres", reverse("accounts:settings", kwargs={"asv": self.request.asv.slug}))]

    def get_queryset(self):
        return Asv.objects.all()

    def load(self, **kwargs):
        # Another instance than request.asv: the form writes on the one it validates, even when it refuses.
        super().load(pk=self.request.asv.pk)

    def act(self, data):
        if data["logo"] is False:  # the box « Effacer »
            data = data | {"logo": ""}
        return update_asv(asv=self.object, by=self.request.user, version=self.sent_version(), **data)

    def get_success_url(self, result):
        return reverse("accounts:settings", kwargs={"asv": self.request.asv.slug})

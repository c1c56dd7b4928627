"""Members and invitations of an ASV."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from asv_platform.accounts.forms import InvitationForm, RoleForm
from asv_platform.accounts.models import Invitation, Membership
from asv_platform.accounts.selectors import invitation_rows, member_rows
from asv_platform.accounts.services import (
    change_role,
    invite_member,
    remove_member,
    resend_invitation,
    revoke_invitation,
)
from asv_platform.common.views import Action, ConfirmPage, FormPage, ObjectMixin, Page, PermissionView


class MembersSection:
    """What the pages of members share: where they lead back."""

    request: Any

    def members_url(self) -> str:
        return reverse("accounts:members", kwargs={"asv": self.request.asv.slug})

    def crumbs(self) -> list[tuple[str, str]]:
        return [("Membres", self.members_url())]

    def get_success_url(self, result: Any) -> str:
        return self.members_url()


class MembersView(MembersSection, PermissionView):
    """Who is in the team, and who was invited."""

    permission = "accounts.view_members"
    template_name = "accounts/members.html"
    http_method_names = ["get", "head", "options"]
    title = "Membres"
    lead = "Les personnes qui travaillent dans cet atelier santé ville, et celles que vous avez invitées."

    def crumbs(self) -> list[tuple[str, str]]:
        return []

    def can_manage(self) -> bool:
        return self.request.user.has_perm("accounts.manage_members", self.request.asv)

    def actions(self) -> list[Action]:
        url = reverse("accounts:invite", kwargs={"asv": self.request.asv.slug})
        return [Action("Inviter quelqu’un", url, icon="user-plus")] if self.can_manage() else []

    def get_context_data(self, **kwargs):
        asv = self.request.asv
        return super().get_context_data(**kwargs) | {
            "page": Page(**self.page_fields()),
            "members": member_rows(asv, me=self.request.user),
            "invitations": invitation_rows(asv, now=timezone.now()) if self.can_manage() else [],
            "can_manage": self.can_manage(),
        }


class InviteView(MembersSection, FormPage):
    permission = "accounts.manage_members"
    form_class = InvitationForm
    title = "Inviter quelqu’un"
    lead = "La personne reçoit un lien valable quatorze jours ; elle choisit son mot de passe en l’ouvrant."
    submit_label = "Envoyer l’invitation"

    def act(self, data):
        return invite_member(asv=self.request.asv, by=self.request.user, now=timezone.now(), **data)

    def get_success_message(self, result):
        return f"L’invitation part à {result.email}."


class MemberMixin(MembersSection, ObjectMixin):
    permission = "accounts.manage_members"
    object: Membership

    def get_queryset(self):
        return Membership.objects.filter(asv=self.request.asv).select_related("user", "asv")


class RoleView(MemberMixin, FormPage):
    form_class = RoleForm
    submit_label = "Changer le rôle"

    def get_title(self):
        return f"Rôle de {self.object.user}"

    def make_form(self, data=None, files=None):
        # A copy: the form writes on the instance it validates.
        return RoleForm(data, instance=self.get_queryset().get(pk=self.object.pk))

    def act(self, data):
        return change_role(membership=self.object, role=data["role"], by=self.request.user)

    def get_success_message(self, result):
        return f"{result.user} : {result.get_role_display()}."


class RemoveView(MemberMixin, ConfirmPage):
    submit_label = "Retirer de l’équipe"
    tone = "bad"

    def get_title(self):
        return f"Retirer {self.object.user} de l’équipe"

    def get_text(self):
        return f"{self.object.user} n’aura plus accès à l’espace de travail de {self.request.asv}."

    def consequences(self):
        return ["Ce que cette personne a écrit reste en place.", "Une nouvelle invitation pourra lui être envoyée."]

    def act(self, data):
        return remove_member(membership=self.object, by=self.request.user)

    def get_success_message(self, result):
        return f"{self.object.user} ne fait plus partie de l’équipe."


class InvitationMixin(MembersSection, ObjectMixin):
    permission = "accounts.manage_members"
    object: Invitation

    def get_queryset(self):
        return Invitation.objects.open().filter(asv=self.request.asv).select_related("asv", "invited_by")


class ResendView(InvitationMixin, ConfirmPage):
    title = "Renvoyer l’invitation"
    submit_label = "Renvoyer"

    def get_text(self):
        return f"Un nouveau lien part à {self.object.email} ; l’ancien ne fonctionne plus."

    def act(self, data):
        return resend_invitation(invitation=self.object, by=self.request.user, now=timezone.now())

    def get_success_message(self, result):
        return f"L’invitation repart à {result.email}."


class RevokeView(InvitationMixin, ConfirmPage):
    title = "Retirer l’invitation"
    submit_label = "Retirer l’invitation"
    tone = "bad"

    def get_text(self):
        return f"Le lien envoyé à {self.object.email} ne fonctionnera plus."

    def act(self, data):
        return revoke_invitation(invitation=self.object, by=self.request.user, now=timezone.now())

    def get_success_message(self, result):
        return f"L’invitation de {result.email} est retirée."

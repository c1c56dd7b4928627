"""Pages of members, under ``asv/<slug:asv>/parametres/``."""

from django.urls import path

from asv_platform.accounts.views import members, settings

app_name = "accounts"

urlpatterns = [
    path("", settings.SettingsView.as_view(), name="settings"),
    path("presentation/", settings.SettingsEditView.as_view(), name="settings_edit"),
    path("logo/", settings.LogoView.as_view(), name="logo"),
    path("historique/", settings.SettingsHistory.as_view(), name="settings_history"),
    path("membres/", members.MembersView.as_view(), name="members"),
    path("membres/inviter/", members.InviteView.as_view(), name="invite"),
    path("membres/<int:pk>/role/", members.RoleView.as_view(), name="member_role"),
    path("membres/<int:pk>/retirer/", members.RemoveView.as_view(), name="member_remove"),
    path("invitations/<int:pk>/renvoyer/", members.ResendView.as_view(), name="invitation_resend"),
    path("invitations/<int:pk>/retirer/", members.RevokeView.as_view(), name="invitation_revoke"),
]

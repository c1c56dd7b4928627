"""The door and the account, at the root of the site: allauth's views under French paths, with their own names."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.socialaccount import views as social_views
from allauth.usersessions import views as session_views
from django.urls import include, path, re_path

from asv_platform.accounts.views import account, door, proconnect

door_patterns = [
    path("", door.PasswordDoor.as_view(), name="account_login"),
    path("code/", door.CodeRequestView.as_view(), name="account_request_login_code"),
    path("code/saisie/", door.CodeConfirmView.as_view(), name="account_confirm_login_code"),
    path("second-facteur/", mfa_views.authenticate, name="mfa_authenticate"),
    path("cle/", webauthn_views.login_webauthn, name="mfa_login_webauthn"),
    path("compte-ferme/", account_views.account_inactive, name="account_inactive"),
    path("proconnect/", proconnect.login, name="proconnect_login"),
    path("proconnect/retour/", proconnect.callback, name="proconnect_callback"),
    path("proconnect/abandon/", social_views.login_cancelled, name="socialaccount_login_cancelled"),
]
password_patterns = [
    path("oublie/", account_views.password_reset, name="account_reset_password"),
    path("oublie/envoye/", account_views.password_reset_done, name="account_reset_password_done"),
    path("change/", account_views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
second_factor_patterns = [
    path("", mfa_views.index, name="mfa_index"),
    path("application/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("application/retirer/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes-de-secours/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes-de-secours/nouveaux/", recovery_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes-de-secours/fichier/", recovery_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("cles/", webauthn_views.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", webauthn_views.add_webauthn, name="mfa_add_webauthn"),
    path("cles/<int:pk>/renommer/", webauthn_views.edit_webauthn, name="mfa_edit_webauthn"),
    path("cles/<int:pk>/retirer/", webauthn_views.remove_webauthn, name="mfa_remove_webauthn"),
]
account_patterns = [
    path("", account.account, name="account"),
    path("nom/", account.NameView.as_view(), name="account_name"),
    path("mes-donnees.json", account.export, name="account_export"),
    path("adresse/", account_views.email, name="account_email"),
    path("adresse/envoyee/", account_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^adresse/confirmer/(?P<key>[-:\w]+)/$", account_views.confirm_email, name="account_confirm_email"),
    path("mot-de-passe/", account_views.password_change, name="account_change_password"),
    path("mot-de-passe/definir/", account_views.password_set, name="account_set_password"),
    path("identite/", account_views.reauthenticate, name="account_reauthenticate"),
    path("identite/code/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("identite/cle/", webauthn_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second-facteur/", include(second_factor_patterns)),
    path("sessions/", session_views.list_usersessions, name="usersessions_list"),
]
urlpatterns = [
    path("connexion/", include(door_patterns)),
    path("deconnexion/", door.Exit.as_view(), name="account_logout"),
    path("inscription/", door.SignupView.as_view(), name="account_signup"),
    path("mot-de-passe/", include(password_patterns)),
    path("compte/", include(account_patterns)),
    path("invitation/<str:token>/", door.InvitationView.as_view(), name="invitation"),
]

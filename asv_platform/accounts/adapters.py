"""How django-allauth sends mail, opens accounts and recognises a ProConnect identity here."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.shortcuts import render

from asv_platform.notifications.services import send

# Subject of each message of allauth; the text is templates/email/account/<name>.txt.
SUBJECTS = {
    "email_confirmation": "Confirmez votre nouvelle adresse",
    "email_changed": "Votre adresse de connexion a changé",
    "email_confirm": "Une adresse a été confirmée",
    "email_deleted": "Une adresse a été retirée de votre compte",
    "password_reset_key": "Choisissez un nouveau mot de passe",
    "unknown_account": "Demande de nouveau mot de passe",
    "account_already_exists": "Vous avez déjà un compte",
    "password_changed": "Votre mot de passe a changé",
    "password_reset": "Votre mot de passe a changé",
    "password_set": "Un mot de passe protège votre compte",
    "totp_activated": "Application de codes activée",
    "totp_deactivated": "Application de codes retirée",
    "recovery_codes_generated": "Nouveaux codes de secours",
    "webauthn_added": "Clé d’accès ajoutée",
    "webauthn_removed": "Clé d’accès retirée",
    "account_connected": "ProConnect est relié à votre compte",
    "account_disconnected": "ProConnect n’est plus relié à votre compte",
}


def on_our_site(url: str) -> str:
    """The same page at the address of the settings: the host of a request is what its sender wrote."""
    return settings.SITE_URL + urlsplit(url).path


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up; every message goes through the outbox, which erases the body once sent."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé.",
        "email_password_mismatch": "L’adresse ou le mot de passe est inexact.",
        "too_many_login_attempts": "Trop d’essais. Attendez quelques minutes avant de recommencer.",
        "rate_limited": "Trop de demandes. Attendez quelques minutes avant de recommencer.",
        "enter_current_password": "Saisissez votre mot de passe actuel.",
        "incorrect_password": "Ce mot de passe est inexact.",
        "incorrect_code": "Ce code est inexact.",
        "duplicate_email": "C’est déjà une adresse de votre compte.",
        "same_as_current": "Saisissez une adresse différente de l’actuelle.",
        "invalid_password_reset": "Ce lien n’est plus valable : demandez-en un nouveau.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        return on_our_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation) -> str:
        return on_our_site(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the message in the outbox; ``context`` is allauth's."""
        name = template_prefix.rpartition("/")[2]
        known = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "ip": "", "user_agent": ""}
        send(
            to=email,
            subject=SUBJECTS[name],
            template=f"email/account/{name}",
            context=known | {key: value for key, value in context.items() if key != "request"} | {"email": email},
            sensitive=True,
        )

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """Tell the person what changed in their account, even at an address that was never proved."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A ProConnect identity opens an existing account whose address is proved, and creates none."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def list_apps(self, request, provider=None, client_id=None) -> list[SocialApp]:
        """ProConnect as the settings describe it; nothing when it is not configured."""
        if not settings.PROCONNECT_CLIENT_ID or not settings.PROCONNECT_SERVER_URL:
            return []
        app = SocialApp(
            provider="proconnect",
            provider_id="proconnect",
            name="ProConnect",
            client_id=settings.PROCONNECT_CLIENT_ID,
            secret=settings.PROCONNECT_CLIENT_SECRET,
            settings={
                "server_url": settings.PROCONNECT_SERVER_URL,
                "token_auth_method": "client_secret_post",
                "acr_values": settings.PROCONNECT_ACR_VALUES,
            },
        )
        return [app] if provider in (None, app.provider) and client_id in (None, app.client_id) else []

    def pre_social_login(self, request, sociallogin) -> None:
        if sociallogin.is_existing:
            return
        address = EmailAddress.objects.filter(
            email__iexact=sociallogin.user.email or "", verified=True, user__is_active=True
        ).first()
        if address is None:
            raise ImmediateHttpResponse(render(request, "socialaccount/no_account.html", status=403))
        sociallogin.connect(request, address.user)

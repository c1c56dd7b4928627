"""Forms of the second factor: allauth's, with our words."""

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError

from asv_platform.accounts.forms import Reworded
from asv_platform.common.forms import JSONField

KEY_NAME = ("Nom de la clé", "Pour la reconnaître dans la liste : « Téléphone », « Poste de la mairie ».")


NO_ANSWER = "La clé n’a pas répondu : réessayez."
# What the WebAuthn library raises on answers that no key would give.
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, RecursionError)


class CredentialField(JSONField):
    """What the browser's key answered; anybody may post anything there, strangers included."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"invalid": NO_ANSWER})


class AuthenticateForm(Reworded, base_forms.AuthenticateForm):
    words = {"code": ("Code à six chiffres", "Celui de votre application, ou l’un de vos codes de secours.")}


class ReauthenticateForm(Reworded, base_forms.ReauthenticateForm):
    words = {"code": ("Code à six chiffres", "Celui de votre application, ou l’un de vos codes de secours.")}


class ActivateTOTPForm(Reworded, totp_forms.ActivateTOTPForm):
    words = {"code": ("Code affiché par l’application", "Six chiffres, renouvelés toutes les trente secondes.")}


class AuthenticateWebAuthnForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self):
        try:
            return super().clean_credential()
        except MALFORMED:
            raise ValidationError(NO_ANSWER) from None


class LoginWebAuthnForm(AuthenticateWebAuthnForm, webauthn_forms.LoginWebAuthnForm):
    """The key alone opens the account."""


class ReauthenticateWebAuthnForm(AuthenticateWebAuthnForm, webauthn_forms.ReauthenticateWebAuthnForm):
    """The key confirms who is there."""


class AddWebAuthnForm(Reworded, webauthn_forms.AddWebAuthnForm):
    credential = CredentialField()
    words = {
        "name": KEY_NAME,
        "passwordless": (
            "Me connecter avec cette seule clé",
            "Sans mot de passe : l’appareil demandera votre empreinte, votre visage ou son code.",
        ),
    }

    def clean(self):
        try:
            return super().clean()
        except MALFORMED:
            raise ValidationError(NO_ANSWER) from None


class EditWebAuthnForm(Reworded, webauthn_forms.EditWebAuthnForm):
    words = {"name": KEY_NAME}

"""Forms of the second factor: allauth's, with our words."""

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms

from asv_platform.accounts.forms import Reworded

KEY_NAME = ("Nom de la clé", "Pour la reconnaître dans la liste : « Téléphone », « Poste de la mairie ».")


class AuthenticateForm(Reworded, base_forms.AuthenticateForm):
    words = {"code": ("Code à six chiffres", "Celui de votre application, ou l’un de vos codes de secours.")}


class ReauthenticateForm(Reworded, base_forms.ReauthenticateForm):
    words = {"code": ("Code à six chiffres", "Celui de votre application, ou l’un de vos codes de secours.")}


class ActivateTOTPForm(Reworded, totp_forms.ActivateTOTPForm):
    words = {"code": ("Code affiché par l’application", "Six chiffres, renouvelés toutes les trente secondes.")}


class AddWebAuthnForm(Reworded, webauthn_forms.AddWebAuthnForm):
    words = {
        "name": KEY_NAME,
        "passwordless": (
            "Me connecter avec cette seule clé",
            "Sans mot de passe : l’appareil demandera votre empreinte, votre visage ou son code.",
        ),
    }


class EditWebAuthnForm(Reworded, webauthn_forms.EditWebAuthnForm):
    words = {"name": KEY_NAME}

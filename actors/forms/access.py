from django import forms

from actors.enums import PartnerRole
from asv_platform.common.forms import Form


class PartnerAccessForm(Form):
    """Who may act for an organisation."""

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="Cette personne recevra un courriel, puis entrera avec un code à usage unique, sans mot de passe.",
    )
    role = forms.ChoiceField(label="Droits", choices=PartnerRole, widget=forms.RadioSelect, initial=PartnerRole.OWNER)

    def clean_email(self):
        return self.cleaned_data["email"].lower()

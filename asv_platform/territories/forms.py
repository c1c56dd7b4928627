from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from asv_platform.common.forms import Form
from asv_platform.territories.coordinates import Coordinates, UnreadableCoordinates, parse_coordinates


class CoordinatesField(forms.CharField):
    """A position as pasted from a map; cleaned to ``Coordinates``, or None when left empty."""

    def clean(self, value) -> Coordinates | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_coordinates(text)
        except UnreadableCoordinates as error:
            raise ValidationError(str(error)) from error


class TerritorySearchForm(Form):
    """One box: a name, a code or a postal code."""

    q = forms.CharField(
        label="Nom, code ou code postal",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class AddressForm(Form):
    """Where is the place? By coordinates or commune; by postal code and street when an address file is installed."""

    commune = forms.CharField(
        label="Commune",
        max_length=100,
        required=False,
        help_text="Nom, code Insee ou code postal : les quartiers prioritaires de la commune s’affichent.",
    )
    coordinates = CoordinatesField(
        label="Coordonnées du lieu",
        max_length=300,
        required=False,
        help_text="Latitude puis longitude, telles que les donne une carte en ligne : 48.94, 2.46 par exemple.",
    )
    postal_code = forms.CharField(label="Code postal", max_length=5, required=False)
    street = forms.CharField(label="Numéro et voie", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not getattr(settings, "ADDRESS_FILE", ""):
            del self.fields["postal_code"], self.fields["street"]

    def clean(self):
        data = super().clean()
        if bool(data.get("street")) != bool(data.get("postal_code")):
            missing = "postal_code" if data.get("street") else "street"
            self.add_error(missing, "Indiquez le code postal et la voie pour chercher une adresse.")
        if not self.errors and not any(data.values()):
            raise ValidationError("Indiquez une commune ou les coordonnées d’un lieu.")
        return data

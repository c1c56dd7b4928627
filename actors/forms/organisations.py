from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from actors.form_fields import FinessField, PhoneField, RnaField, SiretField, WebsiteField
from actors.forms.confirmations import TwinsMixin
from actors.models import Organisation
from actors.selectors import organisation_duplicates
from asv_platform.common.forms import ModelForm
from asv_platform.common.widgets import MultiList
from asv_platform.territories.coordinates import UnreadableCoordinates, parse_coordinates
from asv_platform.territories.enums import TerritoryKind
from asv_platform.territories.models import Asv, Commune
from asv_platform.territories.normalise import normalise
from asv_platform.territories.selectors import search_territories

UNIQUE_NUMBERS = {"siret": "ce SIRET", "rna": "ce numéro RNA", "finess": "ce numéro FINESS"}
# What, when it changes, may make the record a twin of another one.
TWIN_FIELDS = {"name", "acronym", "email", "phone"}


class OrganisationForm(TwinsMixin, ModelForm):
    """One record of the directory; only the name and the kind are required."""

    twin_url_name = "actors:organisation_detail"
    doubts = {"is_distinct": "C’est une autre organisation"}
    siret = SiretField(label="SIRET", required=False, help_text="14 chiffres, avec ou sans espaces.")
    rna = RnaField(label="RNA", required=False, help_text="Pour une association : W suivi de neuf caractères.")
    finess = FinessField(label="FINESS", required=False, help_text="Pour un établissement de santé ou médico-social.")
    phone = PhoneField(label="Téléphone", required=False)
    website = WebsiteField(label="Site internet", required=False, max_length=250)
    # Longer than what is stored: people write « 93 150 ».
    postal_code = forms.CharField(label="Code postal", required=False, max_length=12)
    commune_name = forms.CharField(label="Commune", required=False, max_length=100)
    coordinates = forms.CharField(
        label="Coordonnées",
        required=False,
        max_length=120,
        help_text="Latitude puis longitude, ou le lien d’une carte en ligne : l’organisation apparaîtra sur la carte "
        "du réseau. Par exemple 48.9412, 2.4618.",
    )
    fieldsets = [
        ("Identité", ["name", ("acronym", "kind"), "is_funder"]),
        ("Activité", ["missions", "services_offered", "opening_hours", ("sectors", "themes"), "publics"]),
        ("Lieux", ["covers_perimeter", "neighbourhoods", "address", ("postal_code", "commune_name"), "coordinates"]),
        ("Pour la joindre", [("phone", "email"), "website"]),
        ("Numéros officiels", ["siret", ("rna", "finess")]),
        (
            "Gouvernance et moyens",
            [
                ("legal_representative", "legal_representative_function"),
                ("staff_count", "volunteer_count", "member_count"),
                "approvals",
            ],
        ),
    ]

    class Meta:
        model = Organisation
        fields = [
            "name", "acronym", "kind", "is_funder", "missions", "services_offered", "opening_hours", "sectors",
            "themes", "publics", "covers_perimeter", "neighbourhoods", "address", "postal_code", "phone", "email",
            "website", "siret", "rna", "finess", "legal_representative", "legal_representative_function", "staff_count",
            "volunteer_count", "member_count", "approvals",
        ]  # fmt: skip
        widgets = {
            "sectors": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "publics": forms.CheckboxSelectMultiple,
            "neighbourhoods": MultiList,
            "opening_hours": forms.Textarea(attrs={"rows": 3}),
            "missions": forms.Textarea(attrs={"rows": 4}),
            "services_offered": forms.Textarea(attrs={"rows": 4}),
            "approvals": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "is_funder": "Elle apparaîtra parmi les financeurs dans les enveloppes et les budgets.",
            "covers_perimeter": "Elle compte alors dans chaque quartier ; sinon, choisissez les quartiers ci-dessous.",
            "opening_hours": "Par exemple : lundi et jeudi, 9 h–12 h, sans rendez-vous.",
        }

    def __init__(self, *args, asv: Asv, **kwargs):
        super().__init__(*args, asv=asv, **kwargs)
        self.fields["neighbourhoods"].queryset = asv.neighbourhoods.order_by("name")  # type: ignore[attr-defined]
        row = self.instance
        if row.commune_id:
            self.initial.setdefault("commune_name", str(row.commune))
        if row.longitude is not None:
            self.initial.setdefault("coordinates", f"{row.latitude}, {row.longitude}")

    def clean_postal_code(self):
        code = "".join(self.cleaned_data["postal_code"].split())
        if code and not (len(code) == 5 and code.isascii() and code.isdigit()):
            raise ValidationError("Un code postal compte cinq chiffres, par exemple 93150.")
        return code

    def clean_coordinates(self):
        text = self.cleaned_data["coordinates"]
        if not text:
            return None
        try:
            return parse_coordinates(text)
        except UnreadableCoordinates as refusal:
            raise ValidationError(str(refusal)) from None

    def clean(self):
        cleaned = super().clean()
        self._refuse_taken_numbers(cleaned)
        self._read_commune(cleaned)
        if not self.errors and TWIN_FIELDS & set(self.changed_data):
            self._doubt_twins(cleaned)
        cleaned.pop("commune_name", None)
        place = cleaned.pop("coordinates", None)
        cleaned["longitude"] = Decimal(f"{place.longitude:.6f}") if place else None
        cleaned["latitude"] = Decimal(f"{place.latitude:.6f}") if place else None
        return cleaned

    def _refuse_taken_numbers(self, cleaned: dict) -> None:
        given = {name: cleaned[name] for name in UNIQUE_NUMBERS if cleaned.get(name)}
        wanted = Q()
        for name, value in given.items():
            wanted |= Q(**{name: value})
        if not given:
            return
        for other in Organisation.objects.filter(wanted).exclude(pk=self.instance.pk):
            archived = " (fiche archivée)" if other.archived_at else ""
            for name, value in given.items():
                if getattr(other, name) == value:
                    self.add_error(name, f"« {other} »{archived} porte déjà {UNIQUE_NUMBERS[name]}.")

    def _read_commune(self, cleaned: dict) -> None:
        """The commune from its name, and from the postal code when several have that name."""
        name, postal_code = cleaned.get("commune_name") or "", cleaned.get("postal_code") or ""
        cleaned["commune"] = None
        if not name:
            return
        if self.instance.commune_id and name == str(self.instance.commune):
            cleaned["commune"] = self.instance.commune
            return
        found = search_territories(f"{postal_code} {name}", kinds=[TerritoryKind.COMMUNE], limit=20)
        exact = [result for result in found if normalise(result.name) == normalise(name.partition("(")[0])]
        if not exact:
            hint = f" Vouliez-vous dire « {found[0].name} » ?" if found else ""
            self.add_error("commune_name", f"Cette commune est introuvable : vérifiez l’orthographe.{hint}")
        elif len(exact) > 1 and not postal_code:
            self.add_error("commune_name", "Plusieurs communes portent ce nom : indiquez aussi le code postal.")
        else:
            cleaned["commune"] = Commune.objects.get(pk=exact[0].pk)

    def _doubt_twins(self, cleaned: dict) -> None:
        twins = organisation_duplicates(
            name=cleaned["name"],
            acronym=cleaned["acronym"],
            email=cleaned["email"],
            phone=cleaned["phone"],
            excluding=self.instance.pk,
        )
        self.doubt_twins(twins)

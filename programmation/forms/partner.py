"""How a partner names their organisation, asks to join one, and invites others."""

from django import forms

from actors.enums import OrganisationKind, PartnerRole
from actors.form_fields import PhoneField, RnaField, SiretField, WebsiteField
from actors.models import Organisation
from asv_platform.common.doubts import DoubtsMixin
from asv_platform.common.forms import Form, WholeNumberField
from programmation.selectors.partner import known_organisation


class SiretForm(Form):
    """The number by which the organisation is looked for."""

    siret = SiretField(
        label="Numéro SIRET", help_text="14 chiffres, avec ou sans espaces. Il figure sur vos statuts ou votre RIB."
    )


class OrganisationForm(Form):
    """What the official form asks about the organisation, filled once for every proposal."""

    # Blank in a draft, asked at the filing: the page must not call them optional.
    needed_to_file = ("siret", "rna", "address", "legal_representative")

    name = forms.CharField(label="Nom", max_length=200)
    acronym = forms.CharField(label="Sigle", max_length=30, required=False)
    kind = forms.ChoiceField(label="Nature", choices=[("", "Choisir"), *OrganisationKind.choices])
    siret = SiretField(label="SIRET", required=False)
    rna = RnaField(
        label="RNA",
        required=False,
        help_text="Pour une association : W suivi de neuf caractères. L’un des deux numéros suffit.",
    )
    missions = forms.CharField(
        label="Missions", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    address = forms.CharField(label="Adresse", max_length=250, required=False)
    postal_code = forms.RegexField(
        r"^\d{5}$",
        label="Code postal",
        required=False,
        error_messages={"invalid": "Un code postal compte cinq chiffres, par exemple 93150."},
    )
    phone = PhoneField(label="Téléphone", required=False)
    email = forms.EmailField(label="Courriel", required=False)
    website = WebsiteField(label="Site internet", max_length=250, required=False)
    legal_representative = forms.CharField(label="Personne qui la représente", max_length=150, required=False)
    legal_representative_function = forms.CharField(label="Sa fonction", max_length=100, required=False)
    staff_count = WholeNumberField(label="Salariés", min_value=0, max_value=1_000_000, required=False)
    volunteer_count = WholeNumberField(label="Bénévoles", min_value=0, max_value=1_000_000, required=False)
    member_count = WholeNumberField(label="Adhérents", min_value=0, max_value=1_000_000, required=False)
    approvals = forms.CharField(
        label="Agréments", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    fieldsets = [
        ("Identité", ["name", ("acronym", "kind"), ("siret", "rna"), "missions"]),
        ("Pour la joindre", ["address", ("postal_code", "phone"), ("email", "website")]),
        (
            "Qui la fait vivre",
            [
                ("legal_representative", "legal_representative_function"),
                ("staff_count", "volunteer_count", "member_count"),
                "approvals",
            ],
        ),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.needed_to_file:
            self.fields[name].needed_to_file = True  # type: ignore[attr-defined]


class DeclareForm(DoubtsMixin, OrganisationForm):
    """An organisation declared by somebody of it; ``known`` is the one that the ASV seems to know already."""

    doubts = {"is_distinct": "C’est une autre structure, qui porte le même nom"}
    known: Organisation | None = None

    def clean(self):
        cleaned = super().clean()
        siret = cleaned.get("siret", "")
        self.known = known_organisation(siret=siret, name=cleaned.get("name", ""))
        if self.known and siret and self.known.siret == siret:
            self.add_error("siret", "Cette structure est déjà connue : demandez à la rejoindre.")
        elif self.known:
            self.doubt(
                "is_distinct",
                "Une structure de ce nom est déjà connue : demandez à la rejoindre, ou cochez si c’est une autre.",
            )
        return cleaned


class AccessRequestForm(Form):
    """A word to whoever will answer the request."""

    message = forms.CharField(
        label="Message",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dites qui vous êtes dans cette structure.",
    )


class AccessAnswerForm(Form):
    """Yes or no, and with which rights."""

    granted = forms.TypedChoiceField(
        label="Votre réponse",
        choices=[("oui", "Ouvrir l’accès"), ("non", "Refuser")],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label="Droits", choices=PartnerRole.choices, initial=PartnerRole.EDITOR, widget=forms.RadioSelect
    )


class InviteForm(Form):
    """Somebody who will write with you."""

    email = forms.EmailField(label="Courriel de la personne")
    role = forms.ChoiceField(
        label="Droits", choices=PartnerRole.choices, initial=PartnerRole.EDITOR, widget=forms.RadioSelect
    )


class WithdrawForm(Form):
    """Why the partner takes the proposal back."""

    motive = forms.CharField(label="Motif", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

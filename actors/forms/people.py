from django import forms
from django.core.exceptions import ValidationError

from actors.form_fields import PhoneField, RppsField
from actors.forms.confirmations import TwinsMixin
from actors.models import Affiliation, Organisation, Person
from actors.selectors import organisation_options, person_duplicates, person_options
from asv_platform.common.formats import join_and
from asv_platform.common.forms import DateField, Form, ModelForm, PastDateField
from asv_platform.common.health_guard import HEALTH_HELP, health_words

TWIN_FIELDS = {"first_name", "last_name", "email", "rpps"}


class PersonForm(TwinsMixin, ModelForm):
    """One person; only a name is required, and a pseudonym will do."""

    twin_url_name = "actors:person_detail"
    doubts = {
        "is_distinct": "C’est une autre personne",
        "is_not_health": "La note ne dit rien de la santé de cette personne",
    }
    phone = PhoneField(label="Téléphone", required=False)
    rpps = RppsField(label="RPPS", required=False, help_text="Pour un professionnel de santé : onze chiffres.")
    consent_on = PastDateField(
        label="Accord donné le",
        required=False,
        help_text="Le jour où la personne a accepté de figurer dans l’annuaire.",
    )
    last_contact_on = PastDateField(
        label="Dernier contact le", required=False, help_text="Aujourd’hui si rien n’est dit."
    )
    retention_until = DateField(
        label="À conserver jusqu’au", required=False, help_text="Trois ans après le dernier contact si rien n’est dit."
    )
    fieldsets = [
        ("Identité", [("first_name", "last_name"), "role"]),
        ("Pour la joindre", [("email", "phone")]),
        ("Compléments", ["rpps", "note"]),
        ("Accord et durée de conservation", [("consent_on", "last_contact_on", "retention_until")]),
    ]

    class Meta:
        model = Person
        fields = [
            "first_name", "last_name", "role", "email", "phone", "rpps", "note", "consent_on", "last_contact_on",
            "retention_until",
        ]  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "last_name": "Pour un habitant relais, un pseudonyme suffit.",
            "note": f"Langues parlées, disponibilités, sujets suivis. {HEALTH_HELP}",
        }

    def clean(self):
        cleaned = super().clean()
        contact, retention = cleaned.get("last_contact_on"), cleaned.get("retention_until")
        if contact and retention and retention < contact:
            self.add_error(
                "retention_until", "Cette date est avant celle du dernier contact : corrigez l’une des deux."
            )
        if not self.errors:
            self._doubt_health(cleaned)
            self._doubt_twins(cleaned)
        return cleaned

    def _doubt_health(self, cleaned: dict) -> None:
        words = health_words(cleaned["note"]) if "note" in self.changed_data else []
        if words:
            listed = join_and([f"« {word} »" for word in words])
            self.doubt("is_not_health", f"La note contient {listed} : retirez ce qui touche à la santé de la personne.")

    def _doubt_twins(self, cleaned: dict) -> None:
        if not TWIN_FIELDS & set(self.changed_data):
            return
        twins = person_duplicates(
            first_name=cleaned["first_name"],
            last_name=cleaned["last_name"],
            email=cleaned["email"],
            rpps=cleaned["rpps"],
            excluding=self.instance.pk,
        )
        self.doubt_twins(twins)


class PersonInOrganisationForm(PersonForm):
    """A new person, with their function in one organisation: one form instead of two."""

    function = forms.CharField(label="Fonction dans l’organisation", required=False, max_length=150)
    fieldsets = [("Identité", [("first_name", "last_name"), ("function", "role")]), *PersonForm.fieldsets[1:]]


class AffiliationForm(ModelForm):
    """A function over time, whatever its two ends."""

    phone = PhoneField(label="Téléphone professionnel", required=False)
    started_on = DateField(label="Depuis le", required=False)
    ended_on = DateField(label="Jusqu’au", required=False, help_text="Vide tant que la fonction dure.")
    fieldsets = [
        ("", ["person", "organisation", "function", ("email", "phone"), ("started_on", "ended_on"), "is_main"]),
    ]

    class Meta:
        model = Affiliation
        fields = ["function", "email", "phone", "is_main", "started_on", "ended_on"]
        help_texts = {"is_main": "L’ancien contact principal, s’il y en a un, ne le sera plus."}

    def clean(self):
        cleaned = super().clean()
        started_on, ended_on = cleaned.get("started_on"), cleaned.get("ended_on")
        if started_on and ended_on and ended_on < started_on:
            self.add_error("ended_on", "La date de fin est avant la date de début : corrigez l’une des deux.")
        if ended_on and cleaned.get("is_main"):
            self.add_error("is_main", "Une fonction terminée ne peut pas être le contact principal.")
        return cleaned


class MemberForm(AffiliationForm):
    """Link to an organisation a person already known."""

    person = forms.ModelChoiceField(label="Personne", queryset=Person._base_manager.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = person_options()  # type: ignore[attr-defined]


class FunctionForm(AffiliationForm):
    """Give a person a function in an organisation."""

    organisation = forms.ModelChoiceField(label="Organisation", queryset=Organisation._base_manager.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisation_options()  # type: ignore[attr-defined]


class EndAffiliationForm(Form):
    """The last day of a function."""

    ended_on = DateField(label="Dernier jour dans cette fonction")

    def __init__(self, *args, affiliation: Affiliation, **kwargs):
        self.affiliation = affiliation
        super().__init__(*args, **kwargs)

    def clean_ended_on(self):
        ended_on = self.cleaned_data["ended_on"]
        if self.affiliation.started_on and ended_on < self.affiliation.started_on:
            raise ValidationError("Cette date est avant le début de la fonction : corrigez-la.")
        return ended_on

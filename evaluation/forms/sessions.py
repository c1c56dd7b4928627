import datetime as dt
from decimal import Decimal

from django import forms

from asv_platform.common.formats import date_long
from asv_platform.common.forms import DateField, DecimalField, Form, ModelForm
from asv_platform.common.widgets import PickRow, TimeInput
from asv_platform.territories.models import Asv, Neighbourhood
from evaluation.enums import Satisfaction
from evaluation.forms.fields import CountField, refuse
from evaluation.models import Session
from evaluation.selectors.attendance import AGE_FIELDS, SEX_FIELDS

WHEN_FIELDS = ["held_on", "starts_at", "hours", "place", "neighbourhood"]
QUARTER = Decimal("0.25")
ANSWERS = [(answer.value, answer.answer) for answer in reversed(list(Satisfaction))]


class WhenMixin(forms.Form):
    """When and where."""

    starts_at = forms.TimeField(
        label="Heure de début",
        required=False,
        widget=TimeInput,
        error_messages={"invalid": "Écrivez une heure, par exemple 14:30."},
    )
    hours = DecimalField(
        label="Durée en heures",
        required=False,
        max_digits=4,
        decimal_places=2,
        help_text="Par exemple 2,5 pour deux heures et demie.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    place = forms.CharField(label="Lieu", required=False, max_length=200)
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(), label="Quartier", required=False, empty_label="Choisir"
    )

    def limit_to(self, asv: Asv) -> None:
        self.fields["neighbourhood"].queryset = asv.neighbourhoods.order_by("name")  # type: ignore[attr-defined]

    def clean_hours(self):
        hours = self.cleaned_data["hours"]
        if hours is not None and not QUARTER <= hours <= 24:
            raise forms.ValidationError("Une séance dure entre un quart d’heure et 24 heures.")
        return hours


class SessionForm(WhenMixin, ModelForm):
    """One session: six answers are enough, the rest is folded."""

    use_required_attribute = False
    held_on = DateField(label="Date")
    women = CountField(label="Femmes", big=True)
    men = CountField(label="Hommes", big=True)
    unspecified = CountField(label="Sans précision", help_text="Si vous n’avez pas compté femmes et hommes.")
    from_qpv = CountField(label="Combien habitent un quartier prioritaire ?", big=True)
    satisfaction = forms.TypedChoiceField(
        label="Comment cela s’est passé ?",
        choices=ANSWERS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=PickRow,
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        help_text="Ni nom, ni information de santé.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Session
        fields = [*WHEN_FIELDS, *SEX_FIELDS, *AGE_FIELDS, "from_qpv", "satisfaction", "note"]

    def __init__(self, *args, asv: Asv, on: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.limit_to(asv)
        for name, band in AGE_FIELDS.items():
            self.fields[name] = CountField(label=str(band.label))

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > self.on:
            raise forms.ValidationError("Cette date n’est pas encore passée : notez les présents après la séance.")
        return held_on

    def clean(self):
        cleaned = super().clean()
        if any(name in self.errors for name in (*SEX_FIELDS, *AGE_FIELDS, "from_qpv")):
            return cleaned
        people = sum(cleaned[name] for name in SEX_FIELDS)
        if not any(str(self[name].data or "").strip() for name in SEX_FIELDS):
            refuse(self, "women", "Indiquez combien de personnes sont venues ; écrivez 0 si personne n’est venu.")
        if sum(cleaned[name] for name in AGE_FIELDS) > people:
            refuse(self, next(iter(AGE_FIELDS)), "La somme des âges dépasse le nombre de présents : corrigez l’un.")
        if cleaned["from_qpv"] > people:
            refuse(self, "from_qpv", "Il ne peut pas y avoir plus d’habitants des quartiers que de présents.")
        return cleaned

    # What the template folds, and opens when it holds a refusal.

    @property
    def when_open(self) -> bool:
        return any(name in self.errors for name in WHEN_FIELDS) or not self["place"].value()

    @property
    def ages_open(self) -> bool:
        return any(name in self.errors for name in (*AGE_FIELDS, "unspecified")) or any(
            str(self[name].value() or "0") != "0" for name in (*AGE_FIELDS, "unspecified")
        )

    @property
    def shown_when(self) -> str:
        """The day, as the folded panel says it; what was typed when it is not a day."""
        value = self["held_on"].value()
        return date_long(value).capitalize() if isinstance(value, dt.date) else str(value or "Date")

    @property
    def shown_place(self) -> str:
        return str(self["place"].value() or "")

    @property
    def age_fields(self) -> list:
        return [self[name] for name in AGE_FIELDS]


class PlanForm(WhenMixin, Form):
    """Sessions to come, one or many at a regular pace."""

    field_order = ["held_on", "starts_at", "hours", "place", "neighbourhood", "times", "every_days"]
    fieldsets = [
        ("Première séance", ["held_on", ("starts_at", "hours"), "place", "neighbourhood"]),
        ("Répétition", [("times", "every_days")]),
    ]
    held_on = DateField(label="Date")
    times = forms.IntegerField(
        label="Nombre de séances",
        min_value=1,
        max_value=60,
        initial=1,
        error_messages={"min_value": "Prévoyez au moins une séance.", "max_value": "Prévoyez 60 séances au plus."},
    )
    every_days = forms.TypedChoiceField(
        label="Rythme",
        coerce=int,
        choices=[(7, "Chaque semaine"), (14, "Toutes les deux semaines"), (28, "Toutes les quatre semaines")],
    )

    def __init__(self, *args, asv: Asv, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit_to(asv)


class CancelForm(Form):
    motive = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=2000,
        help_text="Par exemple : intervenante malade, salle fermée.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

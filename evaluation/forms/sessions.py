import datetime as dt
from decimal import Decimal

from django import forms

from asv_platform.common.doubts import DoubtsMixin
from asv_platform.common.formats import date_long, period
from asv_platform.common.forms import DateField, DecimalField, Form, ModelForm
from asv_platform.common.widgets import PickRow, TimeInput
from asv_platform.territories.models import Asv, Neighbourhood
from evaluation.enums import Satisfaction
from evaluation.forms.fields import CountField, refuse
from evaluation.models import Session
from evaluation.selectors.attendance import AGE_FIELDS, SEX_FIELDS
from programmation.models import Action

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


class OutsideMixin(DoubtsMixin):
    """A form that asks once about sessions outside the dates of ``action``."""

    action: Action

    def __init__(self, *args, action: Action, **kwargs):
        self.action = action
        super().__init__(*args, **kwargs)

    def doubt_days(self, days: list[dt.date]) -> None:
        """Refuse once when a session of these days would start before the action, or after its end."""
        first, last = self.action.starts_on, self.action.ends_on
        count = sum(bool((first and day < first) or (last and day > last)) for day in days)
        if not count:
            return
        who = "Cette séance tombe" if len(days) == 1 else f"{count} de ces {len(days)} séances tombent"
        self.doubt("is_outside", f"{who} hors des dates de l’action ({period(first, last)}) : vérifiez.")


class SessionForm(OutsideMixin, WhenMixin, ModelForm):
    """One session: six answers are enough, the rest is folded."""

    doubts = {"is_outside": "Elle a bien eu lieu ce jour-là"}

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

    def __init__(self, *args, asv: Asv, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit_to(asv)
        for name, band in AGE_FIELDS.items():
            self.fields[name] = CountField(label=str(band.label))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("held_on"):
            self.doubt_days([cleaned["held_on"]])
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
        try:
            day = self.fields["held_on"].to_python(value)
        except forms.ValidationError:
            return str(value)
        return date_long(day).capitalize() or "Date"

    @property
    def shown_place(self) -> str:
        return str(self["place"].value() or "")

    @property
    def age_fields(self) -> list:
        return [self[name] for name in AGE_FIELDS]


class PlanForm(OutsideMixin, WhenMixin, Form):
    """Sessions to come, one or many at a regular pace."""

    doubts = {"is_outside": "Les prévoir quand même"}

    field_order = ["held_on", "starts_at", "hours", "place", "neighbourhood", "times", "every_days"]
    fieldsets = [
        ("Première séance", ["held_on", ("starts_at", "hours"), "place", "neighbourhood"]),
        ("Répétition", [("times", "every_days")]),
    ]
    held_on = DateField(label="Date")
    times = forms.IntegerField(
        label="Nombre de séances",
        min_value=1,
        initial=1,
        error_messages={"min_value": "Prévoyez au moins une séance."},
    )
    every_days = forms.TypedChoiceField(
        label="Rythme",
        coerce=int,
        choices=[(7, "Chaque semaine"), (14, "Toutes les deux semaines"), (28, "Toutes les quatre semaines")],
    )

    def __init__(self, *args, asv: Asv, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit_to(asv)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            pace = dt.timedelta(days=cleaned["every_days"])
            self.doubt_days([cleaned["held_on"] + rank * pace for rank in range(cleaned["times"])])
        return cleaned


class CancelForm(Form):
    motive = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=2000,
        help_text="Par exemple : intervenante malade, salle fermée.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

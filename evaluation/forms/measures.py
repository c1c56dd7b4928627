from django import forms

from asv_platform.common.forms import DateField, DecimalField, ModelForm
from evaluation.models import ActionIndicator, Measure
from programmation.enums import IndicatorKind


def amount(label: str, **kwargs) -> DecimalField:
    """A number that is never negative."""
    return DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        error_messages={
            "min_value": "Une valeur ne peut pas être négative.",
            "max_digits": "Ce nombre est trop grand.",
            "max_whole_digits": "Ce nombre est trop grand.",
            "max_decimal_places": "Deux décimales au plus.",
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        **kwargs,
    )


class MeasureForm(ModelForm):
    """One measure: a number, or the two parts of a percentage, which is computed."""

    measured_on = DateField(label="Mesuré le")
    numerator = amount("Réponses positives", help_text="Par exemple 23 personnes.")
    denominator = amount("Sur combien", help_text="Par exemple 38 personnes interrogées. Le pourcentage se calcule.")
    value = amount("Valeur mesurée")
    comment = forms.CharField(
        label="Commentaire",
        required=False,
        max_length=2000,
        help_text="Comment vous l’avez mesuré.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Measure
        fields = ["measured_on", "numerator", "denominator", "value", "comment"]

    def __init__(self, *args, is_ratio: bool, unit: str, **kwargs):
        super().__init__(*args, **kwargs)
        if is_ratio:
            del self.fields["value"]
            return
        del self.fields["numerator"], self.fields["denominator"]
        if unit:
            self.fields["value"].help_text = f"En {unit}."

    def _post_clean(self):
        # The value of a percentage is computed by the service: the model is checked there, whole.
        self.instance.value = self.instance.value or 0
        opts = self._meta
        for name in opts.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])


class IndicatorForm(ModelForm):
    """An indicator that the proposal did not promise."""

    baseline = amount("Valeur de départ")
    target = amount("Cible")
    kind = forms.ChoiceField(label="Nature", choices=IndicatorKind.choices)

    class Meta:
        model = ActionIndicator
        fields = ["name", "kind", "unit", "is_ratio", "baseline", "target"]
        labels = {"name": "Indicateur", "unit": "Unité", "is_ratio": "C’est un pourcentage"}
        help_texts = {
            "unit": "Par exemple : personnes, rendez-vous.",
            "is_ratio": "Il se saisira par un nombre et un total, jamais en pourcentage.",
        }

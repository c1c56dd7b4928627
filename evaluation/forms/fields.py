"""The fields of the evaluation: numbers of people, and choices limited to the ASV."""

from django import forms
from django.core.exceptions import ValidationError

from asv_platform.common.forms import WholeNumberField
from evaluation.models import MOST_PEOPLE


class CountField(WholeNumberField):
    """A number of people typed with a thumb: blank is nobody."""

    def __init__(self, *, big: bool = False, most: int = MOST_PEOPLE, **kwargs) -> None:
        # A big field is one of the few answers: it is not called « facultatif », and blank is still nobody.
        kwargs.setdefault("required", big)
        super().__init__(
            min_value=0,
            max_value=most,
            error_messages={
                "min_value": "Un nombre de personnes ne peut pas être négatif.",
                "max_value": "Ce nombre est trop grand : vérifiez-le.",
            },
            **kwargs,
        )
        if big:
            self.widget.attrs["class"] = "big-in"

    def clean(self, value):
        if value in self.empty_values or not str(value).strip():
            return 0
        return super().clean(value)


class PeopleField(CountField):
    """The same, but blank means unknown and not nobody."""

    def clean(self, value):
        return forms.IntegerField.clean(self, value)


def refuse(form: forms.BaseForm, field: str, text: str) -> None:
    """Put a refusal beside a field, unless it has one already."""
    if field not in form.errors:
        form.add_error(field, ValidationError(text))

"""The fields of the evaluation: numbers of people, and choices limited to the ASV."""

import re

from django import forms
from django.core.exceptions import ValidationError

from evaluation.models import MOST_PEOPLE

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


class CountField(forms.IntegerField):
    """A number of people typed with a thumb: blank is nobody, spaces are forgiven."""

    widget = forms.TextInput

    def __init__(self, *, big: bool = False, most: int = MOST_PEOPLE, **kwargs) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"} | ({"class": "big-in"} if big else {})
        # A big field is one of the few answers: it is not called « facultatif », and blank is still nobody.
        kwargs.setdefault("required", big)
        super().__init__(
            widget=forms.TextInput(attrs=attrs),
            min_value=0,
            max_value=most,
            error_messages={
                "invalid": "Écrivez un nombre entier, par exemple 12.",
                "min_value": "Un nombre de personnes ne peut pas être négatif.",
                "max_value": "Ce nombre est trop grand : vérifiez-le.",
            },
            **kwargs,
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = _SPACES.sub("", value)
        return super().to_python(value)

    def clean(self, value):
        if value in self.empty_values or not str(value).strip():
            return 0
        return super().clean(value)

    def widget_attrs(self, widget):
        # A text field with a numeric keyboard: no spinner, and no number silently dropped by the browser.
        return {}


class PeopleField(CountField):
    """The same, but blank means unknown and not nobody."""

    def clean(self, value):
        return forms.IntegerField.clean(self, value)


def refuse(form: forms.BaseForm, field: str, text: str) -> None:
    """Put a refusal beside a field, unless it has one already."""
    if field not in form.errors:
        form.add_error(field, ValidationError(text))

"""Fields that forgive how people write official numbers, telephones and web addresses."""

from collections.abc import Callable

from django import forms

from actors.validators import (
    compact,
    normalise_phone,
    normalise_website,
    validate_finess,
    validate_phone,
    validate_rna,
    validate_rpps,
    validate_siret,
)


class NormalisedField(forms.CharField):
    """Text put in its stored form before it is checked."""

    normalise: Callable[[str], str] = staticmethod(compact)
    checks: list[Callable[[str], None]] = []
    attrs: dict[str, str] = {}

    def __init__(self, **kwargs):
        # The stored form is shorter than what people type: the length is checked by the validators alone.
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)
        self.validators += self.checks

    def to_python(self, value):
        value = super().to_python(value)
        return self.normalise(value) if value not in self.empty_values else value

    def widget_attrs(self, widget):
        return self.attrs


class SiretField(NormalisedField):
    checks = [validate_siret]
    attrs = {"inputmode": "numeric", "autocomplete": "off"}


class RnaField(NormalisedField):
    checks = [validate_rna]
    attrs = {"autocomplete": "off"}


class FinessField(NormalisedField):
    checks = [validate_finess]
    attrs = {"autocomplete": "off"}


class RppsField(NormalisedField):
    checks = [validate_rpps]
    attrs = {"inputmode": "numeric", "autocomplete": "off"}


class PhoneField(NormalisedField):
    normalise = staticmethod(normalise_phone)
    checks = [validate_phone]

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.input_type = "tel"

    def prepare_value(self, value):
        return spaced_phone(value) if isinstance(value, str) else value


class WebsiteField(forms.URLField):
    """A web address; the scheme may be left out."""

    def __init__(self, **kwargs):
        kwargs.pop("assume_scheme", None)
        kwargs.setdefault("error_messages", {})["invalid"] = "Écrivez une adresse de site, par exemple www.exemple.fr."
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}))
        super().__init__(assume_scheme="https", **kwargs)

    def to_python(self, value):
        return super().to_python(normalise_website(value) if isinstance(value, str) else value)


def spaced_phone(number: str) -> str:
    """``01 48 00 00 00`` with plain spaces, as one types it."""
    if len(number) == 10 and number.isascii() and number.isdigit():
        return " ".join(number[start : start + 2] for start in range(0, 10, 2))
    return number

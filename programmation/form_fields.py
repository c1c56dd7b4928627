"""How the fields of our models are shown: French dates and amounts, choices limited to the ASV in scope."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst

from asv_platform.common.forms import DateField, DateTimeField, MoneyField, WholeNumberField
from asv_platform.common.widgets import MultiList
from asv_platform.territories.models import Asv, AsvOwned, Neighbourhood


def form_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field. Choices of tenant rows stay empty until ``limit_choices`` fills them."""
    label = str(capfirst(field.verbose_name))
    related: Any = field.related_model
    common: dict[str, Any] = {"label": label, "required": not field.blank, "help_text": field.help_text}
    if field.is_relation and issubclass(related, AsvOwned | Neighbourhood):
        rows = related._base_manager.none()
        if field.many_to_many:
            return forms.ModelMultipleChoiceField(rows, widget=MultiList, **common)
        return forms.ModelChoiceField(rows, **common)
    if field.many_to_many:
        kwargs |= {"widget": forms.CheckboxSelectMultiple}
    if isinstance(field, models.DateTimeField):
        return DateTimeField(**common)
    if isinstance(field, models.DateField):
        return DateField(**common)
    if isinstance(field, models.DecimalField):
        return MoneyField(max_digits=field.max_digits, decimal_places=field.decimal_places, **common)
    return field.formfield(**_plain(field) | kwargs)


def _plain(field: models.Field) -> dict[str, Any]:
    """How a field of text or number that has no list is typed."""
    if field.choices:
        return {}
    if isinstance(field, models.IntegerField):
        return {"form_class": WholeNumberField}
    if isinstance(field, models.TextField):
        return {"widget": forms.Textarea(attrs={"rows": 6 if (field.max_length or 0) > 3000 else 4})}
    return {}


def limit_choices(form: forms.BaseForm, asv: Asv) -> None:
    """Offer the rows of the ASV in scope, archived ones left out."""
    for field in form.fields.values():
        queryset = getattr(field, "queryset", None)
        if queryset is None:
            continue
        if queryset.model is Neighbourhood:
            field.queryset = asv.neighbourhoods.order_by("name")  # type: ignore[attr-defined]
        elif issubclass(queryset.model, AsvOwned):
            field.queryset = queryset.model.objects.active()  # type: ignore[attr-defined]

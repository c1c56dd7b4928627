"""Doubts that the person can lift: the form comes back once with a box to tick."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class DoubtsMixin:
    """A form that may ask for a confirmation. ``doubts`` names the boxes it can show, with their labels."""

    doubts: dict[str, str] = {}
    data: Any
    fields: Any

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.doubts:
            if self.data.get(name):
                self._show(name)

    def clean(self):
        cleaned = super().clean()  # type: ignore[misc]
        # The boxes are for this form only: they are no field of the model.
        return {name: value for name, value in cleaned.items() if name not in self.doubts}

    @property
    def doubt_fields(self) -> list:
        """The boxes to tick, for a template that lays out its fields itself."""
        return [self[name] for name in self.doubts if name in self.fields]  # type: ignore[index]

    def doubt(self, name: str, message: str) -> None:
        """Refuse once with ``message``; the box ``name``, ticked, lets the form through."""
        if self.data.get(name):
            return
        self._show(name)
        # The same sentence beside the box and on top of the page.
        self.add_error(name, ValidationError(message, code="doubt"))  # type: ignore[attr-defined]

    def _show(self, name: str) -> None:
        self.fields[name] = forms.BooleanField(label=self.doubts[name], required=False)

"""Doubts that the person can lift: the form comes back once with a box to tick."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from actors.selectors import Duplicate
from asv_platform.common.formats import join_and
from asv_platform.common.health_guard import NoNirMixin
from asv_platform.territories.models import Asv


class DoubtsMixin(NoNirMixin):
    """A form that may ask for a confirmation. ``doubts`` names the boxes it can show, with their labels."""

    doubts: dict[str, str] = {}
    asv: Asv

    def __init__(self, *args, asv: Asv, **kwargs):
        self.asv = asv
        super().__init__(*args, **kwargs)
        for name in self.doubts:
            if self.data.get(name):  # type: ignore[attr-defined]
                self._show(name)

    def clean(self):
        cleaned = super().clean()
        # The boxes are for this form only: they are no field of the model.
        return {name: value for name, value in cleaned.items() if name not in self.doubts}

    def doubt(self, name: str, message: str) -> None:
        """Refuse once with ``message``; the box ``name``, ticked, lets the form through."""
        if self.data.get(name):  # type: ignore[attr-defined]
            return
        self._show(name)
        # The same sentence beside the box and on top of the page.
        self.add_error(name, ValidationError(message, code="doubt"))  # type: ignore[attr-defined]

    def _show(self, name: str) -> None:
        self.fields[name] = forms.BooleanField(label=self.doubts[name], required=False)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Twin:
    """A record that looks like the one being typed, with its address."""

    duplicate: Duplicate
    url: str


class TwinsMixin(DoubtsMixin):
    """A form that stops once on probable duplicates; ``twins`` are shown above it with their links."""

    twins: Sequence[Twin] = ()
    twin_url_name = ""

    def doubt_twins(self, found: Sequence[Duplicate]) -> None:
        """Refuse once when ``found`` is not empty."""
        if not found:
            return
        self.twins = [
            Twin(duplicate, reverse(self.twin_url_name, kwargs={"asv": self.asv.slug, "pk": duplicate.pk}))
            for duplicate in found
        ]
        names = join_and([str(duplicate) for duplicate in found])
        self.doubt("is_distinct", f"Cette fiche ressemble à {names}. Vérifiez, puis cochez la case si c’est une autre.")

"""Doubts that the person can lift: the form comes back once with a box to tick."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

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

    def doubt(self, name: str, message: str | SafeString) -> None:
        """Refuse once with ``message``; the box ``name``, ticked, lets the form through."""
        if self.data.get(name):  # type: ignore[attr-defined]
            return
        self._show(name)
        # The same sentence beside the box and on top of the page.
        self.add_error(name, ValidationError(message, code="doubt"))  # type: ignore[attr-defined]

    def _show(self, name: str) -> None:
        self.fields[name] = forms.BooleanField(label=self.doubts[name], required=False)  # type: ignore[attr-defined]


def duplicates_message(found: Sequence[Duplicate], asv: Asv, url_name: str) -> SafeString:
    """What the form says of the records that look like the one being typed, each with its reasons and a link."""
    names = [
        format_html(
            '« <a href="{}">{}</a> » ({}{})',
            reverse(f"actors:{url_name}", kwargs={"asv": asv.slug, "pk": duplicate.pk}),
            duplicate.label,
            join_and(duplicate.reasons),
            ", archivée" if duplicate.is_archived else "",
        )
        for duplicate in found
    ]
    listed = SafeString(" ; ".join(names))
    return format_html("Cette fiche ressemble à une fiche qui existe déjà : {}. Vérifiez avant d’enregistrer.", listed)

import datetime as dt

from django import forms

from actors.models import Organisation
from asv_platform.common.doubts import DoubtsMixin
from asv_platform.common.formats import date_time
from programmation.enums import PieceKind
from programmation.forms.base import AsvModelForm
from programmation.models import Call, Objective, Programme

CALL_HELP = {
    "text": "Contexte, projets attendus, critères. Une ligne vide sépare deux paragraphes.",
    "closes_at": "La dernière minute est comprise : 23:59 laisse jusqu’à minuit.",
    "grace_hours": "Un dépôt reste accepté pendant ce délai. "
    "Rien ne l’annonce avant la clôture ; après, la page de l’appel le dit à tous.",
}


class ClosingMixin(DoubtsMixin):
    """A form with the closing of a call; a published call that would close at once asks first."""

    doubts = {"closes_now": "Fermer l’appel dès l’enregistrement"}
    instance: Call
    cleaned_data: dict

    def __init__(self, *args, now: dt.datetime, **kwargs):
        self.now = now
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at", self.instance.opens_at), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "La clôture doit suivre l’ouverture.")  # type: ignore[attr-defined]
        elif opens_at and closes_at and self._closes_now(opens_at, closes_at, cleaned.get("grace_hours") or 0):
            self.doubt(
                "closes_now",
                f"Cet appel est publié et accepte des dépôts. Avec une clôture le {date_time(closes_at)}, il ferme dès "
                "que vous enregistrez, et les brouillons ne peuvent plus être déposés.",
            )
        return cleaned

    def _closes_now(self, opens_at: dt.datetime, closes_at: dt.datetime, grace_hours: int) -> bool:
        if not self.instance.state_at(self.now).accepts_filing:
            return False
        after = Call(
            published_at=self.instance.published_at, opens_at=opens_at, closes_at=closes_at, grace_hours=grace_hours
        )
        return not after.state_at(self.now).accepts_filing


class CallForm(ClosingMixin, AsvModelForm):
    """A call: its text, who it is for, its dates in Paris time, what it asks."""

    pieces = forms.MultipleChoiceField(
        label="Pièces demandées",
        choices=PieceKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Le dépôt est refusé tant qu’une de ces pièces manque.",
    )
    fieldsets = [
        ("L’appel", ["title", "text", "objectives", "publics", "funders"]),
        ("Dates, heure de Paris", [("opens_at", "closes_at", "grace_hours")]),
        ("Dossier", ["pieces", "contact"]),
    ]

    class Meta(AsvModelForm.Meta):
        model = Call
        fields = [
            "title", "text", "objectives", "publics", "funders", "opens_at", "closes_at", "grace_hours", "pieces",
            "contact",
        ]  # fmt: skip
        help_texts = CALL_HELP

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        objectives = Objective.objects.active().filter(programme=programme)
        self.fields["objectives"].queryset = objectives  # type: ignore[attr-defined]
        self.fields["funders"].queryset = Organisation.objects.active().funders()  # type: ignore[attr-defined]


class CallDatesForm(ClosingMixin, AsvModelForm):
    """When a call that is already written closes."""

    class Meta(AsvModelForm.Meta):
        model = Call
        fields = ["closes_at", "grace_hours"]
        help_texts = {"closes_at": CALL_HELP["closes_at"], "grace_hours": CALL_HELP["grace_hours"]}

from django import forms

from actors.models import Organisation
from programmation.enums import PieceKind
from programmation.forms.base import AsvModelForm
from programmation.models import Call, Objective, Programme


class CallForm(AsvModelForm):
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
        help_texts = {
            "text": "Contexte, projets attendus, critères. Une ligne vide sépare deux paragraphes.",
            "closes_at": "La dernière minute est comprise : 23:59 laisse jusqu’à minuit.",
            "grace_hours": "Un dépôt reste accepté pendant ce délai. "
            "Rien ne l’annonce avant la clôture ; après, la page de l’appel le dit à tous.",
        }

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        objectives = Objective.objects.active().filter(programme=programme)
        self.fields["objectives"].queryset = objectives  # type: ignore[attr-defined]
        self.fields["funders"].queryset = Organisation.objects.active().funders()  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "La clôture doit suivre l’ouverture.")
        return cleaned

"""What people write in a diagnostic. Free texts refuse social security numbers; no form asks for a name."""

from typing import Any

from django import forms

from asv_platform.common.forms import DateField, Form, ModelForm, PastDateField
from asv_platform.common.widgets import MultiList
from asv_platform.territories.models import Asv
from diagnostics.enums import Disagreement, EvidenceKind
from diagnostics.models import Diagnostic, Evidence, Indicator, Need, Priority, ThemeChapter, Voice
from diagnostics.selectors import open_diagnostics, place_choices

NO_NAME = "Ni nom, ni adresse, ni rien sur la santé d’une personne : des mots qui pourraient être ceux de plusieurs."


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DiagnosticForm(ModelForm):
    """The edition of a year; ``previous`` is asked at the creation only."""

    class Meta:
        model = Diagnostic
        fields = ["year", "title", "perimeter", "method"]
        widgets = {"perimeter": _area(3), "method": _area(6)}
        help_texts = {
            "title": "Par exemple : Diagnostic partagé 2026.",
            "perimeter": "Les communes et quartiers étudiés, et ceux qui ne le sont pas.",
            "method": "Qui a été rencontré, où, quand, combien de fois ; d’où viennent les chiffres.",
        }


# Rows of an ASV are read inside its scope only: their choices are given when a form is made, not when it is declared.
def _choice(label: str, *, empty_label: str | None = None, help_text: str = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset=None, label=label, required=empty_label is None, empty_label=empty_label, help_text=help_text
    )


class NewDiagnosticForm(DiagnosticForm):
    """A new edition, empty or started from another one."""

    previous = _choice(
        "Partir de l’édition",
        empty_label="Aucune, commencer une page blanche",
        help_text="Ses chapitres et ses besoins sont repris pour être mis à jour ; les paroles et les votes se "
        "recueillent de nouveau.",
    )
    field_order = ["year", "title", "previous"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["previous"].queryset = Diagnostic.objects.active()  # type: ignore[attr-defined]


def name_no_disagreement(form: forms.BaseForm) -> None:
    """« Aucun » instead of dashes."""
    if "disagreement_between" in form.fields:
        form.fields["disagreement_between"].choices = [("", "Aucun"), *Disagreement.choices]  # type: ignore[attr-defined]


class ChapterForm(ModelForm):
    fieldsets = [
        ("Les cinq voix", ["residents_say", "professionals_say", "figures_say", "resources", "proposals"]),
        ("Le désaccord entre les voix", ["disagreement_between", "disagreement"]),
    ]

    class Meta:
        model = ThemeChapter
        fields = [
            "residents_say", "professionals_say", "figures_say", "resources", "proposals", "disagreement_between",
            "disagreement",
        ]  # fmt: skip
        widgets = {name: _area(5) for name in fields[:5]} | {"disagreement": _area(3)}
        help_texts = {
            "residents_say": NO_NAME,
            "figures_say": "Citez l’année et l’échelle : quartier, commune, département.",
            "disagreement": "Ce qui oppose les voix, et ce qu’il faudrait savoir pour trancher.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_no_disagreement(self)


class EditionForm(ModelForm):
    """Base of the contents of an edition: the choices are those of the ASV and of the open diagnostics."""

    diagnostic = _choice("Édition du diagnostic")

    def __init__(self, *args, asv: Asv, **kwargs):
        super().__init__(*args, **kwargs)
        self.asv = asv
        if "diagnostic" in self.fields:
            self._offer_diagnostics()
        for name in ("neighbourhoods", "neighbourhood"):
            if name in self.fields:
                self.fields[name].queryset = asv.neighbourhoods.order_by("name")  # type: ignore[attr-defined]

        if "theme" in self.fields:
            self.fields["theme"].empty_label = "Choisir un thème"  # type: ignore[attr-defined]
        name_no_disagreement(self)

    def _offer_diagnostics(self) -> None:
        if self.instance.pk:
            # An edition's contents stay in it: the next one takes them over when it is created.
            del self.fields["diagnostic"]
            return
        self.fields["diagnostic"].queryset = open_diagnostics()  # type: ignore[attr-defined]
        self.fields["diagnostic"].error_messages["invalid_choice"] = "Choisissez une édition encore ouverte."

    def edition(self) -> Diagnostic | None:
        """The diagnostic that these contents belong to."""
        if self.instance.pk:
            return self.instance.diagnostic
        return getattr(self, "cleaned_data", {}).get("diagnostic")

    def check_edition(self, name: str, rows: list) -> None:
        """Refuse links to the contents of another edition."""
        edition = self.edition()
        if edition and any(row.diagnostic_id != edition.pk for row in rows):
            self.add_error(name, f"Choisissez une fiche du diagnostic {edition.year}.")


class NeedForm(EditionForm):
    fieldsets = [
        ("Le besoin", ["diagnostic", "statement", ("theme", "severity"), "mentions"]),
        ("Où et pour qui", ["neighbourhoods", "publics", "determinants"]),
        ("Ce qui fait débat", ["disagreement_between", "comment"]),
    ]

    class Meta:
        model = Need
        fields = [
            "statement", "theme", "severity", "mentions", "neighbourhoods", "publics", "determinants",
            "disagreement_between", "comment",
        ]  # fmt: skip
        widgets = {
            "neighbourhoods": MultiList,
            "publics": forms.CheckboxSelectMultiple,
            "determinants": MultiList,
            "comment": _area(4),
        }
        help_texts = {
            "statement": "Une phrase, du point de vue des habitants : « Trouver un dentiste qui accepte la C2S ».",
            "mentions": "Combien de fois ce besoin a été exprimé, s’il a été compté.",
            "neighbourhoods": "Aucune case cochée : tout le périmètre.",
            "determinants": "Ce sur quoi il faudrait agir (déterminants de la santé).",
        }


class VoiceForm(EditionForm):
    need = _choice("Besoin que cette parole exprime", empty_label="Aucun pour l’instant")
    heard_on = PastDateField(label="Entendue le", required=False)

    class Meta:
        model = Voice
        fields = ["words", "kind", "theme", "neighbourhood", "context", "heard_on", "mentions"]
        widgets = {"words": _area(4), "kind": forms.RadioSelect}
        help_texts = {
            "words": f"Les mots entendus, sans les corriger. {NO_NAME}",
            "context": "Par exemple : groupe de parole de parents, diagnostic en marchant, réunion du conseil citoyen.",
            "neighbourhood": "Vide : plusieurs quartiers, ou non précisé.",
        }

    fieldsets = [
        ("La parole", ["diagnostic", "words", "kind"]),
        ("Où et quand", [("neighbourhood", "heard_on"), ("context", "mentions")]),
        ("Ce qu’elle dit", ["theme", "need"]),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        needs = Need.objects.active().select_related("diagnostic")
        needs = needs.filter(diagnostic=self.instance.diagnostic_id) if self.instance.pk else needs
        self.fields["need"].queryset = needs.filter(diagnostic__in=open_diagnostics()) | needs.filter(
            pk=self.instance.need_id
        )
        self.initial.setdefault("need", self.instance.need_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("need"):
            self.check_edition("need", [cleaned["need"]])
            # A parole about a need without a theme of its own takes the need's: it stays findable by theme.
            cleaned["theme"] = cleaned.get("theme") or cleaned["need"].theme
        return cleaned


class LinkVoiceForm(Form):
    """Which need some words express."""

    need: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="Besoin", required=False, empty_label="Aucun"
    )

    def __init__(self, *args, diagnostic: Diagnostic, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["need"].queryset = Need.objects.active().filter(diagnostic=diagnostic)  # type: ignore[attr-defined]


class PriorityForm(EditionForm):
    needs: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Besoins auxquels elle répond",
        required=False,
        widget=MultiList,
        help_text="Les besoins de la même édition que cette priorité prend en charge.",
    )
    adopted_on = PastDateField(label="Adoptée le", required=False)
    fieldsets = [
        ("La priorité", ["diagnostic", ("rank", "theme"), "title", "rationale"]),
        ("Ce à quoi elle répond", ["needs", "neighbourhoods"]),
        ("Les votes", [("committee_votes", "resident_votes"), "adopted_on"]),
    ]

    class Meta:
        model = Priority
        fields = [
            "rank", "theme", "title", "rationale", "neighbourhoods", "committee_votes", "resident_votes", "adopted_on",
        ]  # fmt: skip
        widgets = {"neighbourhoods": MultiList, "rationale": _area(4)}
        help_texts = {
            "rank": "1 pour la première.",
            "neighbourhoods": "Aucune case cochée : tout le périmètre.",
            "committee_votes": "Les deux votes restent séparés : ils se lisent côte à côte.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        needs = Need.objects.active()
        in_scope = {"diagnostic": self.instance.diagnostic_id} if self.instance.pk else {
            "diagnostic__in": open_diagnostics()
        }  # fmt: skip
        self.fields["needs"].queryset = needs.filter(**in_scope)
        if self.instance.pk:
            self.initial.setdefault("needs", list(self.instance.needs.values_list("pk", flat=True)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_edition("needs", list(cleaned.get("needs") or []))
        return cleaned


class EvidenceForm(ModelForm):
    """A published figure (indicator and place), or a consultation, a meeting, a document told in words."""

    dated_on = PastDateField(
        label="Date", required=False, help_text="De la réunion, de la consultation ou du document."
    )
    place = forms.ChoiceField(label="Territoire du chiffre", required=False)
    fieldsets = [
        ("Nature de la preuve", ["kind"]),
        ("Pour un chiffre publié", [("indicator", "place")]),
        ("Ce que cela montre", ["text", "dated_on"]),
    ]

    class Meta:
        model = Evidence
        fields = ["kind", "indicator", "text", "dated_on"]
        widgets = {"kind": forms.RadioSelect, "text": _area(4)}
        help_texts = {"text": f"En une ou deux phrases. {NO_NAME}"}

    def __init__(self, *args, asv: Asv, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = Indicator.objects.all()  # type: ignore[attr-defined]
        self.fields["indicator"].empty_label = "Aucun"  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "Aucun"), *place_choices(asv)]  # type: ignore[attr-defined]
        self.fields["kind"].choices = EvidenceKind.choices  # type: ignore[attr-defined]
        if self.instance.geography_code:
            self.initial["place"] = f"{self.instance.geography_level}:{self.instance.geography_code}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        level, _, code = cleaned.pop("place", "").partition(":")
        if cleaned.get("kind") != EvidenceKind.FIGURE:
            cleaned["indicator"], level, code = None, "", ""
        # The model says what a proof lacks: it is checked right after.
        self.instance.geography_level, self.instance.geography_code = level, code
        return {**cleaned, "geography_level": level, "geography_code": code}


class ValidateForm(Form):
    """The committee that validated the diagnostic."""

    on = DateField(label="Date du comité", help_text="Le comité de pilotage qui a validé le diagnostic.")

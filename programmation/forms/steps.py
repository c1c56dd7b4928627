"""The steps of a proposal: every field may be blank until the filing."""

from decimal import Decimal
from functools import partial
from typing import Any

from django import forms

from asv_platform.common.forms import DateField as DayField
from asv_platform.common.forms import DecimalField, Form, UploadField, WholeNumberField
from asv_platform.common.widgets import MultiList
from programmation.enums import AgeBand, IndicatorKind, PieceKind
from programmation.form_fields import form_field, limit_choices
from programmation.forms.rows import less_row, rows_sent
from programmation.models import IndicatorModel, Objective, PlannedPublic, Proposal, ProposalIndicator
from programmation.selectors.draft import Draft
from programmation.selectors.filing import REQUIRED_TEXTS
from programmation.selectors.steps import STEP_FIELDS

MOST_INDICATORS = 12
# What somebody types of an indicator besides its name: without one, it would be lost.
INDICATOR_SAYS = ("unit", "ratio", "baseline", "target")
INDICATOR_NAMES = ("name", "kind", "unit", "ratio", "baseline", "target")
NEEDED_TO_FILE = {name.removesuffix("_id") for texts in REQUIRED_TEXTS.values() for name, _ in texts} | {
    "publics",
    "republican_contract",
    "sworn_statement",
}
HELPS = {
    "goals": "Ce que le projet doit changer, pour qui.",
    "description": "Ce que vous ferez, comment, à quel rythme.",
    "human_means": "Salariés, bénévoles, prestataires : combien de personnes, quelles compétences.",
    "material_means": "Locaux, matériel, véhicules.",
    "partners": "Qui oriente le public, co-anime ou prête des moyens.",
    "objectives": "Les objectifs que l’appel vise.",
    "place": "Adresse, maison de quartier, établissement.",
    "expected_people": "Chaque personne compte une seule fois.",
    "expected_qpv_people": "Parmi elles, celles qui habitent un quartier prioritaire.",
    "evaluation_method": "Qui recueille les données, quand, comment.",
    "iban": "Celui du relevé d’identité bancaire joint.",
}
REPUBLICAN_LABEL = "La structure souscrit au contrat d’engagement républicain."
SWORN_LABEL = (
    "J’atteste sur l’honneur que la structure est à jour de ses obligations fiscales et sociales, et que les "
    "informations de ce dossier sont exactes."
)


class StepForm(Form):
    """Base of a step: the fields of the proposal that it holds, none required."""

    step = ""

    def __init__(self, data=None, *, draft: Draft, **kwargs):
        super().__init__(data, **kwargs)
        self.draft, self.proposal = draft, draft.proposal
        for name in STEP_FIELDS[self.step]:
            self.fields[name] = self._field(name)
        limit_choices(self, self.proposal.asv)

    def _field(self, name: str) -> forms.Field:
        model_field: Any = Proposal._meta.get_field(name)
        field: Any = form_field(model_field)
        field.required = False
        # Blank in a draft, asked at the filing: the page must not call it optional.
        field.needed_to_file = name in NEEDED_TO_FILE
        field.help_text = HELPS.get(name, "")
        # Called when the form is shown: what was sent needs no query.
        field.initial = partial(self._stored, name, model_field)
        if isinstance(field, forms.ModelChoiceField) and field.queryset.model.__name__ == "Term":  # type: ignore
            field.queryset = field.queryset.filter(**(model_field.get_limit_choices_to() or {}))  # type: ignore
        return field

    def _stored(self, name: str, model_field: Any) -> Any:
        if model_field.many_to_many:
            return [row.pk for row in getattr(self.draft, name)]
        return getattr(self.proposal, model_field.attname)

    def proposal_fields(self) -> dict[str, Any]:
        """What the proposal takes from this step."""
        return {name: self.cleaned_data[name] for name in STEP_FIELDS[self.step] if name in self.cleaned_data}


class ProjectForm(StepForm):
    """Step 2."""

    step = "projet"
    fieldsets = [
        ("Le projet", ["title", ("frequency", "theme"), "goals", "description", ("starts_on", "ends_on")]),
        ("Ce à quoi il répond", ["objectives", "determinants", "ottawa_axis"]),
        ("Les moyens", ["human_means", "material_means", "partners"]),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        call = self.proposal.call
        objectives = call.objectives.active()
        everything = Objective.objects.active().filter(programme_id=call.programme_id)
        self.fields["objectives"].queryset = objectives if objectives.exists() else everything

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "La date de fin précède la date de début.")
        return cleaned


class PublicsForm(StepForm):
    """Step 3: who, where, how many by age and sex."""

    step = "publics"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        planned = {row.age_band: row for row in self.draft.planned}
        for band in AgeBand:
            row = planned.get(band.value)
            for sex, label in (("women", "Femmes"), ("men", "Hommes")):
                self.fields[f"{sex}_{band.value}"] = WholeNumberField(
                    label=f"{label}, {band.label}",
                    required=False,
                    min_value=0,
                    max_value=100_000,
                    initial=(getattr(row, sex) or None) if row else None,
                )

    @property
    def main_fields(self):
        return [self[name] for name in STEP_FIELDS["publics"]]

    @property
    def age_rows(self):
        return [(band.label, self[f"women_{band.value}"], self[f"men_{band.value}"]) for band in AgeBand]

    def clean(self):
        cleaned = super().clean()
        expected, qpv = cleaned.get("expected_people"), cleaned.get("expected_qpv_people")
        if expected is not None and qpv is not None and qpv > expected:
            self.add_error(
                "expected_qpv_people", "Ce nombre ne peut pas dépasser celui des personnes attendues : corrigez l’un."
            )
        return cleaned

    def planned(self) -> list[PlannedPublic]:
        """The age bands that expect somebody."""
        rows = [
            PlannedPublic(
                age_band=band.value,
                women=self.cleaned_data.get(f"women_{band.value}") or 0,
                men=self.cleaned_data.get(f"men_{band.value}") or 0,
            )
            for band in AgeBand
        ]
        return [row for row in rows if row.women or row.men]


class IndicatorsForm(StepForm):
    """Step 5: indicators from the bank or written here, each with its target."""

    step = "evaluation"

    def __init__(self, data=None, *, draft: Draft, extra: int = 0, **kwargs):
        super().__init__(data, draft=draft, **kwargs)
        self.stored = draft.indicators
        theme = self.proposal.theme.code if self.proposal.theme else ""
        names = {row.name for row in self.stored}
        self.bank = list(IndicatorModel.objects.filter(theme__in=["", theme]).exclude(name__in=names))
        if self.bank:
            self.fields["bank"] = forms.MultipleChoiceField(
                label="Choisir dans la banque",
                required=False,
                choices=[(row.code, f"{row.name} ({row.get_kind_display().lower()})") for row in self.bank],
                widget=MultiList,
                help_text="Cochez, puis enregistrez : chaque indicateur reçoit ensuite sa cible.",
            )
        for index in range(self._count(extra)):
            self._add_row(index)

    def _count(self, extra: int) -> int:
        if self.is_bound:
            return rows_sent(self.data, "rows", most=MOST_INDICATORS)
        return min(len(self.stored) + extra, MOST_INDICATORS)

    def _add_row(self, index: int) -> None:
        row = self.stored[index] if index < len(self.stored) else None
        prefix, which = f"ind_{index}", f"Indicateur {index + 1}"
        kinds = IndicatorKind.choices
        self.fields[f"{prefix}_name"] = forms.CharField(
            label=f"{which}, nom", max_length=200, required=False, initial=row.name if row else ""
        )
        self.fields[f"{prefix}_kind"] = forms.ChoiceField(
            label=f"{which}, nature", choices=kinds, required=False, initial=row.kind if row else IndicatorKind.RESULT
        )
        self.fields[f"{prefix}_unit"] = forms.CharField(
            label=f"{which}, unité", max_length=40, required=False, initial=row.unit if row else ""
        )
        self.fields[f"{prefix}_ratio"] = forms.BooleanField(
            label=f"{which}, proportion", required=False, initial=row.is_ratio if row else False
        )
        self.fields[f"{prefix}_baseline"] = DecimalField(
            label=f"{which}, départ",
            required=False,
            max_digits=12,
            decimal_places=2,
            initial=_typed(row.baseline) if row else None,
        )
        self.fields[f"{prefix}_target"] = DecimalField(
            label=f"{which}, cible",
            required=False,
            max_digits=12,
            decimal_places=2,
            initial=_typed(row.target) if row else None,
        )

    @property
    def row_count(self) -> int:
        return sum(1 for name in self.fields if name.endswith("_target"))

    @property
    def rows(self):
        return [
            {"index": index, **{name: self[f"ind_{index}_{name}"] for name in INDICATOR_NAMES}}
            for index in range(self.row_count)
        ]

    def clean(self):
        cleaned = super().clean()
        for index in range(self.row_count):
            said = any(cleaned.get(f"ind_{index}_{name}") not in ("", None, False) for name in INDICATOR_SAYS)
            if said and not cleaned.get(f"ind_{index}_name"):
                self.add_error(f"ind_{index}_name", "Donnez un nom à cet indicateur, ou retirez-le.")
        return cleaned

    @property
    def picked(self) -> list[str]:
        return self.cleaned_data.get("bank", [])

    def indicators(self) -> list[ProposalIndicator]:
        """The rows that have a name, then the indicators ticked in the bank."""
        rows = [self._row(index) for index in range(self.row_count)]
        picked = [row for row in self.bank if row.code in self.picked]
        rows += [
            ProposalIndicator(name=row.name, kind=row.kind, unit=row.unit, is_ratio=row.is_ratio) for row in picked
        ]
        return [row for row in rows if row.name][:MOST_INDICATORS]

    def _row(self, index: int) -> ProposalIndicator:
        data = {name: self.cleaned_data.get(f"ind_{index}_{name}") for name in ("name", "kind", "unit")}
        return ProposalIndicator(
            name=data["name"] or "",
            kind=data["kind"] or IndicatorKind.RESULT,
            unit=data["unit"] or "",
            is_ratio=bool(self.cleaned_data.get(f"ind_{index}_ratio")),
            baseline=self.cleaned_data.get(f"ind_{index}_baseline"),
            target=self.cleaned_data.get(f"ind_{index}_target"),
        )


def without_indicator(data, index: int):
    """What was sent, less one indicator."""
    return less_row(data, index, count="rows", prefix="ind", names=INDICATOR_NAMES, most=MOST_INDICATORS)


class CommitmentsForm(StepForm):
    """Step 6: who signs, and what they commit to."""

    step = "depot"
    fieldsets = [
        ("La personne qui signe", [("signatory", "signatory_function"), "iban"]),
        ("Les engagements", ["republican_contract", "sworn_statement"]),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["republican_contract"].label = REPUBLICAN_LABEL
        self.fields["sworn_statement"].label = SWORN_LABEL

    def clean_iban(self):
        return "".join(self.cleaned_data["iban"].split()).upper()


def _typed(value: Decimal | None) -> str | None:
    """A stored number as people would type it: 40, 12,5."""
    return None if value is None else f"{value.normalize():f}".replace(".", ",")


class PieceForm(Form):
    """One document to join."""

    kind = forms.ChoiceField(label="Pièce", choices=PieceKind.choices)
    file = UploadField(label="Fichier")
    valid_until = DayField(
        label="Valable jusqu’au", required=False, help_text="Pour les pièces qui ont une date de fin."
    )

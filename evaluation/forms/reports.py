import datetime as dt
from collections.abc import Callable

from django import forms
from django.db.models import QuerySet

from asv_platform.common.forms import DateField, Form, ModelForm, MoneyField
from evaluation.enums import ReportKind, ReportPath
from evaluation.forms.fields import PeopleField
from evaluation.models import ActionReport
from evaluation.selectors import FinancialLine, ReportSheet
from programmation.models import Programme

TEXTS = {
    "summary": "Ce que vous avez fait, avec qui, à quel rythme.",
    "public_reached": "Qui est venu, et qui n’est pas venu.",
    "places": "Les dates et les lieux des séances.",
    "objectives_reached": "Ce que vous visiez, ce que vous constatez.",
    "difficulties": "Ce qui a freiné, ce qui n’a pas eu lieu.",
    "lessons": "Ce que vous referiez, ce que vous feriez autrement.",
    "next_steps": "La suite, ou les nouvelles dates.",
    "indirect_rule": "Comment vous avez calculé la part des charges communes, s’il y en a.",
}


# What the filing asks: shown without « facultatif ».
ASKED = {"path", "people_reached", "summary", "public_reached", "places", "objectives_reached", "signatory"}


class ReportForm(ModelForm):
    """The report as the partner writes it: already filled by the log, saved complete or not."""

    path = forms.ChoiceField(label="Ce qui s’est passé", choices=ReportPath.choices, widget=forms.RadioSelect)
    people_reached = PeopleField(
        label="Personnes différentes touchées",
        most=1_000_000,
        help_text="Une personne venue dix fois compte une fois.",
    )

    class Meta:
        model = ActionReport
        fields = ["path", "people_reached", *TEXTS, "signatory"]
        help_texts = TEXTS
        labels = {
            "summary": "Mise en œuvre de l’action",
            "public_reached": "Publics touchés",
            "places": "Dates et lieux",
            "objectives_reached": "Objectifs atteints",
            "difficulties": "Difficultés rencontrées",
            "lessons": "Ce que vous en retenez",
            "next_steps": "Suites prévues",
            "indirect_rule": "Répartition des charges indirectes",
            "signatory": "Nom et fonction de la personne qui signe",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in TEXTS}

    def __init__(self, *args, sheet: ReportSheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for name, field in self.fields.items():
            field.required = name in ASKED
        for line in sheet.money.lines:
            self._add_line(line)

    def _clean_fields(self):
        """A draft accepts blanks where the filing will not: nothing but the path is asked when saving."""
        for name, field in self.fields.items():
            field.required = name == "path"
        super()._clean_fields()
        for name, field in self.fields.items():
            field.required = name in ASKED

    def _add_line(self, line: FinancialLine) -> None:
        actual = MoneyField(label=f"Réalisé, {line.label}", required=False, initial=line.actual)
        actual.widget.attrs["aria-label"] = actual.label
        explanation = forms.CharField(
            label=f"Explication, {line.label}",
            required=False,
            max_length=500,
            initial=line.explanation,
            widget=forms.TextInput(attrs={"aria-label": f"Explication, {line.label}"}),
        )
        self.fields |= {f"actual_{line.pk}": actual, f"explanation_{line.pk}": explanation}

    @property
    def narrative(self) -> list:
        """The texts, in the order of the Cerfa."""
        return [self[name] for name in TEXTS if name != "indirect_rule"]

    @property
    def parts(self) -> list[tuple[str, list]]:
        """(title, [(line, field of the amount, field of the explanation)]) for each part of the account."""
        return [(part.title, [self._row(line) for line in part.lines]) for part in self.sheet.money.parts]

    def _row(self, line: FinancialLine) -> tuple:
        return line, self[f"actual_{line.pk}"], self[f"explanation_{line.pk}"]


class FileForm(Form):
    """The owner of the organisation commits it."""

    sworn = forms.BooleanField(
        label="J’atteste que ces informations sont exactes",
        error_messages={"required": "Cochez cette case pour déposer le bilan."},
    )


class CorrectionForm(Form):
    correction_request = forms.CharField(
        label="Ce qu’il faut corriger",
        max_length=3000,
        help_text="La structure reçoit ce texte par courriel, tel quel.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Dites ce qu’il faut corriger."},
    )


class ReceivedForm(Form):
    """The team files what the organisation sent otherwise."""

    received = forms.BooleanField(
        label="La structure m’a transmis ce bilan et en atteste l’exactitude",
        error_messages={"required": "Cochez cette case pour déposer le bilan au nom de la structure."},
    )


class NotPastMixin:
    """A day that leaves some time: ``on`` is today."""

    on: dt.date
    cleaned_data: dict

    def clean_due_on(self) -> dt.date:
        day = self.cleaned_data["due_on"]
        if day < self.on:
            raise forms.ValidationError("Cette date est passée : laissez du temps à la structure.")
        return day


class AskReportsForm(NotPastMixin, Form):
    """Ask every action of a year for its final report; the day follows the programme unless somebody chose it."""

    programme = forms.ModelChoiceField(
        Programme._base_manager.none(),
        label="Programme",
        empty_label=None,
        error_messages={"required": "Choisissez le programme."},
    )
    due_on = DateField(
        label="À rendre avant le",
        help_text="Six mois après la fin de l’année (Cerfa 15059*02), ou dans un mois si ce jour est passé. Laissée "
        "telle quelle, la date suit le programme choisi.",
    )

    def __init__(self, *args, on: dt.date, programmes: QuerySet, due: Callable[[int], dt.date], **kwargs):
        super().__init__(*args, **kwargs)
        self.on, self.due = on, due
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean()
        if "due_on" not in self.changed_data and cleaned.get("programme"):
            cleaned["due_on"] = self.due(cleaned["programme"].year)
        return cleaned


class AskReportForm(NotPastMixin, Form):
    """Ask one action for a report."""

    kind = forms.ChoiceField(label="Bilan", choices=ReportKind.choices)
    due_on = DateField(label="À rendre avant le")

    def __init__(self, *args, on: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

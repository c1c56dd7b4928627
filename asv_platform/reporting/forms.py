"""What is typed to prepare, issue and send editions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from asv_platform.common.forms import DateField, Form, ModelForm
from asv_platform.common.parsing import whole_number
from asv_platform.reporting.annual.chapters import TITLES
from asv_platform.reporting.enums import Channel
from asv_platform.reporting.kinds import ReportKind
from asv_platform.reporting.models import Edition, Recipient
from asv_platform.reporting.snapshot import AwaitedDecision

COMMENTS = "Vos commentaires, en tête de chapitre"
DECISIONS = 3
FIRST_YEAR, LAST_YEAR = 2000, 2100


def year_in(text: str | None) -> int | None:
    """The year that this text writes, when a document may tell it."""
    year = whole_number(text)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def decision_names(number: int) -> tuple[str, str, str]:
    """The fields of one decision: what, who, before when."""
    return f"decision_{number}_what", f"decision_{number}_who", f"decision_{number}_before"


class EditionForm(Form):
    """What the coordinator adds to the data; only the fields that the kind of document prints."""

    year = forms.IntegerField(
        label="Année du bilan",
        help_text="L’année dont le document rend compte.",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "min_value": f"Écrivez une année à partir de {FIRST_YEAR}.",
            "max_value": "Vérifiez l’année : elle est trop lointaine.",
            "invalid": "Écrivez une année, par exemple 2025.",
        },
    )
    # The year whose decisions the page showed: typing another year makes it show those of that one.
    proposed_for = forms.IntegerField(required=False, widget=forms.HiddenInput)
    headline = forms.CharField(
        label="Phrase de l’année",
        help_text="Ce que l’année a montré. Sans elle, le document dit le nombre d’actions et de bilans.",
        max_length=100,
        required=False,
    )

    def __init__(self, *args: Any, kind: ReportKind, headlines: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if headlines:
            said = " ou ".join(f"« {text} »" for text in headlines)
            self.fields["headline"].help_text += f" D’après vos données : {said}."
        self.layout: list[tuple[str, list[str | tuple[str, ...]]]] = [("L’année", ["year", "headline"])]
        if kind.has_foreword:
            self._add_foreword()
        if kind.has_decisions:
            self._add_decisions()
        if kind.has_chapters:
            self._add_chapters()
        self.fieldsets = self.layout

    def _add_foreword(self) -> None:
        self.fields["foreword"] = forms.CharField(
            label="Mot d’introduction",
            help_text="Quelques lignes, signées, imprimées au premier chapitre.",
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=1200,
            required=False,
        )
        self.fields["foreword_author"] = forms.CharField(
            label="Signé par", help_text="Nom et fonction.", max_length=150, required=False
        )
        self.layout.append(("Le mot d’introduction", ["foreword", "foreword_author"]))

    def _add_decisions(self) -> None:
        for number in range(1, DECISIONS + 1):
            names = decision_names(number)
            self.fields[names[0]] = forms.CharField(label="À décider", max_length=160, required=False)
            self.fields[names[1]] = forms.CharField(label="Qui décide", max_length=100, required=False)
            self.fields[names[2]] = DateField(label="Avant le", required=False)
            self.layout.append((f"Décision attendue n° {number}", [names[0], (names[1], names[2])]))

    def _add_chapters(self) -> None:
        self.fields["chapters"] = forms.MultipleChoiceField(
            label="Chapitres à imprimer",
            help_text="Un chapitre sans donnée n’est pas imprimé : le sommaire le dit.",
            choices=list(TITLES.items()),
            widget=forms.CheckboxSelectMultiple,
            initial=list(TITLES),
            error_messages={"required": "Choisissez au moins un chapitre."},
        )
        self.layout.append(("Les chapitres", ["chapters"]))
        names = [f"comment_{key}" for key in TITLES]
        for name, title in zip(names, TITLES.values(), strict=True):
            self.fields[name] = forms.CharField(
                label=title, widget=forms.Textarea(attrs={"rows": 2}), max_length=400, required=False
            )
        self.layout.append((COMMENTS, list(names)))

    @property
    def folded(self) -> str:
        """The legend of the part that the page folds; empty while it holds a text or an error."""
        names = [name for name in self.fields if name.startswith("comment_")]
        written = any(self[name].value() or self[name].errors for name in names)
        return "" if written else COMMENTS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in range(1, DECISIONS + 1):
            details = [data.get(f"decision_{number}_who"), data.get(f"decision_{number}_before")]
            if any(details) and not data.get(f"decision_{number}_what"):
                self.add_error(f"decision_{number}_what", "Dites ce qui est à décider, ou videz les deux autres cases.")
        return data

    def editorial(self) -> dict[str, Any]:
        """The cleaned data as ``request_edition`` and ``revise_edition`` take them."""
        data = self.cleaned_data
        chosen = data.get("chapters") or []
        return {
            "headline": data["headline"],
            "foreword": data.get("foreword", ""),
            "foreword_author": data.get("foreword_author", ""),
            "chapters": [] if len(chosen) == len(TITLES) else chosen,
            "comments": {key: data[f"comment_{key}"] for key in TITLES if data.get(f"comment_{key}")},
            "decisions": [
                self._decision(number) for number in range(1, DECISIONS + 1) if self._decision(number)["what"]
            ],
        }

    def _decision(self, number: int) -> dict[str, Any]:
        data = self.cleaned_data
        before: dt.date | None = data.get(f"decision_{number}_before")
        return {
            "what": data.get(f"decision_{number}_what", ""),
            "who": data.get(f"decision_{number}_who", ""),
            "before": before.isoformat() if before else None,
        }


def initial_of(edition: Edition) -> dict[str, Any]:
    """The fields of EditionForm filled with what a draft holds."""
    initial: dict[str, Any] = {
        "year": edition.year,
        "headline": edition.headline,
        "foreword": edition.foreword,
        "foreword_author": edition.foreword_author,
        "chapters": edition.chapters or list(TITLES),
    }
    initial |= {f"comment_{key}": text for key, text in edition.comments.items()}
    decisions = []
    for decision in edition.decisions:
        before = decision.get("before")
        day = dt.date.fromisoformat(before) if before else None
        decisions.append(AwaitedDecision(decision["what"], decision.get("who", ""), day))
    return initial | initial_decisions(decisions)


def initial_decisions(decisions: Sequence[AwaitedDecision]) -> dict[str, Any]:
    """The fields of the decisions filled with these, as many as the form holds."""
    initial: dict[str, Any] = {}
    for number, decision in enumerate(decisions[:DECISIONS], start=1):
        initial |= zip(decision_names(number), (decision.what, decision.who, decision.before), strict=True)
    return initial


def with_other_decisions(form: EditionForm, proposed: Sequence[AwaitedDecision]) -> QueryDict | None:
    """What was posted, with these decisions in place of those that nobody touched; None when that changes nothing.

    ``form`` is bound; its initial values are the decisions that its reader was shown.
    """
    posted = cast(QueryDict, form.data)
    data, waiting = posted.copy(), iter(proposed)
    for number in range(1, DECISIONS + 1):
        names = decision_names(number)
        if set(names).isdisjoint(form.changed_data):
            decision = next(waiting, AwaitedDecision(""))
            for name, value in zip(names, (decision.what, decision.who, decision.before), strict=True):
                data[name] = form.fields[name].widget.format_value(value) or ""
    return None if data == posted else data


class ReviseForm(EditionForm):
    """The same, for a draft whose year is set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["year"], self.fields["proposed_for"]
        self.fieldsets = [("L’année", ["headline"]), *self.layout[1:]]


class WithdrawForm(Form):
    """Why an issued edition is taken back."""

    reason = forms.CharField(
        label="Motif du retrait",
        help_text="Lisible par toute l’équipe, et par qui ouvre un lien déjà envoyé.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        error_messages={"required": "Dites pourquoi cette édition est retirée."},
    )


class SendForm(Form):
    """To whom, and how."""

    recipients = forms.ModelMultipleChoiceField(
        label="Destinataires",
        queryset=Recipient._base_manager.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une personne."},
    )
    channel = forms.ChoiceField(
        label="Comment",
        choices=[
            (Channel.ATTACHMENT, "En pièce jointe : le fichier reste à qui le reçoit"),
            (Channel.LINK, "Par un lien de lecture : 30 jours, vous voyez qui l’ouvre et pouvez le désactiver"),
        ],
        widget=forms.RadioSelect,
        initial=Channel.ATTACHMENT,
    )

    def __init__(self, *args: Any, recipients: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recipients"]
        field.queryset = recipients
        field.initial = list(recipients)
        # The rows already read: the field would ask for them again.
        field.choices = [(recipient.pk, _recipient_label(recipient)) for recipient in recipients]


def _recipient_label(recipient: Recipient) -> str:
    return " · ".join(filter(None, [recipient.name, recipient.function, recipient.email]))


class RecipientForm(ModelForm):
    class Meta:
        model = Recipient
        fields = ["name", "function", "kind", "email", "is_active"]
        help_texts = {
            "function": "Telle qu’elle doit être comprise : « adjointe à la santé, Dugny ».",
            "is_active": "Décochez pour ne plus rien lui envoyer sans l’effacer de la liste.",
        }

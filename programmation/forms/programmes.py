from django import forms
from django.core.exceptions import ValidationError

from actors.models import Organisation
from asv_platform.common.forms import DateField, Form
from diagnostics.models import Priority
from programmation.enums import ObjectiveLevel
from programmation.forms.base import AsvModelForm
from programmation.models import Envelope, Objective, Programme


class ProgrammeForm(AsvModelForm):
    """The programme of a year."""

    class Meta(AsvModelForm.Meta):
        model = Programme
        fields = ["year", "title", "committee_on", "cls_axes", "city_contract_axes"]
        help_texts = {
            "cls_axes": "Les axes du contrat local de santé auxquels le programme contribue.",
            "city_contract_axes": "Les axes du contrat de ville auxquels le programme contribue.",
        }

    def clean_year(self):
        year = self.cleaned_data["year"]
        if Programme.objects.filter(year=year).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Un programme existe déjà pour cette année.")
        return year


class VoteForm(Form):
    """The date on which the committee voted the programme."""

    voted_on = DateField(label="Date du vote")


class ObjectiveForm(AsvModelForm):
    """One objective: its place in the tree, what it answers, who leads it."""

    fieldsets = [
        ("Objectif", ["title", "description", ("level", "parent"), "position"]),
        ("Ce à quoi il répond", ["priorities", "neighbourhoods"]),
        ("Qui le porte", [("pilot", "elected_referent")]),
    ]

    class Meta(AsvModelForm.Meta):
        model = Objective
        fields = [
            "title", "description", "level", "parent", "position", "priorities", "neighbourhoods", "pilot",
            "elected_referent",
        ]  # fmt: skip
        help_texts = {
            "parent": "Aucun pour un objectif général ; un objectif général pour un objectif spécifique ; "
            "un objectif spécifique pour un objectif opérationnel.",
            "priorities": "Les priorités du diagnostic : c’est par elles que le fil rouge tient.",
            "position": "1 pour le premier de son niveau.",
        }

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        parents = Objective.objects.active().filter(programme=programme).exclude(level=ObjectiveLevel.OPERATIONAL)
        self.fields["parent"].queryset = parents.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        priorities = Priority.objects.active().select_related("diagnostic")
        self.fields["priorities"].queryset = priorities.order_by("-diagnostic__year", "rank", "pk")  # type: ignore[attr-defined]
        people = self.fields["elected_referent"].queryset  # type: ignore[attr-defined]
        self.fields["elected_referent"].queryset = people.filter(role="elected")  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("level") == ObjectiveLevel.GENERAL and cleaned.get("parent"):
            self.add_error("parent", "Un objectif général ne dépend d’aucun autre : laissez ce champ vide.")
        if cleaned.get("level") not in (None, ObjectiveLevel.GENERAL) and not cleaned.get("parent"):
            self.add_error("parent", "Choisissez l’objectif de niveau supérieur.")
        return cleaned


class EnvelopeForm(AsvModelForm):
    """What one funder brings to the year."""

    class Meta(AsvModelForm.Meta):
        model = Envelope
        fields = ["funder", "label", "amount"]
        help_texts = {
            "funder": "Les organisations du réseau marquées « finance des actions ».",
            "label": "Par exemple : contrat de ville, BOP 147.",
        }

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        funders = Organisation.objects.active().funders()
        self.fields["funder"].queryset = funders  # type: ignore[attr-defined]

    def clean_funder(self):
        funder = self.cleaned_data["funder"]
        others = Envelope.objects.active().filter(programme=self.instance.programme, funder=funder)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError("Ce financeur a déjà une enveloppe dans ce programme : modifiez-la.")
        return funder


class ReasonForm(Form):
    """Why something is blocked or withdrawn."""

    reason = forms.CharField(
        label="Raison",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elle s’affichera sur la fiche.",
    )

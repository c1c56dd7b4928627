"""The forms of the instructor: admissibility and decisions."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from actors.models import Organisation
from asv_platform.common.forms import DateField, Form, MoneyField
from programmation.enums import AdmissibilityOutcome, CheckAnswer, DecisionOutcome
from programmation.selectors.proposals import FunderAsked, FunderChoice


class CheckForm(Form):
    """The admissibility checklist of a proposal, and its conclusion."""

    def __init__(self, *args, checklist: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.checklist = checklist
        for code, label in checklist.items():
            self.fields[f"item_{code}"] = forms.ChoiceField(
                label=label, choices=CheckAnswer.choices, widget=forms.RadioSelect, initial=CheckAnswer.OK
            )
        self.fields["outcome"] = forms.ChoiceField(
            label="Conclusion", choices=AdmissibilityOutcome.choices, widget=forms.RadioSelect
        )
        self.fields["message"] = forms.CharField(
            label="Message au porteur",
            required=False,
            max_length=3000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Il s’ajoute à la liste des points qui manquent, dans un seul courriel.",
        )

    @property
    def item_fields(self):
        """The points of the checklist, one line each."""
        return [self[f"item_{code}"] for code in self.checklist]

    @property
    def main_fields(self):
        """What follows the checklist."""
        return [self["outcome"], self["message"]]

    def clean(self):
        cleaned = super().clean()
        cleaned["items"] = {code: cleaned[f"item_{code}"] for code in self.checklist if f"item_{code}" in cleaned}
        missing = CheckAnswer.MISSING in cleaned["items"].values()
        outcome = cleaned.get("outcome")
        if outcome == AdmissibilityOutcome.ADMISSIBLE and missing:
            self.add_error("outcome", "Un point manque encore : demandez le complément, ou corrigez la réponse.")
        if outcome == AdmissibilityOutcome.INCOMPLETE and not missing and not cleaned.get("message"):
            self.add_error("message", "Indiquez ce qui manque : un point de la liste, ou un message.")
        if outcome == AdmissibilityOutcome.INADMISSIBLE and not cleaned.get("message"):
            self.add_error("message", "Donnez le motif : le porteur le recevra par courriel.")
        return cleaned


class DecisionsForm(Form):
    """What each funder decides; a funder that has not decided yet is left blank."""

    def __init__(self, *args, funders: list[FunderAsked], **kwargs):
        super().__init__(*args, **kwargs)
        self.funders = funders
        self.fields["decided_on"] = DateField(label="Date de la décision")
        self.fields["committee"] = forms.CharField(
            label="Instance", max_length=150, required=False, help_text="Par exemple : comité de pilotage du 24 mars."
        )
        self.fieldsets = [("La décision", [("decided_on", "committee")]), *(self._add(row) for row in funders)]

    def _add(self, row: FunderAsked) -> tuple:
        names = [f"{part}_{row.funder_id}" for part in ("outcome", "amount", "motive")]
        decision = row.decision
        asked = f"{row.asked:,.0f}".replace(",", "\u00a0")
        self.fields[names[0]] = forms.ChoiceField(
            label="Décision",
            choices=[("", "Pas encore décidé"), *DecisionOutcome.choices],
            required=False,
            initial=decision.outcome if decision else "",
        )
        self.fields[names[1]] = MoneyField(
            label="Montant accordé", required=False, initial=decision.amount if decision and decision.amount else None
        )
        self.fields[names[2]] = forms.CharField(
            label="Motif",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=decision.motive if decision else "",
            help_text="Le porteur le lira. Obligatoire pour un refus ou un ajournement.",
        )
        legend = f"{row.funder}, {asked}\u00a0€ demandés" if row.asked else f"{row.funder}, rien demandé"
        return legend, [(names[0], names[1]), names[2]]

    def clean(self):
        cleaned = super().clean()
        for row in self.funders:
            self._check(row.funder_id, cleaned)
        if not self.errors:
            cleaned["choices"] = self._choices(cleaned)
            if not cleaned["choices"]:
                raise ValidationError("Choisissez la décision d’un financeur au moins.")
        return cleaned

    def _choices(self, data: dict) -> list[FunderChoice]:
        """The decisions typed, funders left blank left out."""
        organisations = Organisation.objects.in_bulk([row.funder_id for row in self.funders])
        return [
            FunderChoice(
                funder=organisations[row.funder_id],
                outcome=data[f"outcome_{row.funder_id}"],
                amount=data[f"amount_{row.funder_id}"] or Decimal(0),
                motive=data[f"motive_{row.funder_id}"],
            )
            for row in self.funders
            if data[f"outcome_{row.funder_id}"]
        ]

    def _check(self, pk: int, cleaned: dict) -> None:
        outcome, amount = cleaned.get(f"outcome_{pk}"), cleaned.get(f"amount_{pk}")
        if outcome == DecisionOutcome.ACCEPTED and not amount and f"amount_{pk}" not in self.errors:
            self.add_error(f"amount_{pk}", "Un accord porte un montant.")
        if outcome != DecisionOutcome.ACCEPTED and amount:
            self.add_error(f"amount_{pk}", "Seul un accord porte un montant : laissez vide.")
        if outcome in {DecisionOutcome.REFUSED, DecisionOutcome.ADJOURNED} and not cleaned.get(f"motive_{pk}"):
            self.add_error(f"motive_{pk}", "Donnez le motif : le porteur le recevra.")

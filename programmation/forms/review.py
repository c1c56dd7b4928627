"""The forms of the instructor: admissibility and decisions."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from actors.models import Organisation
from asv_platform.common.doubts import DoubtsMixin
from asv_platform.common.formats import date_short, money
from asv_platform.common.forms import Form, MoneyField, PastDateField
from programmation.enums import AdmissibilityOutcome, CheckAnswer, DecisionOutcome
from programmation.selectors.proposals import FunderAsked, FunderChoice, overall_outcome

NOBODY_REACHED = "La structure n’a aucun accès à la plateforme : prévenez-la vous-même."


class CheckForm(Form):
    """The admissibility checklist of a proposal, and its conclusion."""

    def __init__(self, *args, checklist: dict[str, str], outcomes: Sequence[AdmissibilityOutcome], **kwargs):
        super().__init__(*args, **kwargs)
        self.checklist = checklist
        for code, label in checklist.items():
            # Nothing ticked beforehand: a point is conform because somebody looked.
            self.fields[f"item_{code}"] = forms.ChoiceField(
                label=label,
                choices=CheckAnswer.choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Répondez à ce point."},
            )
        self.fields["outcome"] = forms.ChoiceField(
            label="Conclusion", choices=[(row.value, row.label) for row in outcomes], widget=forms.RadioSelect
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


class DecisionsForm(DoubtsMixin, Form):
    """What each funder decides; a funder that has not decided yet is left blank.

    Funders decide on different days: a decision already recorded keeps its own, the others share the day typed on top.
    What ends the deliberation, or departs from what was asked, is said once in ``recap`` before it is recorded.
    """

    doubts = {"is_sure": "J’ai relu ces décisions : les enregistrer"}
    recap: Sequence[str] = ()

    def __init__(
        self,
        *args,
        funders: list[FunderAsked],
        left: Mapping[int, Decimal],
        reached: bool,
        is_stale: bool = False,
        **kwargs,
    ):
        self.funders, self.left, self.reached, self.is_stale = funders, left, reached, is_stale
        super().__init__(*args, **kwargs)
        self.fieldsets = [self._add(row) for row in funders]
        if any(row.decision is None for row in funders):
            self.fields["decided_on"] = PastDateField(label="Date de la décision")
            self.fields["committee"] = _committee()
            self.fieldsets.insert(0, ("Les décisions que vous enregistrez", [("decided_on", "committee")]))

    def _add(self, row: FunderAsked) -> tuple:
        pk, decision = row.funder_id, row.decision
        names = [f"{part}_{pk}" for part in ("outcome", "amount", "motive")]
        undecided = [] if decision else [("", "Pas encore décidé")]
        self.fields[names[0]] = forms.ChoiceField(
            label="Décision",
            choices=[*undecided, *DecisionOutcome.choices],
            required=False,
            initial=row.outcome,
        )
        self.fields[names[1]] = MoneyField(
            label="Montant accordé",
            required=False,
            initial=decision.amount if decision and decision.amount else None,
            help_text=f"Il reste {money(self.left[pk])} dans son enveloppe." if pk in self.left else "",
        )
        self.fields[names[2]] = forms.CharField(
            label="Motif",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=decision.motive if decision else "",
            help_text="Le porteur le lira. Obligatoire pour un refus ou un ajournement.",
        )
        asked = f"{money(row.asked)} demandés" if row.asked else "rien demandé"
        return f"{row.funder}, {asked}", [*self._add_day(row), (names[0], names[1]), names[2]]

    def _add_day(self, row: FunderAsked) -> list[tuple[str, str]]:
        if row.decision is None:
            return []
        day, committee = f"decided_on_{row.funder_id}", f"committee_{row.funder_id}"
        self.fields[day] = PastDateField(
            label="Décidé le", required=False, initial=row.decision.decided_on, help_text="Vide, la date ne change pas."
        )
        self.fields[committee] = _committee(initial=row.decision.committee)
        return [(day, committee)]

    def clean(self):
        cleaned = super().clean()
        for row in self.funders:
            self._check(row, cleaned)
        if self.errors:
            return cleaned
        cleaned["choices"] = self._choices(cleaned)
        if not cleaned["choices"]:
            raise ValidationError("Choisissez la décision d’un financeur au moins.")
        self._ask_again(cleaned["choices"])
        return cleaned

    def _choices(self, data: dict) -> list[FunderChoice]:
        """The decisions typed, funders left blank left out."""
        organisations = Organisation.objects.in_bulk([row.funder_id for row in self.funders])
        return [
            self._choice(row, organisations[row.funder_id], data)
            for row in self.funders
            if data[f"outcome_{row.funder_id}"]
        ]

    def _choice(self, row: FunderAsked, funder: Organisation, data: dict) -> FunderChoice:
        pk, known = row.funder_id, row.decision
        return FunderChoice(
            funder=funder,
            outcome=data[f"outcome_{pk}"],
            amount=data[f"amount_{pk}"] or Decimal(0),
            motive=data[f"motive_{pk}"],
            decided_on=(data[f"decided_on_{pk}"] or known.decided_on) if known else data["decided_on"],
            committee=data[f"committee_{pk}"] if known else data["committee"],
        )

    def _check(self, row: FunderAsked, cleaned: dict) -> None:
        pk = row.funder_id
        outcome, amount = cleaned.get(f"outcome_{pk}"), cleaned.get(f"amount_{pk}")
        if outcome == DecisionOutcome.ACCEPTED and not amount and f"amount_{pk}" not in self.errors:
            self.add_error(f"amount_{pk}", f"{row.funder} : un accord porte un montant.")
        if outcome != DecisionOutcome.ACCEPTED and amount:
            self.add_error(f"amount_{pk}", f"{row.funder} : seul un accord porte un montant, laissez vide.")
        if outcome in {DecisionOutcome.REFUSED, DecisionOutcome.ADJOURNED} and not cleaned.get(f"motive_{pk}"):
            self.add_error(f"motive_{pk}", f"{row.funder} : donnez le motif, le porteur le recevra.")

    def _ask_again(self, choices: list[FunderChoice]) -> None:
        """Say what will follow, once, when it is final or out of the ordinary."""
        typed = {choice.funder.pk: choice for choice in choices}
        answers = [(row, typed.get(row.funder_id)) for row in self.funders]
        outcome = overall_outcome((row.asked, choice.outcome if choice else row.outcome) for row, choice in answers)
        odd = [text for row, choice in answers if choice for text in self._oddities(row, choice)]
        # Somebody else's decisions are to be seen first: the service says so.
        if (outcome or odd) and not self.is_stale:
            self.recap = [
                *(_told(row, choice) for row, choice in answers if choice),
                *odd,
                *(self._consequences(outcome, choices) if outcome else ()),
            ]
            self.doubt("is_sure", "Relisez ce qui va être enregistré, puis cochez cette case.")

    def _oddities(self, row: FunderAsked, choice: FunderChoice) -> Iterator[str]:
        if choice.amount > row.asked:
            yield f"Attention, {row.funder} accorde plus que demandé : {_out_of(choice, row)}."
        left = self.left.get(row.funder_id)
        if left is not None and choice.amount > left:
            given = money(choice.amount)
            yield f"Attention, {row.funder} accorde {given}, et il reste {money(left)} dans son enveloppe."
        was = row.decision
        if was and was.outcome != choice.outcome and was.decided_on == choice.decided_on:
            yield f"Attention, {row.funder} : la décision change, mais garde la date de la précédente."

    def _consequences(self, outcome: DecisionOutcome, choices: list[FunderChoice]) -> Iterator[str]:
        if outcome == DecisionOutcome.ACCEPTED:
            total = sum((choice.amount for choice in choices), Decimal(0))
            yield f"La proposition est acceptée, pour {money(total)} en tout, et son action est inscrite au programme."
        elif outcome == DecisionOutcome.REFUSED:
            yield "La proposition est refusée."
        else:
            yield "La proposition est ajournée : le comité la reverra."
        yield "Le porteur l’apprend par courriel." if self.reached else NOBODY_REACHED


def _committee(**kwargs) -> forms.CharField:
    return forms.CharField(
        label="Instance",
        max_length=150,
        required=False,
        help_text="Par exemple : comité de pilotage du 24 mars.",
        **kwargs,
    )


def _told(row: FunderAsked, choice: FunderChoice) -> str:
    what = DecisionOutcome(choice.outcome).label.lower()
    granted = f", {_out_of(choice, row)}" if choice.amount else ""
    return f"{row.funder} : {what}{granted}, le {date_short(choice.decided_on)}."


def _out_of(choice: FunderChoice, row: FunderAsked) -> str:
    asked = f"sur {money(row.asked)} demandés" if row.asked else "sans que rien ait été demandé"
    return f"{money(choice.amount)} {asked}"

"""What the committee decided, and the actions that come from it."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from actors.models import Organisation
from asv_platform.common.formats import money
from asv_platform.territories.models import Neighbourhood, Tracked
from programmation.enums import ActionState, DecisionOutcome
from programmation.models.programmes import Objective, Programme
from programmation.models.proposals import Proposal
from programmation.querysets import ActionManager, DecisionManager


class Decision(Tracked):
    """What one funder decided about one proposal."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="decisions", verbose_name="proposition"
    )
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="decisions", verbose_name="financeur"
    )
    outcome = models.CharField("décision", max_length=10, choices=DecisionOutcome)
    amount = models.DecimalField(
        "montant accordé",
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    motive = models.TextField("motif", max_length=2000, blank=True)
    decided_on = models.DateField("décidé le")
    committee = models.CharField("instance", max_length=150, blank=True)

    objects = DecisionManager()

    class Meta:
        verbose_name = "décision"
        ordering = ["funder__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "funder"],
                condition=models.Q(archived_at__isnull=True),
                name="decision_one_a_funder",
                violation_error_message="Ce financeur a déjà une décision sur cette proposition.",
            ),
            models.CheckConstraint(
                name="decision_amount_iff_accepted",
                condition=models.Q(outcome="accepted", amount__gt=0)
                | (~models.Q(outcome="accepted") & models.Q(amount=0)),
                violation_error_message="Un accord porte un montant ; un refus ou un ajournement n’en porte pas.",
            ),
        ]

    def __str__(self):
        granted = f", {money(self.amount)}" if self.amount else ""
        return f"{self.funder} : {self.get_outcome_display()}{granted} ({self.proposal.reference})"

    @property
    def outcome_tone(self) -> str:
        """How the outcome is drawn."""
        return DecisionOutcome(self.outcome).tone


class Action(Tracked):
    """An accepted proposal at work, or an action of ordinary services written in by the team (no proposal)."""

    proposal = models.OneToOneField(
        Proposal,
        on_delete=models.PROTECT,
        related_name="action",
        verbose_name="proposition",
        null=True,
        blank=True,
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="actions", verbose_name="programme")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="actions", verbose_name="structure porteuse"
    )
    number = models.PositiveIntegerField("numéro")
    title = models.CharField("intitulé", max_length=200)
    state = models.CharField("état", max_length=10, choices=ActionState, default=ActionState.PLANNED)
    blocked_reason = models.TextField("raison du blocage", max_length=1000, blank=True)
    cancelled_reason = models.TextField("raison de l’annulation", max_length=1000, blank=True)
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    objectives = models.ManyToManyField(Objective, related_name="actions", verbose_name="objectifs", blank=True)
    neighbourhoods = models.ManyToManyField(Neighbourhood, related_name="+", verbose_name="quartiers", blank=True)
    is_common_law = models.BooleanField(
        "droit commun",
        default=False,
        help_text="L’action est payée par des crédits ordinaires, et non par ceux de la politique de la ville.",
    )

    objects = ActionManager()

    class Meta:
        verbose_name = "action"
        ordering = ["-programme__year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="action_number_once"),
            models.CheckConstraint(
                name="action_blocked_has_reason",
                condition=~models.Q(state="blocked", blocked_reason=""),
                violation_error_message="Une action bloquée dit pourquoi.",
            ),
            models.CheckConstraint(
                name="action_dates_in_order",
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True),
                violation_error_message="La date de fin précède la date de début.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def state_enum(self) -> ActionState:
        """The state with its words and its tone."""
        return ActionState(self.state)

    @property
    def reference(self) -> str:
        """« 2026-A03 » (programme loaded)."""
        return f"{self.programme.year}-A{self.number:02d}"

    @property
    def choice_label(self) -> str:
        """« 2026-A03 – Bus dentaire » (programme loaded): the same action comes back each year."""
        return f"{self.reference} – {self.title}"

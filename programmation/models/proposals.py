"""The proposal of a partner, after the Cerfa 12156*06, and the rows it is made of."""

import uuid
from decimal import Decimal
from pathlib import PurePath

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from actors.models import Organisation, Term
from asv_platform.territories.models import AsvOwned, Neighbourhood, Tracked
from programmation import nomenclature
from programmation.enums import (
    AdmissibilityOutcome,
    AgeBand,
    BudgetSide,
    Frequency,
    FundingState,
    IndicatorKind,
    PieceKind,
    ProposalState,
)
from programmation.models.calls import Call
from programmation.models.programmes import Objective
from programmation.querysets import ProposalManager
from programmation.validators import validate_iban


class Proposal(Tracked):
    """What an organisation proposes to do and asks for. A draft accepts blanks; filing does not."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals", verbose_name="appel")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="proposals", verbose_name="structure"
    )
    year = models.PositiveSmallIntegerField("année", null=True, blank=True, editable=False)
    number = models.PositiveIntegerField("numéro", null=True, blank=True, editable=False)
    state = models.CharField("état", max_length=15, choices=ProposalState, default=ProposalState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="commencée par"
    )

    title = models.CharField("intitulé du projet", max_length=200, blank=True)
    frequency = models.CharField("nature de la demande", max_length=10, choices=Frequency, blank=True)
    goals = models.TextField("objectifs du projet", max_length=3000, blank=True)
    description = models.TextField("description", max_length=6000, blank=True)
    theme = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="thème principal",
        null=True,
        blank=True,
        limit_choices_to={"kind": "theme"},
    )
    objectives = models.ManyToManyField(
        Objective, related_name="proposals", verbose_name="objectifs du programme auxquels le projet répond", blank=True
    )
    determinants = models.ManyToManyField(
        Term,
        related_name="+",
        verbose_name="déterminants de santé visés",
        blank=True,
        limit_choices_to={"kind": "determinant"},
    )
    ottawa_axis = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="axe de la charte d’Ottawa",
        null=True,
        blank=True,
        limit_choices_to={"kind": "ottawa"},
    )
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    human_means = models.TextField("moyens humains", max_length=3000, blank=True)
    material_means = models.TextField("moyens matériels", max_length=3000, blank=True)
    partners = models.TextField("partenaires du projet", max_length=3000, blank=True)

    publics = models.ManyToManyField(
        Term, related_name="+", verbose_name="publics", blank=True, limit_choices_to={"kind": "public"}
    )
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="+", verbose_name="quartiers prioritaires", blank=True
    )
    place = models.CharField("lieux de réalisation", max_length=300, blank=True)
    expected_people = models.PositiveIntegerField("personnes différentes attendues", null=True, blank=True)
    expected_qpv_people = models.PositiveIntegerField(
        "dont habitant un quartier prioritaire (QPV)", null=True, blank=True
    )

    evaluation_method = models.TextField("méthode d’évaluation", max_length=3000, blank=True)

    signatory = models.CharField("nom de la personne signataire", max_length=150, blank=True)
    signatory_function = models.CharField("fonction de la personne signataire", max_length=150, blank=True)
    iban = models.CharField("IBAN", max_length=34, blank=True, validators=[validate_iban])
    republican_contract = models.BooleanField("contrat d’engagement républicain souscrit", default=False)
    sworn_statement = models.BooleanField("attestation sur l’honneur", default=False)

    nomenclature = models.CharField("nomenclature du budget", max_length=20, default=nomenclature.CURRENT)
    filed_at = models.DateTimeField("déposée le", null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="déposée par",
        null=True,
        blank=True,
    )
    fingerprint = models.CharField("empreinte SHA-256", max_length=64, blank=True)

    objects = ProposalManager()

    class Meta:
        verbose_name = "proposition"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["asv", "state"], name="proposal_asv_state"),
            models.Index(fields=["call", "organisation"], name="proposal_call_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["asv", "year", "number"], name="proposal_number_once"),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=models.Q(state="draft", archived_at__isnull=True),
                name="proposal_one_draft",
                violation_error_message="Votre structure a déjà un brouillon pour cet appel : reprenez-le.",
            ),
            models.CheckConstraint(
                name="proposal_dates_in_order",
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True),
                violation_error_message="La date de fin précède la date de début.",
            ),
            models.CheckConstraint(
                name="proposal_qpv_within_expected",
                condition=models.Q(expected_qpv_people__lte=models.F("expected_people"))
                | models.Q(expected_people__isnull=True)
                | models.Q(expected_qpv_people__isnull=True),
                violation_error_message="Les habitants de quartiers prioritaires ne peuvent pas être plus nombreux "
                "que les personnes attendues.",
            ),
            models.CheckConstraint(
                name="proposal_filed_is_numbered",
                condition=models.Q(state__in=["draft", "withdrawn"])
                | models.Q(filed_at__isnull=False, number__isnull=False, year__isnull=False),
                violation_error_message="Une proposition déposée porte un numéro et une date de dépôt.",
            ),
        ]

    def __str__(self):
        return self.title or "Projet sans titre"

    @property
    def state_enum(self) -> ProposalState:
        """The state with its words, for each reader, and its tone."""
        return ProposalState(self.state)

    @property
    def reference(self) -> str:
        """« 2026-001 »; empty before the filing."""
        return f"{self.year}-{self.number:03d}" if self.number else ""


class PlannedPublic(AsvOwned):
    """People expected, by age band and sex."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="planned_publics")
    age_band = models.CharField("tranche d’âge", max_length=10, choices=AgeBand)
    women = models.PositiveIntegerField("femmes", default=0)
    men = models.PositiveIntegerField("hommes", default=0)

    class Meta:
        verbose_name = "public prévu"
        verbose_name_plural = "publics prévus"
        ordering = ["age_band"]
        constraints = [models.UniqueConstraint(fields=["proposal", "age_band"], name="planned_public_once")]

    def __str__(self):
        return f"{self.get_age_band_display()} : {self.women + self.men}"


class BudgetLine(AsvOwned):
    """One line of the budget; a line 74 names its funder. A draft may hold a line without amount."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="budget_lines")
    side = models.CharField("côté", max_length=10, choices=BudgetSide)
    code = models.CharField("ligne", max_length=20)
    label = models.CharField("précision", max_length=200, blank=True)
    amount = models.DecimalField(
        "montant", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="financeur", null=True, blank=True
    )
    funding_state = models.CharField("état du financement", max_length=10, choices=FundingState, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        ordering = ["side", "position", "pk"]
        indexes = [models.Index(fields=["funder", "proposal"], name="budget_line_funder")]
        constraints = [
            models.CheckConstraint(
                name="budget_line_not_negative",
                condition=models.Q(amount__gte=0) | models.Q(amount__isnull=True),
                violation_error_message="Le montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self):
        return f"{self.code} : {self.amount}"


class ProposalIndicator(AsvOwned):
    """An indicator chosen at the filing, with its target: the evaluation is born here."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField("indicateur", max_length=200)
    kind = models.CharField("nature", max_length=10, choices=IndicatorKind, default=IndicatorKind.RESULT)
    unit = models.CharField("unité", max_length=40, blank=True)
    is_ratio = models.BooleanField("proportion", default=False)
    baseline = models.DecimalField("départ", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("cible", max_digits=12, decimal_places=2, null=True, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "indicateur proposé"
        verbose_name_plural = "indicateurs proposés"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


def piece_path(piece: "ProposalPiece", name: str) -> str:
    """Where a piece is stored: an address nobody can guess, without the name people gave it."""
    return f"pieces/{piece.asv_id}/{uuid.uuid4().hex}{PurePath(name).suffix.lower()[:10]}"


class ProposalPiece(AsvOwned):
    """A document joined to a proposal, kept in the private storage."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="pieces")
    kind = models.CharField("pièce", max_length=20, choices=PieceKind)
    file = models.FileField("fichier", upload_to=piece_path)
    name = models.CharField("nom du fichier", max_length=200)
    size = models.PositiveIntegerField("taille", default=0)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="jointe par"
    )

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["kind", "pk"]

    def __str__(self):
        return self.name


class AdmissibilityCheck(Tracked):
    """What the instructor found in a filed proposal: ``items`` is {code of the checklist: ok, missing or na}."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="checks", verbose_name="proposition")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="vérifiée par"
    )
    checked_on = models.DateField("vérifiée le")
    items = models.JSONField("points vérifiés", default=dict)
    message = models.TextField("message au porteur", max_length=3000, blank=True)
    outcome = models.CharField("conclusion", max_length=15, choices=AdmissibilityOutcome)

    class Meta:
        verbose_name = "contrôle de recevabilité"
        verbose_name_plural = "contrôles de recevabilité"
        ordering = ["-checked_on", "-pk"]

    def __str__(self):
        return f"{self.proposal} – {self.get_outcome_display()}"

"""What really happened: sessions, measures, and the reports that partners file."""

import datetime as dt
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from asv_platform.territories.models import AsvOwned, Neighbourhood, Tracked
from evaluation.enums import ReportKind, ReportPath, ReportState, Satisfaction, SessionState
from evaluation.querysets import WAITING_STATES, MeasureManager, ReportManager, SessionManager
from programmation.enums import BudgetSide, IndicatorKind
from programmation.models import Action, ProposalIndicator

MOST_PEOPLE = 20_000


def head_count(label: str) -> models.PositiveIntegerField:
    """A number of people; never who they are."""
    return models.PositiveIntegerField(label, default=0, validators=[MaxValueValidator(MOST_PEOPLE)])


class Session(Tracked):
    """One session of an action: when, where, and how many people. Counts only, never a name."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="sessions", verbose_name="action")
    state = models.CharField("état", max_length=10, choices=SessionState, default=SessionState.HELD)
    held_on = models.DateField("date")
    starts_at = models.TimeField("heure de début", null=True, blank=True)
    hours = models.DecimalField(
        "durée en heures",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(Decimal(24))],
    )
    place = models.CharField("lieu", max_length=200, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quartier"
    )
    women = head_count("femmes")
    men = head_count("hommes")
    unspecified = head_count("sans précision")
    age_0_5 = head_count("0 à 5 ans")
    age_6_11 = head_count("6 à 11 ans")
    age_12_17 = head_count("12 à 17 ans")
    age_18_25 = head_count("18 à 25 ans")
    age_26_59 = head_count("26 à 59 ans")
    age_60 = head_count("60 ans et plus")
    from_qpv = head_count("habitants des quartiers prioritaires")
    satisfaction = models.PositiveSmallIntegerField("satisfaction", choices=Satisfaction, null=True, blank=True)
    note = models.TextField("note", max_length=2000, blank=True)

    objects = SessionManager()

    class Meta:
        verbose_name = "séance"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["asv", "held_on"], name="session_asv_day")]
        constraints = [
            models.CheckConstraint(
                name="session_ages_within_total",
                condition=models.Q(
                    women__gte=models.F("age_0_5")
                    + models.F("age_6_11")
                    + models.F("age_12_17")
                    + models.F("age_18_25")
                    + models.F("age_26_59")
                    + models.F("age_60")
                    - models.F("men")
                    - models.F("unspecified")
                ),
                violation_error_message="La somme des âges dépasse le nombre de présents : corrigez l’un des deux.",
            ),
            models.CheckConstraint(
                name="session_qpv_within_total",
                condition=models.Q(from_qpv__lte=models.F("women") + models.F("men") + models.F("unspecified")),
                violation_error_message="Il ne peut pas y avoir plus d’habitants des quartiers que de présents.",
            ),
            models.CheckConstraint(
                name="session_people_only_when_held",
                condition=models.Q(state=SessionState.HELD) | models.Q(women=0, men=0, unspecified=0),
                violation_error_message="Seule une séance tenue compte des présents.",
            ),
        ]

    def __str__(self):
        return f"Séance du {self.held_on:%d/%m/%Y}"

    @property
    def people(self) -> int:
        """Everybody present."""
        return self.women + self.men + self.unspecified

    @property
    def state_enum(self) -> SessionState:
        """The state with its words and its tone."""
        return SessionState(self.state)


class ActionIndicator(Tracked):
    """What an action promised to measure, born with the request."""

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="action_indicators", verbose_name="action"
    )
    source = models.ForeignKey(
        ProposalIndicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="engagement"
    )
    name = models.CharField("indicateur", max_length=200)
    kind = models.CharField("nature", max_length=10, choices=IndicatorKind)
    unit = models.CharField("unité", max_length=60, blank=True)
    # A percentage exists only through its numerator and denominator: no average of percentages.
    is_ratio = models.BooleanField("pourcentage", default=False)
    baseline = models.DecimalField("valeur de départ", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("cible", max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "indicateur d’action"
        verbose_name_plural = "indicateurs d’action"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="action_indicator_not_negative",
                condition=(models.Q(baseline__isnull=True) | models.Q(baseline__gte=0))
                & (models.Q(target__isnull=True) | models.Q(target__gte=0)),
                violation_error_message="Le départ et la cible ne peuvent pas être négatifs.",
            ),
        ]

    def __str__(self):
        return self.name


class Measure(Tracked):
    """One reading of an indicator; locked once approved."""

    indicator = models.ForeignKey(
        ActionIndicator, on_delete=models.PROTECT, related_name="measures", verbose_name="indicateur"
    )
    measured_on = models.DateField("mesuré le")
    numerator = models.DecimalField("numérateur", max_digits=12, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(
        "dénominateur",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    value = models.DecimalField("valeur", max_digits=12, decimal_places=2)
    comment = models.TextField("commentaire", max_length=2000, blank=True)
    approved_at = models.DateTimeField("validée le", null=True, blank=True, editable=False)

    objects = MeasureManager()

    class Meta:
        verbose_name = "mesure"
        ordering = ["-measured_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_not_negative",
                condition=models.Q(value__gte=0) & (models.Q(numerator__isnull=True) | models.Q(numerator__gte=0)),
                violation_error_message="Une mesure ne peut pas être négative.",
            ),
            models.CheckConstraint(
                name="measure_ratio_has_both_parts",
                condition=models.Q(numerator__isnull=True, denominator__isnull=True)
                | models.Q(numerator__isnull=False, denominator__gt=0),
                violation_error_message="Un pourcentage a un numérateur et un dénominateur plus grand que zéro.",
            ),
        ]

    def __str__(self):
        return f"Mesure du {self.measured_on:%d/%m/%Y}"

    @property
    def is_locked(self) -> bool:
        """An approved measure does not change any more."""
        return self.approved_at is not None


class ActionReport(Tracked):
    """The partner's account of an action (Cerfa 15059*02): what was done, for whom, with what money."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reports", verbose_name="action")
    kind = models.CharField("nature", max_length=10, choices=ReportKind, default=ReportKind.FINAL)
    path = models.CharField("ce qui s’est passé", max_length=20, choices=ReportPath, default=ReportPath.CARRIED_OUT)
    state = models.CharField("état", max_length=12, choices=ReportState, default=ReportState.DRAFT, editable=False)
    due_on = models.DateField("attendu le")
    reminded_on = models.DateField("relancé le", null=True, blank=True)
    people_reached = models.PositiveIntegerField(
        "personnes différentes touchées", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    summary = models.TextField("mise en œuvre de l’action", max_length=6000, blank=True)
    public_reached = models.TextField("publics touchés", max_length=3000, blank=True)
    places = models.TextField("dates et lieux", max_length=3000, blank=True)
    objectives_reached = models.TextField("objectifs atteints", max_length=4000, blank=True)
    difficulties = models.TextField("difficultés rencontrées", max_length=4000, blank=True)
    lessons = models.TextField("ce que vous en retenez", max_length=4000, blank=True)
    next_steps = models.TextField("suites prévues", max_length=4000, blank=True)
    indirect_rule = models.TextField("règle de répartition des charges indirectes", max_length=2000, blank=True)
    correction_request = models.TextField("correction demandée", max_length=3000, blank=True)
    signatory = models.CharField("signataire", max_length=150, blank=True)
    filed_at = models.DateTimeField("déposé le", null=True, blank=True, editable=False)
    approved_at = models.DateTimeField("approuvé le", null=True, blank=True, editable=False)

    objects = ReportManager()

    class Meta:
        verbose_name = "bilan"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["asv", "state", "due_on"], name="report_asv_state_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "kind"],
                condition=models.Q(archived_at__isnull=True),
                name="report_once_per_action_and_kind",
                violation_error_message="Ce bilan existe déjà pour cette action.",
            ),
            models.CheckConstraint(
                name="report_filed_is_dated",
                condition=models.Q(state=ReportState.DRAFT) | models.Q(filed_at__isnull=False),
                violation_error_message="Un bilan déposé porte sa date de dépôt.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} de « {self.action} »"

    @property
    def state_enum(self) -> ReportState:
        """The state with its words, for each reader, and its tone."""
        return ReportState(self.state)

    @property
    def is_waiting(self) -> bool:
        """Whether the partner still has to write."""
        return self.state in WAITING_STATES

    def is_late(self, on: dt.date) -> bool:
        """Whether the report was due before ``on`` and is not filed."""
        return self.is_waiting and self.due_on < on


class ReportLine(AsvOwned):
    """One line of the financial report: planned, actual, and why they differ by more than ten per cent."""

    report = models.ForeignKey(ActionReport, on_delete=models.CASCADE, related_name="lines", verbose_name="bilan")
    side = models.CharField("côté", max_length=10, choices=BudgetSide)
    code = models.CharField("compte", max_length=20)
    label = models.CharField("libellé", max_length=200)
    planned = models.DecimalField("prévu", max_digits=12, decimal_places=2, default=0)
    actual = models.DecimalField("réalisé", max_digits=12, decimal_places=2, null=True, blank=True)
    explanation = models.CharField("explication de l’écart", max_length=500, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "ligne de bilan financier"
        verbose_name_plural = "lignes de bilan financier"
        ordering = ["side", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="report_line_not_negative",
                condition=models.Q(planned__gte=0) & (models.Q(actual__isnull=True) | models.Q(actual__gte=0)),
                violation_error_message="Le montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.label}"

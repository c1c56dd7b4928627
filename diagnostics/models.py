"""The shared local diagnostic: what residents, professionals and figures say, and the priorities drawn from it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from actors.models import Term
from asv_platform.common.formats import with_year
from asv_platform.common.masking import shown
from asv_platform.territories.models import Neighbourhood, Tracked
from diagnostics.enums import (
    Better,
    DiagnosticState,
    Disagreement,
    EvidenceKind,
    GeographyLevel,
    IndicatorKind,
    Severity,
    VoiceKind,
)
from diagnostics.querysets import NeedManager, PriorityManager, VoiceManager


class Indicator(models.Model):
    """What a figure measures and how it may be read. Shared by every ASV, loaded from diagnostics/data/."""

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("nom", max_length=160)
    heading = models.CharField("rubrique", max_length=80)
    definition = models.TextField("définition")
    unit = models.CharField("unité", max_length=60)
    kind = models.CharField("nature", max_length=15, choices=IndicatorKind)
    denominator_label = models.CharField("population de référence", max_length=160, blank=True)
    better = models.CharField("sens de lecture", max_length=10, choices=Better, default=Better.NEITHER)
    source = models.CharField("source", max_length=200)
    source_url_text = models.CharField("où la retrouver", max_length=250, blank=True)
    licence = models.CharField("licence", max_length=120)
    determinant = models.ForeignKey(
        Term,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "determinant"},
        verbose_name="déterminant de santé",
    )
    caveats = models.TextField("précautions de lecture", blank=True)
    decimals = models.PositiveSmallIntegerField("décimales", default=1)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "indicateur"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class IndicatorValue(models.Model):
    """One published figure: where, when, from which line of which file.

    ``value`` is empty when the producer withheld it, when it counts fewer than 11 people (``is_hidden``), or when what
    was published cannot be true (``is_refused``, explained in ``note``).
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values", verbose_name="indicateur")
    level = models.CharField("échelle", max_length=10, choices=GeographyLevel)
    geography_code = models.CharField("code du territoire", max_length=12)
    geography_name = models.CharField("nom publié du territoire", max_length=200, blank=True)
    period = models.CharField("période", max_length=20)
    numerator = models.DecimalField("numérateur", max_digits=16, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("dénominateur", max_digits=16, decimal_places=4, null=True, blank=True)
    value = models.DecimalField("valeur", max_digits=16, decimal_places=4, null=True, blank=True)
    lower = models.DecimalField("limite basse à 95 %", max_digits=16, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField("limite haute à 95 %", max_digits=16, decimal_places=4, null=True, blank=True)
    note = models.CharField("note", max_length=250, blank=True)
    is_hidden = models.BooleanField("secret statistique", default=False)
    is_refused = models.BooleanField("valeur refusée", default=False)
    source_file = models.CharField("fichier source", max_length=120)
    source_line = models.PositiveIntegerField("ligne")

    class Meta:
        verbose_name = "valeur publiée"
        verbose_name_plural = "valeurs publiées"
        ordering = ["indicator", "level", "geography_code", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "level", "geography_code", "period"], name="indicator_value_once"
            ),
            models.CheckConstraint(
                name="indicator_value_masked_is_empty",
                condition=models.Q(is_hidden=False, is_refused=False) | models.Q(value__isnull=True),
                violation_error_message="Une valeur masquée ou refusée ne garde pas de chiffre.",
            ),
        ]
        indexes = [models.Index(fields=["level", "geography_code"], name="indicator_value_place")]

    def __str__(self):
        return f"{self.indicator_id} {self.level} {self.geography_code} {self.period}"


class Diagnostic(Tracked):
    """The shared diagnostic of one year; a new edition starts from the last one."""

    year = models.PositiveSmallIntegerField("année", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    title = models.CharField("titre", max_length=160)
    perimeter = models.TextField("périmètre", blank=True, max_length=2000)
    method = models.TextField("méthode", blank=True, max_length=5000)
    state = models.CharField(
        "état", max_length=15, choices=DiagnosticState, default=DiagnosticState.PREPARATION, editable=False
    )
    validated_on = models.DateField("validé par le comité du", null=True, blank=True, editable=False)
    previous = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="next_editions",
        verbose_name="édition précédente",
    )

    class Meta:
        verbose_name = "diagnostic"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["asv", "year"],
                name="diagnostic_one_per_asv_and_year",
                condition=models.Q(archived_at__isnull=True),
                violation_error_message="Un diagnostic existe déjà pour cette année.",
            ),
            models.CheckConstraint(
                name="diagnostic_validated_has_date",
                condition=~models.Q(state=DiagnosticState.VALIDATED) | models.Q(validated_on__isnull=False),
                violation_error_message="Un diagnostic validé porte la date du comité.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def choice_label(self) -> str:
        """How the edition reads among those of other years."""
        return with_year(self.title, self.year)

    @property
    def is_open(self) -> bool:
        """Whether its contents may still change."""
        return self.archived_at is None and self.state in {DiagnosticState.PREPARATION, DiagnosticState.CONSULTATION}


class ThemeChapter(Tracked):
    """One theme in five voices: residents, professionals, figures, resources, proposals."""

    diagnostic = models.ForeignKey(
        Diagnostic, on_delete=models.PROTECT, related_name="chapters", verbose_name="diagnostic"
    )
    theme = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to={"kind": "theme"}, verbose_name="thème"
    )
    residents_say = models.TextField("ce que disent les habitants", blank=True, max_length=10_000)
    professionals_say = models.TextField("ce que disent les professionnels", blank=True, max_length=10_000)
    figures_say = models.TextField("ce que disent les chiffres", blank=True, max_length=10_000)
    resources = models.TextField("ressources, ce qui existe", blank=True, max_length=10_000)
    proposals = models.TextField("propositions, ce qui ferait avancer", blank=True, max_length=10_000)
    disagreement_between = models.CharField("désaccord", max_length=30, choices=Disagreement, blank=True)
    disagreement = models.TextField("à débattre", blank=True, max_length=5000)

    class Meta:
        verbose_name = "chapitre"
        ordering = ["theme__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["diagnostic", "theme"],
                name="chapter_one_per_theme",
                violation_error_message="Ce thème a déjà son chapitre.",
            )
        ]

    def __str__(self):
        return str(self.theme)


class Need(Tracked):
    """A local need: who says it, what proves it, where and for whom."""

    # The tags are part of what a need says: their changes are kept like those of its fields.
    _history_m2m_fields = ("publics", "determinants", "neighbourhoods")

    diagnostic = models.ForeignKey(
        Diagnostic, on_delete=models.PROTECT, related_name="needs", verbose_name="diagnostic"
    )
    number = models.PositiveIntegerField("numéro", editable=False)
    statement = models.CharField("besoin", max_length=250)
    theme = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to={"kind": "theme"}, verbose_name="thème"
    )
    severity = models.PositiveSmallIntegerField("gravité", choices=Severity, default=Severity.MODERATE)
    mentions = models.PositiveIntegerField(
        "nombre de mentions", null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    publics = models.ManyToManyField(
        Term, blank=True, related_name="+", limit_choices_to={"kind": "public"}, verbose_name="publics"
    )
    determinants = models.ManyToManyField(
        Term, blank=True, related_name="+", limit_choices_to={"kind": "determinant"}, verbose_name="déterminants"
    )
    neighbourhoods = models.ManyToManyField(Neighbourhood, blank=True, related_name="+", verbose_name="quartiers")
    disagreement_between = models.CharField("désaccord", max_length=30, choices=Disagreement, blank=True)
    comment = models.TextField("commentaire, à débattre", blank=True, max_length=5000)
    previous = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="next_editions",
        verbose_name="besoin de l’édition précédente",
    )

    objects = NeedManager()

    class Meta:
        verbose_name = "besoin"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["asv", "number"], name="need_number_once_per_asv")]

    def __str__(self):
        return self.statement

    @property
    def choice_label(self) -> str:
        """« n° 12 – Trouver un dentiste »: editions take needs over, numbers never."""
        return f"n° {self.number} – {self.statement}"


class Voice(Tracked):
    """Words heard from residents or professionals: never a name, never the health of a person."""

    diagnostic = models.ForeignKey(
        Diagnostic, on_delete=models.PROTECT, related_name="voices", verbose_name="diagnostic"
    )
    words = models.TextField("parole", max_length=2000)
    kind = models.CharField("qui parle", max_length=15, choices=VoiceKind, default=VoiceKind.RESIDENTS)
    theme = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "theme"},
        verbose_name="thème",
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quartier"
    )
    context = models.CharField("où et comment", max_length=200, blank=True)
    heard_on = models.DateField("entendue le", null=True, blank=True)
    mentions = models.PositiveIntegerField(
        "fois entendue", default=1, validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    need = models.ForeignKey(
        Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="voices", verbose_name="besoin"
    )

    objects = VoiceManager()

    class Meta:
        verbose_name = "parole"
        ordering = ["-heard_on", "-pk"]

    def __str__(self):
        return self.words if len(self.words) <= 80 else f"{self.words[:79].rstrip()}…"


class Evidence(Tracked):
    """What proves a need: a published figure, a consultation, a meeting or a document."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="evidences", verbose_name="besoin")
    kind = models.CharField("nature", max_length=15, choices=EvidenceKind)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="indicateur"
    )
    geography_level = models.CharField("échelle", max_length=10, choices=GeographyLevel, blank=True)
    geography_code = models.CharField("code du territoire", max_length=12, blank=True)
    text = models.TextField("ce que cela montre", blank=True, max_length=3000)
    dated_on = models.DateField("date", null=True, blank=True)

    class Meta:
        verbose_name = "preuve"
        ordering = ["kind", "-dated_on", "pk"]

    def __str__(self):
        return self.text[:80] or self.get_kind_display()

    def clean(self):
        """A figure names its indicator and its territory; any other proof says what it shows."""
        if self.kind == EvidenceKind.FIGURE and not (self.indicator_id and self.geography_code):
            raise ValidationError({"indicator": "Choisissez l’indicateur et le territoire du chiffre."})
        if self.kind and self.kind != EvidenceKind.FIGURE and not self.text.strip():
            raise ValidationError({"text": "Écrivez ce que cette preuve montre."})


class Priority(Tracked):
    """A priority drawn from the needs, with the votes of the committee and of the residents kept apart."""

    _history_m2m_fields = ("needs", "neighbourhoods")

    diagnostic = models.ForeignKey(
        Diagnostic, on_delete=models.PROTECT, related_name="priorities", verbose_name="diagnostic"
    )
    rank = models.PositiveSmallIntegerField("rang", validators=[MinValueValidator(1), MaxValueValidator(99)])
    title = models.CharField("priorité", max_length=200)
    rationale = models.TextField("pourquoi cette priorité", blank=True, max_length=5000)
    theme = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to={"kind": "theme"}, verbose_name="thème"
    )
    needs = models.ManyToManyField(
        Need, blank=True, related_name="priorities", verbose_name="besoins auxquels elle répond"
    )
    neighbourhoods = models.ManyToManyField(Neighbourhood, blank=True, related_name="+", verbose_name="quartiers")
    committee_votes = models.PositiveIntegerField("voix du comité", null=True, blank=True)
    resident_votes = models.PositiveIntegerField("voix des habitants", null=True, blank=True)
    adopted_on = models.DateField("adoptée le", null=True, blank=True)

    objects = PriorityManager()

    class Meta:
        verbose_name = "priorité"
        ordering = ["rank", "pk"]

    @property
    def shown_resident_votes(self) -> str:
        """The votes of residents as any page writes them: each is somebody's. Empty when none was gathered."""
        return "" if self.resident_votes is None else shown(self.resident_votes)

    def __str__(self):
        return self.title

    @property
    def choice_label(self) -> str:
        """« Accéder aux soins, diagnostic 2025 » (diagnostic loaded)."""
        return f"{self.title}, diagnostic {self.diagnostic.year}"

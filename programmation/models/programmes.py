"""The programme of a year: its objectives, and the money each funder brings."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from actors.models import Organisation, Person
from asv_platform.common.formats import with_year
from asv_platform.territories.models import Neighbourhood, Tracked
from diagnostics.models import Priority
from programmation.enums import ObjectiveLevel, ProgrammeState


class Programme(Tracked):
    """The programme of actions of one year."""

    year = models.PositiveSmallIntegerField("année", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    title = models.CharField("intitulé", max_length=200)
    state = models.CharField("état", max_length=15, choices=ProgrammeState, default=ProgrammeState.PREPARATION)
    committee_on = models.DateField("comité de pilotage prévu le", null=True, blank=True)
    voted_on = models.DateField("voté le", null=True, blank=True)
    cls_axes = models.TextField("axes du contrat local de santé", max_length=2000, blank=True)
    city_contract_axes = models.TextField("axes du contrat de ville", max_length=2000, blank=True)

    class Meta:
        verbose_name = "programme"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["asv", "year"],
                name="programme_one_a_year",
                violation_error_message="Un programme existe déjà pour cette année.",
            ),
            models.CheckConstraint(
                name="programme_voted_is_dated",
                condition=models.Q(state__in=["preparation", "open", "arbitration"]) | models.Q(voted_on__isnull=False),
                violation_error_message="Un programme voté porte la date du vote.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def choice_label(self) -> str:
        """How the programme reads among those of other years."""
        return with_year(self.title, self.year)

    @property
    def state_enum(self) -> ProgrammeState:
        """The state with its words and its tone."""
        return ProgrammeState(self.state)


class Objective(Tracked):
    """What the programme wants to change: general, then specific, then operational."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="objectives", verbose_name="programme"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name="objectif de niveau supérieur",
        null=True,
        blank=True,
    )
    level = models.CharField("niveau", max_length=15, choices=ObjectiveLevel, default=ObjectiveLevel.GENERAL)
    title = models.CharField("intitulé", max_length=250)
    description = models.TextField("description", max_length=3000, blank=True)
    priorities = models.ManyToManyField(
        Priority, related_name="objectives", verbose_name="priorités auxquelles il répond", blank=True
    )
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="+", verbose_name="quartiers (aucun : tout le périmètre)", blank=True
    )
    pilot = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="piloted_objectives",
        verbose_name="structure pilote",
        null=True,
        blank=True,
    )
    elected_referent = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="élu référent", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "objectif"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objective_general_iff_no_parent",
                condition=models.Q(level="general", parent__isnull=True)
                | (~models.Q(level="general") & models.Q(parent__isnull=False)),
                violation_error_message="Un objectif général ne dépend d’aucun autre ; "
                "un objectif spécifique ou opérationnel dépend d’un objectif de niveau supérieur.",
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.parent is None or self.level == ObjectiveLevel.GENERAL:
            return
        wanted = ObjectiveLevel(self.level).parent_level
        if self.parent.level != wanted:
            raise ValidationError({"parent": f"Choisissez un {str(wanted.label).lower()}."})
        if self.parent.programme_id != self.programme_id:
            raise ValidationError({"parent": "Choisissez un objectif du même programme."})


class Envelope(Tracked):
    """What one funder puts in the programme of a year. Asked, granted and remaining are derived, never stored."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="envelopes", verbose_name="programme"
    )
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="envelopes", verbose_name="financeur"
    )
    label = models.CharField("dispositif ou ligne", max_length=150, blank=True)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))])

    class Meta:
        verbose_name = "enveloppe"
        ordering = ["funder__name"]
        constraints = [
            # One envelope a funder and a year: what remains of it is then the same for every page.
            models.UniqueConstraint(
                fields=["programme", "funder"],
                condition=models.Q(archived_at__isnull=True),
                name="envelope_one_a_funder",
                violation_error_message="Ce financeur a déjà une enveloppe dans ce programme : modifiez-la.",
            ),
            models.CheckConstraint(
                name="envelope_not_negative",
                condition=models.Q(amount__gte=0),
                violation_error_message="Le montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self):
        return f"{self.funder} – {self.programme}"

"""The call for proposals, and the bank of indicators it offers."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from actors.models import Organisation, Term
from asv_platform.common.formats import with_year
from asv_platform.territories.models import Tracked
from programmation.enums import CallState, IndicatorKind, PieceKind
from programmation.models.programmes import Objective, Programme
from programmation.querysets import CallManager


def validate_pieces(value) -> None:
    """A list of kinds of pieces, each known."""
    if not isinstance(value, list) or not set(value) <= set(PieceKind.values):
        raise ValidationError("Choisissez les pièces dans la liste.")


class Call(Tracked):
    """A call: who may answer, when, with what. Its state is derived from its dates."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls", verbose_name="programme")
    number = models.PositiveIntegerField("numéro")
    title = models.CharField("intitulé", max_length=200)
    text = models.TextField("texte de l’appel", max_length=20000)
    objectives = models.ManyToManyField(Objective, related_name="calls", verbose_name="objectifs visés", blank=True)
    publics = models.ManyToManyField(
        Term, related_name="+", verbose_name="publics visés", blank=True, limit_choices_to={"kind": "public"}
    )
    funders = models.ManyToManyField(
        Organisation,
        related_name="funded_calls",
        verbose_name="financeurs",
        blank=True,
        limit_choices_to={"is_funder": True},
    )
    opens_at = models.DateTimeField("ouverture")
    closes_at = models.DateTimeField("clôture")
    grace_hours = models.PositiveSmallIntegerField(
        "délai de grâce (heures)", default=0, validators=[MaxValueValidator(240)]
    )
    contact = models.CharField("aide au dossier (nom, téléphone ou courriel)", max_length=250, blank=True)
    pieces = models.JSONField("pièces demandées", default=list, blank=True, validators=[validate_pieces])
    published_at = models.DateTimeField("publié le", null=True, blank=True)

    objects = CallManager()

    class Meta:
        verbose_name = "appel à propositions"
        verbose_name_plural = "appels à propositions"
        ordering = ["-closes_at"]
        constraints = [
            models.UniqueConstraint(fields=["asv", "number"], name="call_number_once"),
            models.CheckConstraint(
                name="call_closes_after_opening",
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                violation_error_message="La clôture doit suivre l’ouverture.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def choice_label(self) -> str:
        """How the call reads among those of other years (programme loaded)."""
        return with_year(self.title, self.programme.year)

    @property
    def filing_ends_at(self) -> dt.datetime:
        """The last moment, excluded, at which a proposal can be filed: the closing and its grace."""
        return self.closes_at + dt.timedelta(hours=self.grace_hours)

    def state_at(self, at: dt.datetime) -> CallState:
        """The state of the call at a moment. The closing minute is included: 23:59 means until midnight."""
        if self.published_at is None:
            return CallState.DRAFT
        if at < self.opens_at:
            return CallState.UPCOMING
        if at < closing_instant(self.closes_at):
            return CallState.OPEN
        return CallState.GRACE if at < closing_instant(self.filing_ends_at) else CallState.CLOSED

    @property
    def piece_labels(self) -> list[str]:
        """The pieces asked, in words."""
        return [str(PieceKind(kind).label) for kind in self.pieces]


def closing_instant(moment: dt.datetime) -> dt.datetime:
    """The first instant after a deadline: « jusqu’à 23 h 59 » lasts until 23:59:59 included, Paris or elsewhere."""
    return moment.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)


class IndicatorModel(models.Model):
    """One indicator of the bank shared by all ASV: chosen with a target when a proposal is written."""

    code = models.SlugField("code", max_length=60, unique=True)
    theme = models.CharField("thème (code)", max_length=60, blank=True, db_index=True)
    name = models.CharField("indicateur", max_length=200, unique=True)
    kind = models.CharField("nature", max_length=10, choices=IndicatorKind)
    unit = models.CharField("unité", max_length=40)
    is_ratio = models.BooleanField("proportion (numérateur et dénominateur)", default=False)
    definition = models.CharField("comment le compter", max_length=400, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "indicateur de la banque"
        verbose_name_plural = "banque d’indicateurs"
        ordering = ["theme", "position", "name"]

    def __str__(self):
        return self.name

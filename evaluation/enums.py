"""States and kinds of what is measured, with the French words people read."""

from django.db import models


class SessionState(models.TextChoices):
    PLANNED = "planned", "Prévue"
    HELD = "held", "Tenue"
    CANCELLED = "cancelled", "Annulée"

    @property
    def tone(self) -> str:
        return {"planned": "info", "held": "good", "cancelled": "off"}[self]


class Satisfaction(models.IntegerChoices):
    """What the group said when leaving; never one person's answer."""

    VERY_GOOD = 4, "Très bonne"
    GOOD = 3, "Bonne"
    MIXED = 2, "Moyenne"
    POOR = 1, "Mauvaise"

    @property
    def answer(self) -> str:
        """The same, as the answer to « Comment cela s’est passé »."""
        return {4: "Très bien", 3: "Bien", 2: "Moyen", 1: "Mal"}[self]


class ResultState(models.TextChoices):
    """Where an indicator stands towards its target; computed, never stored."""

    REACHED = "reached", "Atteinte"
    HALFWAY = "halfway", "À plus de la moitié"
    FAR = "far", "Loin de la cible"
    WITHOUT_TARGET = "without_target", "Sans cible"
    NOT_MEASURED = "not_measured", "Pas encore mesuré"
    HIDDEN = "hidden", "Masqué"

    @property
    def tone(self) -> str:
        return {"reached": "good", "halfway": "info", "far": "warn"}.get(self, "off")

    @property
    def icon(self) -> str:
        return {"halfway": "clock", "not_measured": "circle"}.get(self, "")


class ReportKind(models.TextChoices):
    INTERIM = "interim", "Bilan intermédiaire"
    FINAL = "final", "Bilan final"


class ReportPath(models.TextChoices):
    """The three ways of accounting for a grant (Dauphin; Cerfa 15059*02)."""

    CARRIED_OUT = "carried_out", "L’action a eu lieu"
    NOT_CARRIED_OUT = "not_carried_out", "L’action n’a pas eu lieu"
    DATES_CHANGED = "dates_changed", "L’action demande plus de temps"


class ReportState(models.TextChoices):
    DRAFT = "draft", "En cours de rédaction"
    FILED = "filed", "Déposé"
    TO_CORRECT = "to_correct", "À corriger"
    APPROVED = "approved", "Approuvé"

    @property
    def tone(self) -> str:
        return {"draft": "warn", "filed": "info", "to_correct": "warn", "approved": "good"}[self]

    @property
    def label_for_partner(self) -> str:
        """What the partner reads: a draft is not filed, and says so."""
        return {"draft": "PAS ENCORE DÉPOSÉ", "filed": "Déposé, en cours de lecture"}.get(self, str(self.label))


class ReportTransition(models.TextChoices):
    FILE = "file", "Déposer le bilan"
    RETURN = "return", "Demander une correction"
    APPROVE = "approve", "Approuver le bilan"

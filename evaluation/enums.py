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

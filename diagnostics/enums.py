from django.db import models


class DiagnosticState(models.TextChoices):
    PREPARATION = "preparation", "En préparation"
    CONSULTATION = "consultation", "En concertation"
    VALIDATED = "validated", "Validé"
    ARCHIVED = "archived", "Clos"


class DiagnosticTransition(models.TextChoices):
    CONSULT = "consult", "Ouvrir la concertation"
    PREPARE = "prepare", "Revenir à la préparation"
    VALIDATE = "validate", "Valider le diagnostic"
    REOPEN = "reopen", "Rouvrir la concertation"
    CLOSE = "close", "Clore le diagnostic"


class VoiceKind(models.TextChoices):
    RESIDENTS = "residents", "Habitants"
    PROFESSIONALS = "professionals", "Professionnels"


class Disagreement(models.TextChoices):
    """Which voices contradict each other about a subject."""

    RESIDENTS_PROFESSIONALS = "residents_professionals", "Désaccord entre habitants et professionnels"
    RESIDENTS_FIGURES = "residents_figures", "Désaccord entre habitants et chiffres"
    PROFESSIONALS_FIGURES = "professionals_figures", "Désaccord entre professionnels et chiffres"
    ALL = "all", "Désaccord entre les trois voix"


class Severity(models.IntegerChoices):
    MINOR = 1, "Gêne"
    MODERATE = 2, "Sérieux"
    HIGH = 3, "Grave"
    CRITICAL = 4, "Très grave"


class EvidenceKind(models.TextChoices):
    FIGURE = "figure", "Chiffre publié"
    CONSULTATION = "consultation", "Consultation d’habitants"
    MEETING = "meeting", "Réunion"
    DOCUMENT = "document", "Document"


class IndicatorKind(models.TextChoices):
    COUNT = "count", "Effectif"
    PROPORTION = "proportion", "Proportion"
    RATE = "rate", "Taux"
    STANDARDISED = "standardised", "Taux standardisé"
    MEDIAN = "median", "Médiane"
    RATIO = "ratio", "Rapport"


class Better(models.TextChoices):
    """In which direction a figure is good news."""

    UP = "up", "Une valeur haute est favorable"
    DOWN = "down", "Une valeur basse est favorable"
    NEITHER = "neither", "Sans sens de lecture"


class GeographyLevel(models.TextChoices):
    QPV = "qpv", "Quartier"
    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région"
    FRANCE = "france", "France"


class Reading(models.TextChoices):
    """How a figure reads beside the one it is compared with."""

    BETTER = "better", "plus favorable"
    SIMILAR = "similar", "proche"
    WORSE = "worse", "moins favorable"
    HIGHER = "higher", "plus élevé"
    LOWER = "lower", "plus bas"
    EQUAL = "equal", "identique"
    NOT_COMPARABLE = "not_comparable", "non comparable"

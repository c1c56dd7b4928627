"""States, kinds and transitions of the programme, with the French words people read."""

from django.db import models


class ProgrammeState(models.TextChoices):
    PREPARATION = "preparation", "En préparation"
    OPEN = "open", "Appel ouvert"
    ARBITRATION = "arbitration", "En arbitrage"
    VOTED = "voted", "Voté"
    RUNNING = "running", "En cours"
    CLOSED = "closed", "Clos"

    @property
    def tone(self) -> str:
        return {"open": "info", "arbitration": "warn", "voted": "good", "running": "good", "closed": "off"}.get(
            self, ""
        )


class ProgrammeTransition(models.TextChoices):
    OPEN = "open", "Ouvrir aux propositions"
    ARBITRATE = "arbitrate", "Passer à l’arbitrage"
    REOPEN = "reopen", "Rouvrir aux propositions"
    VOTE = "vote", "Enregistrer le vote du comité"
    RUN = "run", "Démarrer les actions"
    CLOSE = "close", "Clore le programme"


class ObjectiveLevel(models.TextChoices):
    GENERAL = "general", "Objectif général"
    SPECIFIC = "specific", "Objectif spécifique"
    OPERATIONAL = "operational", "Objectif opérationnel"

    @property
    def parent_level(self) -> "ObjectiveLevel | None":
        """The level that an objective of this level must stand under; None for a general objective."""
        return {"specific": ObjectiveLevel.GENERAL, "operational": ObjectiveLevel.SPECIFIC}.get(self)


class CallState(models.TextChoices):
    """Derived from the dates of a call, never stored."""

    DRAFT = "draft", "Brouillon"
    UPCOMING = "upcoming", "À venir"
    OPEN = "open", "Ouvert"
    GRACE = "grace", "Délai de grâce"
    CLOSED = "closed", "Clos"

    @property
    def tone(self) -> str:
        return {"draft": "", "upcoming": "info", "open": "good", "grace": "warn", "closed": "off"}[self]

    @property
    def accepts_filing(self) -> bool:
        return self in {CallState.OPEN, CallState.GRACE}


class ProposalState(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    FILED = "filed", "Déposée"
    ADMISSIBILITY = "admissibility", "En recevabilité"
    INCOMPLETE = "incomplete", "Incomplète"
    UNDER_REVIEW = "under_review", "En instruction"
    DELIBERATION = "deliberation", "En délibération"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    ADJOURNED = "adjourned", "Ajournée"
    WITHDRAWN = "withdrawn", "Retirée"

    @property
    def label_for_partner(self) -> str:
        """What the partner reads: the inner steps of the review look the same to them."""
        return {
            "draft": "PAS ENCORE DÉPOSÉ",
            "filed": "Déposée",
            "admissibility": "Déposée, en cours de vérification",
            "incomplete": "Incomplète : complément attendu",
            "under_review": "En instruction",
            "deliberation": "En instruction",
        }.get(self, str(self.label))

    @property
    def tone(self) -> str:
        tones = {"draft": "warn", "incomplete": "warn", "accepted": "good", "refused": "bad", "withdrawn": "off"}
        return tones.get(self, "ink" if self == "deliberation" else "info")

    @property
    def icon(self) -> str:
        return {"draft": "pencil", "deliberation": "scale", "under_review": "clipboard-check"}.get(self, "")


# A decision closes the file, except an adjournment: the committee comes back to it.
UNDECIDED = frozenset(
    {
        ProposalState.FILED,
        ProposalState.ADMISSIBILITY,
        ProposalState.INCOMPLETE,
        ProposalState.UNDER_REVIEW,
        ProposalState.DELIBERATION,
        ProposalState.ADJOURNED,
    }
)


class ProposalTransition(models.TextChoices):
    FILE = "file", "Déposer la proposition"
    COMPLETE = "complete", "Renvoyer le dossier complété"
    CHECK = "start_check", "Commencer la recevabilité"
    ASK = "ask", "Demander des compléments"
    ADMIT = "admit", "Déclarer recevable"
    REJECT = "reject", "Déclarer irrecevable"
    DELIBERATE = "deliberate", "Passer en délibération"
    RETURN = "return", "Revenir en instruction"
    ACCEPT = "accept", "Accepter"
    REFUSE = "refuse", "Refuser"
    ADJOURN = "adjourn", "Ajourner"
    WITHDRAW = "withdraw", "Retirer la proposition"


class Frequency(models.TextChoices):
    """Cerfa 12156*06, page 1."""

    FIRST = "first", "Première demande"
    RENEWAL = "renewal", "Renouvellement ou poursuite"


class AgeBand(models.TextChoices):
    A0_5 = "0-5", "0 à 5 ans"
    A6_11 = "6-11", "6 à 11 ans"
    A12_17 = "12-17", "12 à 17 ans"
    A18_25 = "18-25", "18 à 25 ans"
    A26_59 = "26-59", "26 à 59 ans"
    A60 = "60+", "60 ans et plus"


class BudgetSide(models.TextChoices):
    CHARGE = "charge", "Charges"
    PRODUCT = "product", "Produits"


class FundingState(models.TextChoices):
    """Where a funding stands, for the lines 74."""

    ASKED = "asked", "Demandé"
    GRANTED = "granted", "Acquis"
    REFUSED = "refused", "Refusé"


class IndicatorKind(models.TextChoices):
    PROCESS = "process", "Processus"
    RESULT = "result", "Résultat"
    IMPACT = "impact", "Impact"


class PieceKind(models.TextChoices):
    STATUTES = "statutes", "Statuts"
    OFFICERS = "officers", "Liste des dirigeants"
    BANK_DETAILS = "bank_details", "Relevé d’identité bancaire (RIB)"
    ACCOUNTS = "accounts", "Comptes approuvés du dernier exercice"
    ACTIVITY_REPORT = "activity_report", "Rapport d’activité"
    BUDGET = "budget", "Budget prévisionnel de l’organisation"
    MANDATE = "mandate", "Pouvoir de la personne signataire"
    QUOTE = "quote", "Devis"
    OTHER = "other", "Autre pièce"


class AdmissibilityOutcome(models.TextChoices):
    ADMISSIBLE = "admissible", "Recevable"
    INCOMPLETE = "incomplete", "Dossier incomplet"
    INADMISSIBLE = "inadmissible", "Irrecevable"


class CheckAnswer(models.TextChoices):
    OK = "ok", "Conforme"
    MISSING = "missing", "Manque"
    NOT_APPLICABLE = "na", "Sans objet"


class DecisionOutcome(models.TextChoices):
    ACCEPTED = "accepted", "Accord"
    REFUSED = "refused", "Refus"
    ADJOURNED = "adjourned", "Ajournement"

    @property
    def tone(self) -> str:
        return {"accepted": "good", "refused": "bad", "adjourned": "warn"}[self]


class ActionState(models.TextChoices):
    PLANNED = "planned", "Prévue"
    RUNNING = "running", "En cours"
    BLOCKED = "blocked", "Bloquée"
    DONE = "done", "Terminée"
    CANCELLED = "cancelled", "Annulée"

    @property
    def tone(self) -> str:
        return {"planned": "info", "running": "good", "blocked": "bad", "done": "good", "cancelled": "off"}[self]


class ActionTransition(models.TextChoices):
    START = "start", "Démarrer l’action"
    BLOCK = "block", "Signaler un blocage"
    RESUME = "resume", "Reprendre l’action"
    FINISH = "finish", "Terminer l’action"
    CANCEL = "cancel", "Annuler l’action"


class RequestState(models.TextChoices):
    PENDING = "pending", "En attente"
    GRANTED = "granted", "Accordée"
    REFUSED = "refused", "Refusée"

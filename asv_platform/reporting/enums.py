from django.db import models


class EditionKind(models.TextChoices):
    """The documents that can be issued; ``kinds`` says how each is made."""

    ANNUAL_REPORT = "annual_report", "Rapport annuel"
    ELECTED_NOTE = "elected_note", "Note aux élus"


class EditionState(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    BUILDING = "building", "En cours d’émission"
    ISSUED = "issued", "Émise"
    WITHDRAWN = "withdrawn", "Retirée"
    FAILED = "failed", "Fabrication interrompue"

    @property
    def tone(self) -> str:
        """The tone of the badge of this state."""
        return {"draft": "ink", "building": "info", "issued": "good", "withdrawn": "off", "failed": "bad"}[self.value]


class EditionTransition(models.TextChoices):
    ISSUE = "issue", "Émettre"
    COMPLETE = "complete", "Terminer l’émission"
    FAIL = "fail", "Interrompre"
    RESUME = "resume", "Reprendre le brouillon"
    WITHDRAW = "withdraw", "Retirer"


class RecipientKind(models.TextChoices):
    ELECTED = "elected", "Élue ou élu"
    FUNDER = "funder", "Financeur"
    INSTITUTION = "institution", "Institution"
    PARTNER = "partner", "Partenaire"
    OTHER = "other", "Autre"


class Channel(models.TextChoices):
    """How an edition reaches a recipient."""

    ATTACHMENT = "attachment", "Pièce jointe"
    LINK = "link", "Lien de lecture"


class DeliveryState(models.TextChoices):
    """Derived from the message of the outbox and from what the reader did: never stored."""

    QUEUED = "queued", "En file d’attente"
    SENT = "sent", "Envoyée"
    FAILED = "failed", "Échec"
    OPENED = "opened", "Ouverte"
    REVOKED = "revoked", "Lien désactivé"

    @property
    def tone(self) -> str:
        """The tone of the badge of this state."""
        return {"queued": "info", "sent": "ink", "failed": "bad", "opened": "good", "revoked": "off"}[self.value]

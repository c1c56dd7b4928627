from django.db import models

# What a message holds once its text is erased.
ERASED = {"body": "(contenu effacé)", "html": ""}


class MessageState(models.TextChoices):
    QUEUED = "queued", "En file d’attente"
    SENDING = "sending", "En cours d’envoi"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "Échec"


class Message(models.Model):
    """One e-mail to one person: written in the transaction of the act that causes it, sent by a job."""

    asv = models.ForeignKey("territories.Asv", on_delete=models.CASCADE, null=True, related_name="+")
    dedupe_key = models.CharField("clé d’unicité", max_length=200, null=True, unique=True)  # noqa: DJ001 -- null = no key
    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    html = models.TextField("texte mis en forme", blank=True)
    # [name, content type, path in the private storage]: the file is read when the message leaves.
    attachments = models.JSONField("pièces jointes", default=list, blank=True)
    is_sensitive = models.BooleanField("contenu effacé après envoi", default=False)
    state = models.CharField("état", max_length=10, choices=MessageState, default=MessageState.QUEUED)
    error = models.CharField("motif de l’échec", max_length=500, blank=True)
    next_try_at = models.DateTimeField("prochain essai", null=True)
    created_at = models.DateTimeField("écrit le", auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField("envoyé le", null=True)

    class Meta:
        verbose_name = "message"

    def __str__(self):
        return f"{self.subject} → {self.to}"

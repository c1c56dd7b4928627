from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One line of the activity log (journal d’activité). Written by services, never edited."""

    at = models.DateTimeField("date", auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="auteur"
    )
    asv = models.ForeignKey(
        "territories.Asv", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ASV"
    )
    event = models.CharField("événement", max_length=100)
    subject_type = models.CharField("type d’objet", max_length=60)
    subject_id = models.BigIntegerField("objet", null=True)
    subject_label = models.CharField("intitulé", max_length=250, blank=True)
    details = models.JSONField("détails", default=dict, blank=True)

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        indexes = [
            models.Index(fields=["asv", "-at"], name="audit_asv_at"),
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
        ]

    def __str__(self):
        return f"{self.event} ({self.subject_label})"

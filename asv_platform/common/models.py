from django.db import models


class JobState(models.TextChoices):
    WAITING = "waiting", "En attente"
    RUNNING = "running", "En cours"
    DONE = "done", "Terminé"
    FAILED = "failed", "Abandonné"


class Job(models.Model):
    """Work to do outside a request. The row is the truth: brokers may lose everything (ADR-0003)."""

    name = models.CharField("travail", max_length=100)
    args = models.JSONField("paramètres", default=dict)
    asv = models.ForeignKey("territories.Asv", on_delete=models.CASCADE, null=True, related_name="+")
    dedupe_key = models.CharField("clé d’unicité", max_length=200, null=True, unique=True)  # noqa: DJ001 -- null = no key
    state = models.CharField("état", max_length=10, choices=JobState, default=JobState.WAITING)
    percent = models.PositiveSmallIntegerField("avancement", default=0)
    label = models.CharField("étape", max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    due_at = models.DateTimeField("à faire à partir de")
    lease_until = models.DateTimeField("réservé jusqu’à", null=True)
    error = models.TextField("dernière erreur", blank=True)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)
    finished_at = models.DateTimeField("terminé le", null=True)

    class Meta:
        verbose_name = "travail en arrière-plan"
        verbose_name_plural = "travaux en arrière-plan"
        indexes = [
            models.Index(fields=["due_at"], name="job_pending", condition=models.Q(state__in=["waiting", "running"]))
        ]

    def __str__(self):
        return f"{self.name} #{self.pk}"


class SubmissionKey(models.Model):
    """A form that was already submitted: a double click finds here where the first one led.

    A page given back by the browser and changed since has the same key and another digest.
    """

    key = models.UUIDField()
    digest = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "envoi de formulaire"
        verbose_name_plural = "envois de formulaires"
        constraints = [models.UniqueConstraint(fields=["key", "digest"], name="submission_saved_once")]

    def __str__(self):
        return str(self.key)

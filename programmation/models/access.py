"""Joining an organisation that exists already: never self-service, somebody approves."""

from django.conf import settings
from django.db import models

from actors.models import Organisation
from asv_platform.territories.models import AsvOwned
from programmation.enums import RequestState


class AccessRequest(AsvOwned):
    """A person asks to write proposals for an organisation; its owners or the coordinator answer."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="demandé par"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="access_requests", verbose_name="structure"
    )
    message = models.TextField("message", max_length=1000, blank=True)
    state = models.CharField("état", max_length=10, choices=RequestState, default=RequestState.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", verbose_name="répondu par", null=True
    )
    decided_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "demande d’accès"
        verbose_name_plural = "demandes d’accès"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=models.Q(state="pending"),
                name="access_request_one_pending",
                violation_error_message="Votre demande est déjà en attente.",
            )
        ]

    def __str__(self):
        return f"{self.user} → {self.organisation}"

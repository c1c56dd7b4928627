"""Send editions, follow and close what was sent."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from asv_platform.common.views import ConfirmPage, FormPage, ObjectMixin
from asv_platform.reporting.forms import SendForm
from asv_platform.reporting.models import Delivery, Recipient
from asv_platform.reporting.services import renew_link, revoke_link, send_edition
from asv_platform.reporting.views.base import EditionMixin, ReportingMixin


class EditionSendView(EditionMixin, ObjectMixin, FormPage):
    permission = "reporting.send_edition"
    template_name = "reporting/edition_send.html"
    form_class = SendForm
    submit_label = "Envoyer"

    def get_title(self) -> str:
        return f"Envoyer : {self.object}"

    def get_lead(self) -> str:
        return "Chaque personne reçoit un seul message. Qui a déjà reçu cette édition n’est pas proposé."

    @cached_property
    def remaining(self) -> QuerySet[Recipient]:
        """The active recipients who did not receive this edition, read once."""
        known = Delivery.objects.filter(edition=self.object).values("recipient_id")
        return Recipient.objects.active().filter(is_active=True).exclude(pk__in=known).order_by("name")

    def form_kwargs(self) -> dict[str, Any]:
        return {"recipients": self.remaining}

    def extra_context_data(self) -> dict[str, Any]:
        return {"has_recipients": bool(self.remaining), "recipients_url": self.url("recipient_create")}

    def act(self, data):
        return send_edition(edition=self.object, by=self.request.user, now=timezone.now(), **data)

    def get_success_message(self, result: list[Delivery]) -> str:
        if not result:
            return "Aucun envoi : ces destinataires ont déjà reçu cette édition."
        return f"{len(result)} message{'s' if len(result) > 1 else ''} en file d’attente."


class DeliveryPage(ReportingMixin, ConfirmPage):
    """A question about one delivery."""

    permission = "reporting.send_edition"

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.select_related("edition", "recipient")

    def crumbs(self) -> list[tuple[str, str]]:
        edition = self.object.edition
        return [
            ("Éditions", self.url("edition_list")),
            (str(edition), self.url("edition_detail", pk=edition.pk)),
        ]

    def get_success_url(self, result: Any) -> str:
        return self.url("edition_detail", pk=self.object.edition_id)


class DeliveryRevokeView(DeliveryPage):
    title = "Désactiver ce lien de lecture"
    text = "La personne ne pourra plus ouvrir le document par ce lien."
    tone = "bad"
    submit_label = "Désactiver"
    success_message = "Le lien est désactivé."

    def act(self, data):
        return revoke_link(delivery=self.object, by=self.request.user, now=timezone.now())


class DeliveryRenewView(DeliveryPage):
    title = "Renouveler ce lien de lecture"
    text = "La personne reçoit un nouveau message, avec un lien valable 30 jours. L’ancien lien ne s’ouvre plus."
    submit_label = "Renouveler"
    success_message = "Le nouveau lien est en file d’attente."

    def act(self, data):
        return renew_link(delivery=self.object, by=self.request.user, now=timezone.now())

"""The people to whom editions are sent."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone

from asv_platform.audit.views import HistoryPage
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, ConfirmPage, EditPage, FormPage
from asv_platform.reporting.filters import RecipientFilter
from asv_platform.reporting.forms import RecipientForm
from asv_platform.reporting.models import Recipient
from asv_platform.reporting.services import archive_recipient, create_recipient, update_recipient
from asv_platform.reporting.views.base import ReportingMixin


class RecipientListView(ReportingMixin, ListPage):
    permission = "reporting.view_recipient"
    title = "Destinataires"
    lead = (
        "Les personnes qui reçoivent les éditions : élus, financeurs, institutions. Aucun compte ne leur est demandé."
    )
    nouns = ("destinataire", "destinataires")
    filterset_class = RecipientFilter
    default_sort = ("name", "pk")
    columns = [
        Column("Nom", "name", kind="title", sort="name", sub="function"),
        Column("Fonction", "function", shown=False),
        Column("Qualité", "get_kind_display", sort="kind"),
        Column("Adresse", "email", sort="email"),
        Column(
            "Envois",
            lambda row: "Reçoit les envois" if row.is_active else "En pause",
            kind="state",
            sort="is_active",
            tone=lambda row: "good" if row.is_active else "off",
        ),
    ]

    def get_queryset(self) -> QuerySet[Recipient]:
        return Recipient.objects.active()

    def row_url(self, row: Recipient) -> str:
        return self.url("recipient_edit" if self.may("edit_recipient") else "recipient_history", pk=row.pk)

    def actions(self) -> list[Action]:
        if not self.may("edit_recipient"):
            return []
        return [Action("Ajouter un destinataire", self.url("recipient_create"), icon="plus")]

    def get_empty(self) -> Empty:
        text = "Ajoutez les élus référents : une édition émise leur part en un envoi, suivi jusqu’à la lecture."
        if not self.may("edit_recipient"):
            return Empty("Aucun destinataire", text)
        return Empty("Aucun destinataire", text, "Ajouter un destinataire", self.url("recipient_create"))


class RecipientSection(ReportingMixin):
    """What the forms of recipients share."""

    permission: ClassVar[str] = "reporting.edit_recipient"
    object: Any

    def get_queryset(self) -> QuerySet[Recipient]:
        return Recipient.objects.active()

    def crumbs(self) -> list[tuple[str, str]]:
        return [("Destinataires", self.url("recipient_list"))]

    def get_success_url(self, result: Any) -> str:
        return self.url("recipient_list")


class RecipientCreateView(RecipientSection, FormPage):
    form_class = RecipientForm
    title = "Ajouter un destinataire"
    submit_label = "Ajouter"
    success_message = "Le destinataire est ajouté."

    def act(self, data):
        return create_recipient(asv=self.request.asv, by=self.request.user, **data)


class RecipientEditView(RecipientSection, EditPage):
    form_class = RecipientForm
    template_name = "reporting/recipient_edit.html"
    success_message = "La fiche est enregistrée."

    def get_title(self) -> str:
        return str(self.object)

    def actions(self) -> list[Action]:
        return [Action("Historique", self.url("recipient_history", pk=self.object.pk), "history", "secondary")]

    def extra_context_data(self) -> dict[str, Any]:
        return {"archive_url": self.url("recipient_archive", pk=self.object.pk)}

    def act(self, data):
        return update_recipient(recipient=self.object, by=self.request.user, version=self.sent_version(), **data)


class RecipientHistoryView(RecipientSection, HistoryPage):
    permission = "reporting.view_recipient"


class RecipientArchiveView(RecipientSection, ConfirmPage):
    title = "Retirer ce destinataire"
    text = "La personne ne recevra plus d’édition. Ce qu’elle a reçu reste dans le suivi des envois."
    tone = "bad"
    submit_label = "Retirer"
    success_message = "Le destinataire est retiré."

    def act(self, data):
        return archive_recipient(recipient=self.object, by=self.request.user, now=timezone.now())

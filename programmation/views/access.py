"""Requests to join an organisation, as the coordination answers them."""

from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import ConfirmPage
from programmation.forms.partner import AccessAnswerForm
from programmation.models import AccessRequest
from programmation.services import answer_request
from programmation.views.base import TeamMixin


class AccessRequestList(TeamMixin, ListPage):
    permission = "programmation.view"
    title = "Demandes d’accès"
    lead = "Des personnes demandent à écrire des propositions pour une organisation du réseau."
    default_sort = ("-pk",)
    nouns = ("demande", "demandes")
    empty = Empty("Aucune demande d’accès", "Les demandes de rejoindre une structure existante arriveront ici.")
    columns = [
        Column("Personne", "user.email", kind="title", sub="message"),
        Column("Organisation", "organisation.name", sort="organisation__name"),
        Column("Message", "message", shown=False),
        Column("Demandée le", "created_at", kind="datetime", sort="created_at"),
        Column("Réponse", "get_state_display", kind="state"),
    ]

    def get_queryset(self):
        return AccessRequest.objects.select_related("user", "organisation")

    def row_url(self, row):
        return self.url("access_answer", pk=row.pk) if row.state == "pending" and self.may("grant_access") else ""


class AccessAnswer(TeamMixin, ConfirmPage):
    permission = "programmation.grant_access"
    form_class = AccessAnswerForm
    submit_label = "Répondre"

    def get_queryset(self):
        return AccessRequest.objects.select_related("user", "organisation", "asv")

    def get_title(self):
        return f"{self.object.user.email} demande à écrire pour {self.object.organisation}"

    def get_text(self):
        return self.object.message or "Aucun message n’accompagne cette demande."

    def crumbs(self):
        return [("Demandes d’accès", self.url("access_list"))]

    def act(self, data):
        return answer_request(
            request=self.object, by=self.request.user, at=self.now, granted=data["granted"], role=data["role"]
        )

    def get_success_url(self, result):
        return self.url("access_list")

    def get_success_message(self, result):
        return f"Demande {result.get_state_display().lower()} : la personne en est informée."

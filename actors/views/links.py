"""Functions of people in organisations, and accesses of partners."""

from typing import Any

from actors.forms import AffiliationForm, EndAffiliationForm, FunctionForm, MemberForm, PartnerAccessForm
from actors.models import Affiliation, PartnerAccess
from actors.services import (
    add_affiliation,
    change_affiliation,
    end_affiliation,
    invite_partner,
    revoke_partner_access,
)
from actors.views.base import NetworkMixin, OrganisationMixin, PersonMixin
from asv_platform.common.views import ConfirmPage, EditPage, FormPage, ObjectMixin


class AffiliationCreate(OrganisationMixin, ObjectMixin, FormPage):
    """Somebody already known becomes a contact of this organisation."""

    crumb = "Relier une personne"
    permission = "actors.edit"
    title = "Relier une personne déjà connue"
    form_class = MemberForm
    submit_label = "Relier la personne"

    def act(self, data):
        return add_affiliation(organisation=self.object, by=self.request.user, **data)

    def get_success_message(self, result):
        return f"{result.person} est un contact de « {self.object} »."


class PersonAffiliationCreate(PersonMixin, ObjectMixin, FormPage):
    """This person takes a function in an organisation."""

    crumb = "Ajouter une fonction"
    permission = "actors.edit"
    title = "Ajouter une fonction"
    form_class = FunctionForm
    submit_label = "Ajouter la fonction"

    def act(self, data):
        return add_affiliation(person=self.object, by=self.request.user, **data)

    def get_success_message(self, result):
        return f"{self.object} a une fonction dans « {result.organisation} »."


class OfOrganisationMixin(NetworkMixin):
    """A page about a row that hangs from an organisation: it comes from its page and goes back to it."""

    object: Any

    def crumbs(self):
        organisation = self.object.organisation
        return [
            ("Organisations", self.url("organisation_list")),
            (str(organisation), self.url("organisation_detail", pk=organisation.pk)),
        ]

    def get_success_url(self, result):
        return self.url("organisation_detail", pk=self.object.organisation_id)


class AffiliationMixin(OfOrganisationMixin):
    """A page about one function."""

    def get_queryset(self):
        return Affiliation.objects.select_related("person", "organisation")


class AffiliationEdit(AffiliationMixin, EditPage):
    crumb = "Modifier la fonction"
    permission = "actors.edit"
    form_class = AffiliationForm
    success_message = "La fonction est modifiée."

    def get_title(self):
        return f"Modifier la fonction de {self.object.person}"

    def act(self, data):
        return change_affiliation(affiliation=self.object, by=self.request.user, version=self.sent_version(), **data)


class AffiliationEnd(AffiliationMixin, ConfirmPage):
    crumb = "Mettre fin à la fonction"
    permission = "actors.edit"
    form_class = EndAffiliationForm
    submit_label = "Mettre fin à la fonction"
    text = "La personne restera parmi les anciens contacts de l’organisation, avec ses dates."

    def form_kwargs(self):
        return {"affiliation": self.object}

    def get_initial(self):
        return {"ended_on": self.today}

    def get_title(self):
        return f"Mettre fin à la fonction de {self.object.person}"

    def act(self, data):
        return end_affiliation(affiliation=self.object, by=self.request.user, on=data["ended_on"])

    def get_success_message(self, result):
        return f"{result.person} fait partie des anciens contacts."


class PartnerAccessCreate(OrganisationMixin, ObjectMixin, FormPage):
    crumb = "Ouvrir un accès"
    permission = "actors.grant_access"
    title = "Ouvrir un accès partenaire"
    form_class = PartnerAccessForm
    submit_label = "Envoyer l’accès"

    def get_lead(self):
        return f"Cette personne pourra agir au nom de « {self.object} » dans l’espace « Mes dossiers »."

    def act(self, data):
        return invite_partner(organisation=self.object, by=self.request.user, **data)

    def get_success_message(self, result):
        return f"{result.user.email} a un accès pour « {self.object} » ; un courriel lui explique comment entrer."


class PartnerAccessRevoke(OfOrganisationMixin, ConfirmPage):
    crumb = "Retirer un accès"
    permission = "actors.grant_access"
    submit_label = "Retirer l’accès"
    tone = "warn"
    text = "Cette personne ne pourra plus agir au nom de l’organisation. Ce qu’elle a écrit est conservé."

    def get_queryset(self):
        return PartnerAccess.objects.select_related("user", "organisation", "asv")

    def get_title(self):
        return f"Retirer l’accès de {self.object.user}"

    def act(self, data):
        revoke_partner_access(access=self.object, by=self.request.user)
        return self.object

    def get_success_message(self, result):
        return f"L’accès de {result.user} est retiré."

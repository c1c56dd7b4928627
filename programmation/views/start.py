"""From the public call to a draft: the organisation found by its SIRET, joined or created, then the draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from actors.models import Organisation
from actors.rules import partner_roles
from asv_platform.accounts.limits import count_or_refuse
from asv_platform.common.errors import DomainError
from asv_platform.common.views import FormPage, Page, PermissionView, not_found_unless
from programmation.forms.partner import AccessRequestForm, DeclareForm, SiretForm
from programmation.models import AccessRequest, Call, Proposal
from programmation.selectors.partner import known_organisation
from programmation.services import declare_organisation, organisation_of_siret, request_access, start_proposal


class CallMixin:
    """A page of somebody who is about to answer a call: logged in, member of the ASV or not."""

    request: Any
    permission = "programmation.enter_partner_space"

    def load(self, **kwargs) -> None:
        self.call = get_object_or_404(Call.objects.published().select_related("programme"), number=kwargs["number"])

    def url(self, name: str, **query) -> str:
        kwargs = {"asv": self.request.asv.slug, "number": self.call.number}
        return reverse(f"calls:{name}", kwargs=kwargs, query=query or None)

    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.call.title, self.url("call"))]

    def my_organisations(self) -> list[Organisation]:
        mine = partner_roles(self.request.user)
        return list(Organisation.objects.active().filter(pk__in=list(mine)))


class StartPage(CallMixin, PermissionView):
    """For which organisation: the draft that exists is offered before a new one."""

    template_name = "partner/start.html"
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request, *args, **kwargs):
        organisations = self.my_organisations()
        if not organisations:
            return HttpResponseRedirect(self.url("organisation"))
        drafts = Proposal.objects.drafts().filter(call=self.call, organisation__in=organisations)
        by_organisation = {draft.organisation_id: draft for draft in drafts}
        context = {
            "page": Page(title="Commencer une proposition", lead=self.call.title, crumbs=self.crumbs()),
            "choices": [(row, by_organisation.get(row.pk)) for row in organisations],
            "accepts": self.call.state_at(timezone.now()).accepts_filing,
            "other_url": self.url("organisation"),
        }
        return self.render_to_response(context)

    def post(self, request, *args, **kwargs):
        wanted = request.POST.get("organisation", "")
        mine = {str(row.pk): row for row in self.my_organisations()}
        if wanted not in mine:
            return HttpResponseRedirect(self.url("organisation"))
        try:
            draft = start_proposal(call=self.call, organisation=mine[wanted], by=request.user, at=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.url("call"))
        return HttpResponseRedirect(reverse("partner:step_structure", kwargs={"pk": draft.pk}))


class OrganisationPage(CallMixin, FormPage):
    """« Votre structure »: looked for by its SIRET among those of the ASV."""

    title = "Votre structure"
    lead = "Cherchez-la par son numéro SIRET : elle est peut-être déjà connue."
    template_name = "partner/organisation.html"
    form_class = SiretForm
    submit_label = "Chercher"

    def act(self, data):
        return data["siret"], organisation_of_siret(asv=self.request.asv, siret=data["siret"])

    def get_success_url(self, result):
        siret, found = result
        if found is None:
            return self.url("declare", siret=siret)
        if found.pk in partner_roles(self.request.user):
            return self.url("start")
        return self.url("join", siret=siret)

    def extra_context_data(self):
        pending = AccessRequest.objects.filter(user=self.request.user, state="pending").select_related("organisation")
        return {"pending": list(pending), "declare_url": self.url("declare")}


class DeclarePage(CallMixin, FormPage):
    """A structure that the ASV does not know yet: filled once, used in every file."""

    title = "Présenter votre structure"
    lead = "Ces réponses sont demandées une seule fois : elles serviront à tous vos dossiers."
    template_name = "partner/declare.html"
    form_class = DeclareForm
    submit_label = "Enregistrer et commencer"
    success_message = "Votre structure est enregistrée."

    def crumbs(self):
        return [*super().crumbs(), ("Votre structure", self.url("organisation"))]

    def get_initial(self):
        return {"siret": self.request.GET.get("siret", "")[:20], "email": self.request.user.email}

    def show(self, form, **shown):
        self.known = getattr(form, "known", None)
        return super().show(form, **shown)

    def extra_context_data(self):
        if self.known is None:
            return {"join_url": "", "join_label": ""}
        if self.known.pk in partner_roles(self.request.user):
            return {"join_url": self.url("start"), "join_label": "Continuer avec cette structure"}
        wanted = {"siret": self.known.siret} if self.known.siret else {"nom": self.known.name}
        return {"join_url": self.url("join", **wanted), "join_label": "Demander l’accès"}

    def act(self, data):
        count_or_refuse(self.request, "declare_organisation")
        return declare_organisation(asv=self.request.asv, by=self.request.user, on=timezone.localdate(), **data)

    def get_success_url(self, result):
        draft = start_proposal(call=self.call, organisation=result, by=self.request.user, at=timezone.now())
        # The first step would show again what has just been answered.
        return reverse("partner:step_projet", kwargs={"pk": draft.pk})


class JoinPage(CallMixin, FormPage):
    """A structure that is known: somebody must approve."""

    template_name = "partner/form.html"
    form_class = AccessRequestForm
    submit_label = "Demander l’accès"
    success_message = "Votre demande est envoyée. Vous recevrez la réponse par courriel."

    def load(self, **kwargs):
        super().load(**kwargs)
        asked = self.request.GET
        # By its very number or name, never by a row: nobody reads the directory from here.
        self.organisation = not_found_unless(
            known_organisation(siret=asked.get("siret", ""), name=asked.get("nom", ""))
        )

    def get_title(self):
        return f"Rejoindre {self.organisation}"

    def get_lead(self):
        return "Cette structure est connue. Une personne qui en répond, ou l’ASV, doit accepter votre demande."

    def crumbs(self):
        return [*super().crumbs(), ("Votre structure", self.url("organisation"))]

    def act(self, data):
        count_or_refuse(self.request, "request_access")
        return request_access(organisation=self.organisation, by=self.request.user, message=data["message"])

    def get_success_url(self, result):
        return self.url("call")


def partner_door(view):
    """Open the scope of a public ASV to whoever is logged in; the others go through the one-time code."""
    view.asv_public = True
    view.login_url = reverse_lazy("account_request_login_code")
    return view

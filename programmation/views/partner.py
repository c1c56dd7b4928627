"""« Mes dossiers »: the list, the file as it reads, the filing, the pieces, the accesses."""

from django.contrib import messages
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from actors.models import Organisation, PartnerAccess
from actors.services import invite_partner
from asv_platform.accounts.limits import count_or_refuse
from asv_platform.common.errors import DomainError
from asv_platform.common.formats import date_time
from asv_platform.common.views import Action, ConfirmPage, DetailPage, FormPage, Page, PermissionView
from programmation.enums import ProposalTransition
from programmation.forms.partner import AccessAnswerForm, InviteForm, WithdrawForm
from programmation.forms.steps import PieceForm
from programmation.models import AccessRequest, ProposalPiece
from programmation.selectors import (
    Missing,
    last_request,
    missing_before_filing,
    missing_items,
    piece_lines,
    proposal_file,
)
from programmation.selectors.partner import deadline_text, partner_home
from programmation.services import (
    add_piece,
    answer_request,
    file_proposal,
    remove_piece,
    reuse_pieces,
    withdraw_proposal,
)
from programmation.views.partner_base import PartnerMixin, ProposalMixin
from programmation.workflow import EDITABLE_BY_PARTNER, PROPOSAL


class Home(PartnerMixin, PermissionView):
    permission = "programmation.enter_partner_space"
    template_name = "partner/home.html"
    http_method_names = ["get", "head", "options"]

    def permission_object(self):
        return None

    def get(self, request, *args, **kwargs):
        home = partner_home(request.user, list(self.roles), owned_ids=self.owned_ids, at=self.now)
        lead = ", ".join(row.name for row in home.organisations)
        page = Page(title="Mes dossiers", lead=lead)
        return self.render_to_response({"page": page, "home": home, "owned_ids": self.owned_ids})


class ProposalPage(ProposalMixin, DetailPage):
    """The whole file, as the instructor will read it."""

    permission = "programmation.read_own"
    template_name = "partner/proposal.html"

    def get_title(self):
        return str(self.object)

    def get_lead(self):
        proposal = self.object
        if proposal.filed_at:
            return f"{proposal.reference}, déposée le {date_time(proposal.filed_at)}"
        return deadline_text(proposal.call, self.now)

    def crumbs(self):
        return [*super().crumbs()[:1], (str(self.object), "")]

    def actions(self):
        proposal, pk = self.object, self.object.pk
        owner = self.request.user.has_perm("programmation.withdraw_own", proposal)
        buttons = []
        if proposal.state in EDITABLE_BY_PARTNER:
            label = "Reprendre le dossier" if proposal.state == "draft" else "Compléter le dossier"
            buttons.append(
                Action(label, self.step_url("structure" if proposal.state == "draft" else "depot"), "pencil")
            )
        elif proposal.filed_at:
            buttons.append(Action("Récépissé", self.url("receipt", pk=pk), "file-check", "secondary"))
        if owner and ProposalTransition.WITHDRAW in PROPOSAL.available(proposal.state):
            buttons.append(Action("Retirer", self.url("withdraw", pk=pk), "undo-2", "secondary"))
        return buttons

    def extra_context_data(self):
        request = last_request(self.object)
        decided = self.object.state in {"accepted", "refused", "adjourned"}
        return {
            "file": proposal_file(self.object),
            "pieces": piece_lines(self.object.pieces.all(), on=self.today),
            "missing": missing_items(request) if request else [],
            "message": request.message if request else "",
            "decided": decided,
        }


class FilePage(ProposalMixin, ConfirmPage):
    """The last page before filing: what is missing, or what filing means."""

    permission = "programmation.write_own"
    template_name = "partner/file.html"

    def load(self, **kwargs):
        super().load(**kwargs)
        act = ProposalTransition.COMPLETE if self.object.number else ProposalTransition.FILE
        self.submit_label = str(act.label)

    @cached_property
    def missing(self) -> list[Missing]:
        """What keeps the file from being filed; the filing itself checks again, under lock."""
        editable = self.object.state in EDITABLE_BY_PARTNER
        return missing_before_filing(self.object, on=self.today) if editable else []

    def get(self, request, *args, **kwargs):
        if self.object.state not in EDITABLE_BY_PARTNER:
            return HttpResponseRedirect(self.url("proposal", pk=self.object.pk))
        return super().get(request, *args, **kwargs)

    @property
    def closed(self) -> str:
        """Why a draft can no longer be filed; a file sent back for completion still can."""
        if self.object.number or self.object.call.state_at(self.now).accepts_filing:
            return ""
        return deadline_text(self.object.call, self.now)

    def get_title(self):
        if self.closed:
            return "Ce dossier ne peut pas être déposé"
        if self.missing:
            return "Il reste à compléter"
        return f"{'Renvoyer' if self.object.number else 'Déposer'} « {self.object} » ?"

    def consequences(self):
        return [
            "Le contenu ne pourra plus être modifié, sauf si l’ASV demande un complément.",
            "Vous recevrez un récépissé par courriel, avec un numéro et une empreinte.",
        ]

    def may_file(self) -> bool:
        return self.request.user.has_perm("programmation.file_own", self.object)

    def act(self, data):
        if not self.may_file():
            raise DomainError("Seule une personne responsable de la structure peut déposer : prévenez-la.")
        return file_proposal(proposal=self.object, by=self.request.user, at=self.now, version=self.sent_version())

    def get_success_url(self, result):
        return self.url("receipt", pk=self.object.pk)

    def extra_context_data(self):
        return {
            "missing": [(item, self.step_url(item.step)) for item in self.missing],
            "closed": self.closed,
            "may_file": self.may_file(),
            "proposal": self.object,
            "back_url": self.step_url("depot"),
        }


class ReceiptPage(ProposalMixin, DetailPage):
    permission = "programmation.read_own"
    template_name = "partner/receipt.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .filter(filed_at__isnull=False)
            .select_related("call__programme", "organisation", "asv", "filed_by")
        )

    def get_title(self):
        return "Récépissé de dépôt"

    def extra_context_data(self):
        proposal = self.object
        facts = [
            ("Numéro", proposal.reference),
            ("Projet", proposal.title),
            ("Structure", proposal.organisation.name),
            ("Appel", proposal.call.title),
            ("Déposée le", f"{date_time(proposal.filed_at)}, heure de Paris"),
            ("Déposée par", proposal.filed_by),
            ("Empreinte SHA-256", proposal.fingerprint),
        ]
        return {"facts": facts}


class WithdrawPage(ProposalMixin, ConfirmPage):
    permission = "programmation.withdraw_own"
    form_class = WithdrawForm
    submit_label = "Retirer la proposition"
    tone = "bad"
    text = "La proposition ne sera pas examinée. Elle reste lisible dans vos dossiers."
    success_message = "La proposition est retirée."

    def get_title(self):
        return f"Retirer « {self.object} » ?"

    def act(self, data):
        return withdraw_proposal(proposal=self.object, by=self.request.user, motive=data["motive"])

    def get_success_url(self, result):
        return self.url("home")


class PieceAdd(ProposalMixin, FormPage):
    permission = "programmation.write_own"
    title = "Joindre une pièce"
    template_name = "partner/form.html"
    form_class = PieceForm
    submit_label = "Joindre la pièce"
    success_message = "La pièce est jointe."

    def cancel_url(self):
        return self.step_url("depot")

    def act(self, data):
        return add_piece(proposal=self.object, by=self.request.user, **data)

    def get_success_url(self, result):
        return f"{self.step_url('depot')}#pieces"


class PieceReuse(ProposalMixin, PermissionView):
    """Join again the pieces that the organisation has already given."""

    permission = "programmation.write_own"
    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        try:
            count = reuse_pieces(proposal=self.object, by=request.user, on=self.today)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Pièces reprises : {count}.")
        return HttpResponseRedirect(f"{self.step_url('depot')}#pieces")


class PieceMixin(PartnerMixin):
    """One piece of the user's organisations."""

    def load(self, **kwargs):
        pieces = ProposalPiece.objects.filter(proposal__organisation__in=list(self.roles))
        self.piece = get_object_or_404(pieces.select_related("proposal"), pk=kwargs["pk"])
        self.object = self.piece

    def permission_object(self):
        return self.piece.proposal


class PieceDownload(PieceMixin, PermissionView):
    permission = "programmation.read_own"
    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        return FileResponse(self.piece.file.open("rb"), as_attachment=True, filename=self.piece.name)


class PieceRemove(PieceMixin, ConfirmPage):
    permission = "programmation.write_own"
    submit_label = "Retirer la pièce"
    success_message = "La pièce est retirée."

    def get_title(self):
        return f"Retirer « {self.piece.name} » ?"

    def act(self, data):
        return remove_piece(piece=self.piece, by=self.request.user)

    def get_success_url(self, result):
        return f"{self.url('step_depot', pk=result.pk)}#pieces"


class AccessAnswer(PartnerMixin, ConfirmPage):
    """An owner answers somebody who asks to join their organisation."""

    permission = "programmation.file_own"
    form_class = AccessAnswerForm
    submit_label = "Répondre"

    def get_queryset(self):
        rows = AccessRequest.objects.filter(organisation__in=self.owned_ids)
        return rows.select_related("user", "organisation", "asv")

    def get_title(self):
        return f"{self.object.user.email} demande à écrire pour {self.object.organisation}"

    def get_text(self):
        return self.object.message or "Aucun message n’accompagne cette demande."

    def act(self, data):
        return answer_request(
            request=self.object, by=self.request.user, at=self.now, granted=data["granted"], role=data["role"]
        )

    def get_success_url(self, result):
        return self.url("home")

    def get_success_message(self, result):
        return f"Demande {result.get_state_display().lower()} : la personne en est informée."


class TeamPage(PartnerMixin, FormPage):
    """Who may write for the organisation; an owner invites others."""

    permission = "programmation.read_own"
    template_name = "partner/team.html"
    form_class = InviteForm
    submit_label = "Inviter"

    def load(self, **kwargs):
        organisations = Organisation.objects.filter(pk__in=list(self.roles)).select_related("asv")
        self.object = get_object_or_404(organisations, pk=kwargs["pk"])

    def permission_object(self):
        return self.object

    def get_title(self):
        return f"Qui écrit pour {self.object}"

    def is_owner(self) -> bool:
        return self.request.user.has_perm("programmation.file_own", self.object)

    def may_invite(self) -> bool:
        return self.is_owner() and self.object.confirmed_on is not None

    def act(self, data):
        if not self.may_invite():
            raise DomainError("Seule une personne responsable d’une structure vérifiée par l’ASV peut inviter.")
        count_or_refuse(self.request, "invite_partner")
        return invite_partner(email=data["email"], organisation=self.object, role=data["role"], by=self.request.user)

    def get_success_url(self, result):
        return self.url("team", pk=self.object.pk)

    def get_success_message(self, result):
        return f"{result.user.email} peut maintenant écrire avec vous."

    def extra_context_data(self):
        accesses = PartnerAccess.objects.filter(organisation=self.object).select_related("user")
        return {"accesses": list(accesses), "may_invite": self.may_invite(), "is_owner": self.is_owner()}

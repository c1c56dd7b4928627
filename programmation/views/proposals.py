from decimal import Decimal

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from asv_platform.audit.views import MOST_ENTRIES, HistoryPage
from asv_platform.common.formats import date_time, join_and, money
from asv_platform.common.lists import Cell, Column, Empty
from asv_platform.common.views import Action, Conflict, DetailPage, EditPage, PermissionView
from programmation.enums import UNDECIDED, ProposalState, ProposalTransition
from programmation.filters import ProposalFilters
from programmation.fingerprint import is_as_filed
from programmation.forms.review import NOBODY_REACHED, CheckForm, DecisionsForm
from programmation.models import Call, Proposal, ProposalPiece
from programmation.notifications import reaches_partner
from programmation.selectors import (
    Draft,
    after_proposal_move,
    checklist,
    conventions_due,
    freed_words,
    funders_asked,
    funders_awaited,
    funders_of_file,
    listed,
    money_totals,
    piece_lines,
    programme_money,
    proposal_cost,
    proposal_file,
    proposal_history,
    shown_budget,
)
from programmation.services import (
    OUTCOMES,
    correct_decisions,
    move_proposal,
    record_check,
    record_decisions,
    withdraw_proposal,
)
from programmation.views.base import MovePage, RowCrumbs, TeamMixin, YearListPage, transition_actions
from programmation.workflow import DECIDABLE, INNER_MOVES, PROPOSAL

# The moves that follow from another page, or belong to the partner, have no button of their own.
ELSEWHERE = frozenset(ProposalTransition) - INNER_MOVES - {ProposalTransition.WITHDRAW}
# Moves that take back what was done: never the one that the page leads to.
BACKWARDS = frozenset({ProposalTransition.RETURN, ProposalTransition.WITHDRAW})


class ProposalMixin(RowCrumbs):
    """A page about one proposal; drafts are their authors' business and do not exist here."""

    list_name, list_label, detail_name = "proposal_list", "Propositions", "proposal_detail"

    def get_queryset(self):
        return Proposal.objects.received().select_related("call__programme", "organisation", "theme", "ottawa_axis")

    def tabs(self, current: str):
        pages = [
            ("Dossier", "proposal_detail"), ("Budget", "proposal_budget"), ("Pièces", "proposal_pieces"),
            ("Historique", "proposal_history"),
        ]  # fmt: skip
        return [self.tab(label, name, current) for label, name in pages]

    def told(self) -> SafeString:
        """Whether the partner learns what was just done, and what to do when nobody can read it."""
        if reaches_partner(self.object):
            return format_html("{}", "Le porteur en est informé par courriel.")
        if not self.may("grant_access"):
            return format_html("{}", NOBODY_REACHED)
        asv, pk = self.request.asv.slug, self.object.organisation_id
        url = reverse("actors:partner_access_create", kwargs={"asv": asv, "pk": pk})
        return format_html('{} <a href="{}">Ouvrir un accès</a>', NOBODY_REACHED, url)


def _granted(row: Proposal) -> Decimal | None:
    """What was granted; nothing, where 0 € would read as a refusal, until somebody decides."""
    return None if row.state in UNDECIDED and not row.granted else row.granted  # type: ignore[attr-defined]


class ProposalList(YearListPage):
    permission = "programmation.view"
    title = "Propositions"
    filterset_class = ProposalFilters
    programme_field = "call__programme"
    default_sort = ("-year", "-asked", "pk")
    nouns = ("proposition", "propositions")
    empty = Empty(
        "Aucune proposition pour l’instant",
        "Les propositions déposées par les partenaires arrivent ici ; les brouillons n’y figurent pas.",
    )
    columns = [
        Column("Proposition", str, kind="title", sort="title",
               sub=lambda row: f"{row.reference}, {row.organisation.name}"),
        Column("N°", "reference", shown=False),
        Column("Porteur", "organisation.name", shown=False),
        Column("Appel", "call.title", shown=False),
        Column("Thème, quartiers", lambda row: str(row.theme or ""),
               sub=lambda row: ", ".join(place.short_name for place in row.neighbourhoods.all())),
        Column("Quartiers", lambda row: [place.name for place in row.neighbourhoods.all()], kind="tags", shown=False),
        Column("Coût total", "cost", kind="money", sort="cost"),
        Column("Demandé", "asked", kind="money", sort="asked"),
        Column("Accordé", _granted, kind="money", sort="granted", sub=freed_words),
        Column("Personnes attendues", "expected_people", kind="number", shown=False),
        Column("Déposée le", "filed_at", kind="datetime", shown=False),
        Column("État", "get_state_display", kind="state", sort="state", tone=lambda row: row.state_enum.tone),
    ]  # fmt: skip

    def get_queryset(self):
        return listed(Proposal.objects.received())

    def row_url(self, row):
        return self.url("proposal_detail", pk=row.pk)

    def totals(self, rows):
        sums = money_totals(Proposal.objects.filter(pk__in=rows.order_by().values("pk")))
        cells = [("text", "Total"), ("text", ""), ("money", sums.cost), ("money", sums.asked), ("money", sums.granted)]
        labels = [column.label for column in self.columns if column.shown]
        return [Cell(kind, text, label) for (kind, text), label in zip([*cells, ("text", "")], labels, strict=True)]

    def get_empty(self):
        if not Call.objects.published().exists() and self.may("edit"):
            text = "Publiez un appel : les partenaires pourront alors déposer leurs propositions en ligne."
            return Empty("Aucune proposition pour l’instant", text, "Voir les appels", self.url("call_list"))
        return self.empty


class ProposalDetail(ProposalMixin, DetailPage):
    permission = "programmation.view"
    template_name = "programmation/proposal_detail.html"
    tab_name = "proposal_detail"

    def get_queryset(self):
        return super().get_queryset().select_related("action")

    def get_title(self):
        return str(self.object)

    def get_lead(self):
        proposal = self.object
        return f"{proposal.reference}, {proposal.organisation.name}, déposée le {date_time(proposal.filed_at)}"

    def crumbs(self):
        return [super().crumbs()[0], (str(self.object), "")]

    def actions(self):
        pk, state = self.object.pk, self.object.state
        buttons = []
        if state in {"filed", "admissibility", "incomplete"} and self.may("check_proposal"):
            buttons.append(Action("Vérifier la recevabilité", self.url("proposal_check", pk=pk), "clipboard-check"))
        if state in DECIDABLE and self.may("decide"):
            buttons.append(Action("Enregistrer les décisions", self.url("proposal_decide", pk=pk), "scale"))
        if state == ProposalState.ACCEPTED and self.may("decide"):
            buttons.append(Action("Corriger les décisions", self.url("proposal_decide", pk=pk), "pencil", "secondary"))
        if self.may("change_state"):
            hidden = ELSEWHERE | ({ProposalTransition.CHECK} if buttons else set())
            moves = transition_actions(self, PROPOSAL, prefix="proposal", danger=BACKWARDS, hidden=hidden)
            buttons += [
                Action(move.label, move.url, move.icon, "secondary" if buttons else move.kind) for move in moves
            ]
        return buttons

    def extra_context_data(self):
        return {
            "tabs": self.tabs(self.tab_name),
            "conventions": conventions_due(self.object.call.programme, organisation_id=self.object.organisation_id),
            "asv": self.request.asv,
            **self.tab_data(),
        }

    def tab_data(self):
        """What this tab shows, and no other."""
        file = proposal_file(self.object)
        return {"file": file, "funders": funders_of_file(file), "action": getattr(self.object, "action", None)}


class ProposalBudget(ProposalDetail):
    template_name = "programmation/proposal_budget.html"
    tab_name = "proposal_budget"

    def tab_data(self):
        lines = tuple(self.object.budget_lines.select_related("funder"))
        return {"budget": shown_budget(self.object.nomenclature, lines)}


class ProposalPieces(ProposalDetail):
    template_name = "programmation/proposal_pieces.html"
    tab_name = "proposal_pieces"

    def tab_data(self):
        draft = Draft(self.object)
        return {"pieces": piece_lines(draft.pieces, on=self.today), "as_filed": is_as_filed(draft)}


class ProposalHistory(ProposalMixin, HistoryPage):
    permission = "programmation.view"

    def entries(self):
        return proposal_history(self.object, limit=MOST_ENTRIES)


class PieceDownload(TeamMixin, PermissionView):
    """One piece, as an attachment: never shown by the browser, never at a guessable address."""

    permission = "programmation.view"
    http_method_names = ["get", "head", "options"]

    def load(self, **kwargs):
        pieces = ProposalPiece.objects.filter(proposal__in=Proposal.objects.received())
        self.piece = get_object_or_404(pieces, pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        return FileResponse(self.piece.file.open("rb"), as_attachment=True, filename=self.piece.name)


class ProposalCheck(ProposalMixin, EditPage):
    permission = "programmation.check_proposal"
    title = "Recevabilité"
    template_name = "programmation/proposal_check.html"
    form_class = CheckForm
    submit_label = "Enregistrer la conclusion"

    def get_lead(self):
        told = "Le porteur reçoit un seul courriel." if reaches_partner(self.object) else NOBODY_REACHED
        return f"{self.object.reference}, {self.object}. {told}"

    def form_kwargs(self):
        possible = PROPOSAL.available(self.object.state)
        outcomes = [outcome for outcome, move in OUTCOMES.items() if move in possible]
        return {"checklist": checklist(self.object), "outcomes": outcomes or list(OUTCOMES)}

    def get_initial(self):
        last = self.object.checks.first()
        return {f"item_{code}": answer for code, answer in last.items.items()} if last else {}

    def act(self, data):
        return record_check(
            proposal=self.object,
            by=self.request.user,
            on=self.today,
            items=data["items"],
            outcome=data["outcome"],
            message=data["message"],
            version=self.sent_version(),
        )

    def conflicts(self, form):
        last = self.object.checks.first()
        words = f"{last.get_outcome_display()}. {last.message}" if last else ""
        return [Conflict("État du dossier", self.object.get_state_display()), Conflict("Dernière conclusion", words)]

    def get_success_url(self, result):
        return self.url("proposal_detail", pk=self.object.pk)

    def get_success_message(self, result):
        return format_html("Conclusion enregistrée : {}. {}", result.get_outcome_display().lower(), self.told())


class ProposalDecide(ProposalMixin, EditPage):
    """Record the decisions of a proposal in deliberation, or correct those of an accepted one."""

    permission = "programmation.decide"
    template_name = "programmation/proposal_decide.html"
    form_class = DecisionsForm

    def load(self, **kwargs):
        super().load(**kwargs)
        self.funders = funders_asked(self.object)
        self.is_correction = self.object.state == ProposalState.ACCEPTED
        self.submit_label = "Enregistrer les corrections" if self.is_correction else "Enregistrer les décisions"

    def get(self, request, *args, **kwargs):
        if self.is_correction or self.object.state in DECIDABLE:
            return super().get(request, *args, **kwargs)
        messages.warning(request, "Cette proposition n’est pas en délibération : aucune décision ne s’y enregistre.")
        return redirect(self.get_success_url(None))

    def get_title(self):
        return "Corriger les décisions" if self.is_correction else "Décisions des financeurs"

    def get_lead(self):
        cost = f"{self.object.reference}, {self.object}. Coût du projet : {money(proposal_cost(self.object))}."
        if not self.is_correction:
            return cost
        return f"{cost} Un bilan déjà demandé garde les montants d’avant : vérifiez-le."

    def get_initial(self):
        return {"decided_on": self.today}

    def form_kwargs(self):
        money_left = programme_money(self.object.call.programme).funders
        granted = {row.funder_id: row.decision.amount for row in self.funders if row.decision}
        left = {
            row.funder_id: row.remaining + granted.get(row.funder_id, Decimal(0))
            for row in money_left
            if row.funder_id and row.remaining is not None
        }
        return {
            "funders": self.funders,
            "left": left,
            "reached": reaches_partner(self.object),
            "is_stale": self.sent_version() not in {None, self.loaded_version},
        }

    def act(self, data):
        common = {"proposal": self.object, "by": self.request.user, "version": self.sent_version()}
        if self.is_correction:
            return correct_decisions(choices=data["choices"], **common)
        return record_decisions(
            decided_on=data.get("decided_on", self.today),
            committee=data.get("committee", ""),
            choices=data["choices"],
            **common,
        )

    def conflicts(self, form):
        decisions = [(row.funder, row.decision) for row in funders_asked(self.object) if row.decision]
        return [
            Conflict(
                funder, ", ".join(filter(None, [row.get_outcome_display(), money(row.amount or None), row.motive]))
            )
            for funder, row in decisions
        ]

    def get_success_message(self, result):
        if awaited := funders_awaited(result):
            missing = join_and(awaited)
            return f"Décisions enregistrées. La proposition reste en délibération. Réponse attendue : {missing}."
        done = "Décisions corrigées." if self.is_correction else f"Proposition {result.get_state_display().lower()}."
        return format_html("{} {}", done, self.told())


class ProposalMove(ProposalMixin, MovePage):
    permission = "programmation.change_state"
    transition = ProposalTransition.CHECK  # the URL says which

    def consequences(self):
        return after_proposal_move(self.object, self.transition)

    def act(self, data):
        return move_proposal(proposal=self.object, transition=self.transition, by=self.request.user)


class ProposalWithdraw(ProposalMove):
    transition = ProposalTransition.WITHDRAW
    tone = "bad"
    text = "À la demande du porteur. La proposition sort des montants demandés ; rien n’est effacé."

    def consequences(self):
        return ["Une proposition retirée ne revient pas : le porteur devra en déposer une autre."]

    def act(self, data):
        return withdraw_proposal(proposal=self.object, by=self.request.user)

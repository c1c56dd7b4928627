from asv_platform.common.filters import ArchiveFilters
from asv_platform.common.formats import date_short, plural
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, DetailPage, EditPage, FormPage
from asv_platform.territories.pages import shelf_action
from programmation.enums import ProgrammeTransition
from programmation.filters import live_in
from programmation.forms.programmes import ProgrammeForm, VoteForm
from programmation.models import Programme
from programmation.selectors import after_programme_move, objective_tree, programme_summary, unfinished_actions
from programmation.services import change_programme, create_programme, move_programme
from programmation.views.base import MovePage, RowCrumbs, TeamMixin, transition_actions
from programmation.workflow import PROGRAMME


class ProgrammeMixin(RowCrumbs):
    list_name, list_label, detail_name = "programme_list", "Programmes", "programme_detail"

    def get_queryset(self):
        return Programme.objects.all()

    def tabs(self, current: str):
        return [
            self.tab("Vue d’ensemble", "programme_detail", current),
            self.tab("Historique", "programme_history", current),
        ]


class ProgrammeList(TeamMixin, ListPage):
    permission = "programmation.view"
    title = "Programmes"
    lead = "Un programme par année : ses objectifs, son appel, ses financeurs, ses actions."
    filterset_class = ArchiveFilters
    default_sort = ("-year",)
    nouns = ("programme", "programmes")
    columns = [
        Column("Programme", "title", kind="title", sort="title"),
        Column("Année", lambda row: str(row.year), sort="year"),
        Column("État", "get_state_display", kind="state", sort="state", tone=lambda row: row.state_enum.tone),
        Column("Comité", "committee_on", kind="date", sort="committee_on"),
        Column("Voté le", "voted_on", kind="date", sort="voted_on"),
        Column("Axes du contrat local de santé", "cls_axes", shown=False),
        Column("Axes du contrat de ville", "city_contract_axes", shown=False),
    ]

    def get_queryset(self):
        return Programme.objects.all()

    def row_url(self, row):
        return self.url("programme_detail", pk=row.pk)

    def actions(self):
        return [Action("Créer un programme", self.url("programme_create"), "plus")] if self.may("edit") else []

    def get_empty(self):
        text = (
            "Le programme réunit les objectifs de l’année, l’appel à propositions, les enveloppes des financeurs "
            "et les actions retenues."
        )
        if not self.may("edit"):
            return Empty("Aucun programme pour l’instant", text)
        return Empty("Aucun programme pour l’instant", text, "Créer un programme", self.url("programme_create"))


class ProgrammeDetail(ProgrammeMixin, DetailPage):
    permission = "programmation.view"
    template_name = "programmation/programme_detail.html"

    def get_title(self):
        return self.object.title

    def get_lead(self):
        if self.object.voted_on:
            return f"Voté le {date_short(self.object.voted_on)}."
        return f"Comité de pilotage le {date_short(self.object.committee_on)}." if self.object.committee_on else ""

    def crumbs(self):
        return [super().crumbs()[0], (str(self.object), "")]

    def actions(self):
        pk = self.object.pk
        if self.object.archived_at:
            return [shelf_action(self, "programme")] if self.may("edit") else []
        buttons = self.moves() if self.may("change_state") else []
        if self.may("edit"):
            buttons.append(Action("Modifier", self.url("programme_edit", pk=pk), "pencil", "secondary"))
            buttons.append(shelf_action(self, "programme"))
        return buttons

    def moves(self):
        """The moves of the programme; closing it is what comes next once its actions are done, not before."""
        closable = ProgrammeTransition.CLOSE in PROGRAMME.available(self.object.state)
        is_early = closable and unfinished_actions(self.object).exists()
        early = frozenset({ProgrammeTransition.CLOSE} if is_early else ())
        return transition_actions(self, PROGRAMME, prefix="programme", danger=early)

    def extra_context_data(self):
        summary = programme_summary(self.object, at=self.now)
        return {
            "summary": summary,
            "tabs": self.tabs("programme_detail"),
            "tree": objective_tree(self.object),
            "figures": self._figures(summary),
            "may_edit": self.may("edit") and self.object.archived_at is None,
            "asv": self.request.asv,
        }

    def _figures(self, summary):
        proposals = f"{self.url('proposal_list')}?programme={summary.pk}"
        actions = f"{self.url('action_list')}{live_in(self.object)}"
        return [
            {"value": summary.received, "label": "propositions reçues", "url": proposals, "trend": ""},
            {"value": summary.actions, "label": "actions", "url": actions, "trend": ""},
            {"value": plural(len(summary.money.funders), "financeur"), "label": "sollicités", "url": "", "trend": ""},
        ]


class ProgrammeCreate(TeamMixin, FormPage):
    permission = "programmation.edit"
    title = "Créer un programme"
    form_class = ProgrammeForm
    submit_label = "Créer le programme"
    success_message = "Le programme est créé : ajoutez ses objectifs."

    def crumbs(self):
        return [("Programmes", self.url("programme_list"))]

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def get_initial(self):
        year = self.today.year + (self.today.month >= 9)
        return {"year": year, "title": f"Programme {year}"}

    def act(self, data):
        return create_programme(asv=self.request.asv, by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("programme_detail", pk=result.pk)


class ProgrammeEdit(ProgrammeMixin, EditPage):
    permission = "programmation.edit"
    title = "Modifier le programme"
    form_class = ProgrammeForm
    success_message = "Le programme est enregistré."

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def act(self, data):
        return change_programme(programme=self.object, by=self.request.user, version=self.sent_version(), **data)


class ProgrammeMove(ProgrammeMixin, MovePage):
    permission = "programmation.change_state"
    transition = ProgrammeTransition.OPEN  # the URL says which

    def load(self, **kwargs):
        super().load(**kwargs)
        self.tone = "bad" if self.transition == ProgrammeTransition.CLOSE else ""

    def get_text(self):
        return f"{self.object.title}, aujourd’hui « {self.object.get_state_display().lower()} »."

    def consequences(self):
        return after_programme_move(self.object, self.transition, at=self.now)

    def act(self, data):
        return move_programme(
            programme=self.object, transition=self.transition, by=self.request.user, voted_on=data.get("voted_on")
        )


class ProgrammeVote(ProgrammeMove):
    form_class = VoteForm
    transition = ProgrammeTransition.VOTE

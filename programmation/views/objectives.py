from django.shortcuts import get_object_or_404

from asv_platform.common.lists import Column, Empty
from asv_platform.common.parsing import whole_number
from asv_platform.common.views import Action, DetailPage, EditPage, FormPage, not_found_unless
from asv_platform.territories.pages import shelf_action
from programmation.enums import ObjectiveLevel
from programmation.filters import ProgrammeFilters
from programmation.forms.programmes import ObjectiveForm
from programmation.models import Action as ProgrammeAction
from programmation.models import Objective, Programme, Proposal
from programmation.selectors import action_rows, proposal_rows
from programmation.services import archive_objective, change_objective, create_objective
from programmation.views.base import RowCrumbs, TeamMixin, YearListPage


class OfProgramme(TeamMixin):
    """A page that adds something to a programme: the one asked in the address, else the current one."""

    def load(self, **kwargs):
        super().load(**kwargs)  # type: ignore[misc]
        wanted = whole_number(self.request.GET.get("programme"))
        if wanted:
            self.programme = get_object_or_404(Programme.objects.active(), pk=wanted)
        else:
            self.programme = not_found_unless(self.current_programme)

    def form_kwargs(self):
        return {"asv": self.request.asv, "programme": self.programme}


class ObjectiveMixin(RowCrumbs):
    list_name, list_label, detail_name = "objective_list", "Objectifs", "objective_detail"

    def get_queryset(self):
        return Objective.objects.select_related("programme", "parent", "pilot", "elected_referent")

    def archive_row(self):
        return archive_objective(objective=self.object, by=self.request.user, at=self.now)

    def tabs(self, current: str):
        return [
            self.tab("Fiche", "objective_detail", current),
            self.tab("Historique", "objective_history", current),
        ]


class ObjectiveList(YearListPage):
    permission = "programmation.view"
    title = "Objectifs"
    lead = "Ce que le programme veut changer, et la priorité à laquelle chaque objectif répond."
    filterset_class = ProgrammeFilters
    default_sort = ("-programme__year", "position", "pk")
    nouns = ("objectif", "objectifs")
    columns = [
        Column("Objectif", "title", kind="title", sort="title", sub="get_level_display"),
        Column("Programme", lambda row: str(row.programme.year), sort="programme__year"),
        Column("Niveau", "get_level_display", shown=False),
        Column("Description", "description", shown=False),
        Column("Dépend de", "parent.title"),
        Column("Priorités", lambda row: [str(item) for item in row.priorities.all()], kind="tags"),
        Column(
            "Quartiers",
            lambda row: [place.short_name for place in row.neighbourhoods.all()],
            kind="tags",
            whole=lambda row: [place.name for place in row.neighbourhoods.all()],
        ),
        Column("Pilote", "pilot.name", sort="pilot__name"),
        Column("Élu référent", lambda row: str(row.elected_referent or ""), shown=False),
    ]

    def get_queryset(self):
        rows = Objective.objects.select_related("programme", "parent", "pilot", "elected_referent")
        return rows.prefetch_related("priorities", "neighbourhoods")

    def row_url(self, row):
        return self.url("objective_detail", pk=row.pk)

    def actions(self):
        if not self.may("edit") or self.current_programme is None:
            return []
        return [Action("Ajouter un objectif", self.url("objective_create"), "plus")]

    def get_empty(self):
        text = "Un objectif général répond à une priorité du diagnostic ; il se décline ensuite, jusqu’aux actions."
        if not self.may("edit"):
            return Empty("Aucun objectif pour l’instant", text)
        if self.current_programme is None:
            return Empty("Aucun programme pour l’instant", text, "Créer un programme", self.url("programme_create"))
        return Empty("Aucun objectif pour l’instant", text, "Ajouter un objectif", self.url("objective_create"))


class ObjectiveDetail(ObjectiveMixin, DetailPage):
    permission = "programmation.view"
    template_name = "programmation/objective_detail.html"

    def get_title(self):
        return self.object.title

    def get_lead(self):
        return f"{self.object.get_level_display()} du programme {self.object.programme.year}"

    def crumbs(self):
        return [super().crumbs()[0], (str(self.object), "")]

    def actions(self):
        pk = self.object.pk
        if not self.may("edit"):
            return []
        if self.object.archived_at:
            return [shelf_action(self, "objective")]
        buttons = [
            Action("Modifier", self.url("objective_edit", pk=pk), "pencil"),
            shelf_action(self, "objective"),
        ]
        if self.object.level != ObjectiveLevel.OPERATIONAL:
            query = f"?programme={self.object.programme_id}&parent={pk}"
            buttons.append(Action("Décliner", f"{self.url('objective_create')}{query}", "plus", "secondary"))
        return buttons

    def extra_context_data(self):
        objective = self.object
        return {
            "tabs": self.tabs("objective_detail"),
            "facts": [
                ("Dépend de", objective.parent),
                ("Pilote", objective.pilot),
                ("Élu référent", objective.elected_referent),
                ("Quartiers", ", ".join(place.name for place in objective.neighbourhoods.all()) or "tout le périmètre"),
            ],
            "priorities": list(objective.priorities.all()),
            "children": list(objective.children.active()),
            "proposals": proposal_rows(Proposal.objects.in_the_running().filter(objectives=objective)),
            "actions": action_rows(ProgrammeAction.objects.active().filter(objectives=objective), on=self.today),
            "may_edit": self.may("edit"),
        }


class ObjectiveCreate(OfProgramme, FormPage):
    permission = "programmation.edit"
    title = "Ajouter un objectif"
    form_class = ObjectiveForm
    submit_label = "Ajouter l’objectif"
    success_message = "L’objectif est ajouté."

    def get_lead(self):
        return f"{self.programme}."

    def crumbs(self):
        return [("Objectifs", self.url("objective_list"))]

    def get_initial(self):
        pk = whole_number(self.request.GET.get("parent"))
        parent = Objective.objects.active().filter(pk=pk).first() if pk else None
        levels = [level for level in ObjectiveLevel if parent and level.parent_level == parent.level]
        if parent is None or not levels:
            return {}
        # What an objective answers, its more precise ones answer too: nobody has to say it twice.
        shared = {name: list(getattr(parent, name).all()) for name in ("priorities", "neighbourhoods")}
        return {"parent": parent.pk, "level": levels[0], "pilot": parent.pilot_id, **shared}

    def act(self, data):
        return create_objective(programme=self.programme, by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("objective_detail", pk=result.pk)


class ObjectiveEdit(ObjectiveMixin, EditPage):
    permission = "programmation.edit"
    title = "Modifier l’objectif"
    form_class = ObjectiveForm
    success_message = "L’objectif est enregistré."

    def form_kwargs(self):
        return {"asv": self.request.asv, "programme": self.object.programme}

    def act(self, data):
        return change_objective(objective=self.object, by=self.request.user, version=self.sent_version(), **data)

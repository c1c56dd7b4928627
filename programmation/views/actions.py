from django.urls import reverse
from django.utils.functional import cached_property

from asv_platform.common.formats import money, period
from asv_platform.common.lists import Column, Empty
from asv_platform.common.views import Action, DetailPage, EditPage, FormPage
from asv_platform.territories.pages import shelf_action
from programmation.enums import ActionTransition
from programmation.filters import ActionFilters
from programmation.forms.actions import ActionForm, NewActionForm
from programmation.forms.programmes import ReasonForm
from programmation.models import Action as ProgrammeAction
from programmation.selectors import actions_with_money, freed_words, is_late, listed_actions
from programmation.services import REASONED, change_action, create_action, move_action
from programmation.views.base import MovePage, RowCrumbs, YearListPage, transition_actions
from programmation.views.objectives import OfProgramme
from programmation.workflow import ACTION

# What each move changes, in words, before somebody confirms it.
AFTER = {
    ActionTransition.START: "L’action passe « en cours » : ses séances se notent au fil de l’eau.",
    ActionTransition.BLOCK: "La raison s’affichera sur la fiche de l’action jusqu’à la reprise.",
    ActionTransition.RESUME: "L’action repasse « en cours », et la raison du blocage ne s’affiche plus.",
    ActionTransition.FINISH: "L’action passe « terminée » et ne se rouvre pas. Ses séances passées et son bilan se "
    "saisissent encore.",
    ActionTransition.CANCEL: "Une action annulée ne se reprend pas, et n’accueille plus de séance. La structure n’est "
    "pas prévenue : prévenez-la vous-même.",
}


class ActionMixin(RowCrumbs):
    list_name, list_label, detail_name = "action_list", "Actions", "action_detail"

    def get_queryset(self):
        rows = ProgrammeAction.objects.select_related("asv", "programme", "organisation", "proposal__theme")
        return actions_with_money(rows)

    @property
    def money_consequences(self) -> list[str]:
        """What becomes of the money of the action when it counts no more."""
        if not self.object.granted:
            return []
        lost = money(self.object.granted)
        return [f"{lost} accordés ne comptent plus dans le programme : ils reviennent aux enveloppes des financeurs."]

    @property
    def archive_consequences(self):
        return [*self.money_consequences, "Ses séances et ses résultats ne comptent plus dans l’évaluation."]

    def tabs(self, current: str):
        return [
            self.tab("Vue d’ensemble", "action_detail", current),
            self.tab("Historique", "action_history", current),
        ]


class ActionList(YearListPage):
    permission = "programmation.view"
    title = "Actions"
    lead = "Les propositions acceptées à l’œuvre, et les actions de droit commun inscrites au programme."
    filterset_class = ActionFilters
    default_sort = ("-programme__year", "number")
    nouns = ("action", "actions")

    @cached_property
    def columns(self):
        today = self.today
        return [
            Column("Action", "title", kind="title", sort="title",
                   sub=lambda row: f"{row.reference}, {row.organisation.name}"),
            Column("N°", "reference", shown=False),
            Column("Porteur", "organisation.name", shown=False),
            Column("Thème", lambda row: str(row.proposal.theme or "") if row.proposal else "", shown=False),
            Column("Quartiers", lambda row: [place.short_name for place in row.neighbourhoods.all()], kind="tags",
                   whole=lambda row: [place.name for place in row.neighbourhoods.all()]),
            Column("Objectifs", lambda row: [str(item) for item in row.objectives.all()], kind="tags", shown=False),
            Column("Début", "starts_on", kind="date", shown=False),
            Column("Fin", "ends_on", kind="date", sort="ends_on"),
            Column("Accordé", "granted", kind="money", sort="granted", sub=freed_words),
            Column("Droit commun", "is_common_law", shown=False),
            Column("État", "get_state_display", kind="state", sort="state", tone=lambda row: row.state_enum.tone,
                   sub=lambda row: "en retard" if is_late(row, on=today) else ""),
            Column("En retard", lambda row: is_late(row, on=today), shown=False),
            Column("Raison du blocage", "blocked_reason", shown=False),
        ]  # fmt: skip

    def get_queryset(self):
        return listed_actions(ProgrammeAction.objects.all())

    def row_url(self, row):
        return self.url("action_detail", pk=row.pk)

    def actions(self):
        if not self.may("edit") or self.current_programme is None:
            return []
        return [Action("Inscrire une action", self.url("action_create"), "plus", "secondary")]

    def get_empty(self):
        text = "Une proposition acceptée devient une action. Vous pouvez aussi inscrire une action de droit commun."
        if not self.may("edit") or self.current_programme is None:
            return Empty("Aucune action pour l’instant", text)
        return Empty("Aucune action pour l’instant", text, "Inscrire une action", self.url("action_create"))


class ActionDetail(ActionMixin, DetailPage):
    permission = "programmation.view"
    template_name = "programmation/action_detail.html"

    def get_title(self):
        return self.object.title

    def get_lead(self):
        return f"{self.object.organisation.name}, {period(self.object.starts_on, self.object.ends_on)}".strip(", ")

    def crumbs(self):
        return [super().crumbs()[0], (str(self.object), "")]

    def actions(self):
        pk = self.object.pk
        follow_up = Action("Séances, résultats, bilan", self.follow_up_url(), "clipboard-check")
        if not self.may("edit"):
            return [follow_up]
        if self.object.archived_at:
            return [shelf_action(self, "action")]
        elsewhere = frozenset({ActionTransition.CANCEL})
        return [
            follow_up,
            *transition_actions(
                self, ACTION, prefix="action", danger=frozenset({ActionTransition.BLOCK}), hidden=elsewhere
            ),
            *self.cancel_action(),
            Action("Modifier", self.url("action_edit", pk=pk), "pencil", "secondary"),
            shelf_action(self, "action"),
        ]

    def cancel_action(self):
        """The button of the page that cancels the action with the sessions it planned."""
        if ActionTransition.CANCEL not in ACTION.available(self.object.state):
            return []
        return [Action(ActionTransition.CANCEL.label, self.above("action_cancel"), kind="secondary")]

    def follow_up_url(self):
        return self.above("action")

    def above(self, name: str) -> str:
        # What sessions, measures and reports say belongs to evaluation, above: a link by name imports nothing.
        return reverse(f"evaluation:{name}", kwargs={"asv": self.request.asv.slug, "pk": self.object.pk})

    def extra_context_data(self):
        action = self.object
        decisions = []
        if action.proposal:
            decisions = list(action.proposal.decisions.active().select_related("funder"))
        return {
            "tabs": self.tabs("action_detail"),
            "late": is_late(action, on=self.today),
            "decisions": decisions,
            "facts": [
                ("Numéro", action.reference),
                ("Porteur", action.organisation),
                ("Période", period(action.starts_on, action.ends_on)),
                ("Quartiers", ", ".join(place.name for place in action.neighbourhoods.all())),
                ("Crédits", "droit commun" if action.is_common_law else "spécifiques"),
            ],
            "asv": self.request.asv,
        }


class ActionCreate(OfProgramme, FormPage):
    permission = "programmation.edit"
    title = "Inscrire une action"
    lead = "Pour une action qui n’est pas passée par l’appel : service de droit commun, action de l’ASV."
    form_class = NewActionForm
    submit_label = "Inscrire l’action"
    success_message = "L’action est inscrite au programme."

    def crumbs(self):
        return [("Actions", self.url("action_list"))]

    def act(self, data):
        return create_action(programme=self.programme, by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("action_detail", pk=result.pk)


class ActionEdit(ActionMixin, EditPage):
    permission = "programmation.edit"
    title = "Modifier l’action"
    form_class = ActionForm
    success_message = "L’action est enregistrée."

    def form_kwargs(self):
        return {"asv": self.request.asv, "programme": self.object.programme}

    def act(self, data):
        return change_action(action=self.object, by=self.request.user, version=self.sent_version(), **data)


class ActionMove(ActionMixin, MovePage):
    permission = "programmation.edit"
    transition = ActionTransition.START  # the URL says which

    def load(self, **kwargs):
        super().load(**kwargs)
        if self.transition in REASONED:
            self.form_class = ReasonForm
        self.tone = "bad" if self.transition == ActionTransition.CANCEL else ""

    def get_text(self):
        return AFTER[self.transition]

    def act(self, data):
        return move_action(
            action=self.object, transition=self.transition, by=self.request.user, reason=data.get("reason", "")
        )

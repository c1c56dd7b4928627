from typing import Any

from django.utils.functional import cached_property

from asv_platform.common.formats import date_time
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, ConfirmPage, DetailPage, EditPage, FormPage
from asv_platform.territories.pages import shelf_action
from programmation.filters import ProgrammeFilters
from programmation.forms.calls import CallDatesForm, CallForm
from programmation.models import Call
from programmation.selectors import call_summaries, calls_with_counts, publication_doubts
from programmation.services import change_call, create_call, publish_call, unpublish_call
from programmation.views.base import RowCrumbs, TeamMixin
from programmation.views.objectives import OfProgramme


class CallMixin(RowCrumbs):
    list_name, list_label, detail_name = "call_list", "Appels", "call_detail"

    def get_queryset(self):
        return Call.objects.select_related("programme")

    def tabs(self, current: str):
        return [self.tab("Fiche", "call_detail", current), self.tab("Historique", "call_history", current)]


class CallList(TeamMixin, ListPage):
    permission = "programmation.view"
    title = "Appels à propositions"
    lead = "Ce que l’ASV demande, à qui, jusqu’à quand."
    filterset_class = ProgrammeFilters
    default_sort = ("-closes_at", "pk")
    nouns = ("appel", "appels")

    @cached_property
    def columns(self):
        now = self.now
        return [
            Column("Appel", "title", kind="title", sort="title"),
            Column("Programme", lambda row: str(row.programme.year), sort="programme__year"),
            Column("Ouverture", "opens_at", kind="datetime", sort="opens_at"),
            Column("Clôture", "closes_at", kind="datetime", sort="closes_at"),
            Column("Propositions", "filed", kind="number"),
            Column(
                "État",
                lambda row: str(row.state_at(now).label),
                kind="state",
                tone=lambda row: row.state_at(now).tone,
            ),
            Column("Texte", "text", shown=False),
            Column("Objectifs visés", lambda row: [str(item) for item in row.objectives.all()], shown=False),
            Column("Publics visés", lambda row: [str(item) for item in row.publics.all()], shown=False),
            Column("Financeurs", lambda row: [str(item) for item in row.funders.all()], shown=False),
            Column("Pièces demandées", "piece_labels", shown=False),
            Column("Délai de grâce (heures)", "grace_hours", shown=False),
            Column("Aide au dossier", "contact", shown=False),
            Column("Publié le", "published_at", kind="datetime", shown=False),
        ]

    def get_queryset(self):
        rows = calls_with_counts(Call.objects.all()).select_related("programme")
        return rows.prefetch_related("objectives", "publics", "funders") if "format" in self.request.GET else rows

    def row_url(self, row):
        return self.url("call_detail", pk=row.pk)

    def actions(self):
        if not self.may("edit") or self.current_programme is None:
            return []
        return [Action("Préparer un appel", self.url("call_create"), "plus")]

    def get_empty(self):
        text = "Un appel publié a sa page : toutes les questions y sont visibles avant de commencer."
        if not self.may("edit"):
            return Empty("Aucun appel pour l’instant", text)
        if self.current_programme is None:
            return Empty("Aucun programme pour l’instant", text, "Créer un programme", self.url("programme_create"))
        return Empty("Aucun appel pour l’instant", text, "Préparer un appel", self.url("call_create"))


class CallDetail(CallMixin, DetailPage):
    permission = "programmation.view"
    template_name = "programmation/call_detail.html"

    def get_title(self):
        return self.object.title

    def crumbs(self):
        return [super().crumbs()[0], (str(self.object), "")]

    def actions(self):
        pk, call = self.object.pk, self.object
        if call.archived_at:
            return [shelf_action(self, "call")] if self.may("edit") else []
        buttons = []
        if self.may("publish_call"):
            label, name = ("Retirer de la page publique", "call_unpublish") if call.published_at else ("", "")
            publish = Action("Publier l’appel", self.url("call_publish", pk=pk), "send")
            buttons.append(Action(label, self.url(name, pk=pk), "eye-off", "secondary") if label else publish)
        if self.may("edit"):
            if call.published_at:
                buttons.append(Action("Prolonger ou clore", self.url("call_dates", pk=pk), "calendar"))
            buttons.append(Action("Modifier", self.url("call_edit", pk=pk), "pencil", "secondary"))
            buttons.append(shelf_action(self, "call"))
        return buttons

    def extra_context_data(self):
        call = self.object
        summary = call_summaries(Call.objects.filter(pk=call.pk), at=self.now)[0]
        return {
            "tabs": self.tabs("call_detail"),
            "summary": summary,
            "facts": [
                ("Programme", call.programme),
                ("Ouverture", date_time(call.opens_at)),
                ("Clôture", date_time(call.closes_at)),
                ("Délai de grâce", f"{call.grace_hours} h" if call.grace_hours else "aucun"),
                ("Financeurs", ", ".join(str(row) for row in call.funders.all())),
                ("Publics", ", ".join(str(row) for row in call.publics.all())),
                ("Pièces", ", ".join(call.piece_labels)),
                ("Aide au dossier", call.contact),
            ],
            "objectives": list(call.objectives.all()),
            "asv": self.request.asv,
        }


class CallCreate(OfProgramme, FormPage):
    permission = "programmation.edit"
    title = "Préparer un appel"
    lead = "L’appel reste un brouillon tant que vous ne le publiez pas."
    form_class = CallForm
    submit_label = "Enregistrer le brouillon"
    success_message = "L’appel est enregistré : relisez-le, puis publiez-le."

    def crumbs(self):
        return [("Appels", self.url("call_list"))]

    def form_kwargs(self):
        return {**super().form_kwargs(), "now": self.now}

    def act(self, data):
        return create_call(programme=self.programme, by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("call_detail", pk=result.pk)


class CallEdit(CallMixin, EditPage):
    permission = "programmation.edit"
    title = "Modifier l’appel"
    form_class: Any = CallForm
    success_message = "L’appel est enregistré."

    def form_kwargs(self):
        return {"asv": self.request.asv, "programme": self.object.programme, "now": self.now}

    def act(self, data):
        return change_call(call=self.object, by=self.request.user, version=self.sent_version(), **data)


class CallDates(CallEdit):
    """The way straight to the closing of a call, to put it off or to bring it forward."""

    title = "Prolonger ou clore l’appel"
    form_class = CallDatesForm

    def load(self, **kwargs):
        super().load(**kwargs)
        # The form writes what was typed on the row that it validates.
        self.closes_at = self.object.closes_at

    def form_kwargs(self):
        return {"asv": self.request.asv, "now": self.now}

    def get_lead(self):
        return f"{self.object.title}, clôture le {date_time(self.closes_at)}."

    def get_success_message(self, result):
        summary = call_summaries(Call.objects.filter(pk=result.pk), at=self.now)[0]
        return f"« {result} » : {summary.when}."


class CallPublish(CallMixin, ConfirmPage):
    permission = "programmation.publish_call"
    submit_label = "Publier l’appel"
    text = "L’appel aura sa page publique, avec toutes les questions, les dates et les pièces demandées."
    success_message = "L’appel est publié."

    def get_title(self):
        return f"Publier « {self.object} » ?"

    def consequences(self):
        call = self.object
        return [
            f"Les propositions pourront être déposées à partir du {date_time(call.opens_at)}.",
            f"La clôture est le {date_time(call.closes_at)}, heure de Paris.",
            *publication_doubts(call),
        ]

    def act(self, data):
        return publish_call(call=self.object, by=self.request.user, at=self.now)


class CallUnpublish(CallMixin, ConfirmPage):
    permission = "programmation.publish_call"
    submit_label = "Retirer l’appel"
    text = "La page publique de l’appel ne sera plus accessible. Vous pourrez le publier de nouveau."
    success_message = "L’appel n’est plus public."

    def get_title(self):
        return f"Retirer « {self.object} » de la page publique ?"

    def act(self, data):
        return unpublish_call(call=self.object, by=self.request.user)

"""Priorities: list with the two votes side by side, page, writing."""

from django.db.models import Prefetch

from asv_platform.common.formats import number
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, DetailPage, FormPage
from diagnostics.filters import PriorityFilters
from diagnostics.forms import PriorityForm
from diagnostics.models import Need, Priority
from diagnostics.services import change_priority, create_priority
from diagnostics.views.base import ContentEditPage, ContentMixin, EditionCreateMixin, EditionListMixin
from diagnostics.views.needs import active_titles, places

UNKNOWN = "Non recueillies"


class PriorityList(EditionListMixin, ListPage):
    permission = "diagnostics.view"
    title = "Priorités"
    lead = "Ce que l’année prend en charge. Les voix du comité et celles des habitants se lisent côte à côte."
    filterset_class = PriorityFilters
    default_sort = ("-diagnostic__year", "rank", "pk")
    nouns = ("priorité", "priorités")
    columns = [
        Column("Priorité", "title", kind="title", sort="title", sub=lambda row: f"{row.theme}, {row.diagnostic.year}"),
        Column("Rang", "rank", kind="number", sort="rank"),
        Column("Édition", "diagnostic.year", kind="number", shown=False),
        Column("Thème", "theme.label", shown=False),
        Column("Voix du comité", "committee_votes", kind="number", sort="committee_votes"),
        Column("Voix des habitants", "shown_resident_votes", sort="resident_votes"),
        Column("Besoins", active_titles("needs"), kind="tags"),
        Column("Quartiers", places("short_name"), kind="tags", whole=places("name")),
        Column("Adoptée le", "adopted_on", kind="date", sort="adopted_on"),
        Column("Pourquoi", "rationale", shown=False),
    ]

    def crumbs(self):
        return [self.home_crumb(), ("Priorités", "")]

    def get_queryset(self):
        return Priority.objects.select_related("diagnostic", "theme").prefetch_related("needs", "neighbourhoods")

    def row_url(self, row):
        return self.url("priority_detail", pk=row.pk)

    def actions(self):
        if not self.may_add:
            return []
        return [Action("Proposer une priorité", self.add_url("priority_create"), "plus")]

    def get_empty(self):
        text = "Une priorité répond à un ou plusieurs besoins. Le comité et les habitants votent chacun de leur côté."
        if not self.may_add:
            return Empty("Aucune priorité proposée", text)
        return Empty("Aucune priorité proposée", text, "Proposer une priorité", self.add_url("priority_create"))


class PriorityMixin(ContentMixin):
    object: Priority
    noun = "priority"
    plural_label = "Priorités"

    def get_queryset(self):
        needs = Need.objects.active().with_counts().select_related("theme")
        return Priority.objects.select_related("diagnostic", "theme").prefetch_related(
            "neighbourhoods", Prefetch("needs", needs, to_attr="answered")
        )


class PriorityDetail(PriorityMixin, DetailPage):
    permission = "diagnostics.view"
    template_name = "diagnostics/priority_detail.html"

    def get_title(self):
        return self.object.title

    def get_lead(self):
        return f"Priorité {self.object.rank} de {self.object.diagnostic.year}, {self.object.theme.label.lower()}"

    def crumbs(self):
        return [*super().crumbs()[:-1], (f"Priorité {self.object.rank}", "")]

    def actions(self):
        return self.content_actions("Modifier la priorité")

    def extra_context_data(self):
        priority, needs = self.object, self.object.answered
        return {
            "needs": [(need, self.url("need_detail", pk=need.pk)) for need in needs],
            "votes": [
                {
                    "label": "Voix du comité",
                    "value": number(priority.committee_votes) or UNKNOWN,
                    "trend": "",
                    "url": "",
                },
                {
                    "label": "Voix des habitants",
                    "value": priority.shown_resident_votes or UNKNOWN,
                    "trend": "",
                    "url": "",
                },
            ],
            "facts": [
                ("Quartiers", ", ".join(row.name for row in priority.neighbourhoods.all()) or "Tout le périmètre"),
                ("Thème", priority.theme.label),
            ],
            "closed": self.closed(),
        }


class PriorityCreate(EditionCreateMixin, FormPage):
    permission = "diagnostics.edit"
    title = "Proposer une priorité"
    form_class = PriorityForm
    submit_label = "Proposer la priorité"
    success_message = "La priorité est proposée."

    def crumbs(self):
        return [self.home_crumb(), ("Priorités", self.add_url("priority_list"))]

    def get_initial(self):
        initial = super().get_initial()
        ranks = Priority.objects.active().filter(diagnostic=initial["diagnostic"]).values_list("rank", flat=True)
        return {**initial, "rank": max(ranks, default=0) + 1}

    def act(self, data):
        return create_priority(by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("priority_detail", pk=result.pk)


class PriorityEdit(PriorityMixin, ContentEditPage):
    title = "Modifier la priorité"
    form_class = PriorityForm
    success_message = "La priorité est enregistrée."

    def act(self, data):
        return change_priority(priority=self.object, by=self.request.user, version=self.sent_version(), **data)

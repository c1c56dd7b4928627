from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from asv_platform.common.exports import plain
from asv_platform.common.formats import date_long
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action as Button
from asv_platform.common.views import ConfirmPage, DetailPage, EditPage, FormPage
from asv_platform.territories.pages import shelf_action
from evaluation import services
from evaluation.filters import IndicatorFilters
from evaluation.forms.measures import IndicatorForm, MeasureForm
from evaluation.models import ActionIndicator, Measure
from evaluation.selectors import (
    IndicatorResult,
    indicator_result,
    measure_history,
    shown_programme,
    with_last_measure,
)
from evaluation.views.base import CountedRowMixin, OfAction, ShownMixin, TeamMixin, TodayMixin, actions
from programmation.models import ProposalIndicator


class IndicatorList(ShownMixin, ListPage):
    permission = "evaluation.view"
    title = "Résultats"
    lead = "Les indicateurs choisis au dépôt, leur cible, et la dernière mesure."
    filterset_class = IndicatorFilters
    default_sort = ("-action__programme__year", "action__number", "pk")
    nouns = ("indicateur", "indicateurs")

    @cached_property
    def columns(self):
        result = self.result
        return [
            Column("Indicateur", "name", kind="title", sort="name", sub=lambda row: result(row).detail),
            Column("Nature", "get_kind_display", shown=False),
            Column("Unité", lambda row: "%" if row.is_ratio else row.unit, shown=False),
            Column("Action", "action.title", sort="action__title", sub="action.organisation.name"),
            Column("Porteur", "action.organisation.name", shown=False),
            Column("Programme", lambda row: str(row.action.programme.year), shown=False),
            Column("Départ", lambda row: result(row).shown_baseline, whole=lambda row: plain(row.baseline)),
            Column("Cible", lambda row: result(row).shown_target, whole=lambda row: plain(row.target)),
            Column(
                "Mesuré",
                lambda row: result(row).shown_value,
                whole=lambda row: result(row).hidden or plain(row.last_value),
            ),
            Column("Sur combien", lambda row: result(row).shown_parts, shown=False),
            Column("Mesuré le", "last_on", kind="date", sort="last_on"),
            Column("État", lambda row: result(row).state.label, kind="state", tone=lambda row: result(row).state.tone),
            Column("Validée", lambda row: "oui" if row.last_approved_at else "non", shown=False),
        ]

    def result(self, row: ActionIndicator) -> IndicatorResult:
        """The result of a row, as may be read beside the other counts of its programme."""
        return indicator_result(row, self.secrets(row.action))

    def get_queryset(self):
        rows = ActionIndicator.objects.filter(action__archived_at__isnull=True)
        return with_last_measure(rows).select_related("action__organisation", "action__programme")

    def row_url(self, row):
        return self.url("indicator_detail", pk=row.pk)

    def get_empty(self):
        return Empty(
            "Aucun indicateur pour l’instant",
            "Les indicateurs viennent des propositions acceptées, dès la première séance ou la demande des bilans.",
            "Voir les actions",
            self.url("overview"),
        )


class IndicatorMixin(CountedRowMixin):
    def get_queryset(self):
        return ActionIndicator.objects.select_related("action__asv", "action__organisation", "action__programme")

    def crumbs(self):
        return [("Résultats", self.url("indicator_list")), (self.object.name, self.own_url())]

    def own_url(self) -> str:
        return self.url("indicator_detail", pk=self.object.pk)

    def get_success_url(self, result):
        return self.own_url()


class IndicatorDetail(IndicatorMixin, DetailPage):
    permission = "evaluation.view"
    template_name = "evaluation/indicator_detail.html"

    def get_queryset(self):
        return with_last_measure(super().get_queryset())

    def get_title(self):
        return self.object.name

    def get_lead(self):
        return f"{self.object.action.title}, {self.object.action.organisation}"

    def crumbs(self):
        return [("Résultats", self.url("indicator_list")), (self.object.name, "")]

    def actions(self):
        pk = self.object.pk
        buttons = [Button("Historique", self.url("indicator_history", pk=pk), "history", "secondary")]
        if self.may("edit"):
            buttons = [
                Button("Ajouter une mesure", self.url("measure_create", pk=pk), "plus"),
                Button("Modifier", self.url("indicator_edit", pk=pk), "pencil", "secondary"),
                *buttons,
            ]
        return buttons

    def extra_context_data(self):
        action = self.object.action
        secrets = shown_programme(action.programme).secrets_of(action.pk)
        return {
            "result": indicator_result(self.object, secrets),
            "measures": measure_history(self.object, secrets),
            "may_edit": self.may("edit"),
            "may_approve": self.may("approve_measure"),
        }


class IndicatorCreate(OfAction, FormPage):
    permission = "evaluation.edit"
    title = "Ajouter un indicateur"
    form_class = IndicatorForm
    submit_label = "Ajouter l’indicateur"
    success_message = "L’indicateur est ajouté."

    def act(self, data):
        return services.create_indicator(action=self.action, by=self.request.user, **data)


class IndicatorEdit(IndicatorMixin, EditPage):
    permission = "evaluation.edit"
    form_class = IndicatorForm
    success_message = "L’indicateur est enregistré."

    def get_title(self):
        return f"Modifier « {self.object.name} »"

    def actions(self):
        return [shelf_action(self, "indicator", restore="secondary")]

    def act(self, data):
        return services.change_indicator(
            indicator=self.object, by=self.request.user, version=self.sent_version(), **data
        )


class MeasureFormMixin(TodayMixin):
    """The form of a measure of ``self.indicator``, adopted or still a promise."""

    form_class: type = MeasureForm
    submit_label = "Enregistrer la mesure"
    success_message = "La mesure est enregistrée."
    indicator: Any

    def get_title(self):
        return f"Mesurer « {self.indicator.name} »"

    def form_kwargs(self):
        return {"is_ratio": self.indicator.is_ratio, "unit": self.indicator.unit}

    def get_initial(self):
        return {"measured_on": self.today}


class MeasureCreate(MeasureFormMixin, TeamMixin, FormPage):
    permission = "evaluation.edit"

    def load(self, **kwargs):
        rows = ActionIndicator.objects.active().select_related("action__asv", "action__programme")
        self.indicator = get_object_or_404(rows, pk=kwargs["pk"])

    def permission_object(self):
        return self.indicator

    def get_lead(self):
        return self.indicator.action.title

    def crumbs(self):
        return self.action_crumbs(self.indicator.action)

    def act(self, data):
        return services.take_measure(indicator=self.indicator, by=self.request.user, on=self.today, **data)

    def get_success_url(self, result):
        return self.url("indicator_detail", pk=result.indicator_id)


class PromiseMeasure(MeasureFormMixin, OfAction, FormPage):
    """The first measure of an indicator that the proposal promised and nobody adopted yet."""

    permission = "evaluation.edit"

    def load(self, **kwargs):
        self.indicator = get_object_or_404(ProposalIndicator.objects.all(), pk=kwargs["pk"])
        self.action = get_object_or_404(actions(), proposal=self.indicator.proposal_id)

    def get_lead(self):
        return self.action.title

    def act(self, data):
        indicator = services.indicator_of_promise(action=self.action, promise=self.indicator, by=self.request.user)
        return services.take_measure(indicator=indicator, by=self.request.user, on=self.today, **data)


class MeasureMixin(CountedRowMixin):
    counts = ("numerator", "denominator", "value")

    def get_queryset(self):
        return Measure.objects.select_related("indicator__action__asv", "indicator__action__programme")

    def crumbs(self):
        indicator = self.object.indicator
        return [
            ("Résultats", self.url("indicator_list")),
            (indicator.name, self.url("indicator_detail", pk=indicator.pk)),
        ]

    def get_success_url(self, result):
        return self.url("indicator_detail", pk=self.object.indicator_id)


class MeasureEdit(MeasureFormMixin, MeasureMixin, EditPage):
    permission = "evaluation.edit"

    def load(self, **kwargs):
        super().load(**kwargs)
        self.indicator = self.object.indicator

    def get_title(self):
        return f"Corriger la mesure du {date_long(self.object.measured_on)}"

    def get_initial(self):
        return {}

    def actions(self):
        return [shelf_action(self, "measure", restore="secondary")]

    def act(self, data):
        return services.change_measure(
            measure=self.object, by=self.request.user, on=self.today, version=self.sent_version(), **data
        )


class MeasureApprove(MeasureMixin, ConfirmPage):
    permission = "evaluation.approve_measure"
    submit_label = "Valider la mesure"
    success_message = "La mesure est validée."

    def get_title(self):
        return f"Valider la mesure du {date_long(self.object.measured_on)} ?"

    def consequences(self):
        return ["Une mesure validée ne change plus : une nouvelle mesure la remplace."]

    def act(self, data):
        return services.approve_measure(measure=self.object, by=self.request.user, at=self.now)

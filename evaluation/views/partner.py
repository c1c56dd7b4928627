"""« Mes actions »: the partner notes sessions and measures, then writes the report."""

from typing import Any, ClassVar

from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from actors.rules import partner_roles
from asv_platform.common.formats import date_long, period
from asv_platform.common.views import Action as Button
from asv_platform.common.views import ConfirmPage, DetailPage, EditPage, FormPage, Page, PermissionView
from evaluation import services
from evaluation.enums import SessionState
from evaluation.forms.reports import FileForm
from evaluation.models import ActionIndicator, ActionReport, Measure, Session
from evaluation.selectors import ActionResults, action_results, report_row, report_sheet, report_title, sessions_chart
from evaluation.views.base import TodayMixin, actions
from evaluation.views.reports import ReportEdit, blanks_filled, reports
from evaluation.views.results import MeasureFormMixin
from evaluation.views.session_forms import CancelSession, LogSession, PlanSessions, TellSession
from programmation.enums import ActionState
from programmation.models import Action, ProposalIndicator

HOME = "/mes-dossiers/"


class PartnerMixin(TodayMixin):
    """A page about an action of the user's organisations: any other action is a 404."""

    permission: ClassVar[str] = "evaluation.write_own"
    action: Action

    def url(self, name: str, **kwargs) -> str:
        return reverse(f"partner_evaluation:{name}", kwargs=kwargs)

    def own_actions(self):
        return actions().of_organisations(partner_roles(self.request.user))

    def own(self, rows, **lookup):
        """One row among those of the user's actions."""
        return get_object_or_404(rows, action__in=self.own_actions().values("pk"), **lookup)

    def permission_object(self) -> Action:
        return self.action

    def own_action_url(self) -> str:
        return self.url("action", pk=self.action.pk)

    def crumbs(self):
        return [("Mes dossiers", HOME), ("Mes actions", self.url("list")), (self.action.title, self.own_action_url())]

    def get_lead(self) -> str:
        return self.action.title

    def get_success_url(self, result: Any) -> str:
        return self.own_action_url()


class ActionList(PartnerMixin, PermissionView):
    permission = "programmation.enter_partner_space"
    template_name = "evaluation/partner/list.html"
    http_method_names = ["get", "head", "options"]
    title = "Mes actions"
    lead = "Notez vos séances au fil de l’eau : le bilan se remplit tout seul."

    def get_lead(self):
        return self.lead

    def permission_object(self):
        return None

    def crumbs(self):
        return [("Mes dossiers", HOME), ("Mes actions", "")]

    def get(self, request, *args, **kwargs) -> HttpResponse:
        live = Q(sessions__archived_at__isnull=True)
        rows = self.own_actions().annotate(
            held=Count("sessions", filter=live & Q(sessions__state=SessionState.HELD)),
            planned=Count("sessions", filter=live & Q(sessions__state=SessionState.PLANNED)),
            next_on=Min("sessions__held_on", filter=live & Q(sessions__state=SessionState.PLANNED)),
        )
        found = list(rows.order_by("-programme__year", "number"))
        waiting = reports().waiting().filter(action__in=[row.pk for row in found])
        context = {
            "page": Page(**self.page_fields()),
            "actions": found,
            "reports": [(row, report_row(row, on=self.today)) for row in waiting.order_by("due_on")],
            "running": [row for row in found if row.state in {ActionState.RUNNING, ActionState.PLANNED}],
        }
        return self.render_to_response(context)


class ActionPage(PartnerMixin, DetailPage):
    permission = "evaluation.read_own"
    template_name = "evaluation/partner/action.html"

    def load(self, **kwargs):
        self.object = self.action = get_object_or_404(self.own_actions(), pk=kwargs["pk"])

    def get_title(self):
        return self.action.title

    def get_lead(self):
        when = period(self.action.starts_on, self.action.ends_on)
        return ", ".join(part for part in (str(self.action.organisation), when) if part)

    def crumbs(self):
        return [*super().crumbs()[:-1], (self.action.title, "")]

    @cached_property
    def results(self) -> ActionResults:
        return action_results(self.action, on=self.today)

    def actions(self):
        pk = self.action.pk
        if not self.results.is_open:
            return []
        return [
            Button("Noter une séance", self.url("session_create", pk=pk), "plus"),
            Button("Prévoir des séances", self.url("session_plan", pk=pk), "calendar-plus", "secondary"),
        ]

    def extra_context_data(self):
        return {"results": self.results, "chart": sessions_chart(self.results)}


class PartnerForm(PartnerMixin):
    template_name: Any = "partner/form.html"


class OfOwnAction(PartnerForm):
    """A form about an action of the user's organisations."""

    def load(self, **kwargs):
        self.action = get_object_or_404(self.own_actions(), pk=kwargs["pk"])


class PartnerSessionForm(PartnerForm):
    template_name: Any = "evaluation/partner/session_form.html"


class SessionCreate(PartnerSessionForm, LogSession, OfOwnAction, FormPage):
    title = "Séance du jour"


class SessionPlan(PlanSessions, OfOwnAction, FormPage):
    pass


class OwnSession(PartnerForm):
    def get_queryset(self):
        return Session.objects.active().select_related("action__asv", "action__programme", "action__organisation")

    def load(self, **kwargs):
        self.object = self.own(self.get_queryset(), pk=kwargs["pk"])
        self.action = self.object.action
        self.loaded_version = self.object.version


class SessionEdit(PartnerSessionForm, TellSession, OwnSession, EditPage):
    def actions(self):
        url = self.url("session_cancel", pk=self.object.pk)
        return [Button("Annuler la séance", url, "calendar-x", "secondary")]


class SessionCancel(CancelSession, OwnSession, ConfirmPage):
    template_name = "evaluation/partner/confirm.html"


class MeasureCreate(MeasureFormMixin, PartnerForm, FormPage):
    def load(self, **kwargs):
        self.indicator = self.own(ActionIndicator.objects.active().select_related("action__asv"), pk=kwargs["pk"])
        self.action = self.indicator.action

    def act(self, data):
        return services.take_measure(indicator=self.indicator, by=self.request.user, on=self.today, **data)


class PromiseMeasure(MeasureFormMixin, PartnerForm, FormPage):
    """The first measure of an indicator promised at the filing."""

    def load(self, **kwargs):
        self.indicator = get_object_or_404(ProposalIndicator.objects.all(), pk=kwargs["pk"])
        self.action = get_object_or_404(self.own_actions(), proposal=self.indicator.proposal_id)

    def act(self, data):
        by = self.request.user
        indicator = services.indicator_of_promise(action=self.action, promise=self.indicator, by=by)
        return services.take_measure(indicator=indicator, by=by, on=self.today, **data)


class MeasureEdit(MeasureFormMixin, PartnerForm, EditPage):
    def get_queryset(self):
        return Measure.objects.active().select_related("indicator__action__asv")

    def load(self, **kwargs):
        own = self.own_actions().values("pk")
        self.object = get_object_or_404(self.get_queryset(), indicator__action__in=own, pk=kwargs["pk"])
        self.indicator, self.action = self.object.indicator, self.object.indicator.action
        self.loaded_version = self.object.version

    def get_title(self):
        return f"Corriger la mesure du {date_long(self.object.measured_on)}"

    def get_initial(self):
        return {}

    def act(self, data):
        return services.change_measure(
            measure=self.object, by=self.request.user, on=self.today, version=self.sent_version(), **data
        )


class OwnReport(PartnerForm):
    def get_queryset(self):
        return reports().active()

    def load(self, **kwargs):
        self.object: ActionReport = self.own(self.get_queryset(), pk=kwargs["pk"])
        self.action = self.object.action
        self.loaded_version = self.object.version
        self.sheet = report_sheet(self.object)

    def get_title(self):
        return report_title(self.object)

    def own_url(self) -> str:
        return self.url("report", pk=self.object.pk)

    def get_success_url(self, result):
        return self.own_url()


class ReportPage(OwnReport, DetailPage):
    permission = "evaluation.read_own"
    template_name = "evaluation/partner/report.html"

    def get_lead(self):
        return f"{self.action.organisation}, attendu avant le {date_long(self.object.due_on)}"

    def actions(self):
        if not self.object.is_waiting:
            return []
        edit = Button("Compléter le bilan", self.url("report_edit", pk=self.object.pk), "pencil")
        if self.sheet.missing or not self.request.user.has_perm("evaluation.file_own", self.action):
            return [edit]
        file = Button("Déposer le bilan", self.url("report_file", pk=self.object.pk), "send")
        return [file, Button(edit.label, edit.url, edit.icon, "secondary")]

    def extra_context_data(self):
        may_file = self.request.user.has_perm("evaluation.file_own", self.action)
        return {"sheet": self.sheet, "row": report_row(self.object, on=self.today), "may_file": may_file}


class ReportWrite(OwnReport, ReportEdit):
    permission = "evaluation.write_own"
    template_name = "evaluation/partner/report_form.html"
    submit_label = "Enregistrer le bilan"
    success_message = "Le bilan est enregistré. Il n’est pas encore déposé."

    def load(self, **kwargs):
        OwnReport.load(self, **kwargs)

    def get_initial(self):
        return blanks_filled(self.object, self.sheet)


class ReportFile(OwnReport, ConfirmPage):
    permission = "evaluation.file_own"
    template_name = "evaluation/partner/report_file.html"
    form_class = FileForm
    submit_label = "Déposer le bilan"

    def get_title(self):
        return "Déposer ce bilan ?"

    def get_text(self):
        return f"{report_title(self.object)}, {self.action.organisation}."

    def consequences(self):
        return [
            "L’équipe de l’atelier santé ville le reçoit pour lecture.",
            "Il ne change plus, sauf si une correction vous est demandée.",
        ]

    def extra_context_data(self):
        return {"sheet": self.sheet}

    def act(self, data):
        return services.file_report(report=self.object, by=self.request.user, at=self.now)

    def get_success_message(self, result):
        return f"Le bilan est déposé le {date_long(result.filed_at)}."

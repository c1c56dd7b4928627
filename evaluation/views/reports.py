from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from actors.models import Organisation
from asv_platform.common.formats import date_long, join_and, plural
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.parsing import whole_number
from asv_platform.common.views import Action as Button
from asv_platform.common.views import ConfirmPage, DetailPage, EditPage, FormPage
from asv_platform.territories.pages import shelf_action
from evaluation import services
from evaluation.enums import ReportKind, ReportState
from evaluation.filters import ReportFilters
from evaluation.forms.reports import AskReportForm, AskReportsForm, CorrectionForm, ReceivedForm, ReportForm
from evaluation.models import ActionReport
from evaluation.selectors import (
    evaluable_programmes,
    out_of_reach,
    report_row,
    report_sheet,
    report_title,
)
from evaluation.views.base import CountsMixin, OfAction, ShownMixin, TeamMixin


def reports():
    """The reports, with what their pages show."""
    return ActionReport.objects.select_related(
        "asv", "action__asv", "action__organisation", "action__programme", "action__proposal"
    )


class ReportList(ShownMixin, ListPage):
    permission = "evaluation.view"
    title = "Bilans"
    lead = "Ce que les structures rendent compte, du premier brouillon à l’approbation."
    filterset_class = ReportFilters
    default_sort = ("due_on", "pk")
    nouns = ("bilan", "bilans")

    @cached_property
    def columns(self):
        return [
            Column("Bilan", "action.title", kind="title", sort="action__title", sub="action.organisation.name"),
            Column("Porteur", "action.organisation.name", shown=False),
            Column("Nature", "get_kind_display", sort="kind"),
            Column("Programme", lambda row: str(row.action.programme.year), sort="action__programme__year"),
            Column(
                "État",
                lambda row: report_row(row, on=self.today).state_label,
                kind="state",
                sort="state",
                tone=lambda row: report_row(row, on=self.today).tone,
            ),
            Column("Attendu le", "due_on", kind="date", sort="due_on"),
            Column("Déposé le", "filed_at", kind="date", sort="filed_at"),
            Column("Approuvé le", "approved_at", kind="date", shown=False),
            Column("Personnes touchées", self.reached),
            Column("Ce qui s’est passé", "get_path_display", shown=False),
            Column("Mise en œuvre", "summary", shown=False),
            Column("Publics touchés", "public_reached", shown=False),
            Column("Dates et lieux", "places", shown=False),
            Column("Objectifs atteints", "objectives_reached", shown=False),
            Column("Difficultés", "difficulties", shown=False),
            Column("Ce qui en est retenu", "lessons", shown=False),
            Column("Suites prévues", "next_steps", shown=False),
            Column("Correction demandée", "correction_request", shown=False),
            Column("Signataire", "signatory", shown=False),
        ]

    def reached(self, row: ActionReport) -> str:
        """The distinct people of a report, as may be read beside the others of its programme."""
        return self.shown(row.action).reached(row)

    def get_queryset(self):
        return reports()

    def row_url(self, row):
        return self.url("report_detail", pk=row.pk)

    def actions(self):
        if not self.may("ask_report") or not evaluable_programmes(on=self.today).exists():
            return []
        return [Button("Demander les bilans", self.url("report_ask"), "file-clock")]

    def get_empty(self):
        text = "Demandez les bilans d’un programme : chacun arrive déjà rempli par les séances et le budget."
        if not self.may("ask_report"):
            return Empty("Aucun bilan pour l’instant", text)
        return Empty("Aucun bilan pour l’instant", text, "Demander les bilans", self.url("report_ask"))


def told(organisation: Organisation) -> str:
    """That the organisation is written to, or that somebody must tell it: nobody there can read."""
    if unread := out_of_reach([organisation.pk]):
        return str(services.NobodyReached(unread[0]))
    return "La structure est prévenue par courriel."


class TellsPartner(TeamMixin):
    """A page after which an organisation is written to."""

    def told(self, organisation: Organisation) -> SafeString:
        """The same as a message, with the way to open an access to whoever may."""
        may_open = self.request.user.has_perm("actors.grant_access", self.request.asv)
        if not may_open or not out_of_reach([organisation.pk]):
            return format_html("{}", told(organisation))
        url = reverse("actors:partner_access_create", kwargs={"asv": self.request.asv.slug, "pk": organisation.pk})
        return format_html('{} <a href="{}">Ouvrir un accès</a>', told(organisation), url)


def told_all(organisation_ids: Iterable[int]) -> str:
    """Who is written to, and who is to be told otherwise."""
    lost = out_of_reach(organisation_ids)
    if not lost:
        return "Les structures sont prévenues par courriel."
    return f"Les structures sont prévenues par courriel, sauf celles qui n’ont aucun accès : {join_and(lost)}."


class ReportAsk(TeamMixin, FormPage):
    permission = "evaluation.ask_report"
    title = "Demander les bilans"
    lead = "Chaque action du programme reçoit son bilan final, prêt à compléter. Celles qui l’ont déjà le gardent."
    form_class = AskReportsForm
    submit_label = "Demander les bilans"

    def crumbs(self):
        return [("Bilans", self.url("report_list"))]

    def load(self, **kwargs):
        self.programmes = evaluable_programmes(on=self.today)

    def form_kwargs(self):
        return {"on": self.today, "programmes": self.programmes, "due": self.due}

    def due(self, year: int):
        return services.asked_for(year, on=self.today)

    def get_initial(self):
        year = whole_number(self.request.GET.get("annee"))
        programme = self.programmes.filter(year=year).first() if year else None
        programme = programme or self.programmes.filter(actions__isnull=False).first()
        return {"programme": programme, "due_on": self.due(programme.year)} if programme else {}

    def act(self, data):
        return services.open_reports(
            programme=data["programme"], due_on=data["due_on"], by=self.request.user, tell=True
        )

    def get_success_url(self, result):
        return self.url("report_list")

    def get_success_message(self, result):
        if not result:
            return "Toutes les actions de ce programme ont déjà leur bilan."
        asked = plural(len(result), "bilan demandé", "bilans demandés")
        return f"{asked}. {told_all(row.action.organisation_id for row in result)}"


class ReportAskOne(TellsPartner, OfAction, FormPage):
    permission = "evaluation.ask_report"
    title = "Demander un bilan"
    form_class = AskReportForm
    submit_label = "Demander le bilan"

    def get_success_message(self, result):
        return format_html("Le bilan est demandé. {}", self.told(self.action.organisation))

    def get_lead(self):
        unread = out_of_reach([self.action.organisation_id])
        known = " (aucun accès à la plateforme : à prévenir vous-même)" if unread else ""
        return f"{self.action.title}, {self.action.organisation}{known}"

    def form_kwargs(self):
        return {"on": self.today}

    def get_initial(self):
        return {"kind": ReportKind.FINAL, "due_on": services.asked_for(self.action.programme.year, on=self.today)}

    def act(self, data):
        return services.open_report(
            action=self.action, kind=data["kind"], due_on=data["due_on"], by=self.request.user, tell=True
        )

    def get_success_url(self, result):
        return self.url("report_detail", pk=result.pk)


class ReportMixin(CountsMixin, TellsPartner):
    counts = ("people_reached",)

    def get_queryset(self):
        # The sheet, what it lacks and what it suggests read the same lines.
        return reports().prefetch_related("lines")

    def archive_row(self):
        return services.archive_report(report=self.object, by=self.request.user)

    def own_url(self) -> str:
        return self.url("report_detail", pk=self.object.pk)

    def crumbs(self):
        return [("Bilans", self.url("report_list")), (self.object.action.title, self.own_url())]

    def get_success_url(self, result):
        return self.own_url()


class ReportDetail(ReportMixin, DetailPage):
    permission = "evaluation.view"
    template_name = "evaluation/report_detail.html"

    def get_title(self):
        return report_title(self.object)

    def get_lead(self):
        return str(self.object.action.organisation)

    def crumbs(self):
        return [*super().crumbs()[:1], (self.object.action.title, "")]

    def actions(self):
        pk = self.object.pk
        buttons = []
        if self.object.state == ReportState.FILED and self.may("approve_report"):
            buttons += [
                Button("Approuver", self.url("report_approve", pk=pk), "file-check"),
                Button("Demander une correction", self.url("report_return", pk=pk), "reply", "secondary"),
            ]
        if self.object.is_waiting and self.may("edit"):
            buttons += self.for_partner()
        buttons.append(Button("Historique", self.url("report_history", pk=pk), "history", "secondary"))
        if self.may("edit"):
            buttons.append(shelf_action(self, "report", restore="secondary"))
        return buttons

    def for_partner(self):
        """What the team does for an organisation that does not write: note, file, remind."""
        pk, buttons = self.object.pk, []
        if not self.sheet.missing and self.may("file_report"):
            buttons.append(Button("Déposer pour la structure", self.url("report_file", pk=pk), "send"))
        if self.may("remind_report") and not out_of_reach([self.object.action.organisation_id]):
            buttons.append(Button("Relancer", self.url("report_remind", pk=pk), "bell", "secondary"))
        return [
            *buttons,
            Button("Saisir pour la structure", self.url("report_edit", pk=pk), "pencil", "secondary"),
        ]

    @cached_property
    def sheet(self):
        return report_sheet(self.object)

    def extra_context_data(self):
        return {"sheet": self.sheet, "row": report_row(self.object, on=self.today)}


class ReportFile(ReportMixin, ConfirmPage):
    """The team files a report received on paper or by mail: its name stays in the history."""

    permission = "evaluation.file_report"
    template_name = "evaluation/report_file.html"
    form_class = ReceivedForm
    submit_label = "Déposer pour la structure"

    def get_title(self):
        return "Déposer ce bilan pour la structure ?"

    def get_text(self):
        return f"{report_title(self.object)}, {self.object.action.organisation}."

    def consequences(self):
        return [
            "L’historique dit que vous l’avez déposé pour elle.",
            "Il ne change plus, sauf si vous demandez une correction.",
        ]

    def extra_context_data(self):
        return {"sheet": report_sheet(self.object)}

    def act(self, data):
        return services.file_report(report=self.object, by=self.request.user, at=self.now, on_behalf=True)

    def get_success_message(self, result):
        return format_html("Le bilan est déposé pour la structure. {}", self.told(result.action.organisation))


class ReportRemind(ReportMixin, ConfirmPage):
    permission = "evaluation.remind_report"
    submit_label = "Envoyer le rappel"

    def get_title(self):
        return "Relancer la structure ?"

    def get_text(self):
        return f"{report_title(self.object)}, attendu le {date_long(self.object.due_on)}."

    def consequences(self):
        found = [f"Un courriel de rappel part à {self.object.action.organisation}, avec le lien du bilan."]
        if self.object.reminded_on:
            found.append(f"Dernier rappel le {date_long(self.object.reminded_on)}. Un seul courriel part par jour.")
        return found

    def act(self, data):
        return services.remind_report(report=self.object, by=self.request.user, on=self.today)

    def get_success_message(self, result):
        return f"Rappel envoyé à {result.action.organisation}."


class ReportEdit(ReportMixin, EditPage):
    """The team writes down a report received on paper; the partner keeps the hand."""

    permission = "evaluation.edit"
    template_name = "evaluation/report_form.html"
    form_class = ReportForm
    success_message = "Le bilan est enregistré."
    submit_label = "Enregistrer"

    def load(self, **kwargs):
        super().load(**kwargs)
        self.sheet = report_sheet(self.object)

    def get_title(self):
        return report_title(self.object)

    def get_lead(self):
        return str(self.object.action.organisation)

    def form_kwargs(self):
        return {"sheet": self.sheet}

    def get_initial(self):
        return blanks_filled(self.object, self.sheet)

    def extra_context_data(self):
        return {"sheet": self.sheet}

    def act(self, data):
        return services.save_report(
            report=self.object,
            by=self.request.user,
            version=self.sent_version(),
            lines=self.answers(data),
            **{name: data[name] for name in self.form_class._meta.fields},
        )

    def answers(self, data):
        return {line.pk: (data[f"actual_{line.pk}"], data[f"explanation_{line.pk}"]) for line in self.sheet.money.lines}


def blanks_filled(report: ActionReport, sheet) -> dict:
    """What the log writes where the partner has not written yet."""
    return {name: text for name, text in sheet.suggested.items() if text and not getattr(report, name)}


class ReportApprove(ReportMixin, ConfirmPage):
    permission = "evaluation.approve_report"
    submit_label = "Approuver le bilan"
    success_message = "Le bilan est approuvé."

    def get_title(self):
        return "Approuver ce bilan ?"

    def get_text(self):
        return f"{self.object.action.title}, {self.object.action.organisation}."

    def consequences(self):
        found = [told(self.object.action.organisation), "Un bilan approuvé ne change plus."]
        if self.object.kind == ReportKind.FINAL:
            found.append("Les séances et les mesures de l’action ne changent plus.")
        return found

    def act(self, data):
        return services.approve_report(report=self.object, by=self.request.user, at=self.now)


class ReportReturn(ReportMixin, ConfirmPage):
    permission = "evaluation.approve_report"
    form_class = CorrectionForm
    submit_label = "Demander la correction"

    def get_success_message(self, result):
        return format_html("La correction est demandée. {}", self.told(result.action.organisation))

    def get_title(self):
        return "Demander une correction ?"

    def get_text(self):
        filed = f", déposé le {date_long(self.object.filed_at)}" if self.object.filed_at else ""
        return f"{self.object.action.title}, {self.object.action.organisation}{filed}."

    def act(self, data):
        return services.return_report(report=self.object, by=self.request.user, request=data["correction_request"])

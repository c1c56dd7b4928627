"""Prepare, read, issue and withdraw editions."""

from collections.abc import Collection
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from asv_platform.audit.views import HistoryPage
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import (
    Action,
    ConfirmPage,
    DetailPage,
    EditPage,
    FormPage,
    ObjectMixin,
    PermissionView,
    not_found_unless,
)
from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.filters import EditionFilter
from asv_platform.reporting.forms import (
    EditionForm,
    ReviseForm,
    WithdrawForm,
    initial_decisions,
    initial_of,
    with_other_decisions,
    year_in,
)
from asv_platform.reporting.kinds import KINDS
from asv_platform.reporting.models import Edition
from asv_platform.reporting.selectors import (
    Suggestions,
    edition_sheet,
    missing_before_issue,
    successor_of,
    suggestions_of,
)
from asv_platform.reporting.services import (
    discard_edition,
    issue_edition,
    refresh_edition,
    request_edition,
    revise_edition,
    withdraw_edition,
)
from asv_platform.reporting.views.base import EditionMixin, ReportingMixin


class EditionListView(ReportingMixin, ListPage):
    permission = "reporting.view_edition"
    title = "Éditions"
    lead = "Les rapports et les notes de l’atelier : en préparation, émis, retirés."
    nouns = ("édition", "éditions")
    filterset_class = EditionFilter
    default_sort = ("-year", "-pk")
    columns = [
        Column("Document", "get_kind_display", kind="title", sort="kind"),
        Column("Année", lambda row: str(row.year), sort="year"),
        Column("N°", lambda row: str(row.number or ""), sort="number"),
        Column("État", "get_state_display", kind="state", sort="state", tone=lambda row: EditionState(row.state).tone),
        Column("Émise le", "issued_at", kind="date", sort="issued_at"),
        Column("Pages", "page_count", kind="number", sort="page_count"),
        Column("Préparée par", "author", sort="author__last_name"),
        Column("Empreinte", "sha256", shown=False),
    ]

    def get_queryset(self):
        return Edition.objects.active().select_related("author")

    def row_url(self, row: Edition) -> str:
        return self.url("edition_detail", pk=row.pk)

    def actions(self) -> list[Action]:
        if not self.may("prepare_edition"):
            return []
        return [
            Action("Préparer le rapport annuel", self.url("edition_prepare_report"), icon="plus"),
            Action("Préparer la note aux élus", self.url("edition_prepare_note"), kind="secondary"),
        ]

    def get_empty(self) -> Empty:
        text = "Un rapport se prépare en choisissant une année : les chiffres viennent de ce qui est déjà saisi."
        if not self.may("prepare_edition"):
            return Empty("Aucune édition", text)
        return Empty("Aucune édition", text, "Préparer le rapport annuel", self.url("edition_prepare_report"))


class EditionPrepareView(ReportingMixin, FormPage):
    """Prepare a draft; ``kind`` is set by the address."""

    permission = "reporting.prepare_edition"
    template_name = "reporting/edition_form.html"
    form_class = EditionForm
    submit_label = "Préparer l’aperçu"
    success_message = "L’aperçu se fabrique : il sera prêt dans un instant."
    kind = ""

    def get_title(self) -> str:
        return f"Préparer : {KINDS[self.kind].label.lower()}"

    def get_lead(self) -> str:
        return KINDS[self.kind].lead

    def crumbs(self) -> list[tuple[str, str]]:
        return [("Éditions", self.url("edition_list"))]

    def get_initial(self) -> dict[str, Any]:
        return {"year": self.year, "proposed_for": self.year, **initial_decisions(self.suggestions.decisions)}

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": KINDS[self.kind], "headlines": self.suggestions.headlines}

    @cached_property
    def year(self) -> int:
        """The year typed; at first the one most often told, the last that ended."""
        return year_in(self.request.POST.get("year")) or timezone.localdate().year - 1

    @cached_property
    def suggestions(self) -> Suggestions:
        """What the broken links of that year suggest; somebody reads it before it is printed."""
        return self.suggestions_for(self.year)

    def suggestions_for(self, year: int) -> Suggestions:
        return suggestions_of(self.request.asv, year=year, on=timezone.localdate())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the data of one year suggest is never printed for another: it is shown anew before anything is made."""
        if data := self.data_of_another_year():
            notice = (
                "L’année a changé. Les décisions que vous n’aviez pas modifiées sont remplacées par celles que "
                f"proposent les données de {self.year} : relisez-les, puis préparez l’aperçu."
            )
            return self.show(self.make_form(data), notice=notice)
        return super().post(request, *args, **kwargs)

    def data_of_another_year(self) -> QueryDict | None:
        """What to show when the year typed is not the one whose decisions were shown, and has others."""
        posted = self.request.POST
        shown, asked = year_in(posted.get("proposed_for")), year_in(posted.get("year"))
        if shown is None or asked is None or shown == asked:
            return None
        form = EditionForm(
            posted, kind=KINDS[self.kind], initial=initial_decisions(self.suggestions_for(shown).decisions)
        )
        data = with_other_decisions(form, self.suggestions.decisions)
        if data is not None:
            data["proposed_for"] = str(asked)
        return data

    def make_form(self, data=None, files=None):
        self.form = super().make_form(data, files)
        return self.form

    def act(self, data):
        return request_edition(
            asv=self.request.asv, kind=self.kind, year=data["year"], by=self.request.user, **self.form.editorial()
        )

    def get_success_url(self, result: Edition) -> str:
        return self.url("edition_detail", pk=result.pk)


class EditionReviseView(EditionMixin, EditPage):
    permission = "reporting.prepare_edition"
    template_name = "reporting/edition_form.html"
    form_class = ReviseForm
    submit_label = "Enregistrer et refaire l’aperçu"
    success_message = "Le brouillon est enregistré, l’aperçu se fabrique."

    def get_title(self) -> str:
        return f"Modifier le brouillon : {self.object}"

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.object)

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": KINDS[self.object.kind]}

    def make_form(self, data=None, files=None):
        self.form = super().make_form(data, files)
        return self.form

    def act(self, data):
        return revise_edition(
            edition=self.object, by=self.request.user, version=self.sent_version(), **self.form.editorial()
        )


class EditionDetailView(EditionMixin, DetailPage):
    permission = "reporting.view_edition"
    template_name = "reporting/edition_detail.html"

    def get_title(self) -> str:
        return str(self.object)

    def crumbs(self) -> list[tuple[str, str]]:
        return [("Éditions", self.url("edition_list"))]

    def actions(self) -> list[Action]:
        return [
            Action(label, self.url(name, pk=self.object.pk), icon=icon, kind=kind)
            for permission, states, label, name, icon, kind in ACTIONS
            if self.object.state in states and self.may(permission) and self.is_offered(name)
        ]

    def is_offered(self, name: str) -> bool:
        """A draft is issued once its preview can be read, not before; what was replaced is not sent any more."""
        if name == "edition_send":
            return successor_of(self.object) is None
        return name != "edition_issue" or not missing_before_issue(self.object)

    def extra_context_data(self) -> dict[str, Any]:
        return {"sheet": edition_sheet(self.object), "may_send": self.may("send_edition")}


DRAFTS = {EditionState.DRAFT, EditionState.FAILED}
# Permission, states, label, page, icon, look: what can be done with an edition.
ACTIONS = [
    ("issue_edition", {EditionState.DRAFT}, "Émettre", "edition_issue", "", "primary"),
    ("prepare_edition", {EditionState.FAILED}, "Relancer la fabrication", "edition_refresh", "", "primary"),
    ("send_edition", {EditionState.ISSUED}, "Envoyer", "edition_send", "", "primary"),
    ("prepare_edition", DRAFTS, "Modifier", "edition_revise", "", "secondary"),
    ("prepare_edition", {EditionState.DRAFT}, "Actualiser les données", "edition_refresh", "", "secondary"),
    ("prepare_edition", DRAFTS, "Abandonner", "edition_discard", "", "danger"),
    ("view_edition", set(EditionState), "Historique", "edition_history", "history", "secondary"),
    ("withdraw_edition", {EditionState.ISSUED}, "Retirer", "edition_withdraw", "", "danger"),
]


class EditionHistoryView(EditionMixin, HistoryPage):
    permission = "reporting.view_edition"

    def unread_fields(self) -> Collection[str]:
        # How the platform makes and keeps the file; its fingerprint says when it changed.
        return ("job", "preview", "file")


class EditionRefreshView(EditionMixin, ConfirmPage):
    permission = "reporting.prepare_edition"
    title = "Actualiser les données"
    text = "Les données de l’année sont lues de nouveau et l’aperçu refait. Vos textes ne changent pas."
    submit_label = "Actualiser"
    success_message = "Les données sont relues, l’aperçu se fabrique."

    def act(self, data):
        return refresh_edition(edition=self.object, by=self.request.user)


class EditionIssueView(EditionMixin, ConfirmPage):
    permission = "reporting.issue_edition"
    title = "Émettre cette édition"
    text = "Le document prend un numéro et la date du jour. Il ne changera plus, même si les données changent."
    submit_label = "Émettre"
    success_message = "L’édition se fabrique : elle sera prête dans un instant."

    def consequences(self) -> list[str]:
        return [
            "Les chiffres sont ceux de l’aperçu que vous avez relu.",
            "Une erreur se corrige par une nouvelle édition, qui remplace celle-ci.",
        ]

    def version(self) -> int | None:
        # What was refused once stays refused on this page: the draft is read again before it is issued.
        sent = self.sent_version()
        return super().version() if sent is None else sent

    def act(self, data):
        return issue_edition(
            edition=self.object, by=self.request.user, on=timezone.localdate(), version=self.sent_version()
        )


class EditionWithdrawView(EditionMixin, ConfirmPage):
    permission = "reporting.withdraw_edition"
    form_class = WithdrawForm
    title = "Retirer cette édition"
    text = "L’édition reste lisible par l’équipe, marquée comme retirée."
    tone = "bad"
    submit_label = "Retirer"
    success_message = "L’édition est retirée."

    def consequences(self) -> list[str]:
        return [
            "Les liens de lecture envoyés ne s’ouvrent plus.",
            "Les pièces jointes déjà reçues ne peuvent être reprises.",
        ]

    def act(self, data):
        return withdraw_edition(edition=self.object, by=self.request.user, reason=data["reason"], now=timezone.now())


class EditionDiscardView(EditionMixin, ConfirmPage):
    permission = "reporting.prepare_edition"
    title = "Abandonner ce brouillon"
    text = "Le brouillon quitte la liste. Les données de l’année ne sont pas touchées."
    tone = "bad"
    submit_label = "Abandonner"
    success_message = "Le brouillon est abandonné."

    def act(self, data):
        return discard_edition(edition=self.object, by=self.request.user, now=timezone.now())

    def get_success_url(self, result: Any) -> str:
        return self.url("edition_list")


class EditionFileView(EditionMixin, ObjectMixin, PermissionView):
    """The file of an edition; ``which`` is ``file`` (issued) or ``preview`` (draft)."""

    permission = "reporting.view_edition"
    http_method_names = ["get", "head", "options"]
    which = "file"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        file = not_found_unless(getattr(self.object, self.which))
        download = "telecharger" in request.GET
        return FileResponse(file.open("rb"), as_attachment=download, filename=self.object.file_name)

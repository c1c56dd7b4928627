"""The register of needs: list, page, writing, evidences."""

from django.shortcuts import get_object_or_404

from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, DetailPage, FormPage
from asv_platform.territories.pages import shelf_action
from diagnostics.enums import Severity
from diagnostics.filters import NeedFilters
from diagnostics.forms import EvidenceForm, NeedForm
from diagnostics.models import Evidence, Need
from diagnostics.selectors import subjects_of
from diagnostics.services import (
    add_evidence,
    change_evidence,
    change_need,
    create_need,
)
from diagnostics.views.base import (
    ContentEditPage,
    ContentMixin,
    DiagnosticsMixin,
    EditionCreateMixin,
    EditionListMixin,
    OpenEditionMixin,
)

SEVERITY_TONES = {Severity.MINOR: "", Severity.MODERATE: "info", Severity.HIGH: "warn", Severity.CRITICAL: "bad"}


def names(relation: str):
    """Reads the prefetched rows of a relation, as the words of a cell."""
    return lambda row: [str(item) for item in getattr(row, relation).all()]


def places(name: str):
    """Reads ``name`` or ``short_name`` of the prefetched neighbourhoods of a row; none is the whole perimeter."""
    return lambda row: [getattr(place, name) for place in row.neighbourhoods.all()] or ["Tout le périmètre"]


def active_titles(relation: str):
    """The same without the archived rows."""
    return lambda row: [str(item) for item in getattr(row, relation).all() if item.archived_at is None]


def _under(row: Need) -> str:
    return f"n° {row.number}, {row.theme}, {row.diagnostic.year}"


class NeedList(EditionListMixin, ListPage):
    permission = "diagnostics.view"
    title = "Besoins"
    lead = "Qui le dit, ce qui le prouve, où, pour qui, et la priorité qui y répond."
    filterset_class = NeedFilters
    default_sort = ("-severity", "number")
    nouns = ("besoin", "besoins")
    columns = [
        Column("Besoin", "statement", kind="title", sort="statement", sub=_under),
        Column("Numéro", "number", kind="number", sort="number", shown=False),
        Column("Édition", "diagnostic.year", kind="number", shown=False),
        Column("Thème", "theme.label", shown=False),
        Column("Gravité", "get_severity_display", kind="state", sort="severity",
               tone=lambda row: SEVERITY_TONES[row.severity]),
        Column("Mentions", "mentions", kind="number", sort="mentions"),
        Column("Paroles", "voice_total", kind="number"),
        Column("Preuves", "evidence_total", kind="number"),
        Column("Quartiers", places("short_name"), kind="tags", whole=places("name")),
        Column("Publics", names("publics"), kind="tags"),
        Column("Déterminants", names("determinants"), shown=False),
        Column("Désaccord", "get_disagreement_between_display", shown=False),
        Column("Priorité", active_titles("priorities"), kind="tags"),
        Column("Commentaire", "comment", shown=False),
    ]  # fmt: skip

    def crumbs(self):
        return [self.home_crumb(), ("Besoins", "")]

    def get_queryset(self):
        rows = Need.objects.with_counts().select_related("theme", "diagnostic")
        return rows.prefetch_related("neighbourhoods", "publics", "determinants", "priorities")

    def row_url(self, row):
        return self.url("need_detail", pk=row.pk)

    def actions(self):
        return [Action("Écrire un besoin", self.add_url("need_create"), "plus")] if self.may_add else []

    def get_empty(self):
        text = "Un besoin se dit en une phrase, du point de vue des habitants, avec ce qui l’appuie."
        if not self.may_add:
            return Empty("Aucun besoin écrit", text)
        return Empty("Aucun besoin écrit", text, "Écrire un besoin", self.add_url("need_create"))


class NeedMixin(ContentMixin):
    object: Need
    noun = "need"
    plural_label = "Besoins"

    def get_queryset(self):
        return Need.objects.select_related("diagnostic", "theme")


class NeedDetail(NeedMixin, DetailPage):
    permission = "diagnostics.view"
    template_name = "diagnostics/need_detail.html"

    def load(self, **kwargs):
        super().load(**kwargs)
        self.subject = subjects_of(Need.objects.filter(pk=self.object.pk))[0]

    def get_title(self):
        return self.object.statement

    def get_lead(self):
        return f"Besoin n° {self.object.number}, {self.object.theme.label.lower()}"

    def crumbs(self):
        return [*super().crumbs()[:-1], (f"n° {self.object.number}", "")]

    def actions(self):
        return self.content_actions("Modifier le besoin")

    def extra_context_data(self):
        pk, diagnostic = self.object.pk, self.object.diagnostic_id
        return {
            "subject": self.subject,
            "closed": self.closed(),
            "severity_tone": SEVERITY_TONES[Severity(self.object.severity)],
            "facts": self.facts(),
            "may_edit": self.may_edit() and self.object.archived_at is None,
            "voice_create_url": self.list_url("voice_create", diagnostic=diagnostic, need=pk),
            "evidence_create_url": self.url("evidence_create", pk=pk),
            "evidences": [
                (card, self.url("evidence_edit", pk=card.pk), self.url("evidence_archive", pk=card.pk))
                for card in (*self.subject.figures, *self.subject.others)
            ],
            "archived": self.archived(),
        }

    def archived(self):
        """The archived evidences, each with where to restore it, for those who may."""
        if not self.may_edit():
            return []
        rows = self.object.evidences.filter(archived_at__isnull=False)
        return [(row, self.url("evidence_restore", pk=row.pk)) for row in rows]

    def facts(self):
        need = self.subject.need
        return [
            ("Quartiers", ", ".join(row.name for row in need.neighbourhoods.all()) or "Tout le périmètre"),
            ("Publics", ", ".join(row.label for row in need.publics.all())),
            ("Déterminants", ", ".join(row.label for row in need.determinants.all())),
            ("Mentions comptées", need.mentions),
        ]


class NeedCreate(EditionCreateMixin, FormPage):
    permission = "diagnostics.edit"
    title = "Écrire un besoin"
    form_class = NeedForm
    submit_label = "Enregistrer le besoin"

    def crumbs(self):
        return [self.home_crumb(), ("Besoins", self.add_url("need_list"))]

    def act(self, data):
        return create_need(by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("need_detail", pk=result.pk)

    def get_success_message(self, result):
        return f"Le besoin n° {result.number} est écrit."


class NeedEdit(NeedMixin, ContentEditPage):
    title = "Modifier le besoin"
    form_class = NeedForm
    success_message = "Le besoin est enregistré."

    def act(self, data):
        return change_need(need=self.object, by=self.request.user, version=self.sent_version(), **data)


class EvidenceCreate(DiagnosticsMixin, OpenEditionMixin, FormPage):
    """Add what proves the need ``pk``."""

    permission = "diagnostics.edit"
    title = "Ajouter une preuve"
    form_class = EvidenceForm
    submit_label = "Ajouter la preuve"
    success_message = "La preuve est ajoutée."

    def load(self, **kwargs):
        self.need = get_object_or_404(Need.objects.active().select_related("diagnostic"), pk=kwargs["pk"])

    def permission_object(self):
        return self.need

    def edition(self):
        return self.need.diagnostic

    def get_lead(self):
        return f"Besoin n° {self.need.number} : {self.need.statement}"

    def crumbs(self):
        need = (f"Besoin n° {self.need.number}", self.url("need_detail", pk=self.need.pk))
        return [*self.edition_crumbs(self.edition()), need]

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def act(self, data):
        return add_evidence(need=self.need, by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("need_detail", pk=self.need.pk)


class EvidenceMixin(ContentMixin):
    object: Evidence
    archive_consequences = ("Cette preuve ne comptera plus pour le besoin.",)

    def get_queryset(self):
        return Evidence.objects.select_related("need__diagnostic", "indicator")

    def edition(self):
        return self.object.need.diagnostic

    def need_url(self):
        return self.url("need_detail", pk=self.object.need_id)

    def crumbs(self):
        return [*self.edition_crumbs(self.edition()), (f"Besoin n° {self.object.need.number}", self.need_url())]

    def get_success_url(self, result):
        return self.need_url()


class EvidenceEdit(EvidenceMixin, ContentEditPage):
    title = "Modifier la preuve"
    form_class = EvidenceForm
    success_message = "La preuve est enregistrée."

    def actions(self):
        return [shelf_action(self, "evidence", restore="secondary")]

    def act(self, data):
        return change_evidence(evidence=self.object, by=self.request.user, version=self.sent_version(), **data)

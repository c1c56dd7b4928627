from actors.filters import OrganisationFilters
from actors.form_fields import spaced_phone
from actors.forms import OrganisationForm
from actors.models import Organisation
from actors.selectors import organisation_sheet
from actors.selectors.directory import freshness_badge
from actors.services import change_organisation, confirm_organisation, create_organisation
from actors.views.base import NetworkMixin, OrganisationMixin, RecordPage
from asv_platform.common.formats import date_short
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, ConfirmPage, EditPage, FormPage

EVERYWHERE = "Tout le périmètre"


def _names(name: str):
    return lambda row: [str(tag) for tag in getattr(row, name).all()]


def _places(name: str):
    def read(row: Organisation) -> list[str]:
        return [EVERYWHERE] if row.covers_perimeter else [getattr(place, name) for place in row.neighbourhoods.all()]

    return read


def _freshness(row: Organisation):
    return freshness_badge(row.confirmed_on, row.seen_on)  # type: ignore[attr-defined]


class OrganisationList(NetworkMixin, ListPage):
    permission = "actors.view"
    title = "Organisations"
    lead = "Qui agit pour la santé sur le périmètre : associations, services, professionnels, institutions, financeurs."
    filterset_class = OrganisationFilters
    default_sort = ("search_name", "pk")
    nouns = ("organisation", "organisations")
    columns = [
        Column("Organisation", "name", kind="title", sort="search_name", sub="get_kind_display"),
        Column("Sigle", "acronym", shown=False),
        Column("Nature", "get_kind_display", sort="kind", shown=False),
        Column("Finance des actions", "is_funder", shown=False),
        Column("Secteurs", _names("sectors"), kind="tags", shown=False),
        Column("Thèmes", _names("themes"), kind="tags"),
        Column("Publics", _names("publics"), kind="tags", shown=False),
        Column("Quartiers", _places("short_name"), kind="tags", whole=_places("name")),
        Column("Commune", "commune.name", sort="commune__name"),
        Column("Fiche", lambda row: _freshness(row).label, kind="state", sort="confirmed_on",
               tone=lambda row: _freshness(row).tone),
        Column("Confirmée le", "confirmed_on", kind="date", shown=False),
        Column("Adresse", "address", shown=False),
        Column("Code postal", "postal_code", shown=False),
        Column("Téléphone", lambda row: spaced_phone(row.phone), shown=False),
        Column("Courriel", "email", shown=False),
        Column("Site internet", "website", shown=False),
        Column("Horaires", "opening_hours", shown=False),
        Column("Missions", "missions", shown=False),
        Column("Services proposés", "services_offered", shown=False),
        Column("SIRET", "siret", shown=False),
        Column("RNA", "rna", shown=False),
        Column("FINESS", "finess", shown=False),
        Column("Représentant légal", "legal_representative", shown=False),
        Column("Qualité du représentant", "legal_representative_function", shown=False),
        Column("Salariés", "staff_count", shown=False),
        Column("Bénévoles", "volunteer_count", shown=False),
        Column("Adhérents", "member_count", shown=False),
        Column("Agréments", "approvals", shown=False),
        Column("Archivée le", "archived_at", shown=False),
    ]  # fmt: skip

    def get_queryset(self):
        return Organisation.objects.select_related("commune").with_tags().seen_on(self.today)

    def row_url(self, row):
        return self.url("organisation_detail", pk=row.pk)

    def actions(self):
        actions = [Action("Qui manque", self.url("coverage"), "map", "secondary")]
        if self.may_edit():
            actions.append(Action("Ajouter une organisation", self.url("organisation_create"), "plus"))
        return actions

    def get_empty(self):
        text = (
            "Commencez par celles que vous appelez le plus souvent : une association, le centre de santé, le CCAS. "
            "Elles pourront ensuite déposer des propositions, financer des actions, apparaître sur la carte du réseau."
        )
        if not self.may_edit():
            return Empty("Aucune organisation pour l’instant", "L’annuaire de cet atelier santé ville est encore vide.")
        return Empty(
            "Aucune organisation pour l’instant", text, "Ajouter une organisation", self.url("organisation_create")
        )


class OrganisationDetail(OrganisationMixin, RecordPage):
    template_name = "actors/organisation_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_tags()

    def get_title(self):
        return self.object.name

    def get_lead(self):
        parts = [self.object.acronym, self.object.get_kind_display(), str(self.object.commune or "")]
        return ", ".join(part for part in parts if part)

    def extra_context_data(self):
        return {
            **super().extra_context_data(),
            "sheet": organisation_sheet(self.object, on=self.today),
            "may_grant": self.object.archived_at is None
            and self.request.user.has_perm("actors.grant_access", self.object),
            "everywhere": EVERYWHERE,
        }


class OrganisationCreate(NetworkMixin, FormPage):
    permission = "actors.edit"
    template_name = "actors/form.html"
    title = crumb = "Ajouter une organisation"
    lead = "Le nom et la nature suffisent ; le reste se complète quand vous le connaissez."
    form_class = OrganisationForm
    submit_label = "Ajouter l’organisation"

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def crumbs(self):
        return [("Organisations", self.url("organisation_list"))]

    def act(self, data):
        return create_organisation(asv=self.request.asv, by=self.request.user, on=self.today, **data)

    def get_success_url(self, result):
        return self.url("organisation_detail", pk=result.pk)

    def get_success_message(self, result):
        return f"« {result} » fait partie de l’annuaire."


class OrganisationEdit(OrganisationMixin, EditPage):
    crumb = "Modifier"
    permission = "actors.edit"
    template_name = "actors/form.html"
    form_class = OrganisationForm
    success_message = "La fiche est modifiée."

    def get_queryset(self):
        return super().get_queryset().with_tags()

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def get_title(self):
        return f"Modifier « {self.object} »"

    def act(self, data):
        return change_organisation(organisation=self.object, by=self.request.user, version=self.sent_version(), **data)


class OrganisationConfirm(OrganisationMixin, ConfirmPage):
    crumb = "Confirmer"
    permission = "actors.edit"
    submit_label = "Confirmer la fiche"
    text = "Vous avez vérifié le nom, les coordonnées et les horaires : ils sont toujours justes."

    def get_title(self):
        return f"Confirmer la fiche de « {self.object} »"

    def act(self, data):
        return confirm_organisation(organisation=self.object, by=self.request.user, on=self.today)

    def get_success_message(self, result):
        return f"La fiche est confirmée au {date_short(result.confirmed_on)}."

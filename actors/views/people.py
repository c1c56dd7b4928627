from django.db.models import Prefetch

from actors.filters import PersonFilters
from actors.form_fields import spaced_phone
from actors.forms import PersonForm, PersonInOrganisationForm
from actors.models import Affiliation, Person
from actors.selectors import person_sheet
from actors.services import change_person, create_person, note_contact
from actors.views.base import NetworkMixin, OrganisationMixin, PersonMixin, RecordPage
from asv_platform.common.formats import date_short
from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, ConfirmPage, EditPage, FormPage, ObjectMixin


def _functions(name: str):
    """Reads the current functions, each with the short or the whole name of its organisation."""

    def read(row: Person) -> list[str]:
        parts = [(link.function, getattr(link.organisation, name)) for link in row.current_affiliations]  # type: ignore[attr-defined]
        return [" – ".join(part for part in pair if part) for pair in parts]

    return read


def _first(name: str):
    """Reads the professional address of their first function that has one, else the person's own."""

    def read(row: Person) -> str:
        links = [getattr(link, name) for link in row.current_affiliations]  # type: ignore[attr-defined]
        return next((value for value in [*links, getattr(row, name)] if value), "")

    return read


class PersonList(NetworkMixin, ListPage):
    permission = "actors.view"
    title = "Personnes"
    lead = "Les contacts du réseau et leurs fonctions. Jamais une information sur leur santé."
    filterset_class = PersonFilters
    default_sort = ("search_name", "pk")
    nouns = ("personne", "personnes")
    columns = [
        Column("Personne", str, kind="title", sort="search_name", sub="get_role_display"),
        Column("Prénom", "first_name", shown=False),
        Column("Nom", "last_name", shown=False),
        Column("Rôle dans l’ASV", "get_role_display", shown=False),
        Column("Fonctions", _functions("short_name"), kind="tags", whole=_functions("name")),
        Column("Courriel", _first("email")),
        Column("Téléphone", lambda row: spaced_phone(_first("phone")(row))),
        Column("Dernier contact", "last_contact_on", kind="date", sort="last_contact_on"),
        Column("RPPS", "rpps", shown=False),
        Column("Accord donné le", "consent_on", kind="date", shown=False),
        Column("À conserver jusqu’au", "retention_until", kind="date", sort="retention_until", shown=False),
        Column("Archivée le", "archived_at", shown=False),
    ]

    def get_queryset(self):
        current = Prefetch(
            "affiliations",
            Affiliation.objects.active().filter(ended_on__isnull=True).select_related("organisation"),
            to_attr="current_affiliations",
        )
        return Person.objects.prefetch_related(current)

    def row_url(self, row):
        return self.url("person_detail", pk=row.pk)

    def actions(self):
        return [Action("Ajouter une personne", self.url("person_create"), "plus")] if self.may_edit() else []

    def get_empty(self):
        if not self.may_edit():
            return Empty("Personne pour l’instant", "Le carnet de contacts de cet atelier santé ville est encore vide.")
        return Empty(
            "Personne pour l’instant",
            "Ajoutez vos interlocuteurs depuis la fiche de leur organisation, ou ici pour un élu référent, un "
            "médiateur ou un habitant relais.",
            "Ajouter une personne",
            self.url("person_create"),
        )


class PersonDetail(PersonMixin, RecordPage):
    template_name = "actors/person_detail.html"

    def get_title(self):
        return str(self.object)

    def get_lead(self):
        return self.object.get_role_display()

    def extra_context_data(self):
        return {**super().extra_context_data(), "sheet": person_sheet(self.object, on=self.today)}


class PersonCreate(NetworkMixin, FormPage):
    permission = "actors.edit"
    template_name = "actors/form.html"
    title = crumb = "Ajouter une personne"
    form_class = PersonForm
    submit_label = "Ajouter la personne"

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def crumbs(self):
        return [("Personnes", self.url("person_list"))]

    def act(self, data):
        return create_person(asv=self.request.asv, by=self.request.user, on=self.today, **data)

    def get_success_url(self, result):
        return self.url("person_detail", pk=result.pk)

    def get_success_message(self, result):
        return f"{result} fait partie du réseau. Fiche à conserver jusqu’au {date_short(result.retention_until)}."


class OrganisationPersonCreate(OrganisationMixin, ObjectMixin, FormPage):
    """A new contact of an organisation: the person and their function at once."""

    crumb = "Ajouter un contact"
    permission = "actors.edit"
    template_name = "actors/form.html"
    title = "Ajouter un contact"
    form_class = PersonInOrganisationForm
    submit_label = "Ajouter le contact"

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def act(self, data):
        return create_person(
            asv=self.request.asv, by=self.request.user, on=self.today, organisation=self.object, **data
        )

    def get_success_message(self, result):
        return f"{result} est un contact de « {self.object} »."


class PersonEdit(PersonMixin, EditPage):
    crumb = "Modifier"
    permission = "actors.edit"
    template_name = "actors/form.html"
    form_class = PersonForm
    success_message = "La fiche est modifiée."

    def form_kwargs(self):
        return {"asv": self.request.asv}

    def get_title(self):
        return f"Modifier la fiche de {self.object}"

    def act(self, data):
        return change_person(
            person=self.object, by=self.request.user, on=self.today, version=self.sent_version(), **data
        )


class PersonContact(PersonMixin, ConfirmPage):
    crumb = "Noter un contact"
    permission = "actors.edit"
    submit_label = "Noter un contact"
    text = "La durée de conservation de la fiche repart de ce jour, pour trois ans."

    def get_title(self):
        return f"Noter un contact avec {self.object}"

    def act(self, data):
        return note_contact(person=self.object, by=self.request.user, on=self.today)

    def get_success_message(self, result):
        return f"Contact noté. Fiche à conserver jusqu’au {date_short(result.retention_until)}."

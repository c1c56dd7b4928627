"""The filters of the lists: French names in the address, so that a link says what it shows."""

import django_filters
from django.utils import timezone

from actors.enums import Freshness, OrganisationKind, PersonRole, TermKind
from actors.models import Organisation, Person, Term
from actors.selectors import organisation_options
from asv_platform.common.filters import ArchivedFilter, RowFilter, SearchFilter
from asv_platform.territories.models import Neighbourhood


class TermFilter(django_filters.ChoiceFilter):
    """A word of a closed list, by its code; ``TermsMixin`` fills the choices."""

    def __init__(self, field_name: str, kind: TermKind, label: str = ""):
        self.kind = kind
        super().__init__(field_name=f"{field_name}__code", label=label or kind.label, choices=[], empty_label="Tous")


class TermsMixin:
    """Filters whose closed lists are all read in one query."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = {name: field for name, field in self.filters.items() if isinstance(field, TermFilter)}  # type: ignore[attr-defined]
        rows = list(Term.objects.filter(kind__in=[field.kind for field in found.values()]))
        for field in found.values():
            field.extra["choices"] = [(row.code, row.label) for row in rows if row.kind == field.kind]


class OrganisationFilters(TermsMixin, django_filters.FilterSet):
    q = SearchFilter("Nom ou courriel")
    nature = django_filters.ChoiceFilter(
        field_name="kind", label="Nature", choices=OrganisationKind.choices, empty_label="Toutes"
    )
    secteur = TermFilter("sectors", TermKind.SECTOR)
    theme = TermFilter("themes", TermKind.THEME)
    public = TermFilter("publics", TermKind.PUBLIC)
    quartier = RowFilter(
        label="Quartier",
        queryset=lambda request: request.asv.neighbourhoods.order_by("name"),
        empty_label="Tous",
        to_field_name="code",
        method="in_neighbourhood",
    )
    financeur = django_filters.ChoiceFilter(
        label="Financeur", choices=[("oui", "Oui"), ("non", "Non")], empty_label="Indifférent", method="funding"
    )
    fraicheur = django_filters.ChoiceFilter(
        label="État de la fiche", choices=Freshness.choices, empty_label="Tous", method="worth"
    )
    fiches = ArchivedFilter()

    class Meta:
        model = Organisation
        fields: list[str] = []

    def in_neighbourhood(self, rows, name, neighbourhood: Neighbourhood):
        return rows.covering(neighbourhood)

    def funding(self, rows, name, value):
        return rows.filter(is_funder=value == "oui")

    def worth(self, rows, name, value):
        return rows.with_freshness(value, timezone.localdate())


class PersonFilters(django_filters.FilterSet):
    q = SearchFilter("Nom ou courriel")
    role = django_filters.ChoiceFilter(
        field_name="role", label="Rôle dans l’ASV", choices=PersonRole.choices, empty_label="Tous"
    )
    organisation = RowFilter(
        label="Organisation",
        queryset=lambda request: organisation_options(),
        empty_label="Toutes",
        method="in_organisation",
    )
    conservation = django_filters.ChoiceFilter(
        label="Conservation",
        choices=[("echue", "Échue"), ("en-cours", "En cours")],
        empty_label="Toutes",
        method="kept",
    )
    fiches = ArchivedFilter()

    class Meta:
        model = Person
        fields: list[str] = []

    def in_organisation(self, rows, name, organisation: Organisation):
        return rows.filter(affiliations__organisation=organisation, affiliations__archived_at__isnull=True).distinct()

    def kept(self, rows, name, value):
        today = timezone.localdate()
        over = rows.filter(retention_until__lt=today)
        return over if value == "echue" else rows.exclude(pk__in=over)


class MapThemeFilter(TermFilter):
    """Chooses what the map shows; the table always counts every theme."""

    def filter(self, qs, value):
        return qs


class CoverageFilters(TermsMixin, django_filters.FilterSet):
    """Narrows who is counted in the coverage; the theme is that of the map."""

    theme = MapThemeFilter("themes", TermKind.THEME, label="Thème de la carte")
    public = TermFilter("publics", TermKind.PUBLIC)
    secteur = TermFilter("sectors", TermKind.SECTOR)

    class Meta:
        model = Organisation
        fields: list[str] = []

from django.contrib import admin

from actors.models import Affiliation, Organisation, PartnerAccess, Person, Term
from asv_platform.accounts.scoped_admin import ScopedAdmin


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    """The closed lists, shared by every ASV: operators only."""

    list_display = ["label", "kind", "code", "national_code", "position"]
    list_filter = ["kind"]
    list_editable = ["position"]
    search_fields = ["label", "code"]

    def get_readonly_fields(self, request, obj=None):
        # Other rows and the addresses of filtered lists hold the code: it does not change once given.
        return ["kind", "code"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    list_display = ["name", "asv", "kind", "is_funder", "siret", "confirmed_on", "archived_at"]
    list_filter = ["asv", "kind", "is_funder", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["asv"]
    search_fields = ["search_name", "siret", "rna", "finess", "email"]
    autocomplete_fields = ["commune"]
    filter_horizontal = ["sectors", "themes", "publics"]
    raw_id_fields = ["neighbourhoods"]


@admin.register(Person)
class PersonAdmin(ScopedAdmin):
    list_display = ["search_name", "asv", "role", "email", "retention_until", "archived_at"]
    list_filter = ["asv", "role", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["asv"]
    search_fields = ["search_name", "email", "rpps"]


@admin.register(Affiliation)
class AffiliationAdmin(ScopedAdmin):
    list_display = ["person", "organisation", "function", "started_on", "ended_on", "asv"]
    list_filter = ["asv"]
    list_select_related = ["person", "organisation", "asv"]
    search_fields = ["person__search_name", "organisation__search_name", "function"]
    autocomplete_fields = ["person", "organisation"]


@admin.register(PartnerAccess)
class PartnerAccessAdmin(ScopedAdmin):
    list_display = ["user", "organisation", "role", "asv"]
    list_filter = ["asv", "role"]
    list_select_related = ["user", "organisation", "asv"]
    search_fields = ["user__email", "organisation__search_name"]
    autocomplete_fields = ["organisation"]
    raw_id_fields = ["user"]

"""Operators' view of the reference data (read only), of the correspondences to confirm and of the ASV."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.utils import timezone

from asv_platform.audit.services import record
from asv_platform.common.admin import AdminForm, FrozenAdmin, TrackedAdmin
from asv_platform.common.errors import DomainError
from asv_platform.territories.models import (
    Asv,
    Commune,
    CommuneFormerCode,
    Department,
    Epci,
    Neighbourhood,
    ReferenceLoad,
    Region,
    Succession,
)
from asv_platform.territories.normalise import normalise
from asv_platform.territories.services import check_perimeter, confirm_succession, reject_succession


class PlainSearchAdmin(FrozenAdmin):
    """Search without accents: the typed words are normalised like ``search_name``."""

    def get_search_results(self, request, queryset, search_term):
        # A code keeps its form; a name loses its accents.
        term = search_term if any(char.isdigit() for char in search_term) else normalise(search_term)
        return super().get_search_results(request, queryset, term)


@admin.register(ReferenceLoad)
class ReferenceLoadAdmin(FrozenAdmin):
    list_display = ["name", "loaded_at", "fingerprint"]


@admin.register(Region)
class RegionAdmin(FrozenAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Department)
class DepartmentAdmin(FrozenAdmin):
    list_display = ["name", "code", "region"]
    list_filter = ["region"]
    list_select_related = ["region"]
    search_fields = ["name", "code"]


@admin.register(Epci)
class EpciAdmin(FrozenAdmin):
    list_display = ["name", "kind", "siren", "population"]
    list_filter = ["kind"]
    search_fields = ["name", "siren"]


@admin.register(Commune)
class CommuneAdmin(PlainSearchAdmin):
    list_display = ["name", "code", "department", "epci", "ept", "population"]
    list_filter = ["department__region"]
    list_select_related = ["department", "epci", "ept"]
    search_fields = ["search_name", "code", "former_codes__code"]
    exclude = ["search_name"]


@admin.register(CommuneFormerCode)
class CommuneFormerCodeAdmin(FrozenAdmin):
    list_display = ["code", "name", "kind", "commune"]
    list_filter = ["kind"]
    list_select_related = ["commune"]
    search_fields = ["code", "name"]


@admin.register(Neighbourhood)
class NeighbourhoodAdmin(PlainSearchAdmin):
    list_display = ["name", "code", "generation", "department", "population"]
    list_filter = ["generation", "department__region"]
    list_select_related = ["department"]
    search_fields = ["search_name", "code"]
    exclude = ["search_name"]


class DecidedFilter(admin.SimpleListFilter):
    """Proposed, confirmed or set aside."""

    title = "décision"
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("proposed", "À examiner"), ("confirmed", "Confirmées"), ("rejected", "Écartées")]

    def queryset(self, request, queryset):
        wanted = {
            "proposed": {"confirmed_at__isnull": True, "rejected_at__isnull": True},
            "confirmed": {"confirmed_at__isnull": False},
            "rejected": {"rejected_at__isnull": False},
        }
        return queryset.filter(**wanted.get(self.value(), {}))


@admin.register(Succession)
class SuccessionAdmin(admin.ModelAdmin):
    """Proposals are never automatic: a person confirms them or sets them aside."""

    list_display = ["old_code", "old", "new_code", "new", "score", "method", "confirmed_at", "rejected_at"]
    list_filter = [DecidedFilter, "method", "new__department"]
    list_select_related = ["old", "new"]
    search_fields = ["old__code", "new__code", "old__search_name", "new__search_name"]
    actions = ["confirm", "reject"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        # The list needs the permission to offer the actions; the form of one row stays read only.
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="code 2015", ordering="old__code")
    def old_code(self, row: Succession) -> str:
        return row.old.code

    @admin.display(description="code 2024", ordering="new__code")
    def new_code(self, row: Succession) -> str:
        return row.new.code

    @admin.action(description="Confirmer la correspondance", permissions=["change"])
    def confirm(self, request, queryset):
        self._decide(request, queryset, confirm_succession, "confirmée")

    @admin.action(description="Écarter la correspondance", permissions=["change"])
    def reject(self, request, queryset):
        self._decide(request, queryset, reject_succession, "écartée")

    def _decide(self, request, queryset, decide: Callable, participle: str) -> None:
        done = 0
        for succession in queryset:
            try:
                decide(succession=succession, by=request.user, at=timezone.now())
                done += 1
            except DomainError as refusal:
                messages.warning(request, str(refusal))
        if done:
            plural = "s" if done > 1 else ""
            messages.success(request, f"{done} correspondance{plural} {participle}{plural}.")


class AsvForm(AdminForm):
    """The admin form of an ASV, with the rule of its perimeter."""

    class Meta:
        model = Asv
        fields = [
            "name",
            "slug",
            "carrier_kind",
            "carrier_name",
            "siren",
            "level",
            "communes",
            "neighbourhoods",
            "created_year",
            "coordinator_fte",
            "cls_reference",
            "city_contract_reference",
            "presentation",
            "contact_name",
            "contact_email",
            "contact_phone",
            "contact_address",
            "colour",
            "logo",
            "is_public",
        ]

    def clean(self):
        data = super().clean() or self.cleaned_data
        if "communes" in data and "neighbourhoods" in data:
            try:
                check_perimeter(communes=data["communes"], neighbourhoods=data["neighbourhoods"])
            except DomainError as refusal:
                self.add_error("neighbourhoods", str(refusal))
        return data


@admin.register(Asv)
class AsvAdmin(TrackedAdmin):
    form = AsvForm
    list_display = ["name", "slug", "carrier_name", "level", "created_year", "is_public"]
    list_filter = ["level", "carrier_kind", "is_public"]
    search_fields = ["name", "slug", "carrier_name", "siren"]
    autocomplete_fields = ["communes", "neighbourhoods"]
    prepopulated_fields = {"slug": ["name"]}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        event = "asv.updated" if change else "asv.created"
        record(event, by=request.user, subject=form.instance, fields=form.changed_data)

    def has_delete_permission(self, request, obj=None):
        # An ASV is the owner of years of work: it is closed to the public, never deleted from here.
        return False

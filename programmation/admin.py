"""Operators' screens, and a coordinator's own rows: states move through the pages only."""

from django.contrib import admin

from asv_platform.accounts.scoped_admin import FiledOnlyAdmin, ScopedAdmin
from asv_platform.common.admin import ReadOnlyAdmin
from programmation.models import (
    AccessRequest,
    Action,
    AdmissibilityCheck,
    Call,
    Decision,
    Envelope,
    IndicatorModel,
    Objective,
    Programme,
    Proposal,
    ProposalPiece,
)


@admin.register(IndicatorModel)
class IndicatorModelAdmin(admin.ModelAdmin):
    """The bank of indicators, shared by every ASV: operators only."""

    list_display = ["name", "theme", "kind", "unit", "is_ratio", "position"]
    list_filter = ["theme", "kind"]
    search_fields = ["name", "code"]


@admin.register(Programme)
class ProgrammeAdmin(ScopedAdmin):
    list_display = ["title", "asv", "year", "state", "voted_on"]
    list_filter = ["year", "state"]
    state_fields = ("state", "voted_on")
    search_fields = ["title"]


@admin.register(Objective)
class ObjectiveAdmin(ScopedAdmin):
    list_display = ["title", "programme", "level", "pilot"]
    list_filter = ["level"]
    list_select_related = ["programme", "pilot"]
    search_fields = ["title"]
    autocomplete_fields = ["programme", "parent", "pilot", "elected_referent"]
    filter_horizontal = ["priorities"]
    raw_id_fields = ["neighbourhoods"]


@admin.register(Envelope)
class EnvelopeAdmin(ScopedAdmin):
    list_display = ["funder", "programme", "amount"]
    list_select_related = ["programme", "funder"]
    autocomplete_fields = ["programme", "funder"]


@admin.register(Call)
class CallAdmin(ScopedAdmin):
    list_display = ["title", "asv", "number", "opens_at", "closes_at", "published_at"]
    state_fields = ("published_at", "number")
    search_fields = ["title"]
    autocomplete_fields = ["programme", "objectives", "funders"]
    filter_horizontal = ["publics"]


@admin.register(Proposal)
class ProposalAdmin(FiledOnlyAdmin):
    list_display = ["title", "asv", "organisation", "call", "state", "filed_at"]
    list_filter = ["state"]
    list_select_related = ["asv", "organisation", "call"]
    search_fields = ["title", "organisation__name"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.received()


@admin.register(ProposalPiece)
class ProposalPieceAdmin(ReadOnlyAdmin):
    """Which pieces exist; the files themselves are downloaded from the pages, which check who asks."""

    list_display = ["name", "proposal", "kind", "valid_until"]
    list_select_related = ["proposal"]
    fields = ["name", "kind", "size", "valid_until"]


@admin.register(AdmissibilityCheck)
class AdmissibilityCheckAdmin(FiledOnlyAdmin):
    list_display = ["proposal", "outcome", "checked_on", "checked_by"]
    list_select_related = ["proposal", "checked_by"]


@admin.register(Decision)
class DecisionAdmin(FiledOnlyAdmin):
    list_display = ["proposal", "funder", "outcome", "amount", "decided_on"]
    list_select_related = ["proposal", "funder"]


@admin.register(Action)
class ActionAdmin(ScopedAdmin):
    list_display = ["title", "programme", "organisation", "state", "starts_on", "ends_on"]
    list_filter = ["state", "is_common_law"]
    list_select_related = ["programme", "organisation"]
    state_fields = ("state", "blocked_reason", "proposal", "number")
    search_fields = ["title"]
    autocomplete_fields = ["programme", "organisation", "objectives"]
    raw_id_fields = ["neighbourhoods"]


@admin.register(AccessRequest)
class AccessRequestAdmin(admin.ModelAdmin):
    """Requests to join an organisation: answered in the pages."""

    list_display = ["user", "organisation", "state", "created_at"]
    list_select_related = ["user", "organisation"]

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

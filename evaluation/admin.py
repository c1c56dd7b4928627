from django.contrib import admin

from asv_platform.accounts.scoped_admin import FiledOnlyAdmin, ScopedAdmin
from asv_platform.common.admin import FrozenAdmin
from evaluation.models import ActionIndicator, ActionReport, Measure, ReportLine, Session


@admin.register(Session)
class SessionAdmin(ScopedAdmin):
    list_display = ["held_on", "action", "state", "place", "asv"]
    list_filter = ["asv", "state", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["action", "asv"]
    search_fields = ["action__title", "place"]
    date_hierarchy = "held_on"
    raw_id_fields = ["action", "neighbourhood"]


@admin.register(ActionIndicator)
class ActionIndicatorAdmin(ScopedAdmin):
    list_display = ["name", "action", "kind", "unit", "baseline", "target", "asv"]
    list_filter = ["asv", "kind", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["action", "asv"]
    search_fields = ["name", "action__title"]
    raw_id_fields = ["action", "source"]


@admin.register(Measure)
class MeasureAdmin(FiledOnlyAdmin):
    list_display = ["indicator", "measured_on", "approved_at", "asv"]
    list_filter = ["asv", ("approved_at", admin.EmptyFieldListFilter)]
    list_select_related = ["indicator", "asv"]
    search_fields = ["indicator__name"]


@admin.register(ActionReport)
class ActionReportAdmin(FiledOnlyAdmin):
    list_display = ["action", "kind", "state", "due_on", "filed_at", "approved_at", "asv"]
    list_filter = ["asv", "kind", "state", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["action", "asv"]
    search_fields = ["action__title", "action__organisation__name"]


@admin.register(ReportLine)
class ReportLineAdmin(FrozenAdmin):
    """The lines of the financial reports, read by operators only."""

    list_display = ["report", "side", "code", "label", "planned", "actual"]
    list_select_related = ["report__action"]
    search_fields = ["label", "report__action__title"]

from django.contrib import admin

from asv_platform.audit.models import AuditEntry
from asv_platform.common.admin import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The activity log, for operators: read only, whoever asks."""

    list_display = ["at", "asv", "actor", "event", "subject_label"]
    list_filter = ["asv"]
    list_select_related = ["asv", "actor"]
    search_fields = ["event", "subject_label"]
    date_hierarchy = "at"

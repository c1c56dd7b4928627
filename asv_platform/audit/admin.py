from django.contrib import admin

from asv_platform.audit.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """The activity log, for operators: read only, whoever asks."""

    list_display = ["at", "asv", "actor", "event", "subject_label"]
    list_filter = ["asv"]
    list_select_related = ["asv", "actor"]
    search_fields = ["event", "subject_label"]
    date_hierarchy = "at"

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

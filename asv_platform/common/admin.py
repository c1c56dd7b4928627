"""What operators watch: the jobs. Nothing is written here by hand."""

from django.contrib import admin

from asv_platform.common.models import Job


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the platform writes."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_module_permission(self, request):
        return request.user.is_superuser


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["name", "asv", "state", "percent", "tries", "due_at", "finished_at"]
    list_filter = ["state", "name"]
    list_select_related = ["asv"]
    date_hierarchy = "created_at"

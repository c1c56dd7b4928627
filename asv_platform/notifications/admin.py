"""What operators watch: the outbox. The text of a message is between its author and its reader."""

from django.contrib import admin

from asv_platform.common.admin import ReadOnlyAdmin
from asv_platform.notifications.models import Message


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "to", "asv", "state", "created_at", "sent_at", "error"]
    list_filter = ["state"]
    list_select_related = ["asv"]
    search_fields = ["to", "subject"]
    exclude = ["body", "html"]
    ordering = ["-created_at"]
    date_hierarchy = "created_at"

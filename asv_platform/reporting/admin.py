from django.contrib import admin

from asv_platform.accounts.scoped_admin import ScopedAdmin
from asv_platform.common.admin import FrozenAdmin
from asv_platform.reporting.models import Delivery, Edition, Recipient


class WrittenByServices(FrozenAdmin, ScopedAdmin):
    """Rows that only the pages write: an edition is prepared, issued and sent there; here it is read."""


@admin.register(Edition)
class EditionAdmin(WrittenByServices):
    list_display = ["kind", "year", "number", "state", "issued_at", "page_count", "asv"]
    list_filter = ["asv", "kind", "state", "year"]
    list_select_related = ["asv"]
    search_fields = ["headline", "sha256"]
    # Files are read in the pages, which check who may.
    exclude = ["file", "preview"]


@admin.register(Recipient)
class RecipientAdmin(ScopedAdmin):
    list_display = ["name", "function", "kind", "email", "is_active", "asv"]
    list_filter = ["asv", "kind", "is_active", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["asv"]
    search_fields = ["name", "email"]


@admin.register(Delivery)
class DeliveryAdmin(WrittenByServices):
    list_display = ["recipient", "edition", "channel", "opened_at", "open_count", "expires_at", "revoked_at", "asv"]
    list_filter = ["asv", "channel"]
    list_select_related = ["recipient", "edition", "asv"]
    search_fields = ["recipient__name", "recipient__email"]
    # The key opens the document: nobody reads it.
    exclude = ["link_key"]

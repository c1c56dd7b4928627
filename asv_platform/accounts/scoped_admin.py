"""Base of the Django admin of tenant rows.

Operators (superusers) see every ASV. A coordinator to whom an operator gave the access to the admin (``is_staff``) sees
the rows of their own ASV only: ScopeMiddleware opens that scope around ``/admin/``, so lists, choices of foreign keys
and addresses of other ASV's rows are empty by construction. States move through services only: read-only here. Nothing
is deleted here either by a coordinator: pages archive.
"""

from django.http import Http404

from asv_platform.accounts.enums import Role
from asv_platform.common.admin import TrackedAdmin
from asv_platform.territories.models import Asv

BOOKKEEPING = ("version", "created_at", "updated_at", "archived_at")


def coordinated_asv_ids(user) -> list[int]:
    """The ASV that ``user`` coordinates."""
    return [asv_id for asv_id, role in user.roles.items() if role == Role.COORDINATOR]


class ScopedAdmin(TrackedAdmin):
    """Admin of a model owned by an ASV. ``state_fields`` are shown and never typed."""

    state_fields: tuple[str, ...] = ("state",)
    list_per_page = 50

    # Who

    def has_module_permission(self, request):
        return self._may(request)

    def has_view_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_add_permission(self, request):
        return self._may(request)

    def has_change_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def _may(self, request, obj=None) -> bool:
        if request.user.is_superuser:
            return True
        ids = coordinated_asv_ids(request.user)
        return bool(ids) if obj is None else obj.asv_id in ids

    # Histories are not scoped by themselves: without this, a 403 would say that a row of another ASV exists.

    def history_view(self, request, object_id, extra_context=None):
        self._require_in_scope(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._require_in_scope(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _require_in_scope(self, request, object_id) -> None:
        # Operators also read the history of deleted rows.
        if not request.user.is_superuser and self.get_object(request, object_id) is None:
            raise Http404

    # What

    def get_readonly_fields(self, request, obj=None):
        names = {field.name for field in self.model._meta.fields}
        fixed = [name for name in (*self.state_fields, *BOOKKEEPING) if name in names]
        # A row never moves to another ASV.
        owner = ["asv"] if obj is not None else []
        return list(dict.fromkeys([*super().get_readonly_fields(request, obj), *fixed, *owner]))

    def get_list_filter(self, request):
        # The filter by ASV would name those of others.
        filters = super().get_list_filter(request)
        return filters if request.user.is_superuser else [name for name in filters if name != "asv"]

    def get_exclude(self, request, obj=None):
        excluded = list(super().get_exclude(request, obj) or [])
        return [*excluded, "asv"] if self._single_asv(request) else excluded

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "asv" and not request.user.is_superuser:
            kwargs["queryset"] = Asv.objects.filter(pk__in=coordinated_asv_ids(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change and (asv_id := self._single_asv(request)):
            obj.asv_id = asv_id
        super().save_model(request, obj, form, change)

    def _single_asv(self, request) -> int | None:
        ids = [] if request.user.is_superuser else coordinated_asv_ids(request.user)
        return ids[0] if len(ids) == 1 else None


class FiledOnlyAdmin(ScopedAdmin):
    """Rows that a partner filed, or that somebody approved: read here, never rewritten."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

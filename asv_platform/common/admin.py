"""The bases of every screen of the administration, and what operators watch: the jobs."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.http import Http404
from simple_history.admin import SimpleHistoryAdmin

from asv_platform.common.forms import JSONField
from asv_platform.common.health_guard import NoNirMixin
from asv_platform.common.models import Job
from asv_platform.common.parsing import whole_number


class NumbersOnly:
    """A list that reads the names of what was chosen: Django asks the database for whatever was sent."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if whole_number(str(key)) is not None], attr)  # type: ignore[misc]


class Choice(NumbersOnly, AutocompleteSelect):
    """One row found by typing."""


class Choices(NumbersOnly, AutocompleteSelectMultiple):
    """Several rows found by typing."""


class AdminForm(NoNirMixin, forms.ModelForm):
    """Base of the forms of the administration."""


class ForgivingAdmin(admin.ModelAdmin):
    """Forms of the administration that answer by a refusal, whatever is sent to them."""

    form = AdminForm
    formfield_overrides = {
        models.JSONField: {"form_class": JSONField},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **self._typed(Choice, db_field, request), **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **self._typed(Choices, db_field, request), **kwargs)

    def _typed(self, widget: type, db_field, request) -> dict:
        named = self.get_autocomplete_fields(request)
        return {"widget": widget(db_field, self.admin_site)} if db_field.name in named else {}


class FrozenAdmin(admin.ModelAdmin):
    """Rows that only the platform writes."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TrackedAdmin(ForgivingAdmin, SimpleHistoryAdmin):
    """Rows whose changes are kept, told in our words; Django's own history for a model that keeps none."""

    object_history_list_template = "common/admin_history.html"

    def history_view(self, request, object_id, extra_context=None):
        if not self._is_tracked():
            return admin.ModelAdmin.history_view(self, request, object_id, extra_context)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if not self._is_tracked():
            raise Http404
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _is_tracked(self) -> bool:
        return hasattr(self.model._meta, "simple_history_manager_attribute")

    def save_model(self, request, obj, form, change):
        # Whoever edits the same row in its own pages is told.
        if change and hasattr(obj, "version"):
            obj.version += 1
        super().save_model(request, obj, form, change)


class ReadOnlyAdmin(FrozenAdmin):
    """Rows that only the platform writes, and only operators read."""

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

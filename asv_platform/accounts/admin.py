from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import Authenticator
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm

from asv_platform.accounts.models import Invitation, Membership, NetworkAccess, SecondFactor, User
from asv_platform.audit.services import record
from asv_platform.common.admin import ForgivingAdmin, ReadOnlyAdmin


class FieldChoices(AutocompleteJsonView):
    """The choices of a field, asked for by the address: anybody may write anything there."""

    def process_request(self, request):
        term, model_admin, source_field, to_field_name = super().process_request(request)
        # A relation read from its other end has no list of choices; no name holds NUL.
        if source_field.auto_created or "\x00" in term:
            raise PermissionDenied
        return term, model_admin, source_field, to_field_name


# One door: rate limits, second factor and passkeys hold for the admin too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.autocomplete_view = FieldChoices.as_view(admin_site=admin.site)  # type: ignore[method-assign,assignment]
admin.site.site_header = admin.site.site_title = "Administration de la plateforme"
admin.site.index_title = "Données"
# Roles are memberships and rules, never Django's groups. What allauth shows is set by the settings, or is a secret.
admin.site.unregister([Group, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession])


class OperatorsOnly:
    """Users, roles and accesses are not rows of an ASV: a coordinator manages members in the pages of the ASV."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(SecondFactor)
class SecondFactorAdmin(ReadOnlyAdmin):
    """Take off the second factor of somebody who lost their telephone; its secret is shown to nobody."""

    list_display = ["person", "nature", "added", "used"]
    fields = ["person", "nature", "added", "used"]
    list_select_related = ["user"]
    search_fields = ["user__email"]

    @admin.display(description="Personne", ordering="user__email")
    def person(self, row):
        return row.user

    @admin.display(description="Nature", ordering="type")
    def nature(self, row):
        return row.kind

    @admin.display(description="Ajouté le", ordering="created_at")
    def added(self, row):
        return row.created_at

    @admin.display(description="Servi le", ordering="last_used_at")
    def used(self, row):
        return row.last_used_at

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def delete_model(self, request, obj):
        record("second_factor.removed", by=request.user, subject=obj.user, kind=obj.type)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            self.delete_model(request, row)


class NewUserForm(ModelForm):
    """An account without password: its holder receives a code, then sets one."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name"]

    def save(self, commit=True):
        self.instance.email = self.instance.email.lower()
        self.instance.set_unusable_password()
        return super().save(commit)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0


@admin.register(User)
class UserAdmin(OperatorsOnly, DjangoUserAdmin):
    ordering = ["email"]
    list_display = ["email", "last_name", "first_name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "first_name", "last_name"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    add_form = NewUserForm
    inlines = [MembershipInline]
    add_fieldsets = [(None, {"fields": ["email", "first_name", "last_name"]})]
    fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name"]}),
        ("Accès", {"fields": ["is_active", "is_staff", "is_superuser", "last_login", "date_joined"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        # What a person wrote keeps its author: accounts are closed (is_active), not deleted.
        return False


@admin.register(Membership)
class MembershipAdmin(OperatorsOnly, ForgivingAdmin):
    list_display = ["user", "asv", "role", "created_at"]
    list_filter = ["role", "asv"]
    list_select_related = ["user", "asv"]
    autocomplete_fields = ["user"]


@admin.register(Invitation)
class InvitationAdmin(OperatorsOnly, admin.ModelAdmin):
    """Invitations are sent from the pages of the ASV; here one reads them."""

    list_display = ["email", "asv", "role", "created_at", "expires_at", "accepted_at", "revoked_at"]
    list_filter = ["asv"]
    list_select_related = ["asv"]
    exclude = ["token_hash"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(NetworkAccess)
class NetworkAccessAdmin(OperatorsOnly, ForgivingAdmin):
    list_display = ["user", "level", "region", "department"]
    list_select_related = ["user", "region", "department"]
    autocomplete_fields = ["user"]

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.forms import ModelForm

from asv_platform.accounts.models import Invitation, Membership, NetworkAccess, User

# One door: rate limits, second factor and passkeys hold for the admin too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Administration de la plateforme"
admin.site.index_title = "Données"
# Roles are memberships and rules, never Django's groups.
admin.site.unregister(Group)


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
class MembershipAdmin(OperatorsOnly, admin.ModelAdmin):
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
class NetworkAccessAdmin(OperatorsOnly, admin.ModelAdmin):
    list_display = ["user", "level", "region", "department"]
    list_select_related = ["user", "region", "department"]
    autocomplete_fields = ["user"]

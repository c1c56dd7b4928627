from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from asv_platform.accounts.enums import NetworkLevel, Role
from asv_platform.accounts.querysets import InvitationQuerySet
from asv_platform.territories.models import Asv, Department, Region


class UserManager(BaseUserManager["User"]):
    """The e-mail is the login; it is kept in lower case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Create an account; without password, only one-time codes open it."""
        if not email:
            raise ValueError("an e-mail is required")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields) -> "User":
        """Create an operator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who logs in: a member of an ASV, a partner, a network member or an operator."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("adresse électronique", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = "utilisateur"

    def __str__(self):
        return self.get_full_name() or self.email

    @cached_property
    def roles(self) -> dict[int, str]:
        """Role held in each ASV, by ASV id. One query per request, shared with ``asvs``."""
        return {membership.asv_id: membership.role for membership in self._memberships_with_asv}

    @cached_property
    def asvs(self) -> list[Asv]:
        """The ASV this user is a member of, by name. One query per request, shared with ``roles``."""
        return [membership.asv for membership in self._memberships_with_asv]

    @cached_property
    def _memberships_with_asv(self) -> list["Membership"]:
        return list(self.memberships.select_related("asv").order_by("asv__name"))


class Membership(models.Model):
    """The role of a user in an ASV."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name="utilisateur")
    asv = models.ForeignKey(Asv, on_delete=models.CASCADE, related_name="memberships", verbose_name="ASV")
    role = models.CharField("rôle", max_length=20, choices=Role)
    created_at = models.DateTimeField("depuis le", auto_now_add=True)

    class Meta:
        verbose_name = "membre"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "asv"],
                name="membership_one_role_per_asv",
                violation_error_message="Cette personne a déjà un rôle dans cet ASV.",
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.get_role_display()}"


class Invitation(models.Model):
    """An invitation to join an ASV: single-purpose, expiring, consumed on POST. Only the token's hash is kept."""

    asv = models.ForeignKey(Asv, on_delete=models.CASCADE, related_name="invitations", verbose_name="ASV")
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="invité par")
    created_at = models.DateTimeField("envoyée le", auto_now_add=True)
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"

    def __str__(self):
        return f"{self.email} – {self.get_role_display()}"


class LoginCode(models.Model):
    """A one-time code sent to an address, known or not: short-lived, three tries. Only its keyed hash is kept."""

    email = models.EmailField("adresse électronique")
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField("envoyé le", db_index=True)
    expires_at = models.DateTimeField("expire le")
    tries = models.PositiveSmallIntegerField("essais", default=0)
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        verbose_name = "code de connexion"
        verbose_name_plural = "codes de connexion"

    def __str__(self):
        return self.email


class NetworkAccess(models.Model):
    """Reading access of a regional or national network to what ASV chose to publish."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="network_accesses")
    level = models.CharField("niveau", max_length=20, choices=NetworkLevel)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "accès réseau"
        verbose_name_plural = "accès réseau"

    def __str__(self):
        return f"{self.user} – {self.get_level_display()}"


class SecondFactor(Authenticator):
    """allauth's second factor, with the French name that the administration shows."""

    class Meta:
        proxy = True
        verbose_name = "second facteur"
        verbose_name_plural = "seconds facteurs"

    def __str__(self):
        return f"{self.kind} de {self.user}"

    @property
    def kind(self) -> str:
        """What it is, in the words of the account page."""
        return {"totp": "Application de codes", "webauthn": "Clé d’accès"}.get(self.type, "Codes de secours")

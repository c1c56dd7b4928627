"""What the pages of accounts show."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Invitation, Membership, User
from asv_platform.audit.models import AuditEntry
from asv_platform.territories.models import Asv


@dataclass(frozen=True)
class MemberRow:
    """A member of the ASV, as the page of members shows it."""

    pk: int
    name: str
    email: str
    role: str
    since: dt.datetime
    has_second_factor: bool
    is_me: bool


@dataclass(frozen=True)
class InvitationRow:
    """An invitation that waits for an answer."""

    pk: int
    email: str
    role: str
    sent_at: dt.datetime
    expires_at: dt.datetime
    is_expired: bool
    invited_by: str


def coordinator_addresses(asv_id: int) -> list[str]:
    """Where to write to the coordination of an ASV; nobody whose account is closed."""
    rows = Membership.objects.filter(asv_id=asv_id, role=Role.COORDINATOR, user__is_active=True)
    return sorted(rows.values_list("user__email", flat=True))


def member_rows(asv: Asv, *, me: User) -> list[MemberRow]:
    """The members of the ASV, by name, in two queries."""
    members = Membership.objects.filter(asv=asv).select_related("user")
    protected = set(
        Authenticator.objects.filter(user__memberships__asv=asv)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    rows = [
        MemberRow(
            pk=member.pk,
            name=str(member.user),
            email=member.user.email,
            role=member.get_role_display(),
            since=member.created_at,
            has_second_factor=member.user_id in protected,
            is_me=member.user_id == me.pk,
        )
        for member in members
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def invitation_rows(asv: Asv, *, now: dt.datetime) -> list[InvitationRow]:
    """The invitations neither accepted nor withdrawn, the latest first, in one query."""
    invitations = Invitation.objects.open().filter(asv=asv).select_related("invited_by").order_by("-created_at")
    return [
        InvitationRow(
            pk=invitation.pk,
            email=invitation.email,
            role=invitation.get_role_display(),
            sent_at=invitation.created_at,
            expires_at=invitation.expires_at,
            is_expired=invitation.expires_at < now,
            invited_by=str(invitation.invited_by),
        )
        for invitation in invitations
    ]


def token_hash(token: str) -> str:
    """What is kept of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def valid_invitation(token: str, *, now: dt.datetime) -> Invitation | None:
    """The invitation that ``token`` opens, or None."""
    return (
        Invitation.objects.valid(now).filter(token_hash=token_hash(token)).select_related("asv", "invited_by").first()
    )


def has_account(email: str) -> bool:
    """Whether the invited person already has an account; ask only for the holder of an invitation to ``email``."""
    return User.objects.filter(email__iexact=email).exists()


@dataclass(frozen=True)
class MyAsv:
    name: str
    slug: str
    role: str
    contact_email: str


@dataclass(frozen=True)
class AccountPage:
    """What somebody sees of their own account."""

    name: str
    email: str
    pending_email: str
    has_password: bool
    has_totp: bool
    keys: int
    sessions: int
    proconnect: bool
    asvs: list[MyAsv]
    organisations: list[str]


def account_page(user: User) -> AccountPage:
    """The account of ``user``: identity, protections, ASV."""
    types = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    pending = EmailAddress.objects.filter(user=user, verified=False).exclude(email__iexact=user.email).first()
    return AccountPage(
        name=user.get_full_name(),
        email=user.email,
        pending_email=pending.email if pending else "",
        has_password=user.has_usable_password(),
        has_totp=Authenticator.Type.TOTP in types,
        keys=types.count(Authenticator.Type.WEBAUTHN),
        sessions=UserSession.objects.filter(user=user).count(),
        proconnect=SocialAccount.objects.filter(user=user).exists(),
        organisations=_organisations(user),
        asvs=[MyAsv(asv.name, asv.slug, Role(user.roles[asv.pk]).label, asv.contact_email) for asv in user.asvs],
    )


def _organisations(user: User) -> list[str]:
    return [str(organisation) for organisation in import_string(settings.PARTNER_ORGANISATIONS)(user)]


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether neither an application of codes nor a key protects this account."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()


def personal_data(user: User) -> dict:
    """Everything kept about a person as a user, for them to take away (article 20 of the GDPR)."""
    return {
        "compte": {
            "adresse": user.email,
            "prenom": user.first_name,
            "nom": user.last_name,
            "cree_le": user.date_joined,
            "derniere_connexion": user.last_login,
        },
        "adresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "roles": [
            {"asv": str(member.asv), "role": member.get_role_display(), "depuis": member.created_at}
            for member in Membership.objects.filter(user=user).select_related("asv")
        ],
        "organisations": _organisations(user),
        "second_facteur": list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")),
        "sessions": list(UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent")),
        "journal": list(
            AuditEntry.objects.filter(actor=user).order_by("at").values("at", "event", "subject_type", "subject_label")
        ),
    }


def asv_facts(asv: Asv) -> list[tuple[str, str]]:
    """What the ASV says of itself: (label, value), empty when it says nothing."""
    return [
        ("Page publique", "Ouverte" if asv.is_public else "Fermée"),
        ("Porteur", f"{asv.carrier_name} ({asv.get_carrier_kind_display()})"),
        ("SIREN du porteur", asv.siren),
        ("Présentation", asv.presentation),
        ("Contact", ", ".join(filter(None, [asv.contact_name, asv.contact_email, asv.contact_phone]))),
        ("Adresse postale", asv.contact_address),
        ("Année de création", str(asv.created_year or "")),
        ("Coordination (équivalent temps plein)", str(asv.coordinator_fte or "").replace(".", ",")),
        ("Contrat local de santé", asv.cls_reference),
        ("Contrat de ville", asv.city_contract_reference),
    ]


def perimeter_facts(asv: Asv) -> list[tuple[str, str]]:
    """Where the ASV works: (label, value); two queries."""
    neighbourhoods = [f"{row.name} ({row.code})" for row in asv.neighbourhoods.order_by("name")]
    return [
        ("Échelle", asv.get_level_display()),
        ("Communes", ", ".join(row.name for row in asv.communes.order_by("name"))),
        ("Quartiers prioritaires", ", ".join(neighbourhoods)),
    ]

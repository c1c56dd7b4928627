"""Partners: people who act for an organisation without being members of the ASV."""

from django.conf import settings
from django.db import transaction

from actors.enums import PartnerRole
from actors.models import Organisation, PartnerAccess
from actors.rules import forget_partner_roles
from asv_platform.accounts.models import User
from asv_platform.audit.services import record
from asv_platform.notifications.services import send


@transaction.atomic
def grant_partner_access(*, user: User, organisation: Organisation, role: str, by) -> PartnerAccess:
    """Let ``user`` act for ``organisation``; an access they already have takes the new role. Sends nothing."""
    # The organisation is the lock: two grants at the same time must not collide on the unique pair.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    access = PartnerAccess.objects.filter(user=user, organisation=organisation).first()
    if access and access.role == role:
        return access
    if access is None:
        access = PartnerAccess(asv_id=organisation.asv_id, user=user, organisation=organisation)
    access.role = role
    access.version += 1
    access.full_clean()
    access.save()
    forget_partner_roles(user)
    record("partner_access.granted", by=by, subject=access, role=role)
    return access


@transaction.atomic
def invite_partner(*, email: str, organisation: Organisation, role: str, by) -> PartnerAccess:
    """Give an access to whoever reads this mail, account or not, and tell them how to come in (no password)."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email)
        record("user.created", by=by, subject=user)
    before = PartnerAccess.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()
    access = grant_partner_access(user=user, organisation=organisation, role=role, by=by)
    if before != role:
        send(
            to=user.email,
            subject=f"Votre accès aux dossiers de {organisation.name}",
            template="email/actors/partner_access",
            context={
                "organisation": organisation,
                "asv": organisation.asv,
                "inviter": str(by),
                "is_owner": role == PartnerRole.OWNER,
                "email": user.email,
                "url": f"{settings.SITE_URL}/mes-dossiers/",
            },
            asv=organisation.asv,
        )
    return access


@transaction.atomic
def revoke_partner_access(*, access: PartnerAccess, by) -> None:
    """Take the access away; what the partner wrote stays."""
    record("partner_access.revoked", by=by, subject=access, role=access.role)
    forget_partner_roles(access.user)
    access.delete()

"""Partners: people who act for an organisation without being members of the ASV."""

from django.conf import settings
from django.db import transaction

from actors.enums import PartnerRole
from actors.models import Organisation, PartnerAccess
from actors.rules import forget_partner_roles
from asv_platform.accounts.models import User
from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError
from asv_platform.notifications.services import send


class NotConfirmed(DomainError):
    """The ASV has not confirmed the record of the organisation yet."""

    def __init__(self) -> None:
        super().__init__("L’ASV doit d’abord vérifier la fiche de votre structure.")


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
    """Give an access to whoever reads this mail, and tell them how to come in (no password).

    The account is made now, without a name nor a password: an access belongs to somebody, and the list of who may
    write for the organisation shows those who never came too. Raises NotConfirmed when a partner invites for an
    organisation that the ASV did not confirm.
    """
    is_from_team = organisation.asv_id in by.roles
    if not is_from_team and organisation.confirmed_on is None:
        raise NotConfirmed
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email)
        record("user.created", by=by, subject=user)
    before = PartnerAccess.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()
    access = grant_partner_access(user=user, organisation=organisation, role=role, by=by)
    if before != role:
        send(
            to=user.email,
            # What a partner typed stays out of the subject: a stranger would have the platform say it to anybody.
            subject=f"Un accès vous est ouvert sur {settings.SITE_NAME}",
            template="email/actors/partner_access",
            context={
                "organisation": organisation,
                "asv": organisation.asv,
                "inviter": str(by) if is_from_team else by.email,
                "is_from_team": is_from_team,
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

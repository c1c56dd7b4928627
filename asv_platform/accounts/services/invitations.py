"""Invitations: the only way to become a member of an ASV."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from asv_platform.accounts.models import Invitation, Membership, User
from asv_platform.accounts.selectors import token_hash
from asv_platform.accounts.services.codes import prove_address
from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError
from asv_platform.notifications.services import send
from asv_platform.territories.models import Asv

VALIDITY = dt.timedelta(days=14)


class InvitationClosed(DomainError):
    """The invitation was used, withdrawn, or is too old."""

    def __init__(self) -> None:
        super().__init__("Cette invitation n’est plus valable : demandez-en une nouvelle à qui vous l’a envoyée.")


@transaction.atomic
def invite_member(*, asv: Asv, email: str, role: str, by: User, now: dt.datetime) -> Invitation:
    """Send an invitation that replaces any open one for the same address. Raises DomainError for a member."""
    # The ASV is the queue: two clicks, or two coordinators, must not leave two open invitations to one person.
    Asv.objects.select_for_update(of=("self",)).get(pk=asv.pk)
    if Membership.objects.filter(asv=asv, user__email__iexact=email).exists():
        raise DomainError("Cette personne est déjà membre : changez son rôle dans la liste.")
    for former in Invitation.objects.open().filter(asv=asv, email__iexact=email):
        former.revoked_at = now
        former.save(update_fields=["revoked_at"])
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        asv=asv, email=email, role=role, token_hash=token_hash(token), invited_by=by, expires_at=now + VALIDITY
    )
    record("invitation.sent", by=by, subject=invitation)
    _send(invitation, token)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User, now: dt.datetime) -> Invitation:
    """Send a new link, valid again for its whole time; the former link stops working. Raises InvitationClosed."""
    invitation = _locked(invitation)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = token_hash(token), now + VALIDITY
    invitation.save(update_fields=["token_hash", "expires_at"])
    record("invitation.resent", by=by, subject=invitation)
    _send(invitation, token)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, now: dt.datetime) -> Invitation:
    """Withdraw an invitation that nobody accepted. Raises InvitationClosed."""
    invitation = _locked(invitation)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    record("invitation.revoked", by=by, subject=invitation)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, now: dt.datetime) -> Membership:
    """Make an existing account a member. Raises InvitationClosed, or DomainError for somebody else's invitation."""
    invitation = _locked(invitation)
    if now > invitation.expires_at:
        raise InvitationClosed
    if user.email.lower() != invitation.email.lower():
        raise DomainError(f"Cette invitation est adressée à {invitation.email} : connectez-vous avec cette adresse.")
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    prove_address(user, user.email)
    membership, _ = Membership.objects.get_or_create(user=user, asv=invitation.asv, defaults={"role": invitation.role})
    record("invitation.accepted", by=user, subject=invitation)
    return membership


@transaction.atomic
def join_with_invitation(
    *, invitation: Invitation, first_name: str, last_name: str, password: str, now: dt.datetime
) -> User:
    """Create the account of the invited person, with a password, and make it a member. Raises InvitationClosed."""
    # Locked before anything is read: a double click waits here, then finds the invitation used.
    invitation = _locked(invitation)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise DomainError("Un compte existe déjà pour cette adresse : connectez-vous, puis acceptez l’invitation.")
    user = User.objects.create_user(invitation.email, password, first_name=first_name, last_name=last_name)
    accept_invitation(invitation=invitation, user=user, now=now)
    return user


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).open().filter(pk=invitation.pk).first()
    if found is None:
        raise InvitationClosed
    return found


def _send(invitation: Invitation, token: str) -> None:
    send(
        to=invitation.email,
        subject=f"Invitation à rejoindre l’atelier santé ville {invitation.asv.name}",
        template="email/accounts/invitation",
        context={
            "invitation": invitation,
            "inviter": str(invitation.invited_by),
            "until": timezone.localtime(invitation.expires_at),
            "url": settings.SITE_URL + reverse("invitation", kwargs={"token": token}),
        },
        asv=invitation.asv,
        sensitive=True,
    )

"""Members of an ASV: roles, removal, names."""

from django.db import transaction

from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Membership, User
from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError
from asv_platform.territories.models import Asv


class LastCoordinator(DomainError):
    """Without a coordinator nobody could invite anybody any more."""

    def __init__(self) -> None:
        super().__init__(
            "C’est la dernière personne qui coordonne cet ASV : confiez d’abord la coordination à quelqu’un d’autre."
        )


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Give a member another role. Raises LastCoordinator."""
    membership = _locked(membership)
    before = membership.get_role_display()
    if role == membership.role:
        return membership
    if role != Role.COORDINATOR:
        _refuse_last_coordinator(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    record("membership.role_changed", by=by, subject=membership, before=before, after=membership.get_role_display())
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """Take the role away; what the person wrote stays. Raises LastCoordinator."""
    membership = _locked(membership)
    _refuse_last_coordinator(membership)
    record("membership.removed", by=by, subject=membership)
    membership.delete()


@transaction.atomic
def rename_user(*, user: User, first_name: str, last_name: str) -> User:
    """Change the name shown to the other members."""
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    record("user.renamed", by=user, subject=user)
    return user


def _locked(membership: Membership) -> Membership:
    # The ASV is the lock: two coordinators removing each other at the same time must not both succeed.
    Asv.objects.select_for_update(of=("self",)).get(pk=membership.asv_id)
    current = Membership.objects.select_related("user", "asv").filter(pk=membership.pk).first()
    if current is None:
        raise DomainError("Cette personne n’est plus membre de l’ASV.")
    return current


def _refuse_last_coordinator(membership: Membership) -> None:
    others = Membership.objects.filter(asv_id=membership.asv_id, role=Role.COORDINATOR, user__is_active=True).exclude(
        pk=membership.pk
    )
    if membership.role == Role.COORDINATOR and not others.exists():
        raise LastCoordinator

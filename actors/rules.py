"""Who may read and keep the network, and who may act for an organisation without being a member of the ASV."""

import rules

from actors.enums import PartnerRole
from asv_platform.accounts.rules import can_write, is_coordinator, is_team
from asv_platform.territories.scoping import every_asv

# Where the accesses stay on the user for the request.
KEPT_ACCESSES = "_partner_accesses"


def partner_roles(user) -> dict[int, str]:
    """The role of ``user`` for each organisation that gave them an access; one query per request."""
    return {organisation_id: role for organisation_id, role, _ in _accesses(user)}


def partner_asv_ids(user) -> list[int]:
    """The ASV in which this user may act for an organisation: the scope of the partner's pages. Same query."""
    return sorted({asv_id for _, _, asv_id in _accesses(user)})


def _accesses(user) -> list[tuple[int, str, int]]:
    """(organisation, role, ASV) of each access of ``user``."""
    if not user.is_authenticated:
        return []
    # Read and written as an attribute: through request.user, a lazy object, too.
    if not hasattr(user, KEPT_ACCESSES):
        with every_asv(reason="the partner's own accesses, whatever the ASV"):
            rows = user.partner_accesses.filter(organisation__archived_at__isnull=True)
            setattr(user, KEPT_ACCESSES, list(rows.values_list("organisation_id", "role", "organisation__asv_id")))
    return getattr(user, KEPT_ACCESSES)


def forget_partner_roles(user) -> None:
    """Read the accesses of ``user`` again next time: they have just changed."""
    if hasattr(user, KEPT_ACCESSES):
        delattr(user, KEPT_ACCESSES)


def _role_for(user, obj) -> str | None:
    """``obj`` is an organisation, or any row with ``organisation_id``."""
    return partner_roles(user).get(getattr(obj, "organisation_id", None) or obj.pk) if obj is not None else None


@rules.predicate
def is_partner(user, obj):
    return _role_for(user, obj) is not None


@rules.predicate
def is_partner_owner(user, obj):
    return _role_for(user, obj) == PartnerRole.OWNER


rules.add_perm("actors.view", is_team)
rules.add_perm("actors.edit", can_write)
# An access lets somebody commit the organisation: it is not given by everybody who keeps the directory.
rules.add_perm("actors.grant_access", is_coordinator)

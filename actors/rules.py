"""Who may read and keep the network, and who may act for an organisation without being a member of the ASV."""

import rules

from actors.enums import PartnerRole
from asv_platform.accounts.rules import can_write, is_coordinator, is_team
from asv_platform.territories.scoping import every_asv


def partner_roles(user) -> dict[int, str]:
    """The role of ``user`` for each organisation that gave them an access; one query per request."""
    if not user.is_authenticated:
        return {}
    if "_partner_roles" not in user.__dict__:
        with every_asv(reason="the partner's own accesses, whatever the ASV"):
            pairs = user.partner_accesses.filter(organisation__archived_at__isnull=True)
            user.__dict__["_partner_roles"] = dict(pairs.values_list("organisation_id", "role"))
    return user.__dict__["_partner_roles"]


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

"""Who a user is in the ASV of an object; each app combines these predicates into its own permissions."""

import rules

from asv_platform.accounts.enums import Role


def role_in(user, obj) -> str | None:
    """The role of ``user`` in the ASV of ``obj`` (any row with ``asv_id``, or an Asv); one query per request."""
    return user.roles.get(obj.asv_id) if user.is_authenticated and obj is not None else None


@rules.predicate
def is_member(user, obj):
    return role_in(user, obj) is not None


@rules.predicate
def is_coordinator(user, obj):
    return role_in(user, obj) == Role.COORDINATOR


@rules.predicate
def is_contributor(user, obj):
    return role_in(user, obj) == Role.CONTRIBUTOR


@rules.predicate
def is_reviewer(user, obj):
    return role_in(user, obj) == Role.REVIEWER


# A reviewer reads only what is given to them to review: not the network, not the working notes.
@rules.predicate
def is_team(user, obj):
    return role_in(user, obj) in {Role.COORDINATOR, Role.CONTRIBUTOR, Role.READER}


can_write = is_coordinator | is_contributor

rules.add_perm("accounts.view_settings", is_member)
rules.add_perm("accounts.view_members", is_team)
rules.add_perm("accounts.manage_members", is_coordinator)
rules.add_perm("accounts.change_asv", is_coordinator)

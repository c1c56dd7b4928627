"""Who may do what in the programme: the team of the ASV by role, partners by their access to an organisation."""

import rules

from actors.rules import is_partner, is_partner_owner
from asv_platform.accounts.rules import can_write, is_coordinator, is_team


@rules.predicate
def is_anybody(user, obj):
    return user.is_authenticated


rules.add_perm("programmation.view", is_team)
rules.add_perm("programmation.edit", can_write)
rules.add_perm("programmation.check_proposal", can_write)
rules.add_perm("programmation.change_state", is_coordinator)
rules.add_perm("programmation.publish_call", is_coordinator)
rules.add_perm("programmation.decide", is_coordinator)
rules.add_perm("programmation.grant_access", is_coordinator)

# A partner: any access writes, an owner alone commits the organisation.
rules.add_perm("programmation.enter_partner_space", is_anybody)
rules.add_perm("programmation.read_own", is_partner)
rules.add_perm("programmation.write_own", is_partner)
rules.add_perm("programmation.file_own", is_partner_owner)
rules.add_perm("programmation.withdraw_own", is_partner_owner)

"""Who may read, count and approve: the team by role, partners by their access to the organisation of the action."""

import rules

from actors.rules import is_partner, is_partner_owner
from asv_platform.accounts.rules import can_write, is_coordinator, is_team

rules.add_perm("evaluation.view", is_team)
rules.add_perm("evaluation.edit", can_write)
rules.add_perm("evaluation.ask_report", is_coordinator)
rules.add_perm("evaluation.file_report", is_coordinator)
rules.add_perm("evaluation.remind_report", can_write)
rules.add_perm("evaluation.approve_report", is_coordinator)
rules.add_perm("evaluation.approve_measure", is_coordinator)

# A partner: the object is always the action, which names the organisation. Any access writes, an owner alone files.
rules.add_perm("evaluation.read_own", is_partner)
rules.add_perm("evaluation.write_own", is_partner)
rules.add_perm("evaluation.file_own", is_partner_owner)

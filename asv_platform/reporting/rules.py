"""Who may read, prepare, issue and send editions."""

import rules

from asv_platform.accounts.rules import can_write, is_coordinator, is_team

rules.add_perm("reporting.view_edition", is_team)
rules.add_perm("reporting.prepare_edition", can_write)
# What leaves for elected officials engages the ASV: only the coordination issues, sends and withdraws.
rules.add_perm("reporting.issue_edition", is_coordinator)
rules.add_perm("reporting.send_edition", is_coordinator)
rules.add_perm("reporting.withdraw_edition", is_coordinator)
rules.add_perm("reporting.view_recipient", is_team)
rules.add_perm("reporting.edit_recipient", can_write)

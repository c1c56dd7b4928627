"""Who may read and write the diagnostic, and who may say that it is validated."""

import rules

from asv_platform.accounts.rules import can_write, is_coordinator, is_team

rules.add_perm("diagnostics.view", is_team)
rules.add_perm("diagnostics.edit", can_write)
rules.add_perm("diagnostics.create_diagnostic", is_coordinator)
# The state of a diagnostic commits the committee: contributors write, the coordination decides.
rules.add_perm("diagnostics.change_state", is_coordinator)

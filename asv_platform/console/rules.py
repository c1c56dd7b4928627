"""Who sees the pages that join several apps."""

import rules

from asv_platform.accounts.rules import is_team

rules.add_perm("console.view", is_team)

"""The verbs of accounts."""

from asv_platform.accounts.services.codes import CodeRefused, confirm_login_code, send_login_code
from asv_platform.accounts.services.invitations import (
    accept_invitation,
    invite_member,
    join_with_invitation,
    resend_invitation,
    revoke_invitation,
)
from asv_platform.accounts.services.members import change_role, remove_member, rename_user
from asv_platform.accounts.services.retention import forget_passages

__all__ = [
    "CodeRefused",
    "accept_invitation",
    "change_role",
    "confirm_login_code",
    "forget_passages",
    "invite_member",
    "join_with_invitation",
    "remove_member",
    "rename_user",
    "resend_invitation",
    "revoke_invitation",
    "send_login_code",
]

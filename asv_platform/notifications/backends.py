"""The development mailbox: what would have left is kept as .eml files and shown on a page."""

import time
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class MailboxBackend(BaseEmailBackend):
    """Write each message as one .eml file in ``settings.MAILBOX_DIR``."""

    def send_messages(self, email_messages):
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(email_messages):
            path = folder / f"{time.time_ns()}-{number}.eml"
            # Whole or absent: a process killed in the middle must not leave half a message.
            draft = path.with_suffix(".part")
            draft.write_bytes(message.message().as_bytes())
            draft.replace(path)
        return len(email_messages)
